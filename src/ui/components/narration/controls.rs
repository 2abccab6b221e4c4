//! Back and Next, and the way back into the story.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::StoryPhase;

#[derive(PartialEq, Properties)]
pub struct StoryControlsProps {
    pub number: usize,
    pub phase: StoryPhase,
    pub is_last: bool,
    /// Whether there is something to take back.
    pub has_acted: bool,
    /// Whether the reader has made choices that count.
    pub has_chosen: bool,
    pub playing: bool,
}

#[component]
pub fn StoryControls(props: &StoryControlsProps) -> Html {
    let page = use_page();
    let StoryControlsProps { number, phase, is_last, has_acted, has_chosen, playing } = *props;
    // At the last step, Next lets time pass once more if there are goals to reach.
    let waits_to_try = phase == StoryPhase::Trying && !playing;
    let no_next = text::no_next(phase, is_last && !waits_to_try);
    let is_first = number == 0 || number == 1 && phase == StoryPhase::AtStep;
    let no_back = is_first.then_some(text::NOT_STARTED);
    let next = page.callback(move |page, _: MouseEvent| match no_next {
        None => page.player.next_step(),
        Some(reason) => page.player.notice(text::sentence(reason)),
    });
    let back = page.callback(move |page, _: MouseEvent| match no_back {
        None => page.player.previous_step(),
        Some(reason) => page.player.notice(text::sentence(reason)),
    });
    let return_name = match phase {
        StoryPhase::Left => Some(text::RETURN_TO_STORY),
        StoryPhase::Trying | StoryPhase::Over if has_acted => Some(text::TRY_AGAIN),
        _ => None,
    };
    let return_to = page.callback(|page, _: MouseEvent| page.player.return_to_story());
    let may_start_over = matches!(phase, StoryPhase::Trying | StoryPhase::Over);
    let starts_over = has_chosen && may_start_over && return_name.is_none();
    let start_over = page.callback(|page, _: MouseEvent| {
        page.player.reset();
        // The button goes away.
        dom::focus_on(".narration .next");
    });
    html! {
        <div class="story-controls">
            <button
                type="button"
                class="back"
                aria-disabled={no_back.map(|_| "true")}
                title={no_back}
                onclick={back}
            >
                { text::BACK }
            </button>
            if let Some(name) = return_name {
                <button type="button" class="return" onclick={return_to}>{ name }</button>
            }
            if starts_over {
                <button type="button" class="return" onclick={start_over}>
                    { text::START_OVER }
                </button>
            }
            <button
                type="button"
                class="primary next"
                aria-disabled={no_next.map(|_| "true")}
                title={no_next}
                onclick={next}
            >
                { text::NEXT }
            </button>
        </div>
    }
}
