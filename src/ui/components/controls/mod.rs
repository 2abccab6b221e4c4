//! The controls of time: play, step, speed, jumps, Reset and New, and the slider. The buttons keep
//! their positions while time runs.

mod jump_form;
mod speed_slider;
mod time_slider;

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::player::MOMENT;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;
use crate::ui::view::PaceModel;

use jump_form::{FIELD, JumpChoice, JumpForm};
use speed_slider::speed_slider;
use time_slider::TimeSlider;

#[derive(PartialEq, Properties)]
pub struct ControlsProps {
    pub pace: PaceModel,
    /// Where other branches part, as an SVG path over the time slider's track.
    pub branch_ticks: AttrValue,
    /// Where properties are violated, as such a path.
    pub violation_ticks: AttrValue,
    /// The tools of the diagram.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let page = use_page();
    let clock = use_clock(&page);
    let choice = use_state_eq(JumpChoice::default);
    // A shortcut for a pointer: the jump form offers the same by keyboard.
    let choose_moment = {
        let choice = choice.clone();
        Callback::from(move |_: MouseEvent| {
            choice.set(JumpChoice { goal: MOMENT, focused: true });
            dom::focus_on(FIELD);
        })
    };
    let export = page.on_click(Action::Open(Dialog::Export));
    html! {
        <div class="controls" role="group" aria-label={text::TIME_CONTROLS}>
            { play_buttons(&page, props.pace.playing) }
            <span class="clock-place">
                <button
                    type="button"
                    class="clock"
                    ref={clock}
                    aria-label={text::OTHER_MOMENT}
                    title={text::OTHER_MOMENT}
                    onclick={choose_moment}
                />
            </span>
            { speed_slider(&page, props.pace) }
            <JumpForm {choice} />
            <span class="gap" />
            { props.children.clone() }
            <button type="button" class="export" aria-haspopup="dialog" onclick={export}>
                { text::EXPORT }
            </button>
            { session_buttons(&page) }
            <TimeSlider
                branch_ticks={&props.branch_ticks}
                violation_ticks={&props.violation_ticks}
            />
        </div>
    }
}

/// The element for the simulated time. The player writes it with every frame, without rendering.
#[hook]
fn use_clock(page: &PageContext) -> NodeRef {
    let clock = use_node_ref();
    let (element, player) = (clock.clone(), page.player.clone());
    use_effect_with((), move |()| {
        if let Some(element) = element.cast() {
            player.attach_clock(element);
        }
    });
    clock
}

fn play_buttons(page: &PageContext, playing: bool) -> Html {
    let previous = page.callback(|page, _: MouseEvent| page.player.previous_event());
    let toggle = page.callback(|page, _: MouseEvent| page.player.toggle());
    let next = page.callback(|page, _: MouseEvent| page.player.step());
    let skip = page.callback(|page, _: MouseEvent| page.player.skip());
    html! {
        <>
            <button
                type="button"
                class="icon"
                aria-label={text::PREVIOUS_EVENT}
                title={text::PREVIOUS_EVENT}
                onclick={previous}
            >
                <Icon shape={Shape::PreviousEvent} />
            </button>
            <button type="button" class="primary play" onclick={toggle}>
                if playing {
                    <Icon shape={Shape::Pause} />{ text::PAUSE }
                } else {
                    <Icon shape={Shape::Play} />{ text::PLAY }
                }
            </button>
            <button
                type="button"
                class="icon"
                aria-label={text::NEXT_EVENT}
                title={text::NEXT_EVENT}
                onclick={next}
            >
                <Icon shape={Shape::NextEvent} />
            </button>
            <button
                type="button"
                class="icon"
                aria-label={text::SKIP}
                title={text::SKIP}
                onclick={skip}
            >
                <Icon shape={Shape::Skip} />
            </button>
        </>
    }
}

fn session_buttons(page: &PageContext) -> Html {
    let reset = page.callback(|page, _: MouseEvent| page.player.reset());
    let open_new = page.callback(|page, _: MouseEvent| page.player.open_new());
    let button = |name: &'static str, means: &'static str, shape: Shape, onclick| {
        html! {
            <button type="button" class="session" aria-label={name} title={means} {onclick}>
                <Icon {shape} />
                <span class="word">{ name }</span>
            </button>
        }
    };
    html! {
        <>
            { button(text::RESET, text::RESET_MEANS, Shape::Reset, reset) }
            { button(text::NEW, text::NEW_MEANS, Shape::New, open_new) }
        </>
    }
}
