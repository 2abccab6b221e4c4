//! The servers on the ring: buttons that show role, term and leader. One is in the tab order; the
//! arrow keys move to the others.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{Role, ServerId};
use crate::ui::context::use_page;
use crate::ui::scene::{Layout, Point};
use crate::ui::state::{Action, Menu, Selection};
use crate::ui::text;
use crate::ui::view::{LatestModel, ServerCondition, ServerModel};

use super::ballots::ballots;
use super::keys::{ButtonPlace, use_roving_focus};

#[derive(Clone, PartialEq, Properties)]
pub struct ServersProps {
    pub servers: Rc<Vec<ServerModel>>,
    pub layout: Rc<Layout>,
    pub selected: Option<ServerId>,
    /// The server whose menu is open.
    pub menu: Option<ServerId>,
}

#[component]
pub fn Servers(props: &ServersProps) -> Html {
    let selector = |place| format!("[data-server=\"{}\"]", place + 1);
    let focus = use_roving_focus(props.servers.len(), selector);
    let button = |server: &ServerModel| {
        let id = server.id;
        html! {
            <ServerButton
                key={id.number()}
                server={server.clone()}
                layout={&props.layout}
                selected={props.selected == Some(id)}
                expanded={props.menu == Some(id)}
                place={focus.place(id.slot())}
            />
        }
    };
    html! {
        <g class="servers" role="group" aria-label="Servers" onkeydown={focus.onkeydown.clone()}>
            { for props.servers.iter().map(button) }
        </g>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ServerButtonProps {
    server: ServerModel,
    layout: Rc<Layout>,
    selected: bool,
    /// Its menu is open.
    expanded: bool,
    place: ButtonPlace,
}

#[component]
fn ServerButton(props: &ServerButtonProps) -> Html {
    let page = use_page();
    let (server, layout) = (&props.server, &props.layout);
    let menu = Menu::Server(server.id);
    let open = move || page.dispatch(Action::OpenMenu(menu));
    let (onclick, onkeydown) = props.place.handlers(open);
    let class = classes!(look(server), props.selected.then_some("selected"));
    html! {
        <>
            { ballots(server, layout) }
            <g
                {class}
                transform={layout.server(server.id).translate()}
                role="button"
                tabindex={props.place.tabindex}
                aria-label={server.button_name()}
                aria-haspopup="menu"
                aria-expanded={props.expanded.to_string()}
                data-server={server.id.number().to_string()}
                data-selection={Selection::Server(server.id).to_string()}
                {onclick}
                {onkeydown}
            >
                { drawing(server, layout) }
            </g>
        </>
    }
}

/// The server without its button, for the legend.
pub fn server_picture(server: &ServerModel, layout: &Layout) -> Html {
    let transform = layout.server(server.id).translate();
    html! { <g class={look(server)} {transform}>{ drawing(server, layout) }</g> }
}

/// The classes that show role and condition.
fn look(server: &ServerModel) -> Classes {
    let isolated = server.isolated && server.condition != ServerCondition::Crashed;
    classes!(
        "server",
        server.state(),
        isolated.then_some("isolated"),
        server.outdated.then_some("outdated"),
        server.membership.is_outside().then_some("outside"),
    )
}

fn drawing(server: &ServerModel, layout: &Layout) -> Html {
    html! {
        <>
            <circle class="halo" r={format!("{:.1}", layout.timer_radius() + 6.0)} />
            if server.condition == ServerCondition::Running {
                <circle class="track" r={format!("{:.1}", layout.timer_radius())} />
            }
            { leader_notch(server, layout) }
            <circle class="body" r={format!("{:.1}", layout.node_radius)} />
            { face(server, layout.node_radius) }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct PulsesProps {
    pub latest: Rc<LatestModel>,
    pub layout: Rc<Layout>,
}

/// A ring around each server of the last event, which fades.
#[component]
pub fn Pulses(PulsesProps { latest, layout }: &PulsesProps) -> Html {
    let pulse = |id: ServerId| {
        let Point { x, y } = layout.server(id);
        html! {
            <circle
                key={format!("{} {id}", latest.event)}
                cx={format!("{x:.1}")}
                cy={format!("{y:.1}")}
                r={format!("{:.1}", layout.timer_radius() + 6.0)}
            />
        }
    };
    html! { <g class="pulses" aria-hidden="true">{ for latest.servers.iter().map(pulse) }</g> }
}

/// A notch on the timer's ring that points to the leader that the server follows.
fn leader_notch(server: &ServerModel, layout: &Layout) -> Html {
    let Some(leader) = server.leader.filter(|leader| *leader != server.id) else {
        return Html::default();
    };
    let heading = layout.server(server.id).heading(layout.server(leader));
    let inner = layout.timer_radius() + 3.0;
    let tip = inner + 7.5;
    html! {
        <g class="follows" transform={format!("rotate({heading:.1})")}>
            <path d={format!("M{inner:.1} -5.5L{tip:.1} 0L{inner:.1} 5.5Z")} />
        </g>
    }
}

/// A disk: a drum around its middle.
const DRUM: &str = "M-3 -3A3 1.3 0 0 0 3 -3A3 1.3 0 0 0 -3 -3V3A3 1.3 0 0 0 3 3V-3";

/// The role as a glyph and a letter, the name, the term, and what is unusual.
fn face(server: &ServerModel, radius: f64) -> Html {
    /// The radius for which the positions below are made.
    const RADIUS: f64 = 34.0;
    let unusual = unusual(server);
    // Above the middle, to make room.
    let up = if unusual.is_some() { 4 } else { 0 };
    html! {
        <g class="face" transform={format!("scale({:.3})", radius / RADIUS)}>
            { glyph(server, -up) }
            <text class="name" y={(5 - up).to_string()}>{ text::server(server.id) }</text>
            <text class="term" y={(20 - 2 * up).to_string()}>
                { if server.outdated { "leads " } else { "" } }
                { format!("term {}", server.term) }
            </text>
            { unusual }
        </g>
    }
}

/// What is unusual: that a leader is outdated, or else the speed of a skewed clock, and a disk that
/// is not like the others.
fn unusual(server: &ServerModel) -> Option<Html> {
    let note = |x: &'static str, note: String| {
        html! { <text class="unusual" {x} y="23">{ note }</text> }
    };
    let words = match (server.clock_milli, server.disk) {
        _ if server.outdated => return Some(note("0", "outdated".to_owned())),
        (None, None) => return None,
        (Some(milli), None) => return Some(note("0", text::clock(milli))),
        (Some(milli), Some(_)) => text::clock(milli),
        (None, Some(own)) => text::disk_short(own),
    };
    Some(html! {
        <>
            <path class="glyph drum" d={DRUM} transform="translate(-18 20)" />
            { note("4", words) }
        </>
    })
}

fn glyph(server: &ServerModel, y: i32) -> Html {
    let (path, letter) = match (server.condition, server.role) {
        (ServerCondition::Crashed, _) => ("M-5 -21L5 -11M5 -21L-5 -11", ""),
        (ServerCondition::Paused, _) => ("M-4 -21V-11M4 -21V-11", ""),
        (_, Role::Leader) => ("M-15 -11V-20L-10.5 -16L-7 -22L-3.5 -16L1 -20V-11Z", "L"),
        (_, Role::Candidate) => ("M-14 -21H-3V-11H-14ZM-11.5 -16L-9.5 -13.8L-5.5 -18.5", "C"),
        (_, Role::PreCandidate) => ("M-14 -21H-3V-11H-14Z", "P"),
        (_, Role::Learner) => ("M-13 -20H-3M-13 -16H-3M-13 -12H-7", "N"),
        (_, Role::Follower) => ("", "F"),
    };
    if server.shows_ballots() && server.condition == ServerCondition::Running {
        // The count takes the letter's place.
        let votes = format!("{} of {}", server.granted.len(), server.voters.len());
        return html! {
            <>
                <path class="glyph" d={path} transform={format!("translate(-11 {y})")} />
                <text class="letter" x="10" y={(y - 12).to_string()}>{ votes }</text>
            </>
        };
    }
    let letter_x = if path.is_empty() { "0" } else { "8" };
    html! {
        <>
            <path class="glyph" d={path} transform={format!("translate(0 {y})")} />
            <text class="letter" x={letter_x} y={(f64::from(y) - 11.5).to_string()}>
                { letter }
            </text>
        </>
    }
}
