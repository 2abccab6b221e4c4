//! The settings of the page itself.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Theme};
use crate::ui::text;

pub fn page_settings(page: &PageContext, shortcuts: bool, chosen: Theme) -> Html {
    let change_shortcuts = page.callback(|page, event: Event| {
        page.dispatch(Action::SetShortcuts(dom::checked_of(&event)));
    });
    let theme = |theme: Theme| {
        let onchange = page.callback(move |page, _: Event| page.dispatch(Action::SetTheme(theme)));
        html! {
            <label class="choice">
                <input type="radio" name="theme" checked={chosen == theme} {onchange} />
                { text::theme(theme) }
            </label>
        }
    };
    let onclick = page.on_click(Action::Present(true));
    html! {
        <section>
            <h3>{ "This page" }</h3>
            <label class="choice">
                <input type="checkbox" checked={shortcuts} onchange={change_shortcuts} />
                { "Enable single-key shortcuts (Space, period, digits; see Help)" }
            </label>
            <p>
                <button type="button" {onclick}>{ text::PRESENT }</button>
                { " " }
                { text::PRESENT_MEANS }
            </p>
            <div class="choices" role="radiogroup" aria-label="Theme">
                { for [Theme::System, Theme::Light, Theme::Dark].map(theme) }
            </div>
        </section>
    }
}
