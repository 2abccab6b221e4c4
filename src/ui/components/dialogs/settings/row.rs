//! A setting with its meaning. A change is an action: the line of the language that sets it.

use yew::prelude::*;

use crate::script::{Statement, parse_statement};
use crate::sim::Act;
use crate::ui::components::code_text::code_text;
use crate::ui::context::{PageContext, use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::{SettingChoice, SettingControl, SettingRow};

#[derive(PartialEq, Properties)]
pub struct SettingFieldProps {
    pub row: SettingRow,
    /// The numbers of servers and clients that a line may name.
    pub servers: usize,
    pub clients: usize,
}

#[component]
pub fn SettingField(props: &SettingFieldProps) -> Html {
    let page = use_page();
    let error = use_state_eq(|| None);
    let row = &props.row;
    let set = {
        let (row, error) = (row.clone(), error.setter());
        let (servers, clients) = (props.servers, props.clients);
        page.callback(move |page, value: String| {
            error.set(set(page, &row.line(value.trim()), servers, clients).err());
        })
    };
    let line = row.line("").replace("  ", " ");
    let id = line.replace(' ', "-");
    let (means_id, error_id) = (format!("means-{id}"), format!("error-{id}"));
    let verb = row.before.split_whitespace().next().unwrap_or_default();
    let refusal = use_permissions().refusal(verb);
    let is_refused = refusal.is_some();
    let (means, described) = match (&*error, refusal) {
        (_, Some(refusal)) => (text::sentence(&refusal), &means_id),
        (Some(_), None) => (row.means.clone(), &error_id),
        (None, None) => (row.means.clone(), &means_id),
    };
    let control = match &row.control {
        SettingControl::Switch(on) => switch(row, *on, is_refused, &means_id, &set),
        SettingControl::Choice(choices) => choice_list(row, choices, is_refused, &means_id, &set),
        SettingControl::Text { value, example } => {
            let state = (is_refused, error.is_some());
            text_field(row, (value, example), described, state, &set)
        }
    };
    html! {
        <div class="setting" data-setting={line}>
            { control }
            <p class={if is_refused { "not-allowed" } else { "quiet" }} id={means_id}>{ means }</p>
            if let Some(error) = &*error {
                <p class="wrong" role="alert" id={error_id}>{ code_text(error) }</p>
            }
        </div>
    }
}

/// Does what the line says. The error says what was expected instead.
fn set(page: &PageContext, line: &str, servers: usize, clients: usize) -> Result<(), String> {
    let act = match parse_statement(line, servers, clients) {
        Ok(Some(Statement::Set(setting))) => Act::Set(setting),
        Ok(Some(Statement::Act(act @ (Act::Skew(..) | Act::Link { .. })))) => act,
        Ok(_) => return Err(text::NOT_A_VALUE.to_owned()),
        Err(error) => return Err(text::sentence(&error.message())),
    };
    page.player.act(act);
    Ok(())
}

fn switch(
    row: &SettingRow,
    on: bool,
    is_refused: bool,
    means: &str,
    set: &Callback<String>,
) -> Html {
    let onclick = set.reform(move |_: MouseEvent| if on { "off" } else { "on" }.to_owned());
    html! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked={on.to_string()}
            aria-disabled={is_refused.then_some("true")}
            aria-describedby={means.to_owned()}
            {onclick}
        >
            <span class="track" aria-hidden="true" />
            { &row.name }
        </button>
    }
}

fn choice_list(
    row: &SettingRow,
    choices: &[SettingChoice],
    is_refused: bool,
    means: &str,
    set: &Callback<String>,
) -> Html {
    let choice = |choice: &SettingChoice| {
        let word = choice.word;
        let onchange = set.reform(move |_: Event| word.to_owned());
        html! {
            <label class="choice explained">
                <input type="radio" name={row.before.clone()} checked={choice.chosen} {onchange} />
                <span>
                    <b>{ word }</b>
                    { ": " }
                    { &choice.means }
                </span>
            </label>
        }
    };
    html! {
        <fieldset disabled={is_refused} aria-describedby={means.to_owned()}>
            <legend>{ &row.name }</legend>
            { for choices.iter().map(choice) }
        </fieldset>
    }
}

fn text_field(
    row: &SettingRow,
    (value, example): (&str, &str),
    described: &str,
    (is_refused, wrong): (bool, bool),
    set: &Callback<String>,
) -> Html {
    let onchange = set.reform(|event: Event| dom::value_of(&event));
    html! {
        <label class="field">
            <span>{ &row.name }</span>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                value={value.to_owned()}
                readonly={is_refused}
                aria-disabled={is_refused.then_some("true")}
                placeholder={example.to_owned()}
                aria-invalid={wrong.then_some("true")}
                aria-describedby={described.to_owned()}
                {onchange}
            />
        </label>
    }
}
