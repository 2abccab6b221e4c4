//! A line that is dragged across the ring partitions the cluster. While it is drawn, the stage
//! shows the groups.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ServerId, ServerSet};
use crate::script::Permissions;
use crate::ui::context::{use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::scene::{Layout, Point, line_path};
use crate::ui::text;
use crate::ui::view::{LinkModel, line_plan};

#[derive(Clone, PartialEq, Properties)]
pub struct PartitionLineProps {
    pub links: Rc<Vec<LinkModel>>,
    pub layout: Rc<Layout>,
    /// The line that is drawn now.
    pub line: UseStateHandle<Option<DrawnLine>>,
    /// The element that a pointer draws on.
    pub ground: NodeRef,
}

/// From where the pointer was pressed to where it is, in units of the stage.
pub type DrawnLine = (Point, Point);

/// Continues a drag that began on a message. The callback gets where it was pressed, in the
/// window, and the move that made it a drag.
#[hook]
pub fn use_line_begin(
    line: &UseStateHandle<Option<DrawnLine>>,
    ground: &NodeRef,
    scale: f64,
) -> Callback<((f64, f64), PointerEvent)> {
    let (line, ground) = (line.setter(), ground.clone());
    use_callback(scale, move |(pressed_at, event): ((f64, f64), PointerEvent), &scale| {
        let Some(ground) = ground.cast::<dom::Element>() else { return };
        dom::capture_pointer(&ground, &event);
        let start = on_stage(dom::from_corner(&ground, pressed_at), scale);
        line.set(Some((start, position(&ground, &event, scale))));
    })
}

#[component]
pub fn PartitionLine(props: &PartitionLineProps) -> Html {
    let (page, permissions) = (use_page(), use_permissions());
    let (line, ground) = (props.line.clone(), props.ground.clone());
    let onpointerdown = {
        let (line, ground, scale) = (line.setter(), ground.clone(), props.layout.scale);
        Callback::from(move |event: PointerEvent| {
            let Some(ground) = ground.cast::<dom::Element>() else { return };
            if event.button() == 0 {
                dom::capture_pointer(&ground, &event);
                let at = position(&ground, &event, scale);
                line.set(Some((at, at)));
            }
        })
    };
    let onpointermove = {
        let (line, ground, scale) = (line.clone(), ground.clone(), props.layout.scale);
        Callback::from(move |event: PointerEvent| {
            if let (Some((start, _)), Some(ground)) = (*line, ground.cast::<dom::Element>()) {
                line.set(Some((start, position(&ground, &event, scale))));
            }
        })
    };
    let onpointerup = {
        let (line, links, layout) = (line.clone(), props.links.clone(), props.layout.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some((left, right)) = (*line).and_then(|(a, b)| layout.sides_of_line(a, b)) {
                let acts = line_plan(&links, left, right).acts;
                acts.into_iter().all(|act| page.player.act(act));
            }
            line.set(None);
        })
    };
    let onpointercancel = {
        let line = line.setter();
        Callback::from(move |_: PointerEvent| line.set(None))
    };
    let (width, height) = (props.layout.width, props.layout.height);
    html! {
        <g
            class="ground"
            aria-hidden="true"
            {onpointerdown}
            {onpointermove}
            {onpointerup}
            {onpointercancel}
        >
            <rect width={format!("{width:.1}")} height={format!("{height:.1}")} ref={ground} />
            if let Some((from, to)) = *line {
                { preview(from, to, props, &permissions) }
            }
        </g>
    }
}

/// The line, and the partition that letting go of it would make.
fn preview(from: Point, to: Point, props: &PartitionLineProps, permissions: &Permissions) -> Html {
    let layout = &props.layout;
    let sides = layout.sides_of_line(from, to);
    let smaller = |left: ServerSet, right: ServerSet| -> Html {
        let side = if left.len() < right.len() { left } else { right };
        side.iter().map(|id| highlight(id, layout)).collect()
    };
    html! {
        <>
            if let Some((left, right)) = sides {
                { smaller(left, right) }
                <text
                    class="cut-groups"
                    x={format!("{:.1}", layout.width / 2.0)}
                    y={format!("{:.1}", layout.height - 10.0)}
                >
                    { outcome(&props.links, left, right, permissions) }
                </text>
            }
            <path
                class={classes!("cut-line", sides.map(|_| "parts"))}
                d={line_path(from, to)}
            />
        </>
    }
}

/// The groups, and how many other cuts are kept; or why they cannot be parted.
fn outcome(
    links: &[LinkModel],
    left: ServerSet,
    right: ServerSet,
    permissions: &Permissions,
) -> String {
    let groups = text::groups([left, right]);
    let plan = line_plan(links, left, right);
    if let Some(refusal) = plan.acts.iter().find_map(|act| permissions.refusal_of(act)) {
        return refusal;
    }
    match plan.keeps.len() {
        0 => groups,
        count => format!("{groups}, {}", text::line_keeps(count)),
    }
}

fn highlight(id: ServerId, layout: &Layout) -> Html {
    let at = layout.server(id);
    html! {
        <circle
            class="side"
            cx={format!("{:.1}", at.x)}
            cy={format!("{:.1}", at.y)}
            r={format!("{:.1}", layout.timer_radius() + 6.0)}
        />
    }
}

/// In units of the stage.
fn position(ground: &dom::Element, event: &PointerEvent, scale: f64) -> Point {
    on_stage(dom::place_in(ground, event), scale)
}

fn on_stage((x, y): (f64, f64), scale: f64) -> Point {
    Point { x: x / scale, y: y / scale }
}
