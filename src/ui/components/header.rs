//! The head of the page: its name, whether all is safe, and what opens over it.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::drawing::drawing;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::state::{Action, Dialog, Theme};
use crate::ui::text;

/// The sign of the page: a ring of servers, one of which leads.
const BRAND: &str = r#"<svg class="brand" viewBox="-12 -12 24 24" width="24" height="24" aria-hidden="true"><circle class="brand-ring" r="8.5"/><circle cx="0" cy="-8.5" r="3.4"/><circle cx="8.1" cy="-2.6" r="2.6"/><circle cx="5" cy="6.9" r="2.6"/><circle cx="-5" cy="6.9" r="2.6"/><circle cx="-8.1" cy="-2.6" r="2.6"/></svg>"#;

/// Properties of the header.
#[derive(Clone, PartialEq)]
pub struct HeaderProps {
    /// The colours.
    pub theme: Theme,
    /// Whether a property was violated.
    pub violated: bool,
}

part!(HeaderProps, use_header);

/// The head of the page.
#[hook]
fn use_header(props: &HeaderProps) -> Html {
    let desk = desk();
    let open = |dialog: Dialog| desk.saying(Action::Open(dialog));
    let next_theme = match props.theme {
        Theme::System => Theme::Dark,
        Theme::Dark => Theme::Light,
        Theme::Light => Theme::System,
    };
    let change_theme = desk.saying(Action::SetTheme(next_theme));
    html! {
        <header>
            { drawing(BRAND) }
            <h1>{ text::NAME }</h1>
            if props.violated {
                <span class="verdict bad">{ format!("✗ {}", text::UNSAFE) }</span>
            } else {
                <span class="verdict good" title={text::SAFE_MEANS}>{ format!("✓ {}", text::SAFE) }</span>
            }
            <div class="buttons">
                <button type="button" class="icon" aria-label={text::theme(props.theme)} title={text::theme(props.theme)} onclick={change_theme}>
                    { theme_icon(props.theme) }
                </button>
                <button type="button" onclick={open(Dialog::Share)}>{ text::dialog(Dialog::Share) }</button>
                <button type="button" onclick={open(Dialog::Settings)}>{ text::dialog(Dialog::Settings) }</button>
                <button type="button" onclick={open(Dialog::Help)}>{ text::dialog(Dialog::Help) }</button>
            </div>
        </header>
    }
}

fn theme_icon(theme: Theme) -> Html {
    drawing(match theme {
        Theme::System => {
            r#"<svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true"><circle r="6" class="line"/><path d="M0 -6A6 6 0 0 1 0 6Z"/></svg>"#
        }
        Theme::Light => {
            r#"<svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true"><circle r="3.6"/><path class="line" d="M0 -7.5V-6M0 6V7.5M-7.5 0H-6M6 0H7.5M-5.3 -5.3L-4.3 -4.3M4.3 4.3L5.3 5.3M-5.3 5.3L-4.3 4.3M4.3 -4.3L5.3 -5.3"/></svg>"#
        }
        Theme::Dark => {
            r#"<svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true"><path d="M2 -6.5A6.5 6.5 0 1 0 6.5 2A5 5 0 0 1 2 -6.5Z"/></svg>"#
        }
    })
}
