//! The icons of buttons. Each is hidden from screen readers: the button has the name.

use yew::prelude::*;

use crate::ui::state::Theme;

/// The page's sign: a ring of servers, one of which leads.
#[component]
pub fn Brand() -> Html {
    html! {
        <svg class="brand" viewBox="-12 -12 24 24" width="24" height="24" aria-hidden="true">
            <circle class="brand-ring" r="8.5" />
            <circle cx="0" cy="-8.5" r="3.4" />
            <circle cx="8.1" cy="-2.6" r="2.6" />
            <circle cx="5" cy="6.9" r="2.6" />
            <circle cx="-5" cy="6.9" r="2.6" />
            <circle cx="-8.1" cy="-2.6" r="2.6" />
        </svg>
    }
}

#[derive(PartialEq, Properties)]
pub struct CloseIconProps {
    /// In CSS pixels.
    #[prop_or("12")]
    pub size: &'static str,
}

#[component]
pub fn CloseIcon(props: &CloseIconProps) -> Html {
    html! {
        <svg viewBox="0 0 12 12" width={props.size} height={props.size} aria-hidden="true">
            <path d="M2 2L10 10M10 2L2 10" />
        </svg>
    }
}

#[component]
pub fn PlayIcon() -> Html {
    html! {
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="M2.5 1L11 6L2.5 11Z" />
        </svg>
    }
}

#[component]
pub fn PauseIcon() -> Html {
    html! {
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="M2 1H5V11H2ZM7 1H10V11H7Z" />
        </svg>
    }
}

#[component]
pub fn PreviousEventIcon() -> Html {
    html! {
        <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
            <path d="M13 1L5 6L13 11ZM3.5 1H1V11H3.5Z" />
        </svg>
    }
}

#[component]
pub fn NextEventIcon() -> Html {
    html! {
        <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
            <path d="M1 1L9 6L1 11ZM10.5 1H13V11H10.5Z" />
        </svg>
    }
}

#[component]
pub fn JumpBackIcon() -> Html {
    html! {
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path class="line" d="M5.5 1.5L1 6L5.5 10.5M10.5 1.5L6 6L10.5 10.5" />
        </svg>
    }
}

#[component]
pub fn JumpAheadIcon() -> Html {
    html! {
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path class="line" d="M1.5 1.5L6 6L1.5 10.5M6.5 1.5L11 6L6.5 10.5" />
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
        <svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">{ paths }</svg>
    }
}

const SUN_RAYS: &str = "M0 -7.5V-6M0 6V7.5M-7.5 0H-6M6 0H7.5M-5.3 -5.3L-4.3 -4.3M4.3 4.3L5.3 5.3\
     M-5.3 5.3L-4.3 4.3M4.3 -4.3L5.3 -5.3";
