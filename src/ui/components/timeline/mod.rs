//! The diagram under the slider of time. The player draws it; here are its elements, and what a
//! pointer and the keyboard do there.

mod gestures;
mod keys;
mod tools;

use yew::prelude::*;

use crate::ui::components::element_size::{use_element_size, use_window_size};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom::{self, Element};
use crate::ui::platform::listen::{on_color_change, on_wheel};
use crate::ui::state::{Action, Selection, Theme};
use crate::ui::text;
use crate::ui::timeline::{Hit, Ink};

use gestures::Gesture;

pub use tools::TimelineTools;

#[derive(PartialEq, Properties)]
pub struct TimelineProps {
    /// Whether it is shown. Hidden, it costs nothing.
    pub shown: bool,
    pub hovered: Option<Selection>,
    pub selection: Option<Selection>,
    pub theme: Theme,
}

/// What the pointer is on: where, and its words.
#[derive(Clone, PartialEq)]
struct PointerHint {
    x: f64,
    y: f64,
    words: AttrValue,
}

#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let page = use_page();
    let (track, strip) = (use_node_ref(), use_node_ref());
    let hint = use_state_eq(|| None::<PointerHint>);
    use_board(&page, &track, props);
    use_wheel(&page, &track);
    let pointer = use_pointer(&page, &track, &hint.setter());
    let onkeydown = page.callback(|page, event: KeyboardEvent| keys::handle(page, &event));
    let onblur = page.callback(|page, _: FocusEvent| {
        page.player.with_timeline(|board, _| board.forget_cursor());
    });
    html! {
        <div class="diagram" hidden={!props.shown}>
            <canvas class="lane-names" aria-hidden="true" />
            <div
                class="diagram-track"
                tabindex="0"
                role="application"
                aria-label={text::DIAGRAM}
                aria-describedby="diagram-keys"
                ref={track}
                {onkeydown}
                {onblur}
                onpointerdown={pointer.reform(|event| (PointerStep::Down, event))}
                onpointermove={pointer.reform(|event| (PointerStep::Move, event))}
                onpointerup={pointer.reform(|event| (PointerStep::Up, event))}
                onpointercancel={pointer.reform(|event| (PointerStep::Cancel, event))}
                onpointerleave={pointer.reform(|event| (PointerStep::Leave, event))}
            >
                <canvas class="diagram-strip" ref={strip} aria-hidden="true" />
                <div class="diagram-now" aria-hidden="true">
                    <i class="diagram-ahead" />
                    <i class="diagram-playhead" />
                </div>
            </div>
            if let Some(hint) = &*hint {
                <HintText hint={hint.clone()} />
            }
            <p id="diagram-keys" hidden=true>{ text::DIAGRAM_KEYS }</p>
            <div class="swatches" hidden=true aria-hidden="true">
                { for Ink::ALL.map(|ink| html! { <i class={format!("ink-{}", ink.name())} /> }) }
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct HintTextProps {
    hint: PointerHint,
}

/// The words beside the pointer, on the side with more room.
#[component]
fn HintText(HintTextProps { hint }: &HintTextProps) -> Html {
    let element = use_node_ref();
    {
        let element = element.clone();
        use_effect_with((hint.x as i64, hint.y as i64), move |(x, y)| {
            let Some(element) = element.cast::<Element>() else { return };
            let width = dom::closest(&element, ".diagram").map_or(0.0, |it| dom::size_of(&it).0);
            let unit = dom::unit();
            let (x, y) = (*x as f64 * unit, *y as f64 * unit);
            let at_left = if x < width / 2.0 { "14px" } else { "calc(-100% + 14px)" };
            let place = format!("translate({x}px, {y}px) translate({at_left}, -130%)");
            dom::set_style(&element, "transform", &place);
        });
    }
    html! {
        <p class="diagram-hint" aria-hidden="true" ref={element}>{ &hint.words }</p>
    }
}

/// Gives the player the elements to draw on, their sizes and colours, and what is marked.
#[hook]
fn use_board(page: &PageContext, track: &NodeRef, props: &TimelineProps) {
    {
        let (page, track) = (page.clone(), track.clone());
        use_effect_with((), move |()| {
            let zone =
                track.cast::<Element>().and_then(|track| dom::closest(&track, ".timeline-zone"));
            zone.iter().for_each(|zone| page.player.attach_timeline(zone));
            let recolor = {
                let page = page.clone();
                move || {
                    page.player.with_timeline(|board, _| board.read_palette());
                }
            };
            let listeners = on_color_change(recolor);
            move || {
                drop(listeners);
                page.player.detach_timeline();
            }
        });
    }
    let size = use_element_size(track);
    // The strip behind the slider has its own width, also where the diagram is not shown.
    let window = use_window_size();
    {
        let page = page.clone();
        use_effect_with((size, window, props.shown), move |((width, height), _, shown)| {
            let overview = dom::find(".timeline-zone .overview").map(|it| dom::size_of(&it));
            let track = if *shown { (f64::from(*width), f64::from(*height)) } else { (0.0, 0.0) };
            page.player.with_timeline(|board, _| board.resize(track, overview.unwrap_or_default()));
        });
    }
    {
        let page = page.clone();
        use_effect_with(props.theme, move |_| {
            page.player.with_timeline(|board, _| board.read_palette());
        });
    }
    let page = page.clone();
    use_effect_with((props.hovered, props.selection), move |(hovered, selected)| {
        page.player.with_timeline(|board, _| board.mark(*hovered, *selected));
    });
}

/// A notch of the wheel zooms by this factor.
const WHEEL_FACTOR: f64 = 1.0015;

/// The wheel zooms where the pointer is; sideways, or with Shift, it moves.
#[hook]
fn use_wheel(page: &PageContext, track: &NodeRef) {
    let (page, track) = (page.clone(), track.clone());
    use_effect_with((), move |()| {
        let listener = track.cast::<Element>().map(|element| {
            let measured = element.clone();
            on_wheel(&element, move |event| {
                let (x, _) = place_in(&measured, event);
                let (dx, dy) = (event.delta_x(), event.delta_y());
                page.player.with_timeline(|board, session| {
                    match (event.shift_key(), dx.abs() > dy.abs()) {
                        (true, _) => board.pan(dx + dy, session),
                        (false, true) => board.pan(dx, session),
                        (false, false) => board.zoom(x, WHEEL_FACTOR.powf(-dy), session),
                    }
                });
            })
        });
        move || drop(listener)
    });
}

/// What a pointer does.
#[derive(Clone, Copy, PartialEq)]
enum PointerStep {
    Down,
    Move,
    Up,
    Cancel,
    Leave,
}

#[hook]
fn use_pointer(
    page: &PageContext,
    track: &NodeRef,
    hint: &UseStateSetter<Option<PointerHint>>,
) -> Callback<(PointerStep, PointerEvent)> {
    let gesture = use_mut_ref(Gesture::default);
    let (page, track, hint) = (page.clone(), track.clone(), hint.clone());
    Callback::from(move |(step, event): (PointerStep, PointerEvent)| {
        let Some(track) = track.cast::<Element>() else { return };
        let at = place_in(&track, &event);
        let mut gesture = gesture.borrow_mut();
        match step {
            PointerStep::Down if event.button() == 0 => {
                dom::capture_pointer(&track, &event);
                gesture.press(&page, event.pointer_id(), at);
                hint.set(None);
            }
            PointerStep::Move if gesture.is_active() => {
                gesture.drag(&page, event.pointer_id(), at);
            }
            PointerStep::Move => hover(&page, &hint, at),
            PointerStep::Up => {
                let finger = event.pointer_type() != "mouse";
                if gesture.release(event.pointer_id()) {
                    click(&page, at, finger);
                }
            }
            PointerStep::Cancel => drop(gesture.release(event.pointer_id())),
            PointerStep::Leave if !gesture.is_active() => {
                hint.set(None);
                page.dispatch(Action::Hover(None));
            }
            PointerStep::Down | PointerStep::Leave => {}
        }
    })
}

/// Where the pointer is, in units of the drawing.
fn place_in(track: &Element, event: &MouseEvent) -> (f64, f64) {
    let ((x, y), unit) = (dom::place_in(track, event), dom::unit());
    (x / unit, y / unit)
}

fn hit(page: &PageContext, at: (f64, f64), finger: bool) -> Option<Hit> {
    page.player.read_timeline(|board, session| board.hit(session, at, finger)).flatten()
}

fn hover(page: &PageContext, hint: &UseStateSetter<Option<PointerHint>>, at: (f64, f64)) {
    let found = hit(page, at, false);
    page.dispatch(Action::Hover(found.as_ref().map(|hit| hit.selection)));
    hint.set(found.map(|hit| PointerHint { x: at.0, y: at.1, words: hit.words.into() }));
}

/// Selects what is there.
fn click(page: &PageContext, at: (f64, f64), finger: bool) {
    match hit(page, at, finger) {
        Some(hit) => {
            page.player.announce(hit.words.clone());
            match hit.event {
                Some((event, time_us)) => page.player.inspect(event, time_us),
                None => page.dispatch(Action::Select(hit.selection)),
            }
        }
        None => page.dispatch(Action::Deselect),
    }
}
