//! The keys of the diagram, while it has the focus.

use yew::KeyboardEvent;

use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;

/// A key zooms by this factor.
const ZOOM: f64 = 1.5;
/// A page is this share of the width.
const PAGE: f64 = 0.8;

/// Handles a key, and keeps it from the shortcuts of the page.
pub(super) fn handle(page: &PageContext, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let player = &page.player;
    match event.key().as_str() {
        "ArrowRight" => step(page, true),
        "ArrowLeft" => step(page, false),
        "ArrowDown" => step_lane(page, true),
        "ArrowUp" => step_lane(page, false),
        "Enter" => select(page),
        "+" | "=" => drop(player.with_timeline(|board, session| board.zoom_middle(ZOOM, session))),
        "-" => drop(player.with_timeline(|board, session| board.zoom_middle(1.0 / ZOOM, session))),
        "PageDown" => turn_page(page, PAGE),
        "PageUp" => turn_page(page, -PAGE),
        "Home" => drop(player.with_timeline(|board, session| board.pan(-1e12, session))),
        "End" => drop(player.with_timeline(|board, _| board.follow(true))),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn turn_page(page: &PageContext, share: f64) {
    page.player.with_timeline(|board, session| {
        board.pan(board.viewport().width * share, session);
    });
}

/// Goes to the next event or the one before, and says what happened there.
fn step(page: &PageContext, ahead: bool) {
    let found = page.player.with_timeline(|board, session| board.step(session, ahead)).flatten();
    match found {
        Some((stop, words)) => {
            page.dispatch(Action::Hover(Some(Selection::Event(stop.event))));
            page.player.announce(words);
        }
        None => page.player.announce(match ahead {
            true => text::NO_LATER_STOP.to_owned(),
            false => text::NO_EARLIER_STOP.to_owned(),
        }),
    }
}

fn step_lane(page: &PageContext, down: bool) {
    let lane = page.player.with_timeline(|board, session| board.step_lane(session, down));
    if let Some(lane) = lane {
        page.dispatch(Action::Hover(lane.map(Selection::Server)));
        page.player.announce(lane.map_or_else(|| text::ALL_LANES.to_owned(), text::server));
    }
}

fn select(page: &PageContext) {
    let cursor = page.player.read_timeline(|board, _| board.cursor().cloned()).flatten();
    if let Some(stop) = cursor {
        page.player.inspect(stop.event, stop.time_us);
    }
}
