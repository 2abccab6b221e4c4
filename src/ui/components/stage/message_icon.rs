//! The shapes of messages as SVG: the animations copy them, the legend shows them.

use yew::prelude::*;

use crate::ui::scene::MessageShape;

pub(in crate::ui) const DIAMOND: &str = "M0 -11.5L11.5 0L0 11.5L-11.5 0Z";
pub(in crate::ui) const TRIANGLE_UP: &str = "M0 -10L10.5 8H-10.5Z";
pub(in crate::ui) const TRIANGLE_DOWN: &str = "M0 11L-11.5 -8H11.5Z";
pub(in crate::ui) const TICK: &str = "M-4 .4L-1.2 3.4L4.4 -3.2";
pub(in crate::ui) const SMALL_TICK: &str = "M-4 -2L-1.2 1L4.4 -5.4";
pub(in crate::ui) const SMALL_CROSS: &str = "M-3 -5L3 1M3 -5L-3 1";
pub(in crate::ui) const CROSS: &str = "M-3.8 -3.8L3.8 3.8M3.8 -3.8L-3.8 3.8";

#[derive(Clone, PartialEq, Properties)]
pub struct MessageIconProps {
    pub shape: MessageShape,
    pub label: &'static str,
}

/// A shape around its own middle, with its label where it has one.
#[component]
pub fn MessageIcon(props: &MessageIconProps) -> Html {
    let MessageIconProps { shape, label } = *props;
    let Some(drawing) = drawing(shape) else {
        return html! { <span class="mark box"><span class="tag">{ label }</span></span> };
    };
    let labelled = matches!(
        shape,
        MessageShape::ClientRequest | MessageShape::ClientAnswer | MessageShape::ClientRefusal
    );
    html! {
        <span class="mark">
            <svg viewBox="-13 -13 26 26" width="26" height="26" aria-hidden="true">{ drawing }</svg>
            if labelled {
                <span class="tag">{ label }</span>
            }
        </span>
    }
}

/// None for the shapes that are a box around their label, which styles/stage.css draws.
fn drawing(shape: MessageShape) -> Option<Html> {
    let drawing = match shape {
        MessageShape::Append | MessageShape::Other => return None,
        MessageShape::VoteRequest => {
            html! { <><path d={DIAMOND} /><text y="4.6">{ "?" }</text></> }
        }
        MessageShape::VoteGranted => {
            html! { <><path d={DIAMOND} /><path class="ink" d={TICK} /></> }
        }
        MessageShape::VoteDenied => {
            html! { <><path d={DIAMOND} /><path class="ink" d={CROSS} /></> }
        }
        MessageShape::Heartbeat => html! { <circle r="5.6" /> },
        MessageShape::AppendAccepted => {
            html! { <><circle r="8.6" /><path class="ink" d={TICK} /></> }
        }
        MessageShape::AppendRejected => {
            html! { <><circle r="8.6" /><path class="ink" d={CROSS} /></> }
        }
        MessageShape::ClientRequest => html! { <path d={TRIANGLE_UP} /> },
        MessageShape::ClientAnswer => {
            html! { <><path d={TRIANGLE_DOWN} /><path class="ink small" d={SMALL_TICK} /></> }
        }
        MessageShape::ClientRefusal => {
            html! { <><path d={TRIANGLE_DOWN} /><path class="ink small" d={SMALL_CROSS} /></> }
        }
    };
    Some(drawing)
}

/// One of each shape, and the mark of a lost message, for the animations to copy.
#[component]
pub fn MessagePrototypes() -> Html {
    let prototype = |shape: MessageShape| {
        html! {
            <button
                key={shape.class()}
                type="button"
                tabindex="-1"
                class={classes!("flight", shape.class())}
                aria-haspopup="menu"
            >
                <MessageIcon {shape} label="" />
                <i class="heading" />
            </button>
        }
    };
    html! {
        <>
            { for MessageShape::ALL.into_iter().map(prototype) }
            <LostMark key="lost" />
        </>
    }
}

/// The mark where a message is lost.
#[component]
pub fn LostMark() -> Html {
    html! {
        <div class="lost" aria-hidden="true">
            <svg viewBox="-9 -9 18 18" width="18" height="18">
                <path d="M-5 -5L5 5M5 -5L-5 5" />
            </svg>
        </div>
    }
}
