//! The arrow keys in the table of logs: from cell to cell along a log, and between the servers.

use yew::prelude::*;

use crate::raft::{Index, ServerId};
use crate::ui::platform::dom;
use crate::ui::state::Selection;

/// A cell that is in the document.
struct Cell {
    server: ServerId,
    first: Index,
    last: Index,
    button: dom::Element,
}

/// The entry of the cell that the event is about.
pub fn entry_of(event: &Event) -> Option<Selection> {
    let target = dom::target::<dom::Element>(event)?;
    let cell = target.closest("td[data-selection]").ok()??;
    cell.get_attribute("data-selection")?.parse().ok()
}

/// Moves the focus to the next cell in that direction.
pub fn move_focus(event: &KeyboardEvent, table: &dom::Element) {
    let cells = cells(table);
    let focused = dom::focused();
    let Some(at) = cells.iter().find(|cell| Some(&cell.button) == focused.as_ref()) else {
        return;
    };
    let in_row = || cells.iter().filter(|cell| cell.server == at.server);
    let next = match event.key().as_str() {
        "ArrowRight" => in_row().filter(|cell| cell.first > at.last).min_by_key(|cell| cell.first),
        "ArrowLeft" => in_row().filter(|cell| cell.last < at.first).max_by_key(|cell| cell.last),
        "Home" => in_row().min_by_key(|cell| cell.first),
        "End" => in_row().max_by_key(|cell| cell.last),
        "ArrowDown" => {
            let below = cells.iter().filter(|cell| cell.server > at.server);
            below.min_by_key(|cell| (cell.server, cell.distance(at.first)))
        }
        "ArrowUp" => {
            let above = cells.iter().filter(|cell| cell.server < at.server);
            above.min_by_key(|cell| (std::cmp::Reverse(cell.server), cell.distance(at.first)))
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(next) = next {
        dom::focus(&next.button);
    }
}

/// The cell with the focus is the one that Tab leads to.
pub fn set_tab_stop(event: &Event, table: &dom::Element) {
    let Some(button) = dom::target::<dom::Element>(event) else { return };
    if !button.class_list().contains("cell") {
        return;
    }
    for before in dom::all_within(table, ".cell[tabindex=\"0\"]") {
        let _ = before.set_attribute("tabindex", "-1");
    }
    let _ = button.set_attribute("tabindex", "0");
}

impl Cell {
    /// How far its columns are from that one.
    fn distance(&self, index: Index) -> Index {
        self.first.saturating_sub(index).max(index.saturating_sub(self.last))
    }
}

fn cells(table: &dom::Element) -> Vec<Cell> {
    let cell = |element: dom::Element| {
        let Selection::Entry { server, index } =
            element.get_attribute("data-selection")?.parse().ok()?
        else {
            return None;
        };
        let first = element.get_attribute("data-first").and_then(|first| first.parse().ok());
        let button = dom::find_within(&element, ".cell")?;
        Some(Cell { server, first: first.unwrap_or(index), last: index, button })
    };
    dom::all_within(table, "td[data-selection]").into_iter().filter_map(cell).collect()
}
