//! The slider for the speed: its position is the exponent of the speed, in tenths. The button
//! beside it makes the pace adaptive.

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::player::{STOP_MAX, STOP_MIN, speed_at_stop, speed_words, stop_near};
use crate::ui::text;
use crate::ui::view::PaceModel;

pub fn speed_slider(page: &PageContext, pace: PaceModel) -> Html {
    let change_speed = page.callback(|page, event: InputEvent| {
        let exponent = dom::number_of(&event).unwrap_or(0.0);
        page.player.set_speed(speed_at_stop((exponent * 10.0).round_ties_even() as i32));
    });
    let toggle = page.callback(move |page, _: MouseEvent| page.player.set_adaptive(!pace.adaptive));
    let now = if pace.playing { pace.now } else { pace.speed };
    html! {
        <>
            <label class="speed">
                <span class="words">{ speed_words(now) }</span>
                <input
                    type="range"
                    aria-label={text::SPEED}
                    min={exponent(STOP_MIN)}
                    max={exponent(STOP_MAX)}
                    step="0.1"
                    value={exponent(stop_near(pace.speed))}
                    aria-valuetext={speed_words(pace.speed)}
                    oninput={change_speed}
                />
            </label>
            <button
                type="button"
                class="icon adaptive"
                aria-label={text::ADAPTIVE}
                aria-pressed={pace.adaptive.to_string()}
                title={text::ADAPTIVE_MEANS}
                onclick={toggle}
            >
                <Icon shape={Shape::Adaptive} />
            </button>
        </>
    }
}

fn exponent(stop: i32) -> String {
    format!("{:.1}", f64::from(stop) / 10.0)
}
