//! The palette: finds any action of the page by a few letters. A combobox with a list: the focus
//! stays in the field.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::actions::{PageAction, best_matches, key_of};
use crate::ui::components::stage::selected_actions;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::platform::field;
use crate::ui::state::{Action, Selection};
use crate::ui::text;

/// More matches are not listed.
const SHOWN_MAX: usize = 60;
/// How far PageUp and PageDown move.
const PAGE_ROWS: usize = 8;
const LIST: &str = "actions";

#[derive(PartialEq, Properties)]
pub struct PaletteDialogProps {
    pub actions: Rc<Vec<PageAction>>,
    /// The actions on it come first.
    pub selection: Option<Selection>,
}

#[component]
pub fn PaletteDialog(props: &PaletteDialogProps) -> Html {
    let search = use_state_eq(PaletteSearch::default);
    let actions = use_actions(props);
    let matches = best_matches(&actions, &search.query);
    let shown = &matches[..matches.len().min(SHOWN_MAX)];
    let at = search.selected.min(shown.len().saturating_sub(1));
    use_effect_with((at, search.query.clone()), |(at, _)| scroll_to(*at));
    let choose = use_choice(&search);
    let oninput = {
        let search = search.setter();
        Callback::from(move |event: InputEvent| {
            search.set(PaletteSearch { query: dom::value_of(&event), ..PaletteSearch::default() });
        })
    };
    let onkeydown = {
        let (search, choose, count) = (search.clone(), choose.clone(), shown.len());
        let active = shown.get(at).map(|action| (*action).clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if let Some(selected) = next_row(&key, at, count) {
                search.set(PaletteSearch { selected, refused: None, ..(*search).clone() });
            } else if key == "Enter" {
                active.iter().for_each(|action| choose.emit(action.clone()));
            } else {
                return;
            }
            event.prevent_default();
        })
    };
    let has_rows = !shown.is_empty();
    html! {
        <>
            <input
                class="palette-field"
                type="text"
                role="combobox"
                autofocus=true
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label={text::PALETTE}
                aria-autocomplete="list"
                aria-expanded={has_rows.to_string()}
                aria-controls={LIST}
                aria-activedescendant={has_rows.then(|| option_id(at))}
                placeholder={text::PALETTE_EXAMPLE}
                value={search.query.clone()}
                {oninput}
                {onkeydown}
            />
            { status(&search, matches.len()) }
            <ul class="palette-list" role="listbox" id={LIST} aria-label="Actions">
                { for shown.iter().enumerate().map(|(index, action)| {
                    option(index, action, index == at, &choose)
                }) }
            </ul>
            if matches.len() > SHOWN_MAX {
                <p class="quiet">{ text::more(matches.len() - SHOWN_MAX) }</p>
            }
        </>
    }
}

/// Everything that can be done, what is done to the selected thing first.
#[hook]
fn use_actions(props: &PaletteDialogProps) -> Rc<Vec<PageAction>> {
    let page = use_page();
    let (selection, all) = (props.selection, props.actions.clone());
    use_memo((selection, all), move |(selection, all)| {
        let mut actions = selected_actions(*selection, &page.player);
        actions.extend(all.iter().cloned());
        actions
    })
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PaletteSearch {
    query: String,
    /// The row that Enter chooses.
    selected: usize,
    /// Why the chosen action cannot be done.
    refused: Option<String>,
}

/// Closes the palette and does the action, or says why that is impossible.
#[hook]
fn use_choice(search: &UseStateHandle<PaletteSearch>) -> Callback<PageAction> {
    let search = search.clone();
    use_page().callback(move |page, action: PageAction| {
        if action.unavailable.is_some() {
            search.set(PaletteSearch { refused: action.unavailable, ..(*search).clone() });
            return;
        }
        page.dispatch(Action::CloseDialog);
        // The focus returns first to where it was.
        let page = page.clone();
        dom::soon(move || action.command.run(&page));
    })
}

fn next_row(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(if at == last { 0 } else { at + 1 }),
        "ArrowUp" => Some(at.checked_sub(1).unwrap_or(last)),
        "PageDown" => Some((at + PAGE_ROWS).min(last)),
        "PageUp" => Some(at.saturating_sub(PAGE_ROWS)),
        _ => None,
    }
}

fn status(search: &PaletteSearch, matches: usize) -> Html {
    let status = match &search.refused {
        Some(reason) => text::cannot(reason),
        None if matches == 0 => text::NO_ACTION.to_owned(),
        None => text::matches(matches, "action"),
    };
    let class = if search.refused.is_some() { "wrong" } else { "quiet" };
    html! { <p {class} role="status">{ status }</p> }
}

fn option(
    index: usize,
    action: &PageAction,
    is_selected: bool,
    choose: &Callback<PageAction>,
) -> Html {
    let chosen = action.clone();
    let onclick = choose.reform(move |_: MouseEvent| chosen.clone());
    let about = action.unavailable.as_ref().unwrap_or(&action.means);
    html! {
        <li
            key={format!("{} {}", action.section.title(), action.name)}
            id={option_id(index)}
            role="option"
            aria-selected={is_selected.to_string()}
            aria-disabled={action.unavailable.is_some().then_some("true")}
            {onclick}
        >
            <span class="action-name">{ &action.name }</span>
            if let Some(key) = key_of(&action.command) {
                <kbd>{ key }</kbd>
            }
            <span class="action-section">{ action.section.title() }</span>
            if !about.is_empty() {
                <small>{ about }</small>
            }
        </li>
    }
}

fn option_id(index: usize) -> String {
    format!("action-{index}")
}

fn scroll_to(index: usize) {
    let list = dom::find(&format!("#{LIST}"));
    let option = dom::find(&format!("#{}", option_id(index)));
    if let (Some(list), Some(option)) = (list, option) {
        field::scroll_within(&list, &option);
    }
}
