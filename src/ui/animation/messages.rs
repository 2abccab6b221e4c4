//! Messages in flight: one pooled button each, moved along its link by an animation of its own.
//!
//! The buttons are one stop of the Tab key. When the message with the keyboard focus arrives, the
//! focus goes to a note after all of them, which says so: so it is never lost, and Tab leads on.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::raft::Address;
use crate::sim::{Flight, MessageId, Micros};
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{self, Element, set_style};
use crate::ui::scene::{Layout, MessageShape, Point};
use crate::ui::text;

use super::message_element::{MessageElement, MessageLook};
use super::{Moment, StageElements, ms};

/// No eye tells more messages than this apart.
const MESSAGES_MAX: usize = 160;
/// The share of its path after which a held message waits.
const HELD_SHARE: f64 = 0.28;
/// Between two held messages on one path.
const HELD_GAP: f64 = 0.11;
/// The most held messages beside each other on one path.
const HELD_MAX: usize = 6;
/// How long a lost message stays marked, in real milliseconds.
const LOST_MARK_MS: f64 = 900.0;
/// The jumps of a message for people who asked for less motion.
const JUMPS: u32 = 3;

pub(super) struct MessageAnimations {
    root: Element,
    /// Gets the focus of a message that arrives.
    arrived: Element,
    prototypes: Element,
    drawn: BTreeMap<MessageId, MovingMessage>,
    /// The message in the tab order.
    tab_stop: Option<MessageId>,
    /// Hidden elements, to be used again.
    pool: BTreeMap<MessageShape, Vec<MessageElement>>,
    /// Marks of lost messages, each with the real time at which it appeared.
    marks: Vec<(Element, f64)>,
    /// The messages are drawn for another layout.
    has_moved: bool,
}

struct MovingMessage {
    element: MessageElement,
    animation: Option<Animation>,
    start: Point,
    end: Point,
    sent_us: Micros,
    due_us: Micros,
    lost_us: Option<Micros>,
    /// If it is held: the number of messages that are held on the same path before it.
    held: Option<usize>,
}

impl MovingMessage {
    fn new(
        element: MessageElement,
        look: MessageLook,
        flight: &Flight,
        held: Option<usize>,
    ) -> MovingMessage {
        let [start, end] = look.path;
        MovingMessage {
            element,
            animation: None,
            start,
            end,
            sent_us: flight.sent_us,
            due_us: flight.due_us,
            lost_us: flight.lost_us,
            held,
        }
    }

    fn shows(&self, flight: &Flight, held: Option<usize>) -> bool {
        self.held == held && self.due_us == flight.due_us && self.lost_us == flight.lost_us
    }

    fn position(&self, now_us: Micros) -> Point {
        if let Some(before) = self.held {
            let share = HELD_SHARE + HELD_GAP * (before % HELD_MAX) as f64;
            return self.start.towards(self.end, share);
        }
        let length_us = self.due_us.saturating_sub(self.sent_us).max(1);
        let passed_us = now_us.saturating_sub(self.sent_us).min(length_us);
        self.start.towards(self.end, passed_us as f64 / length_us as f64)
    }
}

impl MessageAnimations {
    pub fn new(elements: StageElements) -> MessageAnimations {
        let StageElements { messages, arrived, prototypes, .. } = elements;
        MessageAnimations {
            root: messages,
            arrived,
            prototypes,
            drawn: BTreeMap::new(),
            tab_stop: None,
            pool: BTreeMap::new(),
            marks: Vec::new(),
            has_moved: false,
        }
    }

    /// Draws new messages and removes those that were delivered or lost.
    pub fn update(&mut self, moment: &Moment<'_>, layout: &Layout) {
        self.remove_old_marks(moment.pace);
        let mut gone: BTreeSet<MessageId> = self.drawn.keys().copied().collect();
        for flight in moment.world.in_flight() {
            gone.remove(&flight.id);
            self.show(flight, None, moment, layout);
        }
        let mut held_on: BTreeMap<(Address, Address), usize> = BTreeMap::new();
        for flight in moment.world.held() {
            gone.remove(&flight.id);
            let before = held_on.entry((flight.message.from, flight.message.to)).or_default();
            self.show(flight, Some(*before), moment, layout);
            *before += 1;
        }
        for id in gone {
            self.remove(id, moment);
        }
        if !self.tab_stop.is_some_and(|id| self.drawn.contains_key(&id))
            && let Some(first) = self.drawn.keys().next()
        {
            self.set_tab_stop(*first);
        }
    }

    fn show(&mut self, flight: &Flight, held: Option<usize>, moment: &Moment<'_>, layout: &Layout) {
        let drawn = self.drawn.get(&flight.id);
        if self.has_moved || !drawn.is_some_and(|drawn| drawn.shows(flight, held)) {
            self.replace(flight, held, moment, layout);
        }
    }

    pub fn set_tab_stop(&mut self, id: MessageId) {
        let before = self.tab_stop.replace(id);
        for (message, index) in [(before, "-1"), (Some(id), "0")] {
            if let Some(drawn) = message.and_then(|id| self.drawn.get(&id)) {
                let _ = drawn.element.button.set_attribute("tabindex", index);
            }
        }
    }

    pub fn follow(&self, pace: Pace) {
        let animations = self.drawn.values().filter_map(|drawn| drawn.animation.as_ref());
        animations.for_each(|animation| animation.follow(pace));
    }

    /// Returns every element to the pool.
    pub fn release_all(&mut self) {
        for drawn in mem::take(&mut self.drawn).into_values() {
            self.release(drawn);
        }
        self.remove_marks();
    }

    /// Draws every message where it is in another layout. Each keeps its element: if a pointer is
    /// pressed on one that is replaced, the browser never reports the click.
    pub fn relayout(&mut self, moment: &Moment<'_>, layout: &Layout) {
        self.remove_marks();
        self.has_moved = true;
        self.update(moment, layout);
        self.has_moved = false;
    }

    /// The message keeps its element, and with it the keyboard focus.
    fn replace(
        &mut self,
        flight: &Flight,
        held: Option<usize>,
        moment: &Moment<'_>,
        layout: &Layout,
    ) {
        let kept = self.drawn.remove(&flight.id).map(|old| old.element);
        if kept.is_none() && self.drawn.len() >= MESSAGES_MAX {
            return;
        }
        let shape = MessageShape::of(&flight.message);
        if let Some(element) = kept.or_else(|| self.element(shape)) {
            self.add(element, flight, held, moment, layout);
        }
    }

    fn add(
        &mut self,
        mut element: MessageElement,
        flight: &Flight,
        held: Option<usize>,
        moment: &Moment<'_>,
        layout: &Layout,
    ) {
        let look = MessageLook::of(&flight.message, element.shape, layout);
        element.show(flight.id, &flight.message, &look, held.is_some());
        // A pooled element may show the message of the tab order, or again the one that had it.
        let index = if self.tab_stop == Some(flight.id) { "0" } else { "-1" };
        let _ = element.button.set_attribute("tabindex", index);
        let mut drawn = MovingMessage::new(element, look, flight, held);
        if held.is_some() {
            drawn.element.place(drawn.position(0));
        } else {
            drawn.animation = Some(animate(&drawn, moment));
        }
        self.drawn.insert(flight.id, drawn);
    }

    /// A pooled element of that shape, or a copy of the prototype.
    fn element(&mut self, shape: MessageShape) -> Option<MessageElement> {
        if let Some(element) = self.pool.get_mut(&shape).and_then(Vec::pop) {
            let _ = element.button.class_list().remove_1("free");
            return Some(element);
        }
        let selector = format!(".flight.{}", shape.class());
        let prototype = self.prototypes.query_selector(&selector).ok()??;
        let copy = prototype.clone_node_with_deep(true).ok()?;
        let _ = self.root.append_child(&copy);
        Some(MessageElement::new(self.root.last_element_child()?, shape))
    }

    fn release(&mut self, drawn: MovingMessage) {
        let element = &drawn.element.button;
        if dom::focused().as_ref() == Some(element) {
            let name = element.get_attribute("aria-label").unwrap_or_default();
            self.arrived.set_text_content(Some(&text::message_gone(&name)));
            dom::focus(&self.arrived);
        }
        for attribute in ["data-message", "data-selection", "data-hovered", "data-selected"] {
            let _ = element.remove_attribute(attribute);
        }
        let _ = element.class_list().add_1("free");
        self.pool.entry(drawn.element.shape).or_default().push(drawn.element);
    }

    fn remove(&mut self, id: MessageId, moment: &Moment<'_>) {
        let Some(drawn) = self.drawn.remove(&id) else { return };
        let now_us = moment.world.now_us();
        let lost = match drawn.lost_us {
            Some(lost_us) => Some(lost_us),
            // It disappeared before it was due: its link was cut, or somebody dropped it.
            None if drawn.held.is_some() || now_us < drawn.due_us => Some(now_us),
            None => None,
        };
        if let Some(lost_us) = lost {
            self.mark_lost(drawn.position(lost_us), moment.pace);
        }
        self.release(drawn);
    }

    fn mark_lost(&mut self, at: Point, pace: Pace) {
        let Ok(Some(prototype)) = self.prototypes.query_selector(".lost") else { return };
        let Ok(mark) = prototype.clone_node_with_deep(true) else { return };
        let _ = self.root.append_child(&mark);
        if let Some(element) = self.root.last_element_child() {
            set_style(&element, "transform", &at.css_translate());
            self.marks.push((element, pace.real_ms));
        }
    }

    fn remove_marks(&mut self) {
        self.marks.drain(..).for_each(|(element, _)| element.remove());
    }

    fn remove_old_marks(&mut self, pace: Pace) {
        self.marks.retain(|(element, since_ms)| {
            let stays = pace.real_ms - since_ms < LOST_MARK_MS;
            if !stays {
                element.remove();
            }
            stays
        });
    }
}

fn animate(drawn: &MovingMessage, moment: &Moment<'_>) -> Animation {
    // A message that will be lost ends on its way.
    let until_us = drawn.lost_us.unwrap_or(drawn.due_us);
    let frames = [
        Keyframe { offset: 0.0, transform: drawn.start.css_translate() },
        Keyframe { offset: 1.0, transform: drawn.position(until_us).css_translate() },
    ];
    let (from_ms, to_ms) = (ms(drawn.sent_us), ms(until_us));
    let (button, easing) = (&drawn.element.button, moment.easing(JUMPS));
    Animation::new(button, &frames, from_ms, to_ms - from_ms, easing, moment.pace)
}
