//! Keyboard shortcuts. They are off while a person types; single keys can be switched off.

use yew::prelude::*;

use super::context::PageContext;
use super::platform::dom::{self, KeyboardEvent};
use super::platform::listen::on_key;
use super::player::{speed_at_stop, stop_near};
use super::state::{Action, Dialog, Menu, UiState};
use crate::raft::ServerId;

#[hook]
pub fn use_shortcuts(page: &PageContext, ui: &UiState) {
    let enabled = (ui.dialog.is_none() && ui.menu.is_none()).then_some(ui.shortcuts);
    let page = page.clone();
    use_effect_with(enabled, move |enabled| {
        let listeners = enabled.map(|single| {
            // Some browsers press a button when Space is released.
            let released = on_key("keyup", move |event| {
                if single && event.key() == " " && !dom::typing() {
                    event.prevent_default();
                }
            });
            (on_key("keydown", move |event| handle(event, &page, single)), released)
        });
        move || drop(listeners)
    });
}

fn handle(event: &KeyboardEvent, page: &PageContext, single: bool) {
    if event.alt_key() || dom::typing() {
        return;
    }
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        match (key.as_str(), event.shift_key()) {
            ("z", false) => page.player.undo(),
            ("z" | "Z", true) | ("y", false) => page.player.redo(),
            _ => return,
        }
        event.prevent_default();
        return;
    }
    if key == "Escape" {
        // What stands beside the list of events closes. The focus goes back to the list.
        if dom::focused().is_some_and(|focused| dom::is_within(&focused, ".event-details")) {
            dom::focus_on(".events [data-selected] > button");
        }
        return page.dispatch(Action::Deselect);
    }
    if !single {
        // HTML buttons have the browser's own Space.
        match (key.as_str(), focused_menu()) {
            (" ", Some(menu)) => page.dispatch(Action::OpenMenu(menu)),
            _ => return,
        }
        event.prevent_default();
        return;
    }
    match key.as_str() {
        // Whatever has the focus: Enter presses it.
        " " => page.player.toggle(),
        "." => page.player.step(),
        "," => page.player.previous_event(),
        "n" => page.player.skip(),
        "[" => dom::press("#jump-back"),
        "]" => dom::press("#jump-ahead"),
        "+" | "=" => change_speed(page, 1),
        "-" => change_speed(page, -1),
        "?" => page.dispatch(Action::Open(Dialog::Help)),
        number if is_server(number) => dom::focus_on(&format!("[data-server=\"{number}\"]")),
        _ => return,
    }
    event.prevent_default();
}

/// The menu of the server or link that has the focus.
fn focused_menu() -> Option<Menu> {
    let focused = dom::focused()?;
    let id = |number: &str| number.parse().ok().and_then(ServerId::new);
    if let Some(number) = focused.get_attribute("data-server") {
        return Some(Menu::Server(id(&number)?));
    }
    let link = focused.get_attribute("data-link")?;
    let (a, b) = link.split_once('-')?;
    Some(Menu::Link(id(a)?, id(b)?))
}

fn is_server(key: &str) -> bool {
    matches!(key.as_bytes(), [b'1'..=b'9'])
}

fn change_speed(page: &PageContext, stops: i32) {
    let (_, speed) = page.player.pace();
    page.player.set_speed(speed_at_stop(stop_near(speed) + stops));
}
