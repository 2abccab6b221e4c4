//! Keys as shortcuts: only while nobody is typing, and single keys only where they are wanted.

use yew::prelude::*;

use super::desk::Desk;
use super::hooks::use_effect_on;
use super::platform::dom::{self, KeyboardEvent};
use super::platform::listen::on_key;
use super::playback::{speed_at_stop, stop_near};
use super::state::{Action, Dialog, Ui};

/// Listens for the shortcuts.
#[hook]
pub fn use_shortcuts(desk: &Desk, ui: &Ui) {
    let wanted = (ui.dialog.is_none() && ui.menu.is_none()).then_some(ui.shortcuts);
    let desk = desk.clone();
    use_effect_on(wanted, move |wanted| {
        let listener = wanted.map(|single| on_key(move |event| handle(event, &desk, single)));
        move || drop(listener)
    });
}

fn handle(event: &KeyboardEvent, desk: &Desk, single: bool) {
    if event.alt_key() || dom::typing() {
        return;
    }
    let key = event.key();
    if event.ctrl_key() || event.meta_key() {
        match (key.as_str(), event.shift_key()) {
            ("z", false) => desk.player.undo(),
            ("z" | "Z", true) | ("y", false) => desk.player.redo(),
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
        " " => desk.player.toggle(),
        "." => desk.player.step(),
        "," => desk.player.previous_event(),
        "[" => dom::press("#jump-back"),
        "]" => dom::press("#jump-ahead"),
        "+" | "=" => faster(desk, 1),
        "-" => faster(desk, -1),
        "?" => desk.say(Action::Open(Dialog::Help)),
        number if is_server(number) => dom::focus_on(&format!("[data-server=\"{number}\"]")),
        _ => return,
    }
    event.prevent_default();
}

fn is_server(key: &str) -> bool {
    matches!(key.as_bytes(), [b'1'..=b'9'])
}

fn faster(desk: &Desk, stops: i32) {
    let (_, speed) = desk.player.pace();
    desk.player.set_speed(speed_at_stop(stop_near(speed) + stops));
}
