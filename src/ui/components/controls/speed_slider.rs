//! The slider for the speed: its position is the exponent of the speed, in tenths.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::player::{STOP_MAX, STOP_MIN, speed_at_stop, speed_words, stop_near};
use crate::ui::text;

/// `speed` is simulated time per unit of real time.
pub fn speed_slider(page: &PageContext, speed: f64) -> Html {
    let change_speed = page.callback(|page, event: InputEvent| {
        let exponent = dom::number_of(&event).unwrap_or(0.0);
        page.player.set_speed(speed_at_stop((exponent * 10.0).round_ties_even() as i32));
    });
    let words = speed_words(speed);
    html! {
        <label class="speed">
            <span class="words"><span class="quiet">{ "speed " }</span>{ &words }</span>
            <input
                type="range"
                aria-label={text::SPEED}
                min={exponent(STOP_MIN)}
                max={exponent(STOP_MAX)}
                step="0.1"
                value={exponent(stop_near(speed))}
                aria-valuetext={text::speed_spoken(&words)}
                oninput={change_speed}
            />
        </label>
    }
}

fn exponent(stop: i32) -> String {
    format!("{:.1}", f64::from(stop) / 10.0)
}
