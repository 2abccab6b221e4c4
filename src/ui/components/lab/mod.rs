//! The lab: a form for an experiment, its progress, and what it measured.

mod chart;
mod fields;
mod results;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::experiments::{ExperimentForm, LabProgress, RunningExperiment};
use crate::ui::state::Section;
use crate::ui::text;

use fields::ExperimentFields;
pub use results::LabResults;

/// How the newest experiment goes, and which form it has.
#[derive(Clone, PartialEq)]
struct NewestExperiment {
    form: ExperimentForm,
    progress: LabProgress,
    is_cancelled: bool,
}

#[component]
pub fn LabSection() -> Html {
    let form = use_state_eq(ExperimentForm::default);
    let newest = use_state_eq(|| None as Option<NewestExperiment>);
    let error = use_state_eq(String::new);
    let running = use_mut_ref(|| None as Option<Rc<RunningExperiment>>);
    let is_running =
        newest.as_ref().is_some_and(|newest| !newest.is_cancelled && !newest.progress.is_over());
    let run = {
        let (form, running) = (form.clone(), running.clone());
        let (newest, error) = (newest.setter(), error.setter());
        Callback::from(move |()| {
            let report = {
                let (newest, form) = (newest.clone(), (*form).clone());
                Callback::from(move |progress| {
                    let form = form.clone();
                    newest.set(Some(NewestExperiment { form, progress, is_cancelled: false }));
                })
            };
            match RunningExperiment::start(&form, report) {
                Ok(started) => {
                    *running.borrow_mut() = Some(started);
                    error.set(String::new());
                }
                Err(text) => error.set(text),
            }
        })
    };
    let cancel = {
        let newest = newest.clone();
        Callback::from(move |_: MouseEvent| {
            let ended = running.borrow_mut().take();
            if let (Some(ended), Some(known)) = (ended, &*newest) {
                let (form, progress) = (known.form.clone(), ended.cancel());
                newest.set(Some(NewestExperiment { form, progress, is_cancelled: true }));
            }
        })
    };
    html! {
        <div class="lab">
            <div role="tabpanel" aria-label={text::section(Section::Lab)}>
                <div class="gallery-head">
                    <h2>{ text::section(Section::Lab) }</h2>
                    <p>{ text::section_means(Section::Lab) }</p>
                </div>
                <div class="lab-columns">
                    <ExperimentFields
                        form={form.clone()}
                        error={(*error).clone()}
                        {is_running}
                        {run}
                        {cancel}
                    />
                    <div>
                        if let Some(newest) = &*newest {
                            { progress_row(newest, is_running) }
                            if let Some(results) = &newest.progress.results {
                                <LabResults kind={newest.form.kind} results={results.clone()} />
                            }
                        }
                    </div>
                </div>
            </div>
        </div>
    }
}

fn progress_row(newest: &NewestExperiment, is_running: bool) -> Html {
    let progress = &newest.progress;
    let words = match newest.is_cancelled {
        true => text::lab_cancelled(progress),
        false => text::lab_progress(progress),
    };
    html! {
        <div class="lab-progress">
            if is_running {
                <progress
                    aria-label={text::LAB_PROGRESS}
                    max={progress.trials.to_string()}
                    value={progress.done.to_string()}
                />
                <p>{ words }</p>
            } else {
                <p role="status">{ words }</p>
            }
        </div>
    }
}
