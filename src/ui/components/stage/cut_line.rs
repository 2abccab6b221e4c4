//! A line drawn across the ring partitions the cluster. While it is drawn, it says into what.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerSet;
use crate::sim::{Act, Servers};
use crate::ui::decimal::px;
use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;

use super::geometry::{Layout, Point, segment};

/// Properties of the cut line.
#[derive(Clone, PartialEq)]
pub struct CutLineProps {
    /// Where the servers stand.
    pub layout: Rc<Layout>,
}

part!(CutLineProps, use_cut_line);

/// The ground of the stage, on which a line can be drawn.
#[hook]
fn use_cut_line(props: &CutLineProps) -> Html {
    let desk = desk();
    let line = use_kept(|| None::<(Point, Point)>);
    let onpointerdown = {
        let line = line.clone();
        Callback::from(move |event: PointerEvent| {
            if let Some((ground, at)) = place(&event).filter(|_| event.button() == 0) {
                dom::capture_pointer(&ground, &event);
                line.set(Some((at, at)));
            }
        })
    };
    let onpointermove = {
        let line = line.clone();
        Callback::from(move |event: PointerEvent| {
            if let (Some((start, _)), Some((_, at))) = (*line, place(&event)) {
                line.set(Some((start, at)));
            }
        })
    };
    let onpointerup = {
        let (line, layout) = (line.clone(), props.layout.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some((left, right)) = (*line).and_then(|(a, b)| layout.parted_by(a, b)) {
                let groups = vec![Servers::Named(left), Servers::Named(right)];
                desk.player.act(Act::Partition(groups));
            }
            line.set(None);
        })
    };
    let oncancel = {
        let line = line.clone();
        Callback::from(move |_: PointerEvent| line.set(None))
    };
    let Layout { width, height, .. } = *props.layout;
    html! {
        <g class="ground" {onpointerdown} {onpointermove} {onpointerup} onpointercancel={oncancel} aria-hidden="true">
            <rect width={px(width)} height={px(height)} />
            if let Some((from, to)) = *line {
                { drawn(from, to, &props.layout) }
            }
        </g>
    }
}

fn drawn(from: Point, to: Point, layout: &Layout) -> Html {
    let parted = layout.parted_by(from, to);
    let class = if parted.is_some() { "cut-line parts" } else { "cut-line" };
    let d = segment(from, to);
    let side = |set: ServerSet| -> Html {
        let reach = px(layout.timer_radius() + 6.0);
        set.iter()
            .map(|server| {
                let at = layout.server(server);
                html! { <circle class="side" cx={px(at.x)} cy={px(at.y)} r={reach.clone()} /> }
            })
            .collect()
    };
    html! {
        <>
            if let Some((left, right)) = parted {
                { side(if left.len() < right.len() { left } else { right }) }
                <text class="cut-groups" x={px(layout.width / 2.0)} y={px(layout.height - 10.0)}>
                    { format!("{}  |  {}", text::servers(left), text::servers(right)) }
                </text>
            }
            <path {class} {d} />
        </>
    }
}

fn place(event: &PointerEvent) -> Option<(dom::Element, Point)> {
    let ground = dom::find(".ground rect")?;
    let (x, y) = dom::place_in(&ground, event);
    Some((ground, Point { x, y }))
}
