//! The console: runs one line of the script language at a time, and shows the answers.

mod suggestions;

use yew::prelude::*;

use crate::script::complete;
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom::HtmlInputElement;
use crate::ui::platform::field;
use crate::ui::text;

use super::line_form::{Combobox, LineForm};
use super::transcript::{Exchange, Transcript};
use suggestions::{LIST, Suggestions, option_id, suggestion_list};

#[derive(PartialEq, Properties)]
pub struct ConsolePanelProps {
    pub transcript: UseStateHandle<Transcript>,
}

#[component]
pub fn ConsolePanel(props: &ConsolePanelProps) -> Html {
    let page = use_page();
    let transcript = props.transcript.clone();
    let suggestions = use_state_eq(Suggestions::default);
    let refusal = use_state_eq(|| None::<String>);
    let field = use_node_ref();
    use_effect_with((suggestions.is_open(), suggestions.selected), |(_, selected)| {
        suggestions::scroll_to(*selected);
    });
    let run = {
        let (page, transcript) = (page.clone(), transcript.clone());
        let (suggestions, refusal) = (suggestions.setter(), refusal.setter());
        Callback::from(move |line: String| {
            if line.is_empty() {
                return false;
            }
            let answer = page.player.exec(&line);
            transcript.set(transcript.with(line, answer));
            suggestions.set(Suggestions::default());
            refusal.set(None);
            true
        })
    };
    let input = {
        let (transcript, suggestions) = (transcript.clone(), suggestions.clone());
        ConsoleInput { page, transcript, suggestions, field: field.clone() }
    };
    let combobox = Combobox {
        list: suggestions.is_open().then_some(LIST),
        active: suggestions.option().and(suggestions.selected).map(option_id),
        oninput: {
            let refusal = refusal.setter();
            input.callback(move |input, field, _| {
                input.suggestions.set(input.look_up(field));
                refusal.set(input.page.player.line_refusal(&field.value()));
            })
        },
        onblur: input.callback(|input, _, _| input.suggestions.set(Suggestions::default())),
    };
    html! {
        <>
            <LineForm
                class="console-form"
                label="Console"
                {field}
                onrun={run}
                onkeydown={input.callback(ConsoleInput::handle_key)}
                {combobox}
                refusal={(*refusal).clone()}
                before={html! { <span class="prompt" aria-hidden="true">{ "›" }</span> }}
            />
            if let Some(refusal) = &*refusal {
                <p class="not-allowed" role="status">{ refusal }</p>
            }
            { suggestion_list(&suggestions, &input.callback(ConsoleInput::pick)) }
            { exchanges(&transcript) }
        </>
    }
}

fn exchanges(transcript: &Transcript) -> Html {
    html! {
        if transcript.exchanges.is_empty() {
            <p class="empty">{ text::CONSOLE_EMPTY }</p>
        } else {
            <ol
                class="transcript"
                aria-label="Lines and answers, the newest first"
                aria-live="polite"
            >
                { for transcript.exchanges.iter().map(exchange_row) }
            </ol>
        }
    }
}

fn exchange_row(exchange: &Exchange) -> Html {
    let class = if exchange.succeeded { "answer" } else { "answer wrong" };
    html! {
        <li key={exchange.number}>
            <code>{ &exchange.line }</code>
            <pre {class}>{ &exchange.answer }</pre>
        </li>
    }
}

/// The context of the field's event handlers.
#[derive(Clone)]
struct ConsoleInput {
    page: PageContext,
    transcript: UseStateHandle<Transcript>,
    suggestions: UseStateHandle<Suggestions>,
    field: NodeRef,
}

impl ConsoleInput {
    fn callback<E>(
        &self,
        handle: impl Fn(&ConsoleInput, &HtmlInputElement, E) + 'static,
    ) -> Callback<E> {
        let input = self.clone();
        Callback::from(move |event| {
            if let Some(field) = input.field.cast::<HtmlInputElement>() {
                handle(&input, &field, event);
            }
        })
    }

    /// The completions of the text before the caret. At the start of a line the list opens only
    /// on request: every statement completes an empty line.
    fn look_up(&self, field: &HtmlInputElement) -> Suggestions {
        let (before, _) = field::around_caret(field);
        let found = self.page.player.with_world(|world| complete(&before, world));
        Suggestions { found, selected: None, is_closed: before.is_empty() }
    }

    fn pick(&self, field: &HtmlInputElement, index: usize) {
        if let Some(option) = self.suggestions.found.options.get(index) {
            self.suggestions.insert(field, option);
            self.suggestions.set(self.look_up(field));
        }
    }

    fn handle_key(&self, field: &HtmlInputElement, event: KeyboardEvent) {
        let suggestions = &self.suggestions;
        let (key, is_open) = (event.key(), suggestions.is_open());
        match (key.as_str(), suggestions.option()) {
            _ if event.shift_key() || event.ctrl_key() || event.meta_key() => return,
            ("Enter" | "Tab", Some(_)) => self.pick(field, suggestions.selected.unwrap_or(0)),
            ("Escape", _) if is_open => suggestions.set(suggestions.closed()),
            ("ArrowDown" | "ArrowUp", _) if is_open => {
                suggestions.set(suggestions.moved(key == "ArrowDown"));
            }
            ("ArrowDown", _) if !self.transcript.is_recalling() => {
                let opened = Suggestions { is_closed: false, ..self.look_up(field) };
                suggestions.set(opened.moved(true));
            }
            ("ArrowDown" | "ArrowUp", _) => self.recall(field, key == "ArrowUp"),
            _ => return,
        }
        event.prevent_default();
    }

    /// Puts an older or newer line of the history into the field.
    fn recall(&self, field: &HtmlInputElement, older: bool) {
        let (transcript, line) = self.transcript.recall(older);
        field::put(field, &line, "");
        self.transcript.set(transcript);
        self.suggestions.set(self.look_up(field).closed());
    }
}
