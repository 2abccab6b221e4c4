//! The sides of a partition: a tint around the servers that reach each other, and how many of the
//! voters they are.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::scene::{Layout, Point};
use crate::ui::text;
use crate::ui::view::SideModel;

/// The height of a line of the labels, in pixels.
const ROW: f64 = 17.0;
/// A stage of a smaller width is narrow, in pixels.
const NARROW: f64 = 440.0;

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

/// The labels, in the upper left corner, where no message flies: which servers each side has, and
/// how many of the voters.
#[component]
pub fn SideLabels(props: &SidesProps) -> Html {
    let (majority, others): (Vec<&SideModel>, Vec<_>) =
        props.sides.iter().partition(|side| side.majority);
    let x = px(props.layout.left_column() + 2.0);
    // In a narrow stage the longest line would reach the ballots of the uppermost server.
    let breaks = |side: &SideModel| side.majority && props.layout.width < NARROW;
    let mut rows = 0;
    let mut label = |side: &&SideModel| {
        let class = classes!("side-line", side.majority.then_some("majority"));
        let y = px(15.0 + ROW * f64::from(rows));
        rows += if breaks(side) { 2 } else { 1 };
        let (servers, count) = text::side(side.servers, side.voters, side.of, side.majority);
        html! {
            <text {class} x={x.clone()} {y}>
                { servers }
                { " " }
                if breaks(side) {
                    <tspan x={x.clone()} dy={px(ROW)}>{ count }</tspan>
                } else {
                    { count }
                }
            </text>
        }
    };
    html! { <g aria-hidden="true">{ for majority.iter().chain(&others).map(&mut label) }</g> }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}
