//! The part in which the reader acts: goals, what is allowed, and hints.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::markup::plain;
use crate::ui::text;
use crate::ui::view::{GoalModel, NarrationModel};

use super::story_text::StoryText;

/// The id of the sentence that says what the reader may do.
pub const ALLOWED_ID: &str = "allowed-here";

pub fn trial(model: &NarrationModel, page: &PageContext) -> Html {
    if model.goals.is_empty() {
        return Html::default();
    }
    let goal = |goal: &GoalModel| {
        html! {
            <li class={goal.won.then_some("won")}>
                <span class="sign" aria-hidden="true">{ if goal.won { "✓" } else { "○" } }</span>
                <span>
                    { plain(&goal.text) }
                    <span class="spoken">{ format!(", {}", text::goal_state(goal.won)) }</span>
                </span>
            </li>
        }
    };
    html! {
        <div class="trial">
            <h3>{ text::GOALS }</h3>
            <ul class="goals">{ for model.goals.iter().map(goal) }</ul>
            if !model.allowed.is_empty() {
                <p class="quiet" id={ALLOWED_ID}>{ text::allowed(&model.allowed) }</p>
            }
            if !model.hints.is_empty() {
                <ol class="hints">
                    { for model.hints.iter().map(|hint| html! {
                        <li><StoryText text={hint.clone()} /></li>
                    }) }
                </ol>
            }
            { hint_button(model, page) }
            { claim(model, page) }
        </div>
    }
}

/// The claim that it cannot be done, and what becomes of it.
fn claim(model: &NarrationModel, page: &PageContext) -> Html {
    let Some(claim) = &model.claim else { return Html::default() };
    let is_made = claim.is_made;
    // Who has won by reaching the goals has nothing to claim any more.
    if claim.why.is_some() && !is_made {
        return Html::default();
    }
    let onclick = page.callback(move |page, _: MouseEvent| page.player.claim(!is_made));
    html! {
        <div class="claim">
            <button type="button" aria-pressed={is_made.to_string()} {onclick}>
                { text::CLAIM }
            </button>
            <div role="status">
                if is_made && claim.why.is_none() {
                    <p class="wrong">{ text::WRONG_CLAIM }</p>
                }
            </div>
        </div>
    }
}

fn hint_button(model: &NarrationModel, page: &PageContext) -> Html {
    let has_hints = !model.hints.is_empty() || model.hints_left > 0;
    let shows_solution = model.hints_left == 0 && page.player.solution_path().is_some();
    if !has_hints && !shows_solution {
        return Html::default();
    }
    let solution = page.callback(|page, _: MouseEvent| page.player.show_solution());
    let none_left = model.hints_left == 0;
    let onclick = page.callback(move |page, _: MouseEvent| {
        if !none_left {
            page.player.show_hint();
        }
    });
    html! {
        <p class="hint-row">
            if has_hints {
                <button
                    type="button"
                    aria-disabled={none_left.then_some("true")}
                    title={none_left.then_some(text::NO_MORE_HINTS)}
                    {onclick}
                >
                    { text::HINT }
                </button>
                <small>{ text::hints_left(model.hints_left) }</small>
            }
            if shows_solution {
                <button type="button" onclick={solution}>{ text::SHOW_SOLUTION }</button>
            }
        </p>
    }
}
