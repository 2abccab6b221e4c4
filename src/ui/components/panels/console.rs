//! One line of the language at a time, and its answer.

use yew::prelude::*;

use crate::script::complete;
use crate::ui::desk::desk;
use crate::ui::hooks::{Kept, use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom::HtmlInputElement;
use crate::ui::platform::field;
use crate::ui::text;

use super::line::{LineForm, Offering, line_form};
use super::suggestions::{self, LIST, Suggestions, option_id};
use super::talk::{Exchange, Talk};

/// The console.
#[derive(PartialEq)]
pub struct Console;

part!(Console, use_console);

/// What happens to the field and its list.
#[derive(Clone)]
enum Deed {
    /// Something was typed.
    Typed,
    /// A key went down.
    Key(KeyboardEvent),
    /// That option was clicked.
    Take(usize),
    /// The focus went elsewhere.
    Left,
}

#[hook]
fn use_console(_console: &Console) -> Html {
    let desk = desk();
    let talk = use_kept(Talk::remembered);
    let offered = use_kept(Suggestions::default);
    let field = use_node_ref();
    use_effect_on((offered.open(), offered.chosen), |(_, chosen)| suggestions::show(*chosen));
    let take = {
        let (desk, talk, offered) = (desk.clone(), talk.clone(), offered.clone());
        Callback::from(move |line: String| {
            if line.is_empty() {
                return false;
            }
            let answer = desk.player.exec(&line);
            talk.set(talk.with(line, answer).remember());
            offered.set(Suggestions::default());
            true
        })
    };
    let heed = heed(&talk, &offered, &field);
    let offering = Offering {
        list: offered.open().then_some(LIST),
        chosen: offered.option().and(offered.chosen).map(option_id),
        oninput: heed.reform(|_| Deed::Typed),
        onblur: heed.reform(|_| Deed::Left),
    };
    let form = LineForm {
        class: "console-form",
        label: "Console",
        placeholder: None,
        field: &field,
        before: html! { <span class="prompt" aria-hidden="true">{ "›" }</span> },
        after: Html::default(),
        offering: Some(offering),
    };
    html! {
        <>
            { line_form(form, Some(heed.reform(Deed::Key)), take) }
            { offered.view(&heed.reform(Deed::Take)) }
            if talk.exchanges.is_empty() {
                <p class="empty">{ text::CONSOLE_EMPTY }</p>
            } else {
                <ol class="talk" aria-label="Lines and answers, the newest first" aria-live="polite">
                    { for talk.exchanges.iter().map(spoken_line) }
                </ol>
            }
        </>
    }
}

/// What becomes of field and list by a deed.
fn heed(talk: &Kept<Talk>, offered: &Kept<Suggestions>, field: &NodeRef) -> Callback<Deed> {
    let (talk, offered, field) = (talk.clone(), offered.clone(), field.clone());
    let desk = desk();
    Callback::from(move |deed: Deed| {
        let Some(input) = field.cast::<HtmlInputElement>() else { return };
        let look = || {
            let (before, _) = field::around_caret(&input);
            let found = desk.player.with_world(|world| complete(&before, world));
            // All that a line can begin with is offered to who asks for it.
            Suggestions { found, chosen: None, closed: before.is_empty() }
        };
        let put = |place: usize| {
            if let Some(option) = offered.found.options.get(place) {
                offered.put(&input, option);
                offered.set(look());
            }
        };
        let event = match deed {
            Deed::Typed => return offered.set(look()),
            Deed::Take(place) => return put(place),
            Deed::Left => return offered.set(Suggestions::default()),
            Deed::Key(event) => event,
        };
        let (key, open) = (event.key(), offered.open());
        match (key.as_str(), offered.option()) {
            _ if event.shift_key() || event.ctrl_key() || event.meta_key() => return,
            ("Enter" | "Tab", Some(_)) => put(offered.chosen.unwrap_or(0)),
            ("Escape", _) if open => offered.set(offered.hidden()),
            ("ArrowDown" | "ArrowUp", _) if open => offered.set(offered.moved(key == "ArrowDown")),
            ("ArrowDown", _) if !talk.recalls() => {
                offered.set(Suggestions { closed: false, ..look() }.moved(true));
            }
            ("ArrowDown" | "ArrowUp", _) => {
                let (recalled, line) = talk.recall(key == "ArrowUp");
                field::put(&input, &line, "");
                talk.set(recalled.remember());
                offered.set(look().hidden());
            }
            _ => return,
        }
        event.prevent_default();
    })
}

fn spoken_line(said: &Exchange) -> Html {
    let class = if said.done { "answer" } else { "answer wrong" };
    html! {
        <li key={said.number}><code>{ &said.line }</code><pre {class}>{ &said.answer }</pre></li>
    }
}
