//! The shapes of messages, drawn once: the stage copies them, the legend shows them.

use yew::prelude::*;

use super::vocabulary::Shape;
use crate::ui::markup::{classes, html};

// Parts of the markup of shapes.
macro_rules! tick {
    () => {
        "M-4 .4L-1.2 3.4L4.4 -3.2"
    };
}
macro_rules! cross {
    () => {
        "M-3.4 -3.4L3.4 3.4M3.4 -3.4L-3.4 3.4"
    };
}
macro_rules! diamond {
    () => {
        r#"<path d="M0 -11.5L11.5 0L0 11.5L-11.5 0Z"/>"#
    };
}
macro_rules! down {
    () => {
        r#"<path d="M0 9.5L-9.5 -7.5H9.5Z"/>"#
    };
}
macro_rules! ink {
    ($class:literal, $path:expr) => {
        concat!(r#"<path class="ink"#, $class, r#"" d=""#, $path, r#""/>"#)
    };
}

/// One shape, around its own middle, and what stands on it.
pub fn mark(shape: Shape, label: &'static str) -> Html {
    let body = match shape {
        Shape::Append | Shape::Other => "",
        Shape::Ask => concat!(diamond!(), r#"<text y="4.6">?</text>"#),
        Shape::VoteYes => concat!(diamond!(), ink!("", tick!())),
        Shape::VoteNo => concat!(diamond!(), ink!("", cross!())),
        Shape::Heartbeat => r#"<circle r="5.6"/>"#,
        Shape::ReplyYes => concat!(r#"<circle r="8.6"/>"#, ink!("", tick!())),
        Shape::ReplyNo => concat!(r#"<circle r="8.6"/>"#, ink!("", cross!())),
        Shape::Request => r#"<path d="M0 -9.5L9.5 7.5H-9.5Z"/>"#,
        Shape::AnswerYes => concat!(down!(), ink!(" small", tick!())),
        Shape::AnswerNo => concat!(down!(), ink!(" small", cross!())),
    };
    let boxed = body.is_empty();
    let tagged = boxed || matches!(shape, Shape::Request | Shape::AnswerYes | Shape::AnswerNo);
    let svg = format!(
        r#"<svg viewBox="-13 -13 26 26" width="26" height="26" aria-hidden="true">{body}</svg>"#
    );
    let markup = format!(
        r#"<span class="mark{}">{}{}</span>"#,
        if boxed { " box" } else { "" },
        if boxed { "" } else { &svg },
        if tagged { format!(r#"<span class="tag">{label}</span>"#) } else { String::new() },
    );
    Html::from_html_unchecked(markup.into())
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
