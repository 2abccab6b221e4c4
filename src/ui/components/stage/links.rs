//! The links: lines to look at, and buttons along them. A mark shows in which direction a link is
//! cut. One button is in the tab order; the arrow keys move to the others.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::{PageContext, use_page};
use crate::ui::scene::{Layout, Point, line_path};
use crate::ui::state::{Action, Menu, Selection};
use crate::ui::text;
use crate::ui::view::{LinkModel, LinkOwn, LinkState};

use crate::ui::components::roving_focus::{ButtonPlace, use_roving_focus};

#[derive(Clone, PartialEq, Properties)]
pub struct LinesProps {
    pub links: Rc<Vec<LinkModel>>,
    pub layout: Rc<Layout>,
}

/// The lines with their marks, below everything else.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let slow = props.links.iter().filter(|link| link.is_slow());
    html! {
        <g class="lines" aria-hidden="true">
            { for slow.map(|link| tube(link, &props.layout)) }
            { for props.links.iter().map(|link| line(link, &props.layout)) }
            { for props.links.iter().flat_map(|link| labels(link, &props.layout)) }
            { for props.links.iter().filter_map(|link| mark(link, &props.layout)) }
        </g>
    }
}

fn line(link: &LinkModel, layout: &Layout) -> Html {
    let class = match link.state {
        LinkState::Up => "line",
        LinkState::Cut => "line cut",
        LinkState::CutForward | LinkState::CutBackward => "line half-cut",
    };
    let d = line_path(layout.server(link.a), layout.server(link.b));
    let class = classes!(class, link.is_lossy().then_some("lossy"));
    html! { <path key={format!("line {}", name(link))} {class} {d} /> }
}

/// A slow link is drawn as a tube around its line.
fn tube(link: &LinkModel, layout: &Layout) -> Html {
    let d = line_path(layout.server(link.a), layout.server(link.b));
    html! {
        <g key={format!("tube {}", name(link))}>
            <path class="tube" d={d.clone()} />
            <path class="bore" {d} />
        </g>
    }
}

/// What is the link's own: beside its middle, or beside the sender if the directions differ.
fn labels(link: &LinkModel, layout: &Layout) -> Vec<Html> {
    let (a, b) = layout.path(link.a.into(), link.b.into());
    let label = |own: &LinkOwn, at: Point, before: String| {
        let own = text::own_label(own.latency, own.loss_ppm);
        html! {
            <text
                class="own-label"
                x={format!("{:.1}", at.x)}
                y={format!("{:.1}", at.y + 4.0)}
            >
                { before }
                { own }
            </text>
        }
    };
    let (forward, backward) = (link.forward, link.backward);
    if forward == backward {
        let has_own = forward != LinkOwn::default();
        return has_own
            .then(|| label(&forward, a.towards(b, 0.4), String::new()))
            .into_iter()
            .collect();
    }
    let to = |server| format!("→ {} ", text::server(server));
    let ways =
        [(forward, a.towards(b, 0.3), to(link.b)), (backward, b.towards(a, 0.3), to(link.a))];
    let own = ways.into_iter().filter(|(own, ..)| *own != LinkOwn::default());
    own.map(|(own, at, before)| label(&own, at, before)).collect()
}

/// A cross if both directions are cut; an arrow that ends at a bar if one is.
fn mark(link: &LinkModel, layout: &Layout) -> Option<Html> {
    let key = format!("mark {}", name(link));
    let (a, b) = layout.path(link.a.into(), link.b.into());
    let (from, to) = match link.state {
        LinkState::Up => return None,
        LinkState::Cut => {
            return Some(html! {
                <g {key} class="cut-mark" transform={a.towards(b, 0.5).translate()}>
                    <circle r="8.5" /><path d="M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6" />
                </g>
            });
        }
        LinkState::CutForward => (a, b),
        LinkState::CutBackward => (b, a),
    };
    let position = from.towards(to, 0.62).translate();
    let transform = format!("{position} rotate({:.1})", from.heading(to));
    Some(html! {
        <g {key} class="cut-mark" {transform}>
            <circle r="9.5" /><path d="M-6 0H2M-1 -3.4L2.4 0L-1 3.4M5.4 -4.8V4.8" />
        </g>
    })
}

#[derive(Clone, PartialEq, Properties)]
pub struct LinksProps {
    pub links: Rc<Vec<LinkModel>>,
    pub layout: Rc<Layout>,
    /// The open menu, if it is a link's.
    pub menu: Option<Menu>,
}

#[component]
pub fn Links(props: &LinksProps) -> Html {
    let page = use_page();
    let selector = |place| format!("[data-link-place=\"{place}\"]");
    let focus = use_roving_focus(props.links.len(), selector);
    if props.links.is_empty() {
        return Html::default();
    }
    let button =
        |(place, link): (usize, &LinkModel)| button(link, props, &focus.place(place), page.clone());
    html! {
        <g class="links" role="group" aria-label="Links" onkeydown={focus.onkeydown.clone()}>
            { for props.links.iter().enumerate().map(button) }
        </g>
    }
}

fn button(link: &LinkModel, props: &LinksProps, place: &ButtonPlace, page: PageContext) -> Html {
    let menu = Menu::Link(link.a, link.b);
    let (onclick, onkeydown) = place.handlers(move || page.dispatch(Action::OpenMenu(menu)));
    let (start, end) = props.layout.path(link.a.into(), link.b.into());
    let d = line_path(start, end);
    let expanded = props.menu == Some(Menu::Link(link.a, link.b));
    html! {
        <g
            key={name(link)}
            class="link"
            role="button"
            tabindex={place.tabindex}
            aria-label={link.button_name()}
            aria-haspopup="menu"
            aria-expanded={expanded.to_string()}
            data-link={name(link)}
            data-selection={Selection::link(link.a, link.b).to_string()}
            data-link-place={place.number().to_string()}
            {onclick}
            {onkeydown}
        >
            <path class="reach" d={d.clone()} />
            <path class="glow" {d} />
        </g>
    }
}

fn name(link: &LinkModel) -> String {
    format!("{}-{}", link.a.number(), link.b.number())
}
