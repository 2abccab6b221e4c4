//! One line of the language at a time, and its answer.

use std::collections::VecDeque;

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;

use super::line::{LineForm, line_form};

/// How many lines are kept.
const LINES_MAX: usize = 60;

#[derive(Clone, Default, PartialEq)]
struct Talk {
    /// What was asked and answered, the newest first; whether it was done.
    lines: VecDeque<(String, String, bool)>,
    /// Which earlier line stands in the field, counted back from the newest.
    recalled: Option<usize>,
}

/// The console.
#[derive(PartialEq)]
pub struct Console;

part!(Console, use_console);

#[hook]
fn use_console(_console: &Console) -> Html {
    let desk = desk();
    let talk = use_kept(Talk::default);
    let field = use_node_ref();
    let take = {
        let talk = talk.clone();
        Callback::from(move |line: String| {
            if line.is_empty() {
                return false;
            }
            let (answer, done) = match desk.player.exec(&line) {
                Ok(answer) => (answer, true),
                Err(error) => (error, false),
            };
            let mut next = Talk { lines: talk.lines.clone(), recalled: None };
            next.lines.push_front((line, answer, done));
            next.lines.truncate(LINES_MAX);
            talk.set(next);
            true
        })
    };
    let onkeydown = {
        let (talk, field) = (talk.clone(), field.clone());
        Callback::from(move |event: KeyboardEvent| {
            let recalled = match (event.key().as_str(), talk.recalled) {
                ("ArrowUp", None) => Some(0),
                ("ArrowUp", Some(place)) => {
                    Some((place + 1).min(talk.lines.len().saturating_sub(1)))
                }
                ("ArrowDown", Some(place)) => place.checked_sub(1),
                _ => return,
            };
            event.prevent_default();
            let line =
                recalled.and_then(|place| talk.lines.get(place)).map(|(line, ..)| line.clone());
            if let Some(input) = field.cast::<dom::HtmlInputElement>() {
                input.set_value(&line.unwrap_or_default());
            }
            talk.set(Talk { recalled, ..(*talk).clone() });
        })
    };
    let form = LineForm {
        class: "console-form",
        label: "Console",
        placeholder: None,
        field: &field,
        before: html! { <span class="prompt" aria-hidden="true">{ "›" }</span> },
        after: Html::default(),
    };
    html! {
        <>
            { line_form(form, Some(onkeydown), take) }
            if talk.lines.is_empty() {
                <p class="empty">{ text::CONSOLE_EMPTY }</p>
            } else {
                <ol class="talk" aria-label="Lines and answers, the newest first" aria-live="polite">
                    { for talk.lines.iter().enumerate().map(|(place, line)| spoken_line(talk.lines.len() - place, line)) }
                </ol>
            }
        </>
    }
}

fn spoken_line(key: usize, (line, answer, done): &(String, String, bool)) -> Html {
    html! {
        <li {key}><code>{ line }</code><pre class={if *done { "answer" } else { "answer wrong" }}>{ answer }</pre></li>
    }
}
