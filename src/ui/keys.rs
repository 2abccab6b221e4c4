//! Keys as shortcuts: only while nobody is typing, and single keys only where they are wanted.

use yew::prelude::*;

use super::context::PageContext;
use super::platform::dom::{self, KeyboardEvent};
use super::platform::listen::on_key;
use super::playback::{speed_at_stop, stop_near};
use super::state::{Action, Dialog, Ui};

/// Listens for the shortcuts.
#[hook]
pub fn use_shortcuts(page: &PageContext, ui: &Ui) {
    let wanted = (ui.dialog.is_none() && ui.menu.is_none()).then_some(ui.shortcuts);
    let page = page.clone();
    use_effect_with(wanted, move |wanted| {
        let listener = wanted.map(|single| on_key(move |event| handle(event, &page, single)));
        move || drop(listener)
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
    if !single {
        return;
    }
    match key.as_str() {
        " " if dom::on_a_control() => return,
        " " => page.player.toggle(),
        "." => page.player.step(),
        "," => page.player.previous_event(),
        "[" => dom::press("#jump-back"),
        "]" => dom::press("#jump-ahead"),
        "+" | "=" => faster(page, 1),
        "-" => faster(page, -1),
        "?" => page.dispatch(Action::Open(Dialog::Help)),
        number if is_server(number) => dom::focus_on(&format!("[data-server=\"{number}\"]")),
        _ => return,
    }
    event.prevent_default();
}

fn is_server(key: &str) -> bool {
    matches!(key.as_bytes(), [b'1'..=b'9'])
}

fn faster(page: &PageContext, stops: i32) {
    let (_, speed) = page.player.pace();
    page.player.set_speed(speed_at_stop(stop_near(speed) + stops));
}
