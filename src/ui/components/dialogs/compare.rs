//! Chooses the one setting in which the compared run differs: same seed, same actions.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Rule;
use crate::sim::Settings;
use crate::ui::components::code_text::code_text;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct CompareDialogProps {
    pub settings: Rc<Settings>,
}

/// Runs the comparison that its line names.
#[component]
pub fn CompareDialog(CompareDialogProps { settings }: &CompareDialogProps) -> Html {
    let page = use_page();
    let error = use_state_eq(|| None::<String>);
    let line = use_state_eq(String::new);
    let compare = {
        let (page, error) = (page.clone(), error.setter());
        Callback::from(move |line: String| match page.player.compare_with(&line) {
            Ok(()) => page.dispatch(Action::CloseDialog),
            Err(why) => error.set(Some(why)),
        })
    };
    let button = |(name, line): (String, String)| {
        let onclick = compare.reform(move |_: MouseEvent| line.clone());
        html! { <li key={name.clone()}><button type="button" {onclick}>{ name }</button></li> }
    };
    let onsubmit = {
        let (compare, line) = (compare.clone(), line.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            compare.emit((*line).clone());
        })
    };
    let oninput = {
        let line = line.setter();
        Callback::from(move |event: InputEvent| line.set(dom::value_of(&event)))
    };
    html! {
        <>
            <p>{ text::COMPARE_MEANS }</p>
            <section>
                <h3>{ text::COMPARE_SETTING }</h3>
                <ul class="comparisons">
                    { for settings_to_compare(settings).into_iter().map(button) }
                </ul>
            </section>
            <section>
                <h3>{ text::COMPARE_RULE }</h3>
                <ul class="comparisons">
                    { for rules_to_compare(settings).into_iter().map(button) }
                </ul>
            </section>
            <form {onsubmit} class="compare-line">
                <label>
                    <span>{ text::COMPARE_LINE }</span>
                    <input
                        type="text"
                        name="setting"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="latency 40ms..60ms"
                        {oninput}
                    />
                </label>
                <button type="submit">{ text::COMPARE }</button>
            </form>
            if let Some(error) = &*error {
                <p role="alert" class="error">{ code_text(error) }</p>
            }
        </>
    }
}

/// The names and lines of the settings that are most often compared: the opposite of each now.
fn settings_to_compare(settings: &Settings) -> Vec<(String, String)> {
    let switches = [
        ("pre-vote", settings.pre_vote),
        ("check-quorum", settings.check_quorum),
        ("catch-up", *settings.catch_up),
        ("fifo", settings.fifo),
    ];
    let opposite = |(name, on): (&str, bool)| {
        let line = format!("{name} {}", if on { "off" } else { "on" });
        (line.clone(), line)
    };
    switches.into_iter().map(opposite).collect()
}

fn rules_to_compare(settings: &Settings) -> Vec<(String, String)> {
    let line = |rule: Rule| {
        let off = settings.rules.iter().any(|rules| !rules.on(rule));
        let name = format!("{} {}", rule.name(), if off { "on" } else { "off" });
        (name.clone(), format!("rule {name}"))
    };
    Rule::ALL.into_iter().map(line).collect()
}
