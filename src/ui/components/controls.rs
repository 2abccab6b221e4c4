//! The bar under the stage: time, its speed, and what acts on all links. Its places never move.

use yew::prelude::*;

use crate::sim::Act;

use super::time_row::{FIELD, Goal, use_time_row};
use crate::ui::decimal::fixed;
use crate::ui::desk::desk;
use crate::ui::drawing::drawing;
use crate::ui::hooks::{use_effect_on, use_kept};
use crate::ui::markup::{classes, html};
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::playback::{STOP_MAX, STOP_MIN, speed_at_stop, speed_words, stop_near};
use crate::ui::state::{Action, Dialog};
use crate::ui::text;
use crate::ui::travel::MOMENT;

/// Properties of the controls.
#[derive(Clone, PartialEq)]
pub struct ControlsProps {
    /// Whether time passes.
    pub playing: bool,
    /// Simulated time a unit of real time.
    pub speed: f64,
    /// Whether no link is cut.
    pub healthy: bool,
    /// Where other branches part and where properties are violated, as paths over the track of time.
    pub ticks: (String, String),
    /// A short notice.
    pub notice: Option<AttrValue>,
}

part!(ControlsProps, use_controls);

/// The bar.
#[hook]
fn use_controls(props: &ControlsProps) -> Html {
    let desk = desk();
    let clock = use_node_ref();
    {
        let (clock, player) = (clock.clone(), desk.player.clone());
        use_effect_on((), move |()| {
            if let Some(element) = clock.cast() {
                player.attach_clock(element);
            }
        });
    }
    let goal = use_kept(|| -> Goal { (0, false) });
    let time_row = use_time_row(&goal, &props.ticks);
    // A short way for a pointer: the choice of a moment is in the row.
    let ask = Callback::from(move |_: MouseEvent| {
        goal.set((MOMENT, true));
        dom::focus_on(FIELD);
    });
    let previous = {
        let player = desk.player.clone();
        Callback::from(move |_: MouseEvent| player.previous_event())
    };
    let toggle = {
        let player = desk.player.clone();
        Callback::from(move |_: MouseEvent| player.toggle())
    };
    let step = {
        let player = desk.player.clone();
        Callback::from(move |_: MouseEvent| player.step())
    };
    let change_speed = {
        let player = desk.player.clone();
        Callback::from(move |event: InputEvent| {
            let exponent = dom::number_of(&event).unwrap_or(0.0);
            player.set_speed(speed_at_stop((exponent * 10.0).round_ties_even() as i32));
        })
    };
    let partition = desk.saying(Action::Open(Dialog::Partition));
    let healthy = props.healthy;
    let heal = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| {
            if healthy {
                desk.say(Action::Notice(format!("{}.", text::NOTHING_CUT)));
            } else {
                desk.player.act(Act::Heal(None));
            }
        })
    };
    let words = speed_words(props.speed);
    html! {
        <div class="controls" role="group" aria-label="Time and links">
            <button type="button" class="icon" aria-label={text::PREVIOUS_EVENT} title={text::PREVIOUS_EVENT} onclick={previous}>
                { previous_icon() }
            </button>
            <button type="button" class="primary play" onclick={toggle}>
                { if props.playing { pause_icon() } else { play_icon() } }
                { if props.playing { text::PAUSE } else { text::PLAY } }
            </button>
            <button type="button" class="icon" aria-label={text::NEXT_EVENT} title={text::NEXT_EVENT} onclick={step}>
                { step_icon() }
            </button>
            <span class="clock" ref={clock} role="timer" aria-live="off" aria-label="Simulated time" title="Go to another moment" onclick={ask}></span>
            <label class="speed">
                <span class="words"><span class="quiet">{ "speed " }</span>{ &words }</span>
                <input
                    type="range" aria-label={text::SPEED}
                    min={decimal(STOP_MIN)} max={decimal(STOP_MAX)} step="0.1"
                    value={decimal(stop_near(props.speed))}
                    aria-valuetext={text::speed_spoken(&words)}
                    oninput={change_speed}
                />
            </label>
            <span class="gap" />
            <button type="button" onclick={partition}>{ text::dialog(Dialog::Partition) }</button>
            <button type="button" aria-disabled={healthy.then_some("true")} title={healthy.then_some(text::NOTHING_CUT)} onclick={heal}>
                { text::HEAL }
            </button>
            { time_row }
            <p class={classes!("below", props.notice.is_some().then_some("notice"))}>
                { props.notice.clone().unwrap_or(AttrValue::Static(text::DRAW_HINT)) }
            </p>
        </div>
    }
}

/// A stop of the slider as the exponent of its speed.
fn decimal(stop: i32) -> String {
    fixed(f64::from(stop) / 10.0, 1)
}

fn play_icon() -> Html {
    drawing(
        r#"<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2.5 1L11 6L2.5 11Z"/></svg>"#,
    )
}

fn pause_icon() -> Html {
    drawing(
        r#"<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 1H5V11H2ZM7 1H10V11H7Z"/></svg>"#,
    )
}

fn previous_icon() -> Html {
    drawing(
        r#"<svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true"><path d="M13 1L5 6L13 11ZM3.5 1H1V11H3.5Z"/></svg>"#,
    )
}

fn step_icon() -> Html {
    drawing(
        r#"<svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true"><path d="M1 1L9 6L1 11ZM10.5 1H13V11H10.5Z"/></svg>"#,
    )
}
