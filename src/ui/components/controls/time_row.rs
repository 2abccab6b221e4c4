//! The time row: a slider to any moment of the run, and the jump form.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;

use super::jump_form::{JumpChoice, JumpForm};

#[derive(PartialEq, Properties)]
pub struct TimeRowProps {
    /// The goal of the jump form.
    pub choice: UseStateHandle<JumpChoice>,
    pub branch_ticks: AttrValue,
    pub violation_ticks: AttrValue,
}

/// Ticks on the slider's track mark where other branches part, and where properties are violated.
#[component]
pub fn TimeRow(props: &TimeRowProps) -> Html {
    let player = use_page().player;
    let slider = use_node_ref();
    {
        let (slider, player) = (slider.clone(), player.clone());
        use_effect_with((), move |()| {
            if let Some(slider) = slider.cast() {
                player.attach_slider(slider);
            }
        });
    }
    let scrub = Callback::from(move |event: InputEvent| {
        if let Some(ms) = dom::number_of(&event) {
            player.scrub(ms);
        }
    });
    html! {
        <div class="time-row">
            <span class="track-of-time">
                <span class="overview" aria-hidden="true">
                    <canvas />
                    <i class="window" />
                </span>
                <input
                    type="range"
                    class="time"
                    aria-label="Time"
                    min="0"
                    max="0"
                    oninput={scrub}
                    ref={slider}
                />
                <svg preserveAspectRatio="none" aria-hidden="true">
                    <path d={&props.branch_ticks} />
                    <path class="bad" d={&props.violation_ticks} />
                </svg>
            </span>
            <JumpForm choice={props.choice.clone()} />
        </div>
    }
}
