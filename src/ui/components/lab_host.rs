//! The place of the section Lab: its program draws it into an element beside this page's. Here is
//! what stands there until that program runs.

use yew::prelude::*;

use crate::ui::platform::{dom, lab_program};
use crate::ui::state::Section;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct LabHostProps {
    /// The experiment goes on while another section is shown.
    pub hidden: bool,
}

#[derive(PartialEq)]
enum LabProgram {
    Loading,
    Runs,
    Failed(String),
}

#[component]
pub fn LabHost(LabHostProps { hidden }: &LabHostProps) -> Html {
    let program = use_state_eq(|| LabProgram::Loading);
    let attempt = use_state_eq(|| 0);
    {
        let program = program.setter();
        use_effect_with(*attempt, move |attempt| {
            program.set(LabProgram::Loading);
            lab_program::start(*attempt, move |started| {
                program.set(match started {
                    Ok(()) => LabProgram::Runs,
                    Err(error) => LabProgram::Failed(text::lab_not_loaded(&error)),
                });
            });
        });
    }
    let shown = !hidden && *program == LabProgram::Runs;
    use_effect_with(shown, |shown| dom::set_hidden("#lab", !shown));
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |_: MouseEvent| attempt.set(*attempt + 1))
    };
    let before = match &*program {
        LabProgram::Runs => return Html::default(),
        LabProgram::Loading => html! { <p role="status">{ text::LOADING }</p> },
        LabProgram::Failed(error) => html! {
            <>
                <p role="alert">{ error }</p>
                <button type="button" onclick={retry}>{ text::TRY_AGAIN }</button>
            </>
        },
    };
    html! {
        <main class="lab" hidden={*hidden}>
            <div role="tabpanel" aria-label={text::section(Section::Lab)}>{ before }</div>
        </main>
    }
}
