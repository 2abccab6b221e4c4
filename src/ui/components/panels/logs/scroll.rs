//! The visible window of columns, and its position in the whole table.

use yew::prelude::*;

use crate::raft::Index;
use crate::ui::context::PageContext;
use crate::ui::platform::dom;
use crate::ui::state::{Action, LogWindow};

/// A column's width in rem, as in styles/tables.css.
const COLUMN: f64 = 6.0;
/// The width of the column with the servers' names.
const NAMES: f64 = 4.4;
/// How many columns are rendered beyond those in view.
const SPARE_COLUMNS: usize = 3;

/// Gives the content the width of the whole table, and moves the rendered columns to their place.
pub fn place_columns(content: &NodeRef, table: &NodeRef, first: Index, columns: Index) {
    let content = content.cast::<dom::Element>();
    let Some((content, table)) = content.zip(table.cast::<dom::Element>()) else { return };
    let width = NAMES + columns as f64 * COLUMN;
    dom::set_style(&content, "width", &format!("{width:.1}rem"));
    let left = (first - 1) as f64 * COLUMN;
    dom::set_style(&table, "left", &format!("{left:.1}rem"));
}

pub fn to_end(scroller: &NodeRef) {
    if let Some(scroller) = scroller.cast::<dom::Element>() {
        scroller.set_scroll_left(scroller.scroll_width());
    }
}

/// Asks for the columns that are in view. Returns whether the view is at the end.
pub fn report_window(scroller: &NodeRef, page: &PageContext) -> Option<bool> {
    let scroller = scroller.cast::<dom::Element>()?;
    let (left, (width, _)) = (f64::from(scroller.scroll_left()), dom::size_of(&scroller));
    let rem = 10.0 * dom::unit();
    let (column, names) = (COLUMN * rem, NAMES * rem);
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
