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
                { if model.goals.is_empty() { text::STORY_ENDS } else { text::WELL_DONE } }
            </p>
            if let Some(score) = model.score {
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
