//! The links: lines for the eye, and buttons along them. Where nothing gets through, a mark says in
//! which direction. One of the buttons is in the order of the tab key; the arrow keys go on.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::decimal::px;
use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Menu};
use crate::ui::view::{LinkModel, LinkState};

use super::geometry::{Layout, moved_to, segment};

/// Properties of the lines.
#[derive(Clone, PartialEq)]
pub struct LinesProps {
    /// The links.
    pub links: Rc<Vec<LinkModel>>,
    /// Where their ends are.
    pub layout: Rc<Layout>,
}

part!(LinesProps, use_lines);

/// Properties of the links' buttons.
#[derive(Clone, PartialEq)]
pub struct LinksProps {
    /// The links.
    pub links: Rc<Vec<LinkModel>>,
    /// Where their ends are.
    pub layout: Rc<Layout>,
    /// The link whose menu is open.
    pub menu: Option<Menu>,
}

part!(LinksProps, use_links);

/// The lines with their marks, below everything else.
#[hook]
fn use_lines(props: &LinesProps) -> Html {
    html! {
        <g class="lines" aria-hidden="true">
            { for props.links.iter().map(|link| line(link, &props.layout)) }
            { for props.links.iter().map(|link| mark(link, &props.layout)) }
        </g>
    }
}

fn line(link: &LinkModel, layout: &Layout) -> Html {
    let (a, b) = (layout.server(link.a), layout.server(link.b));
    let class = match link.state {
        LinkState::Up => "line",
        LinkState::Cut => "line cut",
        LinkState::ForthCut | LinkState::BackCut => "line half-cut",
    };
    html! { <path key={key(link)} {class} d={segment(a, b)} /> }
}

/// A cross where both ways are cut; an arrow with a bar before it where one way is.
fn mark(link: &LinkModel, layout: &Layout) -> Html {
    let (a, b) = layout.path(link.a.into(), link.b.into());
    let (from, to) = match link.state {
        LinkState::Up => return Html::default(),
        LinkState::Cut => {
            let at = a.towards(b, 0.5);
            return html! {
                <g key={key(link)} class="cut-mark" transform={moved_to(at)}>
                    <circle r="8.5" /><path d="M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6" />
                </g>
            };
        }
        LinkState::ForthCut => (a, b),
        LinkState::BackCut => (b, a),
    };
    let at = from.towards(to, 0.62);
    let turn = from.heading(to);
    html! {
        <g key={key(link)} class="cut-mark" transform={format!("{} rotate({})", moved_to(at), px(turn))}>
            <circle r="9.5" /><path d="M-6 0H2M-1 -3.4L2.4 0L-1 3.4M5.4 -4.8V4.8" />
        </g>
    }
}

/// The buttons along the lines.
#[hook]
fn use_links(props: &LinksProps) -> Html {
    let current = use_kept(|| 0usize);
    let desk = desk();
    let count = props.links.len();
    let onkeydown = {
        let current = current.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = dom::next_place(&event, *current, count) else { return };
            event.prevent_default();
            event.stop_propagation();
            current.set(next);
            dom::focus_on(&format!("[data-link-place=\"{next}\"]"));
        })
    };
    let button = |(place, link): (usize, &LinkModel)| {
        let (start, end) = props.layout.path(link.a.into(), link.b.into());
        let menu = Menu::Link(link.a, link.b);
        let open = {
            let (desk, current) = (desk.clone(), current.clone());
            move || {
                current.set(place);
                desk.say(Action::OpenMenu(menu));
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
        let expanded = props.menu == Some(menu);
        let tab_stop = (*current).min(count.saturating_sub(1)) == place;
        html! {
            <g
                key={key(link)}
                class="link"
                role="button"
                tabindex={if tab_stop { "0" } else { "-1" }}
                aria-label={link.button_name()}
                aria-haspopup="menu"
                aria-expanded={if expanded { "true" } else { "false" }}
                data-link={format!("{}-{}", link.a.number(), link.b.number())}
                data-link-place={place.to_string()}
                onclick={Callback::from(move |_: MouseEvent| open())}
                {onkeydown}
            >
                <path class="reach" d={segment(start, end)} />
                <path class="glow" d={segment(start, end)} />
            </g>
        }
    };
    if props.links.is_empty() {
        return Html::default();
    }
    html! {
        <g class="links" role="group" aria-label="Links" {onkeydown}>
            { for props.links.iter().enumerate().map(button) }
        </g>
    }
}

fn key(link: &LinkModel) -> String {
    format!("{}-{}", link.a.number(), link.b.number())
}
