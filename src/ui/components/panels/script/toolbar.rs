//! The buttons for the session as a whole.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;
use crate::ui::view::ScriptText;

use super::editing::Editing;

/// Selects the button Undo.
pub const UNDO: &str = "#undo";

pub fn toolbar(page: &PageContext, script: &ScriptText, onedit: &Callback<Editing>) -> Html {
    let undo = page.callback(|page, _: MouseEvent| page.player.undo());
    let redo = page.callback(|page, _: MouseEvent| page.player.redo());
    let restore = page.callback(|page, _: MouseEvent| page.player.restore_previous());
    let share = page.on_click(Action::Open(Dialog::Share));
    let edit = onedit.reform(|_: MouseEvent| Editing::Text);
    let disabled = |title: &Option<String>| title.is_none().then_some("true");
    let title = |title: &Option<String>, reason: &'static str| {
        title.clone().map_or(AttrValue::Static(reason), AttrValue::from)
    };
    html! {
        <div class="row" role="group" aria-label="Session">
            <button
                type="button"
                id="undo"
                title={title(&script.undo, text::NOTHING_TO_UNDO)}
                aria-disabled={disabled(&script.undo)}
                onclick={undo}
            >
                { "Undo" }
            </button>
            <button
                type="button"
                title={title(&script.redo, text::NOTHING_TO_REDO)}
                aria-disabled={disabled(&script.redo)}
                onclick={redo}
            >
                { "Redo" }
            </button>
            <button type="button" onclick={edit}>{ "Edit as text" }</button>
            <button type="button" onclick={share}>{ "Share or save" }</button>
            if page.player.has_previous() {
                <button type="button" title="Restore the previous session" onclick={restore}>
                    { "Restore" }
                </button>
            }
        </div>
    }
}
