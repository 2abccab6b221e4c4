//! What is drawn, and how: the layers of the picture share it.

use crate::diagram::Diagram;
use crate::sim::{EventId, Micros, World};
use crate::ui::state::Selection;

use super::drawing::{Ink, Label};
use super::viewport::Viewport;

/// A run to draw.
#[derive(Clone, Copy)]
pub struct DrawnRun<'a> {
    pub diagram: &'a Diagram,
    /// Its name, if there are two.
    pub name: Option<&'a str>,
    /// The present world, for the messages that are on their way; `None` for a run
    /// that is only compared.
    pub world: Option<&'a World>,
    /// How far it is drawn.
    pub end_us: Micros,
    pub clients: usize,
}

/// How the runs are drawn.
#[derive(Clone, Copy)]
pub struct Look {
    pub view: Viewport,
    /// Whether plain heartbeats and their answers are left out.
    pub folded: bool,
    /// Whether the present moves: then messages are drawn to where they will arrive, and a cover
    /// hides what has not happened.
    pub live: bool,
    /// What is marked: hovered, selected, and where the keyboard is.
    pub hovered: Option<Selection>,
    pub selected: Option<Selection>,
    pub cursor: Option<EventId>,
    /// Where two runs begin to differ.
    pub differ_us: Option<Micros>,
}

/// A text on the ground, so that lines under it do not disturb.
pub(super) fn label(x: f64, y: f64, text: String, ink: Ink) -> Label {
    Label { x, y, text, ink, bold: false, centered: false, plain: false }
}
