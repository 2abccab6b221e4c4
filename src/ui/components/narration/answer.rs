//! The reader's answer to a challenge, as a link and as a file.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::platform::files;
use crate::ui::text;
use crate::ui::view::NarrationModel;

pub fn answer(model: &NarrationModel, page: &PageContext) -> Html {
    let has_answered = model.is_scored && model.score.is_some();
    let has_claimed = model.claim.as_ref().is_some_and(|claim| claim.is_made);
    let has_tried = model.has_acted || has_answered || has_claimed;
    if model.goals.is_empty() || !has_tried || page.player.shows_solution() {
        return Html::default();
    }
    let copy = page.callback(|page, _: MouseEvent| match page.player.link() {
        Ok(link) => {
            let page = page.clone();
            files::copy(&link, move |copied| {
                let text = if copied { text::ANSWER_COPIED } else { text::ANSWER_NOT_COPIED };
                page.player.notice(text.to_owned());
            });
        }
        Err(error) => page.player.notice(text::no_link(&error)),
    });
    let save = page.callback(|page, _: MouseEvent| {
        files::save(text::ANSWER_FILE, &page.player.script());
        page.player.notice(text::saved(text::ANSWER_FILE));
    });
    html! {
        <p class="answer-row">
            <button type="button" onclick={copy}>{ text::COPY_ANSWER }</button>
            <button type="button" onclick={save}>{ text::SAVE_ANSWER }</button>
        </p>
    }
}
