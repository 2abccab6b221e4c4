//! Keyboard shortcuts, and the keys of a presenter. They are off while a person types; single keys
//! can be switched off.

use yew::prelude::*;

use super::actions::{PageCommand, presenter_key, shortcut};
use super::context::PageContext;
use super::platform::dom::{self, KeyboardEvent};
use super::platform::listen::on_key;
use super::state::{Action, Dialog, Menu, UiState};
use crate::raft::{ClientId, ServerId};

#[hook]
pub fn use_shortcuts(page: &PageContext, ui: &UiState) {
    let enabled = (ui.dialog.is_none() && ui.menu.is_none()).then_some(ui.shortcuts);
    let (page, presenting) = (page.clone(), ui.presenting);
    use_effect_with((enabled, presenting), move |(enabled, _)| {
        let listeners = enabled.map(|single| {
            // Some browsers press a button when Space is released.
            let released = on_key("keyup", move |event| {
                if single && event.key() == " " && !dom::typing() {
                    event.prevent_default();
                }
            });
            (on_key("keydown", move |event| handle(event, &page, single, presenting)), released)
        });
        move || drop(listeners)
    });
}

fn handle(event: &KeyboardEvent, page: &PageContext, single: bool, presenting: bool) {
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if presenting
        && plain
        && let Some(command) = presenter_key(&event.key(), single, dom::typing())
    {
        event.prevent_default();
        return command.run(page);
    }
    let command = shortcut(event, single).filter(|_| !event.alt_key());
    let opens_palette = command == Some(PageCommand::Change(Action::Open(Dialog::Palette)));
    // The other keys are the text field's own.
    if event.alt_key() || dom::typing() && !opens_palette {
        return;
    }
    let key = event.key();
    match (command, key.as_str()) {
        (Some(command), _) => command.run(page),
        (None, "Escape") => {
            // What stands beside the list of events closes. The focus goes back to the list.
            if dom::focused().is_some_and(|focused| dom::is_within(&focused, ".event-details")) {
                dom::focus_on(".events [data-selected] > button");
            }
            return page.dispatch(Action::Deselect);
        }
        // HTML buttons have the browser's own Space.
        (None, " ") => match focused_menu() {
            Some(menu) => page.dispatch(Action::OpenMenu(menu)),
            None => return,
        },
        _ => return,
    }
    event.prevent_default();
}

/// The menu of the server, client or link that has the focus.
fn focused_menu() -> Option<Menu> {
    let focused = dom::focused()?;
    let id = |number: &str| number.parse().ok().and_then(ServerId::new);
    if let Some(number) = focused.get_attribute("data-server") {
        return Some(Menu::Server(id(&number)?));
    }
    if let Some(number) = focused.get_attribute("data-client") {
        return Some(Menu::Client(number.parse().ok().and_then(ClientId::new)?));
    }
    let link = focused.get_attribute("data-link")?;
    let (a, b) = link.split_once('-')?;
    Some(Menu::Link(id(a)?, id(b)?))
}
