//! A setting with its meaning. A change is an action: the line of the language that sets it.

use yew::prelude::*;

use crate::script::{Statement, parse_statement};
use crate::sim::Act;
use crate::ui::context::{PageContext, use_page};
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
    let control = match &row.control {
        SettingControl::Switch(on) => switch(row, *on, &means_id, &set),
        SettingControl::Choice(choices) => choice_list(row, choices, &set),
        SettingControl::Text { value, example } => {
            let described = if error.is_some() { &error_id } else { &means_id };
            text_field(row, value, example, described, error.is_some(), &set)
        }
    };
    html! {
        <div class="setting" data-setting={line}>
            { control }
            <p class="quiet" id={means_id}>{ &row.means }</p>
            if let Some(error) = &*error {
                <p class="wrong" role="alert" id={error_id}>{ error }</p>
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

fn switch(row: &SettingRow, on: bool, means: &str, set: &Callback<String>) -> Html {
    let onclick = set.reform(move |_: MouseEvent| if on { "off" } else { "on" }.to_owned());
    html! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked={on.to_string()}
            aria-describedby={means.to_owned()}
            {onclick}
        >
            <span class="track" aria-hidden="true" />
            { &row.name }
        </button>
    }
}

fn choice_list(row: &SettingRow, choices: &[SettingChoice], set: &Callback<String>) -> Html {
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
        <fieldset>
            <legend>{ &row.name }</legend>
            { for choices.iter().map(choice) }
        </fieldset>
    }
}

fn text_field(
    row: &SettingRow,
    value: &str,
    example: &str,
    described: &str,
    wrong: bool,
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
                placeholder={example.to_owned()}
                aria-invalid={wrong.then_some("true")}
                aria-describedby={described.to_owned()}
                {onchange}
            />
        </label>
    }
}
