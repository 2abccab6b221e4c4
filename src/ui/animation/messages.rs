//! Messages in flight: one pooled element each, moved along its link.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::sim::{Flight, Micros};
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{Element, set_style};
use crate::ui::scene::{Layout, MessageShape, Point, message_label};

use super::{Moment, ms};

/// The room that a label needs beside its message, in pixels.
const LABEL_PX: f64 = 84.0;
/// No eye tells more messages than this apart.
const MESSAGES_MAX: usize = 160;
/// The share of its path after which a held message waits.
const HELD_SHARE: f64 = 0.28;
/// How long a lost message stays marked, in real milliseconds.
const LOST_MARK_MS: f64 = 900.0;
/// The jumps of a message for people who asked for less motion.
const JUMPS: u32 = 3;

pub(super) struct MessageAnimations {
    root: Element,
    prototypes: Element,
    /// By the numbers of their flights.
    drawn: BTreeMap<u64, MovingMessage>,
    /// Hidden elements, to be used again.
    pool: BTreeMap<MessageShape, Vec<Element>>,
    /// Marks of lost messages, each with the real time at which it appeared.
    marks: Vec<(Element, f64)>,
}

struct MovingMessage {
    element: Element,
    shape: MessageShape,
    animation: Option<Animation>,
    start: Point,
    end: Point,
    sent_us: Micros,
    due_us: Micros,
    lost_us: Option<Micros>,
    held: bool,
}

impl MovingMessage {
    fn shows(&self, flight: &Flight, held: bool) -> bool {
        self.held == held && self.due_us == flight.due_us && self.lost_us == flight.lost_us
    }

    fn position(&self, now_us: Micros) -> Point {
        if self.held {
            return self.start.towards(self.end, HELD_SHARE);
        }
        let length_us = self.due_us.saturating_sub(self.sent_us).max(1);
        let passed_us = now_us.saturating_sub(self.sent_us).min(length_us);
        self.start.towards(self.end, passed_us as f64 / length_us as f64)
    }
}

impl MessageAnimations {
    pub fn new(root: Element, prototypes: Element) -> MessageAnimations {
        MessageAnimations {
            root,
            prototypes,
            drawn: BTreeMap::new(),
            pool: BTreeMap::new(),
            marks: Vec::new(),
        }
    }

    /// Draws new messages and removes those that were delivered or lost.
    pub fn update(&mut self, moment: &Moment<'_>, layout: &Layout) {
        self.remove_old_marks(moment.pace);
        let mut gone: BTreeSet<u64> = self.drawn.keys().copied().collect();
        let in_flight = moment.world.in_flight().map(|flight| (flight, false));
        let held = moment.world.held().iter().map(|flight| (flight, true));
        for (flight, held) in in_flight.chain(held) {
            gone.remove(&flight.id);
            let drawn = self.drawn.get(&flight.id);
            if !drawn.is_some_and(|drawn| drawn.shows(flight, held)) {
                self.replace(flight, held, moment, layout);
            }
        }
        for id in gone {
            self.remove(id, moment);
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

    /// Removes every element, pooled ones included.
    pub fn remove_all(&mut self) {
        let drawn = mem::take(&mut self.drawn).into_values().map(|drawn| drawn.element);
        let pooled = mem::take(&mut self.pool).into_values().flatten();
        drawn.chain(pooled).for_each(|element| element.remove());
        self.remove_marks();
    }

    fn replace(&mut self, flight: &Flight, held: bool, moment: &Moment<'_>, layout: &Layout) {
        if let Some(old) = self.drawn.remove(&flight.id) {
            self.release(old);
        }
        if self.drawn.len() < MESSAGES_MAX {
            self.add(flight, held, moment, layout);
        }
    }

    fn add(&mut self, flight: &Flight, held: bool, moment: &Moment<'_>, layout: &Layout) {
        let shape = MessageShape::of(&flight.message);
        let Some(element) = self.element(shape) else { return };
        let label = message_label(&flight.message);
        set_label(&element, &label);
        let (start, end) = layout.path(flight.message.from, flight.message.to);
        set_heading(&element, shape.edge(&label, start.heading(end)), start.heading(end));
        // At the right edge the label stands on the left, or the edge would cut it off.
        let at_edge = start.x.max(end.x) > layout.width - LABEL_PX;
        let _ = element.class_list().toggle_with_force("mirrored", at_edge);
        let mut drawn = MovingMessage {
            element,
            shape,
            animation: None,
            start,
            end,
            sent_us: flight.sent_us,
            due_us: flight.due_us,
            lost_us: flight.lost_us,
            held,
        };
        if held {
            let _ = drawn.element.class_list().add_1("held");
            set_style(&drawn.element, "transform", &drawn.position(0).css_translate());
        } else {
            drawn.animation = Some(animate(&drawn, moment));
        }
        self.drawn.insert(flight.id, drawn);
    }

    /// A pooled element of that shape, or a copy of the prototype.
    fn element(&mut self, shape: MessageShape) -> Option<Element> {
        if let Some(element) = self.pool.get_mut(&shape).and_then(Vec::pop) {
            let _ = element.class_list().remove_1("free");
            return Some(element);
        }
        let selector = format!(".flight.{}", shape.class());
        let prototype = self.prototypes.query_selector(&selector).ok()??;
        let copy = prototype.clone_node_with_deep(true).ok()?;
        let _ = self.root.append_child(&copy);
        self.root.last_element_child()
    }

    fn release(&mut self, drawn: MovingMessage) {
        let _ = drawn.element.class_list().remove_1("held");
        let _ = drawn.element.class_list().add_1("free");
        self.pool.entry(drawn.shape).or_default().push(drawn.element);
    }

    fn remove(&mut self, id: u64, moment: &Moment<'_>) {
        let Some(drawn) = self.drawn.remove(&id) else { return };
        let now_us = moment.world.now_us();
        let lost = match drawn.lost_us {
            Some(lost_us) => Some(lost_us),
            // It disappeared before it was due: its link was cut, or somebody dropped it.
            None if drawn.held || now_us < drawn.due_us => Some(now_us),
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
    let until_us = drawn.lost_us.unwrap_or(drawn.due_us);
    let frames = [
        Keyframe { offset: 0.0, transform: drawn.start.css_translate() },
        Keyframe { offset: 1.0, transform: drawn.position(until_us).css_translate() },
    ];
    let length_ms = ms(until_us.saturating_sub(drawn.sent_us));
    let easing = moment.easing(JUMPS);
    Animation::new(&drawn.element, &frames, ms(drawn.sent_us), length_ms, easing, moment.pace)
}

fn set_label(element: &Element, text: &str) {
    if let Ok(Some(tag)) = element.query_selector(".tag") {
        tag.set_text_content(Some(text));
    }
}

/// Places the arrowhead at the edge of the shape, in the direction of travel.
fn set_heading(element: &Element, edge: f64, degrees: f64) {
    if let Ok(Some(head)) = element.query_selector(".heading") {
        set_style(&head, "transform", &format!("rotate({degrees:.0}deg) translateX({edge:.0}px)"));
    }
}
