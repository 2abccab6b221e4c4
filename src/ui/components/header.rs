//! The page's header: its name, whether every property holds, and the buttons that open dialogs.

use yew::prelude::*;

use crate::ui::components::icons::{Brand, ThemeIcon};
use crate::ui::context::use_page;
use crate::ui::state::{Action, Dialog, Theme};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    pub theme: Theme,
    /// Whether a safety property was violated.
    pub violated: bool,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let page = use_page();
    let change_theme = page.on_click(Action::SetTheme(next_theme(props.theme)));
    let theme_name = text::theme(props.theme);
    let dialog_button = |dialog: Dialog| {
        let onclick = page.on_click(Action::Open(dialog));
        html! { <button type="button" {onclick}>{ text::dialog(dialog) }</button> }
    };
    html! {
        <header>
            <Brand />
            <h1>{ text::NAME }</h1>
            if props.violated {
                <span class="verdict bad">{ "✗ " }{ text::UNSAFE }</span>
            } else {
                <span class="verdict good" title={text::SAFE_MEANS}>{ "✓ " }{ text::SAFE }</span>
            }
            <div class="buttons">
                <button
                    type="button"
                    class="icon"
                    aria-label={theme_name}
                    title={theme_name}
                    onclick={change_theme}
                >
                    <ThemeIcon theme={props.theme} />
                </button>
                { for [Dialog::Share, Dialog::Settings, Dialog::Help].map(dialog_button) }
            </div>
        </header>
    }
}

fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Dark,
        Theme::Dark => Theme::Light,
        Theme::Light => Theme::System,
    }
}
