//! The slider named Time: to any moment of the run.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;

#[derive(PartialEq, Properties)]
pub struct TimeSliderProps {
    pub branch_ticks: AttrValue,
    pub violation_ticks: AttrValue,
}

/// Ticks on the slider's track mark where other branches part, and where properties are violated.
#[component]
pub fn TimeSlider(props: &TimeSliderProps) -> Html {
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
    }
}
