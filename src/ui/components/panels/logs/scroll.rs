//! The visible window of columns, and its position in the whole table.

use yew::prelude::*;

use crate::raft::Index;
use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::state::{Action, LogWindow};

/// A column's width in rem, as in styles/tables.css.
const COLUMN: f64 = 6.0;
/// The least width of a column that is narrowed so that all entries are in view.
const COLUMN_MIN: f64 = 2.6;
/// A narrower column shows only the term of an entry.
const COLUMN_WITH_COMMAND: f64 = 4.4;
/// The width of the column with the servers' names.
const NAMES: f64 = 4.4;
/// How many columns are rendered beyond those in view.
const SPARE_COLUMNS: usize = 3;

/// The columns of the whole table.
#[derive(Clone, Copy, PartialEq)]
pub struct LogColumns {
    /// The first that is rendered.
    pub first: Index,
    pub count: Index,
    /// Whether they are narrowed where that brings all entries into view.
    pub are_narrowed: bool,
}

impl LogColumns {
    /// Their width in rem.
    fn width(self, scroller: &dom::Element) -> f64 {
        if !self.are_narrowed {
            return COLUMN;
        }
        let room = f64::from(scroller.client_width()) / (10.0 * dom::unit()) - NAMES;
        let fitting = (room / self.count as f64 * 10.0).floor() / 10.0;
        if fitting < COLUMN_MIN { COLUMN } else { fitting.min(COLUMN) }
    }

    /// Gives the content the width of the whole table, and puts the rendered columns where they
    /// belong in it.
    pub fn place(self, scroller: &NodeRef, content: &NodeRef, table: &NodeRef) {
        let (content, table) = (content.cast::<dom::Element>(), table.cast::<dom::Element>());
        let placed = scroller.cast::<dom::Element>().zip(content.zip(table));
        let Some((scroller, (content, table))) = placed else { return };
        let column = self.width(&scroller);
        dom::set_style(&scroller, "--log-column", &format!("{column:.1}rem"));
        let is_narrow = column < COLUMN_WITH_COMMAND;
        let _ = scroller.set_attribute("data-narrow", &is_narrow.to_string());
        let width = NAMES + self.count as f64 * column;
        dom::set_style(&content, "width", &format!("{width:.1}rem"));
        let left = (self.first - 1) as f64 * column;
        dom::set_style(&table, "left", &format!("{left:.1}rem"));
    }
}

pub fn to_end(scroller: &NodeRef) {
    if let Some(scroller) = scroller.cast::<dom::Element>() {
        scroller.set_scroll_left(scroller.scroll_width());
    }
}

/// Asks for the columns that are in view. Returns whether the view is at the end.
pub fn report_window(scroller: &NodeRef, columns: LogColumns, page: &PageContext) -> Option<bool> {
    let scroller = scroller.cast::<dom::Element>()?;
    let (left, (width, _)) = (f64::from(scroller.scroll_left()), dom::size_of(&scroller));
    let rem = 10.0 * dom::unit();
    let (column, names) = (columns.width(&scroller) * rem, NAMES * rem);
    let at_end = left + width >= f64::from(scroller.scroll_width()) - column / 2.0;
    let fit = (width - names) / column;
    let (count, whole) = (fit.ceil().max(1.0) as usize + SPARE_COLUMNS, fit.max(1.0) as Index);
    let first = ((left / column).floor() as Index).saturating_sub(1).max(1);
    page.dispatch(Action::ScrollLogs(LogWindow {
        first: (!at_end).then_some(first),
        count,
        whole,
    }));
    Some(at_end)
}
