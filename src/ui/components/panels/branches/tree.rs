//! The branches as a tree over time: a line for each, which begins where it parts.

use yew::prelude::*;

use crate::sim::Micros;
use crate::ui::text;
use crate::ui::view::BranchNode;

/// The drawing is this wide, in its own units, with room for a name at the end of each line.
const WIDTH: f64 = 420.0;
const NAMES: f64 = 140.0;
const LEFT: f64 = 8.0;
const PITCH: f64 = 24.0;

pub(super) fn branch_tree(nodes: &[BranchNode]) -> Html {
    let end_us = nodes.iter().map(|node| node.end_us).max().unwrap_or(0).max(1);
    let x = |time_us: Micros| LEFT + time_us as f64 / end_us as f64 * (WIDTH - NAMES - LEFT);
    let y = |place: usize| PITCH * (place as f64 + 0.5);
    let line = |(place, node): (usize, &BranchNode)| {
        let (end, down) = (x(node.end_us), y(place));
        let path = match node.parent {
            Some((of, parted_us)) => {
                let from = x(parted_us);
                format!("M{from:.1} {:.1}V{down:.1}H{:.1}", y(of), end.max(from))
            }
            None => format!("M{LEFT} {down:.1}H{end:.1}"),
        };
        let parted = node.parent.map(|(of, parted_us)| (x(parted_us), y(of)));
        html! {
            <g key={place} class={classes!(node.is_this.then_some("this"))}>
                <path d={path} />
                if let Some((cx, cy)) = parted {
                    <circle cx={format!("{cx:.1}")} cy={format!("{cy:.1}")} r="3.5" />
                }
                <circle cx={format!("{end:.1}")} cy={format!("{down:.1}")} r="5" />
                <text x={format!("{:.1}", end + 10.0)} y={format!("{:.1}", down + 4.0)}>
                    { text::branch_in_tree(&node.name, node.is_this) }
                </text>
            </g>
        }
    };
    let height = PITCH * nodes.len() as f64;
    html! {
        <svg
            class="branch-tree"
            viewBox={format!("0 0 {WIDTH} {height}")}
            role="img"
            aria-label={text::branch_tree(nodes)}
        >
            { for nodes.iter().enumerate().map(line) }
        </svg>
    }
}
