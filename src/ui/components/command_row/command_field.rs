//! The field for a command of a client, or for any other line of the language.

use yew::prelude::*;

use crate::raft::ClientId;
use crate::script::{Permissions, Statement, parse_statement};
use crate::sim::Act;
use crate::ui::components::narration::ALLOWED_ID;
use crate::ui::components::panels::Transcript;
use crate::ui::context::{PageContext, use_page, use_permissions};
use crate::ui::platform::{dom, field};
use crate::ui::state::{Action, Tab};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct CommandFieldProps {
    pub client_count: usize,
    /// The lines so far, which the console shows.
    pub transcript: UseStateHandle<Transcript>,
    /// Gets what was wrong with the line; empty if nothing was.
    pub onerror: Callback<String>,
}

#[component]
pub fn CommandField(props: &CommandFieldProps) -> Html {
    let page = use_page();
    let client = use_state_eq(|| 0usize);
    // Why the line cannot be run now.
    let refusal = use_state_eq(|| None::<String>);
    let input = use_node_ref();
    let is_limited = *use_permissions() != Permissions::default();
    let onsubmit = {
        let (input, transcript) = (input.clone(), props.transcript.clone());
        let (onerror, slot) = (props.onerror.clone(), *client);
        page.callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = input.cast::<dom::HtmlInputElement>() else { return };
            let line = input.value().trim().to_owned();
            if line.is_empty() {
                onerror.emit(text::COMMAND_EXPECTED.to_owned());
                dom::focus(&input);
                return;
            }
            let answer = run(page, &line, slot);
            onerror.emit(answer.as_ref().err().cloned().unwrap_or_default());
            match &answer {
                Ok(answer) => {
                    input.set_value("");
                    report(page, answer);
                }
                Err(_) => place_caret(page, &input, &line),
            }
            transcript.set(transcript.with(line, answer));
        })
    };
    let onkeydown = recall(&input, &props.transcript);
    let oninput = {
        let (onerror, refusal) = (props.onerror.clone(), refusal.setter());
        page.callback(move |page, event: InputEvent| {
            let found = page.player.line_refusal(&dom::value_of(&event));
            onerror.emit(found.clone().unwrap_or_default());
            refusal.set(found);
        })
    };
    html! {
        <form class="command-line" aria-label={text::COMMAND_LINE} {onsubmit}>
            { client_select(&client, props.client_count) }
            <input
                type="text"
                aria-label="Command"
                aria-describedby={is_limited.then_some(ALLOWED_ID)}
                title={text::COMMAND_MEANS}
                placeholder="set x 1"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="send"
                {onkeydown}
                {oninput}
                ref={input}
            />
            { send_button((*refusal).clone()) }
        </form>
    }
}

/// The arrow keys bring back earlier lines.
fn recall(input: &NodeRef, transcript: &UseStateHandle<Transcript>) -> Callback<KeyboardEvent> {
    let (input, transcript) = (input.clone(), transcript.clone());
    Callback::from(move |event: KeyboardEvent| {
        let older = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        let Some(input) = input.cast::<dom::HtmlInputElement>() else { return };
        event.prevent_default();
        let (recalled, line) = transcript.recall(older);
        field::put(&input, &line, "");
        transcript.set(recalled);
    })
}

/// Sends the line, unless there is a reason why it is not allowed.
fn send_button(refusal: Option<String>) -> Html {
    html! {
        <button
            type="submit"
            class="primary"
            aria-disabled={refusal.is_some().then_some("true")}
            title={refusal}
        >
            { "Send" }
        </button>
    }
}

fn client_select(client: &UseStateHandle<usize>, count: usize) -> Html {
    let onchange = {
        let client = client.clone();
        Callback::from(move |event: Event| client.set(dom::value_of(&event).parse().unwrap_or(0)))
    };
    let option = |slot: usize| {
        html! {
            <option value={slot.to_string()} selected={slot == **client}>
                { text::client(ClientId::from_slot(slot)) }
            </option>
        }
    };
    html! {
        if count > 0 {
            <select aria-label="Client" {onchange}>{ for (0..count).map(option) }</select>
        }
    }
}

/// Runs the line. A command without `by` is the chosen client's.
fn run(page: &PageContext, line: &str, client_slot: usize) -> Result<String, String> {
    match parsed(page, line) {
        Ok(Some(Statement::Act(Act::Request { op, via, by: None }))) if client_slot > 0 => {
            let by = Some(ClientId::from_slot(client_slot));
            page.player.exec(&Statement::Act(Act::Request { op, via, by }).to_string())
        }
        _ => page.player.exec(line),
    }
}

fn parsed(page: &PageContext, line: &str) -> Result<Option<Statement>, u32> {
    page.player.with_world(|world| {
        let (servers, clients) = (world.servers().len(), world.clients().len());
        parse_statement(line, servers, clients).map_err(|error| error.column)
    })
}

/// The first line of the answer stands under the field, a longer one in the console.
fn report(page: &PageContext, answer: &str) {
    let mut lines = answer.lines();
    let first = lines.next().unwrap_or_default();
    if lines.next().is_some() {
        page.dispatch(Action::Show(Tab::Console));
    }
    page.player.notice(first.to_owned());
}

/// Moves the caret to where the line is wrong.
fn place_caret(page: &PageContext, input: &dom::HtmlInputElement, line: &str) {
    let column = parsed(page, line).err().map_or(0, |column| column as usize);
    let at = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    let (before, after) = if column > 0 { line.split_at(at) } else { (line, "") };
    field::put(input, before, after);
}
