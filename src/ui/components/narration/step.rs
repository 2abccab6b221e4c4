//! A step: what became of the question before it, its text, and its choices.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::markup::plain;
use crate::ui::text;
use crate::ui::view::{AnsweredModel, NarrationModel, StepModel, StoryPhase};

use super::story_text::StoryText;

pub fn step(model: &NarrationModel, page: &PageContext) -> Html {
    let Some(step) = &model.step else { return Html::default() };
    html! {
        <div class="step" key={step.line}>
            if let Some(answered) = &model.answered {
                <p class={classes!("answered", verdict(answered))}>
                    { text::revealed(answered) }
                </p>
            }
            <div class={if step.choices.is_empty() { "said" } else { "asked" }}>
                <StoryText text={step.text.clone()} />
            </div>
            if !step.choices.is_empty() {
                { choices(step, model.is_scored, page) }
            }
            if let Some(score) = model.score.filter(|_| model.is_scored) {
                <p class="score">{ text::score(score) }</p>
            }
            if model.phase == StoryPhase::Left {
                <p class="left-story">{ text::LEFT_STORY }</p>
            }
        </div>
    }
}

/// Choices of that many letters stand side by side.
const SHORT: usize = 4;

/// The class of a right or a wrong choice.
fn verdict(answered: &AnsweredModel) -> Option<&'static str> {
    answered.chosen.as_ref().map(|_| if answered.is_right { "right" } else { "wrong" })
}

fn choices(step: &StepModel, is_scored: bool, page: &PageContext) -> Html {
    let line = step.line;
    let are_short = step.choices.iter().all(|choice| choice.len() <= SHORT);
    let choice = |(number, words): (u32, &String)| {
        let is_chosen = step.chosen == Some(number);
        let is_late = is_scored && step.chosen.is_some() && !is_chosen;
        let onclick = page.callback(move |page, _: MouseEvent| match is_late {
            true => page.player.notice(text::sentence(text::FIRST_CHOICE_COUNTS)),
            false => page.player.choose(line, number),
        });
        html! {
            <li key={number}>
                <button
                    type="button"
                    aria-pressed={is_chosen.to_string()}
                    aria-disabled={is_late.then_some("true")}
                    title={is_late.then_some(text::FIRST_CHOICE_COUNTS)}
                    {onclick}
                >
                    <span class="sign" aria-hidden="true">
                        { if is_chosen { "●" } else { "○" } }
                    </span>
                    <span>{ plain(words) }</span>
                </button>
            </li>
        }
    };
    html! {
        <ul class={classes!("choices", are_short.then_some("short"))} aria-label={text::CHOICES}>
            { for (1..).zip(&step.choices).map(choice) }
        </ul>
    }
}
