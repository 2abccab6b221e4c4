//! The shapes of messages, drawn once: the stage copies them, the legend shows them.

use yew::prelude::*;

use super::vocabulary::Shape;

const TICK: &str = "M-4 .4L-1.2 3.4L4.4 -3.2";
const CROSS: &str = "M-3.4 -3.4L3.4 3.4M3.4 -3.4L-3.4 3.4";
const DIAMOND: &str = "M0 -11.5L11.5 0L0 11.5L-11.5 0Z";
const UP: &str = "M0 -9.5L9.5 7.5H-9.5Z";
const DOWN: &str = "M0 9.5L-9.5 -7.5H9.5Z";

/// One shape, around its own middle, and what stands on it.
pub fn mark(shape: Shape, label: &'static str) -> Html {
    let tag = html! { <span class="tag">{ label }</span> };
    let body = match shape {
        Shape::Append | Shape::Other => return html! { <span class="mark box">{ tag }</span> },
        Shape::Ask => html! { <><path d={DIAMOND} /><text y="4.6">{ "?" }</text></> },
        Shape::VoteYes => html! { <><path d={DIAMOND} /><path class="ink" d={TICK} /></> },
        Shape::VoteNo => html! { <><path d={DIAMOND} /><path class="ink" d={CROSS} /></> },
        Shape::Heartbeat => html! { <circle r="5.6" /> },
        Shape::ReplyYes => html! { <><circle r="8.6" /><path class="ink" d={TICK} /></> },
        Shape::ReplyNo => html! { <><circle r="8.6" /><path class="ink" d={CROSS} /></> },
        Shape::Request => html! { <path d={UP} /> },
        Shape::AnswerYes => html! { <><path d={DOWN} /><path class="ink small" d={TICK} /></> },
        Shape::AnswerNo => html! { <><path d={DOWN} /><path class="ink small" d={CROSS} /></> },
    };
    html! {
        <span class="mark">
            <svg viewBox="-13 -13 26 26" width="26" height="26" aria-hidden="true">{ body }</svg>
            if matches!(shape, Shape::Request | Shape::AnswerYes | Shape::AnswerNo) { { tag } }
        </span>
    }
}

/// One of each, unseen, for the stage to copy.
pub fn prototypes() -> Html {
    let flight = |shape: Shape| {
        html! { <div key={shape.class()} class={classes!("flight", shape.class())}>{ mark(shape, "") }</div> }
    };
    html! {
        <>
            { for Shape::ALL.into_iter().map(flight) }
            <div key="lost" class="lost">
                <svg viewBox="-9 -9 18 18" width="18" height="18"><path d="M-5 -5L5 5M5 -5L-5 5" /></svg>
            </div>
        </>
    }
}
