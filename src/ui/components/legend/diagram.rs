//! The signs of the diagram, drawn as its canvas draws them.

use yew::prelude::*;

use crate::ui::text;
use crate::ui::timeline::Ink;

/// A sample is this wide and high, in pixels.
const SIZE: (f64, f64) = (72.0, 30.0);

pub(super) fn samples() -> impl Iterator<Item = (Html, &'static str, &'static str)> {
    let drawn = [
        lane(),
        message(Ink::Candidate, "", polygon(Ink::Candidate, "58,24 51.4,19.6 55.4,15")),
        message(Ink::Yes, "", disc(Ink::Yes, "")),
        message(Ink::No, "5 3", disc(Ink::No, "ring")),
        message(Ink::Append, "", cross(Ink::No, (58.0, 24.0))),
        html! { <>{ band(Ink::Line, (4.0, 64.0), 4.0) }{ diamond() }</> },
        html! { <>{ band(Ink::Line, (4.0, 64.0), 4.0) }{ square() }</> },
        vertical(Ink::Dim, "5 3", polygon(Ink::Text, "36,18 43,22 36,26")),
        vertical(Ink::No, "", cross(Ink::No, (36.0, 8.0))),
    ];
    let (width, height) = SIZE;
    let sample = move |drawing: Html| {
        html! {
            <svg
                class="diagram-sample"
                viewBox={format!("0 0 {width} {height}")}
                width={width.to_string()}
                height={height.to_string()}
            >
                { drawing }
            </svg>
        }
    };
    let entries = drawn.into_iter().zip(text::DIAGRAM_LEGEND);
    entries.map(move |(drawing, (name, means))| (sample(drawing), name, means))
}

/// As an attribute: the security policy forbids inline styles.
fn paint(ink: Ink) -> String {
    format!("var(--{})", ink.name())
}

fn band(ink: Ink, (from, to): (f64, f64), height: f64) -> Html {
    html! {
        <rect
            fill={paint(ink)}
            x={from.to_string()}
            y={(15.0 - height / 2.0).to_string()}
            width={(to - from).to_string()}
            height={height.to_string()}
        />
    }
}

/// A follower becomes a candidate, and leads.
fn lane() -> Html {
    let crown = "36,10 39,14 42,9 45,14 48,10 47,19 37,19";
    html! {
        <>
            { band(Ink::Line, (4.0, 18.0), 4.0) }
            { band(Ink::Candidate, (18.0, 42.0), 7.0) }
            { band(Ink::Leader, (42.0, 70.0), 7.0) }
            <circle fill={paint(Ink::Panel)} cx="42" cy="15" r="8.5" />
            { polygon(Ink::Leader, crown) }
        </>
    }
}

/// A line from one lane to another, with its end.
fn message(ink: Ink, dashes: &'static str, end: Html) -> Html {
    html! {
        <>
            <path stroke={paint(Ink::Line)} d="M4 5H68M4 24H68" />
            <path
                stroke={paint(ink)}
                stroke-width="1.6"
                stroke-dasharray={dashes}
                d="M14 5L58 24"
            />
            { end }
        </>
    }
}

/// A line through all lanes.
fn vertical(ink: Ink, dashes: &'static str, sign: Html) -> Html {
    html! {
        <>
            <path stroke={paint(Ink::Line)} d="M4 11H68M4 21H68" />
            <path
                stroke={paint(ink)}
                stroke-width="1.6"
                stroke-dasharray={dashes}
                d="M36 2V28"
            />
            { sign }
        </>
    }
}

fn polygon(ink: Ink, points: &'static str) -> Html {
    html! { <polygon fill={paint(ink)} {points} /> }
}

/// Filled, or a ring.
fn disc(ink: Ink, look: &str) -> Html {
    let filled = if look.is_empty() { ink } else { Ink::Panel };
    html! {
        <circle
            fill={paint(filled)}
            stroke={paint(ink)}
            stroke-width="1.6"
            cx="58"
            cy="24"
            r="3.2"
        />
    }
}

fn cross(ink: Ink, (x, y): (f64, f64)) -> Html {
    let (left, right, top, bottom) = (x - 4.0, x + 4.0, y - 4.0, y + 4.0);
    let d = format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}");
    html! { <path stroke={paint(ink)} stroke-width="2.2" {d} /> }
}

fn diamond() -> Html {
    polygon(Ink::Yes, "36,10.8 40.2,15 36,19.2 31.8,15")
}

fn square() -> Html {
    polygon(Ink::Text, "32.5,11.5 39.5,11.5 39.5,18.5 32.5,18.5")
}
