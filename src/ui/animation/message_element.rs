//! The button of a message on the stage.

use crate::raft::Message;
use crate::sim::MessageId;
use crate::ui::platform::dom::{Element, set_style, set_text};
use crate::ui::scene::{Layout, MessageShape, Point, message_label};
use crate::ui::state::Selection;
use crate::ui::text;

/// The room that a label needs beside its message, in pixels.
const LABEL_PX: f64 = 84.0;

/// What a message looks like, besides its shape.
pub struct MessageLook {
    pub label: String,
    /// Whether the label stands on the left: at the right edge the edge would cut it off.
    pub mirrored: bool,
    /// Where the message starts and where it would arrive.
    pub path: [Point; 2],
    /// The direction of travel, in degrees.
    pub heading: f64,
    /// From the middle to the arrowhead.
    pub edge: f64,
}

impl MessageLook {
    pub fn of(message: &Message, shape: MessageShape, layout: &Layout) -> MessageLook {
        let label = message_label(message);
        let (start, end) = layout.path(message.from, message.to);
        let heading = start.heading(end);
        MessageLook {
            edge: shape.edge(&label, heading),
            mirrored: start.x.max(end.x) > layout.width - LABEL_PX,
            path: [start, end],
            label,
            heading,
        }
    }
}

/// A copy of a prototype, which shows one message after the other.
pub struct MessageElement {
    pub button: Element,
    pub shape: MessageShape,
    tag: Option<Element>,
    arrowhead: Option<Element>,
    label: String,
}

impl MessageElement {
    pub fn new(button: Element, shape: MessageShape) -> MessageElement {
        let part = |selector| button.query_selector(selector).ok().flatten();
        let (tag, arrowhead) = (part(".tag"), part(".heading"));
        MessageElement { button, shape, tag, arrowhead, label: String::new() }
    }

    pub fn show(&mut self, id: MessageId, message: &Message, look: &MessageLook, held: bool) {
        let button = &self.button;
        let _ = button.set_attribute("data-message", &id.to_string());
        let _ = button.set_attribute("data-selection", &Selection::Message(id).to_string());
        let _ = button.set_attribute("aria-label", &text::message_name(message, held));
        let _ = button.class_list().toggle_with_force("mirrored", look.mirrored);
        let _ = button.class_list().toggle_with_force("held", held);
        if let Some(tag) = self.tag.as_ref().filter(|_| self.label != look.label) {
            set_text(tag, &look.label);
            self.label.clone_from(&look.label);
        }
        if let Some(head) = &self.arrowhead {
            let place = format!("rotate({:.0}deg) translateX({:.0}px)", look.heading, look.edge);
            set_style(head, "transform", &place);
        }
    }

    /// Puts it there, where no animation moves it.
    pub fn place(&self, at: Point) {
        set_style(&self.button, "transform", &at.css_translate());
    }
}
