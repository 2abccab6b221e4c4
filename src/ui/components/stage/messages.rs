//! The messages in flight, as buttons. The animations fill this group with elements that move on
//! their own; here are its handlers, one for all messages.

use yew::prelude::*;

use crate::sim::MessageId;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Menu};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct MessagesProps {
    /// The element that the animations fill.
    pub flights: NodeRef,
    /// The note that gets the focus of a message that arrives.
    pub arrived: NodeRef,
    /// A pointer that was pressed on a message, at this place of the window, is dragged.
    pub ondrag: Callback<((f64, f64), PointerEvent)>,
}

/// A pointer on a message that moves further than this draws a line, in CSS pixels.
const DRAG_PX: f64 = 8.0;

/// A pointer that is pressed on a message.
struct Press {
    pointer: i32,
    at: (f64, f64),
    /// Whether time passed before.
    was_playing: bool,
}

#[component]
pub fn Messages(props: &MessagesProps) -> Html {
    let page = use_page();
    // A message that moves would be gone before the finger is lifted.
    let press = use_mut_ref(|| None::<Press>);
    let onpointerdown = {
        let press = press.clone();
        page.callback(move |page, event: PointerEvent| {
            if let Some(id) = message_of(&event) {
                // It may leave the message before it counts as dragged.
                dom::target(&event).iter().for_each(|it| dom::capture_pointer(it, &event));
                let (pointer, at) = (event.pointer_id(), dom::window_place(&event));
                *press.borrow_mut() =
                    Some(Press { pointer, at, was_playing: page.player.pace().0 });
                page.player.pause_for_message(id);
            }
        })
    };
    // A click is the message's menu; a drag over it is a drag.
    let onpointermove = {
        let (press, ondrag) = (press.clone(), props.ondrag.clone());
        page.callback(move |page, event: PointerEvent| {
            let at = dom::window_place(&event);
            let strayed = |press: &mut Press| {
                press.pointer == event.pointer_id()
                    && (at.0 - press.at.0).hypot(at.1 - press.at.1) > DRAG_PX
            };
            let Some(press) = press.borrow_mut().take_if(strayed) else { return };
            if press.was_playing {
                page.player.play();
            }
            ondrag.emit((press.at, event));
        })
    };
    let onpointerup = page.callback(move |_, _: PointerEvent| *press.borrow_mut() = None);
    let onclick = page.callback(|page, event: MouseEvent| {
        if let Some(id) = message_of(&event) {
            page.player.pause_for_message(id);
            page.dispatch(Action::OpenMenu(Menu::Message(id)));
        }
    });
    let onfocusin = page.callback(|page, event: FocusEvent| {
        if let Some(id) = message_of(&event) {
            page.player.set_message_tab_stop(id);
        }
    });
    let onkeydown = use_callback(props.flights.clone(), |event: KeyboardEvent, flights| {
        move_focus(&event, flights);
    });
    html! {
        <div
            class="messages"
            role="group"
            aria-label={text::MESSAGES}
            {onpointerdown}
            {onpointermove}
            onpointercancel={onpointerup.clone()}
            {onpointerup}
            {onclick}
            {onfocusin}
            {onkeydown}
        >
            <div class="flights" ref={&props.flights} />
            <span class="arrived" role="note" tabindex="-1" ref={&props.arrived} />
        </div>
    }
}

/// The number of the message that the event is about.
fn message_of(event: &Event) -> Option<MessageId> {
    let element = dom::target::<dom::Element>(event)?;
    let button = element.closest("[data-message]").ok()??;
    button.get_attribute("data-message")?.parse().ok()
}

/// The arrow keys walk through the messages in the order in which they were sent.
fn move_focus(event: &KeyboardEvent, flights: &NodeRef) {
    let Some(flights) = flights.cast::<dom::Element>() else { return };
    let mut buttons: Vec<(MessageId, dom::Element)> = dom::all_within(&flights, "[data-message]")
        .into_iter()
        .filter_map(|button| Some((button.get_attribute("data-message")?.parse().ok()?, button)))
        .collect();
    buttons.sort_by_cached_key(|(id, _)| *id);
    let focused = dom::focused();
    let current = buttons.iter().position(|(_, button)| Some(button) == focused.as_ref());
    let Some(next) = dom::next_place(event, current.unwrap_or(0), buttons.len()) else { return };
    event.prevent_default();
    event.stop_propagation();
    // From the note that a message arrived, to the oldest one.
    dom::focus(&buttons[if current.is_some() { next } else { 0 }].1);
}
