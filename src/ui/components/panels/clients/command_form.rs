//! The form that sends a command to the cluster.

use yew::prelude::*;

use crate::raft::{ClientId, Op, ServerId};
use crate::sim::{Act, Servers};
use crate::ui::context::{use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;

/// The id of the sentence that says why the command is not allowed now.
const REFUSED_ID: &str = "command-refused";

const OPERATIONS: [&str; 4] = ["set", "get", "delete", "cas"];

/// The values of the form's fields.
#[derive(Clone, PartialEq)]
struct CommandDraft {
    client: usize,
    operation: String,
    key: String,
    value: String,
    expected: String,
    via: Option<ServerId>,
}

impl CommandDraft {
    fn first() -> CommandDraft {
        CommandDraft {
            client: 0,
            operation: "set".into(),
            key: "x".into(),
            value: "1".into(),
            expected: String::new(),
            via: None,
        }
    }

    fn op(&self) -> Op {
        let (key, value) = (self.key.trim().to_owned(), self.value.trim().to_owned());
        match self.operation.as_str() {
            "get" => Op::Get { key },
            "delete" => Op::Delete { key },
            "cas" => Op::Cas { key, old: self.expected.trim().to_owned(), new: value },
            _ => Op::Set { key, value },
        }
    }

    fn act(&self) -> Act {
        let via = self.via.map(Servers::from);
        Act::Request { op: self.op(), via, by: ClientId::new(self.client + 1) }
    }

    fn writes(&self) -> bool {
        matches!(self.operation.as_str(), "set" | "cas")
    }

    fn compares(&self) -> bool {
        self.operation == "cas"
    }

    /// A request for the first missing value.
    fn missing(&self) -> Option<&'static str> {
        if self.key.trim().is_empty() {
            Some("Enter a key.")
        } else if self.writes() && self.value.trim().is_empty() {
            Some("Enter a value.")
        } else if self.compares() && self.expected.trim().is_empty() {
            Some("Enter the expected value.")
        } else {
            None
        }
    }

    /// The draft after this one is sent. A number goes up by one, so that commands differ.
    fn next(&self) -> CommandDraft {
        let mut next = self.clone();
        if self.operation == "set"
            && let Ok(number) = self.value.parse::<u32>()
        {
            next.value = number.wrapping_add(1).to_string();
        }
        next
    }
}

#[derive(PartialEq, Properties)]
pub struct CommandFormProps {
    pub client_count: usize,
    pub server_count: usize,
}

#[component]
pub fn CommandForm(props: &CommandFormProps) -> Html {
    let draft = use_state_eq(CommandDraft::first);
    let missing = use_state_eq(|| None::<&'static str>);
    let refusal = use_permissions().refusal(&draft.operation);
    let is_refused = refusal.is_some();
    let onsubmit = {
        let (draft, missing) = (draft.clone(), missing.setter());
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            missing.set(draft.missing());
            // Where it is refused, the notice says why.
            if draft.missing().is_none() && page.player.act(draft.act()) {
                page.dispatch(Action::CommandSent);
                draft.set(draft.next());
            }
        })
    };
    html! {
        <form class="command-form" {onsubmit}>
            if props.client_count > 1 {
                { client_select(&draft, props.client_count) }
            }
            { operation_select(&draft) }
            { text_field(&draft, "Key", &draft.key, |draft, key| draft.key = key) }
            if draft.compares() {
                { text_field(&draft, "Expected", &draft.expected, |draft, expected| {
                    draft.expected = expected;
                }) }
            }
            if draft.writes() {
                { text_field(&draft, "Value", &draft.value, |draft, value| draft.value = value) }
            }
            { server_select(&draft, props.server_count) }
            <button
                type="submit"
                class="primary"
                aria-disabled={is_refused.then_some("true")}
                aria-describedby={is_refused.then_some(REFUSED_ID)}
            >
                { "Send command" }
            </button>
            if let Some(refusal) = refusal {
                <p class="not-allowed" id={REFUSED_ID}>{ text::sentence(&refusal) }</p>
            }
            if let Some(missing) = *missing {
                <p class="wrong" role="alert">{ missing }</p>
            }
        </form>
    }
}

type Draft = UseStateHandle<CommandDraft>;
type DraftChange = fn(&mut CommandDraft, String);

fn change(draft: &Draft, change: DraftChange) -> impl Fn(&Event) + use<> {
    let draft = draft.clone();
    move |event| {
        let mut changed = (*draft).clone();
        change(&mut changed, dom::value_of(event));
        draft.set(changed);
    }
}

fn onchange(draft: &Draft, apply: DraftChange) -> Callback<Event> {
    let change = change(draft, apply);
    Callback::from(move |event: Event| change(&event))
}

fn text_field(draft: &Draft, name: &'static str, value: &str, apply: DraftChange) -> Html {
    let change = change(draft, apply);
    let oninput = Callback::from(move |event: InputEvent| change(&event));
    html! {
        <label class="short">
            <span>{ name }</span>
            <input type="text" maxlength="40" value={value.to_owned()} {oninput} />
        </label>
    }
}

fn client_select(draft: &Draft, client_count: usize) -> Html {
    let onchange = onchange(draft, |draft, slot| draft.client = slot.parse().unwrap_or(0));
    let option = |slot: usize| {
        html! {
            <option value={slot.to_string()} selected={draft.client == slot}>
                { format!("C{}", slot + 1) }
            </option>
        }
    };
    html! {
        <label>
            <span>{ "Client" }</span>
            <select {onchange}>{ for (0..client_count).map(option) }</select>
        </label>
    }
}

fn operation_select(draft: &Draft) -> Html {
    let onchange = onchange(draft, |draft, operation| draft.operation = operation);
    let option = |name: &'static str| {
        html! { <option value={name} selected={draft.operation == name}>{ name }</option> }
    };
    html! {
        <label>
            <span>{ "Operation" }</span>
            <select {onchange}>{ for OPERATIONS.map(option) }</select>
        </label>
    }
}

fn server_select(draft: &Draft, server_count: usize) -> Html {
    let onchange = onchange(draft, |draft, number| {
        draft.via = number.parse().ok().and_then(ServerId::new);
    });
    let option = |slot: usize| {
        let id = ServerId::from_slot(slot);
        html! {
            <option value={id.number().to_string()} selected={draft.via == Some(id)}>
                { text::server(id) }
            </option>
        }
    };
    html! {
        <label>
            <span>{ "To" }</span>
            <select {onchange}>
                <option value="" selected={draft.via.is_none()}>{ "last known leader" }</option>
                { for (0..server_count).map(option) }
            </select>
        </label>
    }
}
