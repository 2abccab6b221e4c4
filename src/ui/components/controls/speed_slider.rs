//! The slider for the speed: its position is the exponent of the speed, in tenths.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::player::{STOP_MAX, STOP_MIN, speed_at_stop, speed_words, stop_near};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct SpeedSliderProps {
    /// Simulated time per unit of real time.
    pub speed: f64,
}

#[component]
pub fn SpeedSlider(props: &SpeedSliderProps) -> Html {
    let player = use_page().player;
    let change_speed = Callback::from(move |event: InputEvent| {
        let exponent = dom::number_of(&event).unwrap_or(0.0);
        player.set_speed(speed_at_stop((exponent * 10.0).round_ties_even() as i32));
    });
    let words = speed_words(props.speed);
    html! {
        <label class="speed">
            <span class="words"><span class="quiet">{ "speed " }</span>{ &words }</span>
            <input
                type="range"
                aria-label={text::SPEED}
                min={exponent(STOP_MIN)}
                max={exponent(STOP_MAX)}
                step="0.1"
                value={exponent(stop_near(props.speed))}
                aria-valuetext={text::speed_spoken(&words)}
                oninput={change_speed}
            />
        </label>
    }
}

fn exponent(stop: i32) -> String {
    format!("{:.1}", f64::from(stop) / 10.0)
}
