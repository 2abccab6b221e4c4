//! The keys, from the table that the page obeys.

use yew::prelude::*;

use crate::ui::actions::{KEY_SECTIONS, KeyRow, SHORTCUTS};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct KeysDialogProps {
    /// Whether single-key shortcuts are enabled.
    pub shortcuts: bool,
}

#[component]
pub fn KeysDialog(props: &KeysDialogProps) -> Html {
    let onchange = use_page().callback(|page, event: Event| {
        page.dispatch(Action::SetShortcuts(dom::checked_of(&event)));
    });
    let page_keys = SHORTCUTS.iter().map(|shortcut| row((shortcut.shown, shortcut.name)));
    let section = |(title, rows): &(&'static str, &'static [KeyRow])| {
        html! {
            <>
                <h3>{ *title }</h3>
                <dl class="legend keys">{ for rows.iter().copied().map(row) }</dl>
            </>
        }
    };
    html! {
        <>
            <p>{ text::KEYS_MEAN }</p>
            <label class="choice">
                <input type="checkbox" checked={props.shortcuts} {onchange} />
                { text::SINGLE_KEYS }
            </label>
            <h3>{ "Everywhere" }</h3>
            <dl class="legend keys">{ for page_keys }</dl>
            { for KEY_SECTIONS.iter().map(section) }
        </>
    }
}

fn row((key, does): KeyRow) -> Html {
    html! {
        <>
            <dt><kbd>{ key }</kbd></dt>
            <dd>{ does }</dd>
        </>
    }
}
