//! The clients: a form for a command, and what became of each.

use std::rc::Rc;

use yew::prelude::*;

use crate::check::Verdict;
use crate::raft::{ClientId, Op, ServerId};
use crate::sim::{Act, Servers};
use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::{ClientModel, OperationModel, OperationOutcome, moment};

use super::command_line::CommandLine;

/// Properties of the clients.
#[derive(Clone, PartialEq)]
pub struct ClientsProps {
    /// The clients.
    pub clients: Rc<Vec<ClientModel>>,
    /// How many servers there are.
    pub servers: usize,
    /// What their history is.
    pub verdict: Rc<Verdict>,
}

part!(ClientsProps, use_clients);

/// What the form says.
#[derive(Clone, PartialEq)]
struct Draft {
    client: usize,
    operation: String,
    key: String,
    value: String,
    expected: String,
    via: Option<ServerId>,
}

impl Draft {
    fn op(&self) -> Op {
        let (key, value) = (self.key.trim().to_string(), self.value.trim().to_string());
        match self.operation.as_str() {
            "get" => Op::Get { key },
            "delete" => Op::Delete { key },
            "cas" => Op::Cas { key, old: self.expected.trim().to_string(), new: value },
            _ => Op::Set { key, value },
        }
    }

    /// What is missing.
    fn lacks(&self) -> Option<&'static str> {
        let writes = matches!(self.operation.as_str(), "set" | "cas");
        match () {
            () if self.key.trim().is_empty() => Some("Give a key."),
            () if writes && self.value.trim().is_empty() => Some("Give a value."),
            () if self.operation == "cas" && self.expected.trim().is_empty() => {
                Some("Give the value that you expect there.")
            }
            () => None,
        }
    }
}

/// The form and the list.
#[hook]
fn use_clients(props: &ClientsProps) -> Html {
    if props.clients.is_empty() {
        return html! { <p class="empty">{ text::CLIENTS_EMPTY }</p> };
    }
    html! {
        <>
            { put("form", FormProps { clients: props.clients.len(), servers: props.servers }) }
            { put("line", CommandLine) }
            <p class="quiet">{ text::history(&props.verdict) }</p>
            { for props.clients.iter().map(|client| operations(client, props.clients.len() > 1)) }
        </>
    }
}

#[derive(Clone, PartialEq)]
struct FormProps {
    clients: usize,
    servers: usize,
}

part!(FormProps, use_command_form);

#[hook]
fn use_command_form(props: &FormProps) -> Html {
    let desk = desk();
    let draft = use_kept(|| Draft {
        client: 0,
        operation: "set".into(),
        key: "x".into(),
        value: "1".into(),
        expected: String::new(),
        via: None,
    });
    let lacking = use_kept(|| None::<&'static str>);
    let edit = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        move |value: String| {
            let mut changed = (*draft).clone();
            change(&mut changed, value);
            draft.set(changed);
        }
    };
    let typed = |change: fn(&mut Draft, String)| {
        let edit = edit(change);
        Callback::from(move |event: InputEvent| edit(dom::value_of(&event)))
    };
    let chosen = |change: fn(&mut Draft, String)| {
        let edit = edit(change);
        Callback::from(move |event: Event| edit(dom::value_of(&event)))
    };
    let onsubmit = {
        let (draft, lacking) = (draft.clone(), lacking.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            lacking.set(draft.lacks());
            if draft.lacks().is_some() {
                return;
            }
            let act = Act::Request {
                op: draft.op(),
                via: draft.via.map(Servers::from),
                by: ClientId::new(draft.client + 1),
            };
            if desk.player.act(act) {
                desk.say(Action::CommandSent);
                draft.set(next_draft(&draft));
            }
        })
    };
    let (writes, compares) =
        (matches!(draft.operation.as_str(), "set" | "cas"), draft.operation == "cas");
    let server = |slot: usize| {
        let id = ServerId::from_slot(slot);
        html! { <option value={id.number().to_string()} selected={draft.via == Some(id)}>{ text::server(id) }</option> }
    };
    html! {
        <form class="command-form" {onsubmit}>
            if props.clients > 1 {
                <label><span>{ "Client" }</span>
                    <select onchange={chosen(|draft, text| draft.client = text.parse().unwrap_or(0))}>
                        { for (0..props.clients).map(|slot| html! { <option value={slot.to_string()} selected={draft.client == slot}>{ format!("C{}", slot + 1) }</option> }) }
                    </select>
                </label>
            }
            <label><span>{ "Operation" }</span>
                <select onchange={chosen(|draft, text| draft.operation = text)}>
                    { for ["set", "get", "delete", "cas"].into_iter().map(|name| html! { <option value={name} selected={draft.operation == name}>{ name }</option> }) }
                </select>
            </label>
            <label class="short"><span>{ "Key" }</span><input type="text" maxlength="40" value={draft.key.clone()} oninput={typed(|draft, text| draft.key = text)} /></label>
            if compares {
                <label class="short"><span>{ "Expected" }</span><input type="text" maxlength="40" value={draft.expected.clone()} oninput={typed(|draft, text| draft.expected = text)} /></label>
            }
            if writes {
                <label class="short"><span>{ "Value" }</span><input type="text" maxlength="40" value={draft.value.clone()} oninput={typed(|draft, text| draft.value = text)} /></label>
            }
            <label><span>{ "To" }</span>
                <select onchange={chosen(|draft, text| draft.via = text.parse().ok().and_then(ServerId::new))}>
                    <option value="" selected={draft.via.is_none()}>{ "where the leader was" }</option>
                    { for (0..props.servers).map(server) }
                </select>
            </label>
            <button type="submit" class="primary">{ "Send" }</button>
            if let Some(lacking) = *lacking {
                <p class="wrong" role="alert">{ lacking }</p>
            }
        </form>
    }
}

/// A number goes up by one, so that the next command differs from this one.
fn next_draft(draft: &Draft) -> Draft {
    let mut next = draft.clone();
    if draft.operation == "set"
        && let Ok(number) = draft.value.parse::<u32>()
    {
        next.value = (number.wrapping_add(1)).to_string();
    }
    next
}

fn operations(client: &ClientModel, named: bool) -> Html {
    let found = client.leader.map_or_else(
        || "has found no leader yet".to_string(),
        |leader| format!("last found a leader at {}", text::server(leader)),
    );
    html! {
        <div key={client.id.number()} class="operations">
            <p class="quiet">{ format!("C{} {found}.", client.id.number()) }</p>
            if client.operations.is_empty() {
                if !named || client.id.number() == 1 {
                    <p class="empty">{ text::OPERATIONS_EMPTY }</p>
                }
            } else {
                <table aria-label={format!("Commands of C{}", client.id.number())}>
                    <thead><tr>{ for ["#", "Command", "Outcome", "To", "Tries", "Sent", "Took"].into_iter().map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
                    <tbody>{ for client.operations.iter().map(operation) }</tbody>
                </table>
            }
        </div>
    }
}

fn operation(operation: &OperationModel) -> Html {
    let (class, sign, outcome) = match &operation.outcome {
        OperationOutcome::Pending => ("pending", "…", "waits"),
        OperationOutcome::Done(outcome) => ("done", "✓", outcome.as_str()),
        OperationOutcome::Failed(outcome) => ("refused", "✗", outcome.as_str()),
    };
    let tries = match operation.redirects {
        0 => operation.attempts.to_string(),
        1 => format!("{}, redirected", operation.attempts),
        times => format!("{}, redirected {times} times", operation.attempts),
    };
    html! {
        <tr key={operation.serial} {class}>
            <td>{ operation.serial }</td>
            <td><code>{ &operation.command }</code></td>
            <td><span class="sign" aria-hidden="true">{ sign }</span>{ " " }{ outcome.to_string() }</td>
            <td>{ text::server_or_dash(operation.target) }</td>
            <td>{ tries }</td>
            <td>{ moment(operation.invoked_us) }</td>
            <td>{ operation.took_us.map_or_else(|| "–".to_string(), text::milliseconds) }</td>
        </tr>
    }
}
