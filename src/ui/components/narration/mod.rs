//! The card that narrates a run: a step at a time, with Back and Next always at the same place.

mod answer;
mod controls;
mod end;
mod next_script;
mod step;
mod story_text;
mod trial;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::{NarrationModel, StoryPhase};

use answer::answer;
use controls::StoryControls;
use end::end;
use step::step;
pub use story_text::StoryText;
pub use trial::ALLOWED_ID;
use trial::trial;

#[derive(PartialEq, Properties)]
pub struct NarrationCardProps {
    pub narration: Rc<Option<NarrationModel>>,
    pub playing: bool,
}

#[component]
pub fn NarrationCard(NarrationCardProps { narration, playing }: &NarrationCardProps) -> Html {
    let page = use_page();
    let body = use_node_ref();
    let place = narration.as_ref().as_ref().map(|model| (model.number, model.phase));
    {
        let body = body.clone();
        use_effect_with(place, move |place| arrive(*place, &body));
    }
    let recognized = use_state_eq(|| None::<String>);
    {
        let (page, recognized) = (page.clone(), recognized.setter());
        let title = narration.as_ref().as_ref().map(|model| model.head.title.clone());
        use_effect_with((title, page.player.file_path()), move |(title, path)| {
            recognized.set(path.clone());
            let player = page.player.clone();
            let set = move || recognized.set(player.file_path());
            page.player.recognize_story(title.as_deref().unwrap_or_default(), set);
        });
    }
    let news = narration.as_ref().as_ref().map(|model| {
        let claims = model.claim.as_ref().is_some_and(|claim| claim.is_made);
        (model.hints.len(), claims, model.phase == StoryPhase::Over)
    });
    use_effect_with(news, |news| news.iter().for_each(|news| show_news(*news)));
    let Some(model) = narration.as_ref() else { return Html::default() };
    html! {
        <section class="panel narration" aria-label={text::NARRATION}>
            { head(model, &page) }
            <div
                class="narration-body"
                tabindex="0"
                role="group"
                aria-label={text::STEP}
                ref={body}
            >
                { step(model, &page) }
                { trial(model, &page) }
                { end(model, &page) }
                { answer(model, &page) }
            </div>
            <StoryControls
                number={model.number}
                phase={model.phase}
                is_last={model.number == model.count}
                has_acted={model.has_acted}
                has_chosen={model.is_scored && model.score.is_some()}
                playing={*playing}
            />
        </section>
    }
}

/// At a new step, the text begins at its top, and the keyboard is at Next, unless the person is
/// busy elsewhere on the page.
fn arrive(place: Option<(usize, StoryPhase)>, body: &NodeRef) {
    let Some((_, phase)) = place else { return };
    if let Some(body) = body.cast::<dom::Element>() {
        body.set_scroll_top(0);
    }
    let is_free = dom::focused().is_none_or(|focused| {
        focused.tag_name() == "BODY" || dom::is_within(&focused, ".narration")
    });
    if is_free && phase == StoryPhase::AtStep {
        dom::focus_on(".narration .next");
    }
}

/// What the reader has just asked for or reached stands in sight, wherever the text was scrolled
/// to: the end, what becomes of a claim, or the newest hint.
fn show_news((hints, claims, is_over): (usize, bool, bool)) {
    match (is_over, claims) {
        (true, _) => dom::bring_into_sight(".narration .story-end"),
        (false, true) => dom::bring_into_sight(".narration .claim"),
        (false, false) if hints > 0 => dom::bring_into_sight(".narration .hint-row"),
        _ => {}
    }
}

fn head(model: &NarrationModel, page: &PageContext) -> Html {
    let head = &model.head;
    let facts = [
        (model.number > 0).then(|| text::step_of(model.number, model.count)),
        head.level.map(|level| text::level(level).to_owned()),
        head.section.as_deref().map(text::story_section),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    html! {
        <div class="narration-head">
            <h2>{ if head.title.is_empty() { text::NARRATION } else { &head.title } }</h2>
            <p class="quiet">{ facts.join(" · ") }</p>
            if !model.chapters.is_empty() {
                { chapters(model, page) }
            }
        </div>
    }
}

/// The chapter at which the reader stands, and all others to go to.
fn chapters(model: &NarrationModel, page: &PageContext) -> Html {
    let onchange = page.callback(|page, event: Event| {
        if let Ok(line) = dom::value_of(&event).parse() {
            page.player.go_to_chapter(line);
        }
    });
    let is_before = !model.chapters.iter().any(|chapter| chapter.is_here);
    html! {
        <select aria-label={text::CHAPTERS} {onchange}>
            if is_before {
                <option value="" selected=true>{ text::CHAPTERS }</option>
            }
            { for model.chapters.iter().map(|chapter| html! {
                <option
                    key={chapter.line}
                    value={chapter.line.to_string()}
                    selected={chapter.is_here}
                >
                    { &chapter.title }
                </option>
            }) }
        </select>
    }
}
