//! The end of a story: what the reader has reached, and what many believe wrongly.

use yew::prelude::*;

use crate::raft::Rule;
use crate::ui::context::PageContext;
use crate::ui::player::broken_rule_file;
use crate::ui::text;
use crate::ui::view::{NarrationModel, StoryPhase};

use super::next_script::NextScript;
use super::story_text::StoryText;

pub fn end(model: &NarrationModel, page: &PageContext) -> Html {
    if model.phase != StoryPhase::Over {
        return Html::default();
    }
    html! {
        <div class="story-end">
            <p class="done" role="status">
                { text::end_of_story(model) }
            </p>
            if let Some(why) = model.claim.as_ref().and_then(|claim| claim.why.clone()) {
                <StoryText text={why} />
            }
            if let Some(score) = model.score.filter(|_| !model.is_scored) {
                <p>{ text::score(score) }</p>
            }
            if !model.misconceptions.is_empty() {
                <h3>{ text::MISCONCEPTIONS }</h3>
                { for model.misconceptions.iter().map(|misconception| html! {
                    <StoryText text={misconception.clone()} />
                }) }
            }
            { with_the_rule(page) }
            if let Some(path) = page.player.file_path() {
                <NextScript {path} />
            }
        </div>
    }
}

/// After a run without a rule: draws the same run with it, below this one.
fn with_the_rule(page: &PageContext) -> Html {
    let path = page.player.file_path().unwrap_or_default();
    let rule = Rule::ALL.into_iter().find(|rule| broken_rule_file(*rule) == path);
    let Some(rule) = rule else { return Html::default() };
    let onclick = page.callback(move |page, _: MouseEvent| {
        if let Err(error) = page.player.compare_with(&format!("rule {rule} on")) {
            page.player.notice(text::sentence(&error));
        }
    });
    html! {
        <p>
            <button type="button" class="with-the-rule" {onclick}>
                { text::compare_with_rule(rule) }
            </button>
        </p>
    }
}
