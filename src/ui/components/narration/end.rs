//! The end of a story: what the reader has reached, and what many believe wrongly.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::text;
use crate::ui::view::{NarrationModel, StoryPhase};

use super::story_text::StoryText;

pub fn end(model: &NarrationModel, _page: &PageContext) -> Html {
    if model.phase != StoryPhase::Over {
        return Html::default();
    }
    html! {
        <div class="story-end">
            <p class="done" role="status">
                { text::end_of_story(model) }
            </p>
            if let Some(score) = model.score.filter(|_| !model.is_scored) {
                <p>{ text::score(score) }</p>
            }
            if !model.misconceptions.is_empty() {
                <h3>{ text::MISCONCEPTIONS }</h3>
                { for model.misconceptions.iter().map(|misconception| html! {
                    <StoryText text={misconception.clone()} />
                }) }
            }
        </div>
    }
}
