//! Where a menu opens: beside the ring, so that the ring stays in view.

use crate::ui::platform::dom::{self, Element};
use crate::ui::scene::Layout;

/// In units; the same as in styles/menu.css.
const MENU_WIDTH: f64 = 300.0;
/// The room between the menu and the ring, or the edge of the window.
const GAP: f64 = 8.0;
/// The least height of a menu below the ring.
const SHEET_MIN: f64 = 200.0;

/// Places the menu beside the ring: on the right, or else on the left, or else below it
/// over the whole width.
pub fn place(element: &Element, layout: &Layout) {
    let Some(stage) = dom::find(".stage") else { return };
    let menu_width = MENU_WIDTH * dom::unit();
    let (left, top) = dom::corner_of(&stage);
    let (width, height) = dom::window_size();
    let reach = (layout.ring_radius + layout.timer_radius()) * layout.scale + GAP;
    let middle = (left + layout.center.x * layout.scale, top + layout.center.y * layout.scale);
    let (ring_left, ring_right) = (middle.0 - reach, middle.0 + reach);
    let set = |property, value: f64| dom::set_style(element, property, &format!("{value:.0}px"));
    let x = if ring_right + menu_width + GAP <= width {
        Some(ring_right)
    } else if ring_left - menu_width >= GAP {
        Some(ring_left - menu_width)
    } else {
        None
    };
    match x {
        Some(x) => {
            // At the top of the stage: what the inspector says of the thing stays in view, too.
            let own_height = dom::size_of(element).1;
            set("left", x);
            set("top", top.min(height - own_height - GAP).max(GAP));
            set("max-height", height - 2.0 * GAP);
        }
        None => {
            let below = middle.1 + reach;
            let room = (height - below - GAP).max(SHEET_MIN);
            set("left", GAP);
            set("width", width - 2.0 * GAP);
            set("top", height - room - GAP);
            set("max-height", room);
        }
    }
}
