//! The servers on the ring: buttons that say and show who they are. One of them is in the order of
//! the tab key; the arrow keys go from one to the next.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{Role, ServerId};
use crate::ui::decimal::{fixed, px};
use crate::ui::desk::desk;
use crate::ui::hooks::{Setter, use_kept};
use crate::ui::markup::{classes, html};
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Menu};
use crate::ui::text;
use crate::ui::view::{Condition, Place, ServerModel};

use super::ballots::ballots;
use super::geometry::{Layout, moved_to};

/// Properties of the servers.
#[derive(Clone, PartialEq)]
pub struct ServersProps {
    /// The servers.
    pub servers: Rc<Vec<ServerModel>>,
    /// Where they stand.
    pub layout: Rc<Layout>,
    /// Which one is selected.
    pub selected: Option<ServerId>,
    /// Whose menu is open.
    pub menu: Option<ServerId>,
}

part!(ServersProps, use_servers);

/// All servers.
#[hook]
fn use_servers(props: &ServersProps) -> Html {
    let current = use_kept(|| 0usize);
    let count = props.servers.len();
    let onkeydown = {
        let current = current.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = dom::next_place(&event, *current, count) else { return };
            event.prevent_default();
            event.stop_propagation();
            current.set(next);
            dom::focus_on(&format!("[data-server=\"{}\"]", next + 1));
        })
    };
    let server = |server: &ServerModel| {
        let id = server.id;
        let node = ServerNodeProps {
            server: server.clone(),
            layout: props.layout.clone(),
            selected: props.selected == Some(id),
            open: props.menu == Some(id),
            tab_stop: (*current).min(count.saturating_sub(1)) == id.slot(),
            current: current.setter(),
        };
        put(id.number(), node)
    };
    html! {
        <g class="servers" role="group" aria-label="Servers" {onkeydown}>
            { for props.servers.iter().map(server) }
        </g>
    }
}

#[derive(Clone, PartialEq)]
struct ServerNodeProps {
    server: ServerModel,
    layout: Rc<Layout>,
    selected: bool,
    open: bool,
    tab_stop: bool,
    current: Setter<usize>,
}

part!(ServerNodeProps, use_server_node);

#[hook]
fn use_server_node(props: &ServerNodeProps) -> Html {
    let desk = desk();
    let server = &props.server;
    let place = props.layout.server(server.id);
    let radius = props.layout.node_radius;
    let open = {
        let (current, id) = (props.current.clone(), server.id);
        move || {
            current.set(id.slot());
            desk.say(Action::OpenMenu(Menu::Server(id)));
        }
    };
    let onkeydown = {
        let open = open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                event.stop_propagation();
                open();
            }
        })
    };
    let onclick = Callback::from(move |_: MouseEvent| open());
    let class = classes!(
        "server",
        server.state(),
        props.selected.then_some("selected"),
        (server.condition != Condition::Crashed && server.isolated).then_some("isolated"),
        (server.place == Place::Outside).then_some("outside"),
    );
    html! {
        <>
            { ballots(server, &props.layout) }
            <g
                {class}
                transform={moved_to(place)}
                role="button"
                tabindex={if props.tab_stop { "0" } else { "-1" }}
                aria-label={server.button_name()}
                aria-haspopup="menu"
                aria-expanded={if props.open { "true" } else { "false" }}
                data-server={server.id.number().to_string()}
                {onclick}
                {onkeydown}
            >
                <circle class="halo" r={px(props.layout.timer_radius() + 6.0)} />
                if server.condition == Condition::Running {
                    <circle class="track" r={px(props.layout.timer_radius())} />
                }
                { follows(server, &props.layout) }
                <circle class="body" r={px(radius)} />
                { face(server, radius) }
            </g>
        </>
    }
}

/// A notch on the ring that points to the leader whom the server follows.
fn follows(server: &ServerModel, layout: &Layout) -> Html {
    let Some(leader) = server.leader.filter(|leader| *leader != server.id) else {
        return Html::default();
    };
    let heading = layout.server(server.id).heading(layout.server(leader));
    let reach = layout.timer_radius() + 3.0;
    html! {
        <g class="follows" transform={format!("rotate({})", px(heading))}>
            <path d={format!("M{0} -5.5L{1} 0L{0} 5.5Z", px(reach), px(reach + 7.5))} />
        </g>
    }
}

/// Glyph and letter of the role, the name, the term.
fn face(server: &ServerModel, radius: f64) -> Html {
    let scale = radius / 34.0;
    html! {
        <g class="face" transform={format!("scale({})", fixed(scale, 3))}>
            { glyph(server) }
            <text class="name" y="5">{ text::server(server.id) }</text>
            <text class="term" y="20">{ format!("term {}", server.term) }</text>
        </g>
    }
}

fn glyph(server: &ServerModel) -> Html {
    let (path, letter) = match (server.condition, server.role) {
        (Condition::Crashed, _) => ("M-5 -21L5 -11M5 -21L-5 -11", ""),
        (Condition::Paused, _) => ("M-4 -21V-11M4 -21V-11", ""),
        (_, Role::Leader) => ("M-15 -11V-20L-10.5 -16L-7 -22L-3.5 -16L1 -20V-11Z", "L"),
        (_, Role::Candidate) => ("M-14 -21H-3V-11H-14ZM-11.5 -16L-9.5 -13.8L-5.5 -18.5", "C"),
        (_, Role::PreCandidate) => ("M-14 -21H-3V-11H-14Z", "P"),
        (_, Role::Learner) => ("M-13 -20H-3M-13 -16H-3M-13 -12H-7", "N"),
        (_, Role::Follower) => ("", "F"),
    };
    let middle = if path.is_empty() { "0" } else { "8" };
    html! {
        <>
            <path class="glyph" d={path} />
            <text class="letter" x={middle} y="-11.5">{ letter }</text>
        </>
    }
}
