//! The help: what to try, and where to look.

use yew::prelude::*;

use crate::ui::components::terms::TermText;
use crate::ui::context::use_page;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

#[component]
pub fn HelpDialog() -> Html {
    let page = use_page();
    let link = |dialog: Dialog| {
        let onclick = page.on_click(Action::Open(dialog));
        html! { <button type="button" {onclick}>{ text::dialog(dialog) }</button> }
    };
    let dialogs = [Dialog::Keys, Dialog::Legend, Dialog::Glossary(None), Dialog::Palette];
    html! {
        <>
            <p><TermText text={text::HELP_INTRODUCTION} /></p>
            <ol class="steps">
                { for text::HELP_STEPS.map(|step| html! { <li><TermText text={step} /></li> }) }
            </ol>
            <p>{ text::HELP_MORE }</p>
            <div class="choices">{ for dialogs.map(link) }</div>
        </>
    }
}
