//! The icons of buttons. Each is hidden from screen readers: the button has the name.

use yew::prelude::*;

use crate::ui::state::Theme;

/// The page's sign: a ring of servers, one of which leads.
#[component]
pub fn Brand() -> Html {
    html! {
        <svg
            class="brand"
            viewBox="-12 -12 24 24"
            width="2.4rem"
            height="2.4rem"
            aria-hidden="true"
        >
            <circle class="brand-ring" r="8.5" />
            <circle cx="0" cy="-8.5" r="3.4" />
            <circle cx="8.1" cy="-2.6" r="2.6" />
            <circle cx="5" cy="6.9" r="2.6" />
            <circle cx="-5" cy="6.9" r="2.6" />
            <circle cx="-8.1" cy="-2.6" r="2.6" />
        </svg>
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    Close,
    Play,
    Pause,
    PreviousEvent,
    NextEvent,
    JumpBack,
    JumpAhead,
    Skip,
    Search,
    Adaptive,
    Diagram,
    Reset,
    New,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Self::Close => "M2 2L10 10M10 2L2 10",
            Self::Play => "M2.5 1L11 6L2.5 11Z",
            Self::Pause => "M2 1H5V11H2ZM7 1H10V11H7Z",
            Self::PreviousEvent => "M13 1L5 6L13 11ZM3.5 1H1V11H3.5Z",
            Self::NextEvent => "M1 1L9 6L1 11ZM10.5 1H13V11H10.5Z",
            Self::JumpBack => "M5.5 1.5L1 6L5.5 10.5M10.5 1.5L6 6L10.5 10.5",
            Self::JumpAhead => "M1.5 1.5L6 6L1.5 10.5M6.5 1.5L11 6L6.5 10.5",
            Self::Search => "M8.5 5A3.5 3.5 0 1 1 1.5 5A3.5 3.5 0 1 1 8.5 5ZM7.6 7.6L11 11",
            Self::Skip => "M1 2V10L6 6ZM6 2V10L11 6ZM11.5 1H13.5V11H11.5Z",
            // Heartbeats close together, then far apart.
            Self::Reset => "M2 2V5.5H5.5M2.2 5.5A4.5 4.5 0 1 1 2.4 8.5",
            Self::New => "M6 1.5V10.5M1.5 6H10.5",
            // Three lanes, and messages between them.
            Self::Diagram => "M1 1.5H13M1 6H13M1 10.5H13M3 1.5L6 6L9 10.5M8 1.5L11 6",
            Self::Adaptive => "M1 3V9M3 3V9M5 3V9M8.5 1V11M13 3V9",
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct IconProps {
    pub shape: Shape,
    #[prop_or("1.2rem")]
    pub size: &'static str,
}

/// One component for all shapes: each component adds half a kilobyte to the download.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let (view_box, width) = match props.shape {
        Shape::PreviousEvent
        | Shape::NextEvent
        | Shape::Skip
        | Shape::Adaptive
        | Shape::Diagram => ("0 0 14 12", "1.4rem"),
        _ => ("0 0 12 12", props.size),
    };
    let is_line = matches!(
        props.shape,
        Shape::JumpBack
            | Shape::JumpAhead
            | Shape::Adaptive
            | Shape::Diagram
            | Shape::Reset
            | Shape::New
            | Shape::Search
    );
    html! {
        <svg viewBox={view_box} {width} height={props.size} aria-hidden="true">
            <path class={is_line.then_some("line")} d={props.shape.path()} />
        </svg>
    }
}

#[derive(PartialEq, Properties)]
pub struct ThemeIconProps {
    pub theme: Theme,
}

#[component]
pub fn ThemeIcon(props: &ThemeIconProps) -> Html {
    let paths = match props.theme {
        Theme::System => html! {
            <>
                <circle r="6" class="line" />
                <path d="M0 -6A6 6 0 0 1 0 6Z" />
            </>
        },
        Theme::Light => html! {
            <>
                <circle r="3.6" />
                <path class="line" d={SUN_RAYS} />
            </>
        },
        Theme::Dark => html! { <path d="M2 -6.5A6.5 6.5 0 1 0 6.5 2A5 5 0 0 1 2 -6.5Z" /> },
    };
    html! {
        <svg viewBox="-9 -9 18 18" width="1.8rem" height="1.8rem" aria-hidden="true">{ paths }</svg>
    }
}

const SUN_RAYS: &str = "M0 -7.5V-6M0 6V7.5M-7.5 0H-6M6 0H7.5M-5.3 -5.3L-4.3 -4.3M4.3 4.3L5.3 5.3\
     M-5.3 5.3L-4.3 4.3M4.3 -4.3L5.3 -5.3";
