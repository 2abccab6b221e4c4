//! The row of time: the slider to any moment of it, and the ways to where something happens.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::drawing::drawing;
use crate::ui::hooks::{Kept, use_effect_on};
use crate::ui::markup::html;
use crate::ui::platform::dom;
use crate::ui::travel::{CONDITION, GOALS, MOMENT};

/// To what one jumps, one of [`GOALS`], and whether the field for it wants the focus.
pub type Goal = (usize, bool);

/// The row. On the slider's track stand where other branches part, and where properties are violated.
#[hook]
pub fn use_time_row(goal: &Kept<Goal>, ticks: &(String, String)) -> Html {
    let desk = desk();
    let slider = use_node_ref();
    {
        let (slider, player) = (slider.clone(), desk.player.clone());
        use_effect_on((), move |()| {
            if let Some(slider) = slider.cast() {
                player.attach_slider(slider);
            }
        });
    }
    let scrub = {
        let player = desk.player.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(ms) = dom::number_of(&event) {
                player.scrub(ms);
            }
        })
    };
    let jump = use_jump(goal);
    html! {
        <div class="time-row">
            <span class="track-of-time">
                <input type="range" class="time" aria-label="Time" min="0" max="0" oninput={scrub} ref={slider} />
                <svg preserveAspectRatio="none" aria-hidden="true">
                    <path d={ticks.0.clone()} /><path class="bad" d={ticks.1.clone()} />
                </svg>
            </span>
            { jump }
        </div>
    }
}

/// The form for going to where something happens.
#[hook]
fn use_jump(goal: &Kept<Goal>) -> Html {
    let desk = desk();
    let field = use_node_ref();
    use_effect_on(**goal, |(_, focused)| {
        if *focused {
            dom::focus_on(FIELD);
        }
    });
    let choose = {
        let goal = goal.clone();
        Callback::from(move |event: Event| {
            goal.set((dom::value_of(&event).parse().unwrap_or(0), false));
        })
    };
    let (chosen, _) = **goal;
    let jump = {
        let field = field.clone();
        Callback::from(move |ahead: bool| {
            let typed = field.cast::<dom::HtmlInputElement>().map(|field| field.value());
            desk.player.jump(chosen, &typed.unwrap_or_default(), ahead);
        })
    };
    let back = jump.reform(|_: MouseEvent| false);
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        jump.emit(true);
    });
    let word = GOALS[chosen];
    let ahead_name = match chosen {
        MOMENT => "Go to the moment".to_string(),
        _ => format!("Next {word}"),
    };
    let typed = match chosen {
        MOMENT => Some(("Moment", "1.5s")),
        CONDITION => Some(("Condition", "leader s1")),
        _ => None,
    };
    html! {
        <form class="jump" aria-label="Jump" onsubmit={submit}>
            if chosen != MOMENT {
                <button type="button" id="jump-back" class="icon" aria-label={format!("Previous {word}")} title={format!("Previous {word}")} onclick={back}>
                    { drawing(BACK) }
                </button>
            }
            <select aria-label="Jump to" onchange={choose}>
                { for GOALS.into_iter().enumerate().map(|(place, name)| html! {
                    <option value={place.to_string()} selected={place == chosen}>
                        { name }
                        if place >= CONDITION { { "…" } }
                    </option>
                }) }
            </select>
            { for typed.map(|(name, example)| html! {
                <input key={name} type="text" id="goal" aria-label={name} placeholder={example} autocomplete="off" autocapitalize="off" spellcheck="false" ref={field.clone()} />
            }) }
            <button type="submit" id="jump-ahead" class="icon" aria-label={ahead_name.clone()} title={ahead_name}>
                { drawing(AHEAD) }
            </button>
        </form>
    }
}

/// Where a goal is typed.
pub const FIELD: &str = "#goal";

const BACK: &str = r#"<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path class="line" d="M5.5 1.5L1 6L5.5 10.5M10.5 1.5L6 6L10.5 10.5"/></svg>"#;
const AHEAD: &str = r#"<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path class="line" d="M1.5 1.5L6 6L1.5 10.5M6.5 1.5L11 6L6.5 10.5"/></svg>"#;
