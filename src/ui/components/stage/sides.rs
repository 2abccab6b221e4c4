//! The sides of a partition: a tint around the servers that reach each other, and how many of the
//! voters they are.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::scene::{Layout, Point};
use crate::ui::text;
use crate::ui::view::SideModel;

#[derive(Clone, PartialEq, Properties)]
pub struct SidesProps {
    pub sides: Rc<Vec<SideModel>>,
    pub layout: Rc<Layout>,
}

/// The tints, below the links.
#[component]
pub fn Sides(props: &SidesProps) -> Html {
    html! {
        <g class="sides" aria-hidden="true">
            { for props.sides.iter().map(|side| tint(side, &props.layout)) }
        </g>
    }
}

/// A path through the servers with a stroke so wide that it surrounds them.
fn tint(side: &SideModel, layout: &Layout) -> Html {
    let mut d = String::new();
    for (nth, server) in side.servers.iter().enumerate() {
        let Point { x, y } = layout.server(server);
        d.push_str(&format!("{}{x:.1} {y:.1}", if nth == 0 { "M" } else { "L" }));
    }
    d.push('Z');
    html! {
        <path
            class={classes!("side", side.majority.then_some("majority"))}
            stroke-width={format!("{:.0}", 2.0 * layout.timer_radius() + 24.0)}
            {d}
        />
    }
}

/// The labels, above the links: `3 of 5` within each side, and in the corner which servers these
/// are.
#[component]
pub fn SideLabels(props: &SidesProps) -> Html {
    let class =
        |name: &'static str, side: &SideModel| classes!(name, side.majority.then_some("majority"));
    let label = |side: &SideModel| {
        let at = props.layout.side_label(side.servers);
        html! {
            <text class={class("side-label", side)} x={px(at.x)} y={px(at.y)}>
                { text::side_count(side.voters, side.of) }
            </text>
        }
    };
    let mut sorted: Vec<&SideModel> = props.sides.iter().collect();
    sorted.sort_by_key(|side| !side.majority);
    let line = |(nth, side): (usize, &&SideModel)| {
        html! {
            <text class={class("side-line", side)} x="2" y={px(14.0 + 17.0 * nth as f64)}>
                { text::side(side.servers, side.voters, side.of, side.majority) }
            </text>
        }
    };
    html! {
        <g aria-hidden="true">
            { for props.sides.iter().map(label) }
            { for sorted.iter().enumerate().map(line) }
        </g>
    }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}
