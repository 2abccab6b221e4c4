//! The field for a branch's new name.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;

use super::BranchId;

const FIELD: &str = "#branch-name";

#[derive(PartialEq, Properties)]
pub struct RenameFormProps {
    pub id: BranchId,
    /// The current name.
    pub name: String,
    pub onclose: Callback<()>,
}

#[component]
pub fn RenameForm(props: &RenameFormProps) -> Html {
    {
        let name = props.name.clone();
        use_effect_with(props.id, move |_| dom::fill(FIELD, &name));
    }
    let onkeydown = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                onclose.emit(());
            }
        })
    };
    let onsubmit = {
        let (id, onclose) = (props.id, props.onclose.clone());
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let typed = dom::find(FIELD).map(|field| dom::text_in(&field)).unwrap_or_default();
            if !typed.trim().is_empty() {
                page.player.rename_branch(id, typed.trim());
            }
            onclose.emit(());
        })
    };
    html! {
        <form {onsubmit}>
            <input
                type="text"
                id="branch-name"
                aria-label="Name"
                maxlength="60"
                autocomplete="off"
                {onkeydown}
            />
            <button type="submit">{ "Save" }</button>
        </form>
    }
}
