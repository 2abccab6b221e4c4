//! The fields of an experiment, with Run and Cancel.

use yew::prelude::*;

use crate::lab::experiment::{Against, Quantity};
use crate::ui::components::code_text::code_text;
use crate::ui::experiments::{ExperimentForm, ExperimentKind};
use crate::ui::platform::dom;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct ExperimentFieldsProps {
    pub form: UseStateHandle<ExperimentForm>,
    /// What is wrong with the form, if it was tried.
    pub error: String,
    pub is_running: bool,
    pub run: Callback<()>,
    pub cancel: Callback<MouseEvent>,
}

#[component]
pub fn ExperimentFields(props: &ExperimentFieldsProps) -> Html {
    let ExperimentFieldsProps { form, error, is_running, run, cancel } = props;
    let kind = form.kind;
    let onsubmit = {
        let (run, is_running) = (run.clone(), *is_running);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_running {
                run.emit(());
            }
        })
    };
    let kinds = ExperimentKind::ALL.map(|kind| (kind.name(), text::experiment_kind(kind)));
    html! {
        <form class="lab-form" {onsubmit}>
            { choice(form, text::LAB_EXPERIMENT, &kinds, kind.name(), |form, value| {
                form.kind = ExperimentKind::named(&value).unwrap_or(form.kind);
            }) }
            <div class="lab-means">
                { for text::experiment_means(kind).iter().map(|words| html! { <p>{ *words }</p> }) }
            </div>
            { own_fields(form) }
            <div class="lab-row">
                { trials(form) }
                { line(form, text::LAB_SEED, &form.seed, "numeric", |form, value| {
                    form.seed = value;
                }) }
            </div>
            if !error.is_empty() {
                <p role="alert" class="wrong">{ code_text(error) }</p>
            }
            <div class="lab-row">
                <button
                    type="submit"
                    class="primary"
                    aria-disabled={is_running.then_some("true")}
                    title={is_running.then_some(text::LAB_RUNNING)}
                >
                    { text::LAB_RUN }
                </button>
                <button
                    type="button"
                    aria-disabled={(!is_running).then_some("true")}
                    title={(!is_running).then_some(text::LAB_NOT_RUNNING)}
                    onclick={cancel}
                >
                    { text::LAB_CANCEL }
                </button>
            </div>
        </form>
    }
}

/// The fields that only this experiment has.
fn own_fields(form: &UseStateHandle<ExperimentForm>) -> Html {
    match form.kind {
        ExperimentKind::Elections => {
            area(form, text::LAB_RANGES, &form.ranges, 10, |form, value| {
                form.ranges = value;
            })
        }
        ExperimentKind::WideArea => Html::default(),
        ExperimentKind::SplitVotes => html! {
            <div class="lab-row">
                { line(form, text::LAB_SERVERS, &form.servers, "text", |form, value| {
                    form.servers = value;
                }) }
                { line(form, text::LAB_DOWN, &form.down, "text", |form, value| {
                    form.down = value;
                }) }
                { line(form, text::LAB_LATENCY, &form.latency, "text", |form, value| {
                    form.latency = value;
                }) }
            </div>
        },
        ExperimentKind::Availability => {
            let choices = Against::ALL.map(|against| (against.name(), against.name()));
            choice(form, text::LAB_AGAINST, &choices, form.against.name(), |form, value| {
                form.against = Against::named(&value).unwrap_or(form.against);
            })
        }
        ExperimentKind::Custom => {
            let choices = Quantity::ALL.map(|quantity| (quantity.name(), quantity.meaning()));
            html! {
                <>
                    { area(form, text::LAB_SCRIPT, &form.script, 8, |form, value| {
                        form.script = value;
                    }) }
                    { area(form, text::LAB_VARIANTS, &form.variants, 4, |form, value| {
                        form.variants = value;
                    }) }
                    { quantity(form, &choices) }
                </>
            }
        }
    }
}

fn quantity(
    form: &UseStateHandle<ExperimentForm>,
    choices: &[(&'static str, &'static str)],
) -> Html {
    choice(form, text::LAB_QUANTITY, choices, form.quantity.name(), |form, value| {
        form.quantity = Quantity::named(&value).unwrap_or(form.quantity);
    })
}

/// Applies what was typed to the form.
fn typed<E: AsRef<Event> + 'static>(
    form: &UseStateHandle<ExperimentForm>,
    change: fn(&mut ExperimentForm, String),
) -> Callback<E> {
    let form = form.clone();
    Callback::from(move |event: E| {
        let mut changed = (*form).clone();
        change(&mut changed, dom::value_of(event.as_ref()));
        form.set(changed);
    })
}

fn trials(form: &UseStateHandle<ExperimentForm>) -> Html {
    let usual = form.usual_trials();
    html! {
        <label>
            <span>{ text::LAB_TRIALS }</span>
            <input
                inputmode="numeric"
                autocomplete="off"
                placeholder={(usual > 0).then(|| usual.to_string())}
                value={form.trials.clone()}
                oninput={typed::<InputEvent>(form, |form, value| form.trials = value)}
            />
        </label>
    }
}

fn line(
    form: &UseStateHandle<ExperimentForm>,
    label: &'static str,
    value: &str,
    mode: &'static str,
    change: fn(&mut ExperimentForm, String),
) -> Html {
    html! {
        <label>
            <span>{ label }</span>
            <input
                inputmode={mode}
                autocomplete="off"
                value={value.to_owned()}
                oninput={typed::<InputEvent>(form, change)}
            />
        </label>
    }
}

fn area(
    form: &UseStateHandle<ExperimentForm>,
    label: &'static str,
    value: &str,
    rows: u32,
    change: fn(&mut ExperimentForm, String),
) -> Html {
    html! {
        <label>
            <span>{ label }</span>
            <textarea
                rows={rows.to_string()}
                spellcheck="false"
                autocapitalize="off"
                value={value.to_owned()}
                oninput={typed::<InputEvent>(form, change)}
            />
        </label>
    }
}

fn choice(
    form: &UseStateHandle<ExperimentForm>,
    label: &'static str,
    choices: &[(&'static str, &'static str)],
    chosen: &'static str,
    change: fn(&mut ExperimentForm, String),
) -> Html {
    html! {
        <label>
            <span>{ label }</span>
            <select onchange={typed::<Event>(form, change)}>
                { for choices.iter().map(|(value, name)| html! {
                    <option value={*value} selected={*value == chosen}>{ *name }</option>
                }) }
            </select>
        </label>
    }
}
