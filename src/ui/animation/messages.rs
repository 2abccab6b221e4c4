//! Messages in flight: one pooled button each, moved along its link by an animation of its own.
//!
//! A crowd of messages is painted on a canvas; then the buttons are invisible, and follow their
//! messages at each event.
//!
//! The buttons are one stop of the Tab key. When the message with the keyboard focus arrives, the
//! focus goes to a note after all of them, which says so: so it is never lost, and Tab leads on.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::rc::Rc;

use crate::raft::Address;
use crate::sim::{Flight, MessageId, Micros};
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{self, Element, set_style};
use crate::ui::scene::{Layout, MessageShape, Point};
use crate::ui::text;

use super::crowd::{CROWD_END, CROWD_MIN, Crowd, Traveller, arrowhead};
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
    /// None if the browser cannot draw on the canvas.
    crowd: Option<Crowd>,
    /// Whether the crowd is painted, and nothing animated.
    crowded: bool,
}

struct MovingMessage {
    element: MessageElement,
    animation: Option<Animation>,
    traveller: Rc<Traveller>,
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
        let until_us = flight.lost_us.unwrap_or(flight.due_us);
        let length_us = flight.due_us.saturating_sub(flight.sent_us).max(1);
        let share = until_us.saturating_sub(flight.sent_us) as f64 / length_us as f64;
        MovingMessage {
            traveller: Rc::new(Traveller {
                shape: element.shape,
                head: arrowhead(look.edge, look.heading),
                label: look.label,
                mirrored: look.mirrored,
                path: [start, start.towards(end, share.min(1.0))],
                span_ms: [ms(flight.sent_us), ms(until_us)],
            }),
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
        let StageElements { messages, arrived, prototypes, crowd, .. } = elements;
        MessageAnimations {
            root: messages,
            arrived,
            crowd: Crowd::new(&crowd, prototypes.clone()),
            prototypes,
            drawn: BTreeMap::new(),
            tab_stop: None,
            pool: BTreeMap::new(),
            marks: Vec::new(),
            crowded: false,
        }
    }

    /// The stage has that layout now.
    pub fn refit(&mut self, layout: &Layout) {
        self.crowd.iter().for_each(|crowd| crowd.refit(layout));
    }

    /// Draws new messages and removes those that were delivered or lost.
    pub fn update(&mut self, moment: &Moment<'_>, layout: &Layout) {
        self.remove_old_marks(moment.pace);
        self.crowd_or_not(moment);
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
        if self.crowded {
            self.show_crowd(moment);
        }
    }

    /// Begins to paint the messages, or to animate each.
    fn crowd_or_not(&mut self, moment: &Moment<'_>) {
        let count = moment.world.in_flight().count();
        let crowded = count >= if self.crowded { CROWD_END } else { CROWD_MIN };
        let Some(crowd) = self.crowd.as_ref().filter(|_| crowded != self.crowded) else { return };
        self.crowded = crowded;
        let _ = self.root.class_list().toggle_with_force("crowded", crowded);
        if !crowded {
            crowd.clear();
        }
        for drawn in self.drawn.values_mut().filter(|drawn| drawn.held.is_none()) {
            drawn.animation = (!crowded).then(|| animate(drawn, moment));
        }
    }

    fn show_crowd(&self, moment: &Moment<'_>) {
        let now_us = moment.world.now_us();
        let moving = || self.drawn.values().filter(|drawn| drawn.held.is_none());
        moving().for_each(|drawn| drawn.element.place(drawn.position(now_us)));
        let travellers = moving().map(|drawn| drawn.traveller.clone()).collect();
        if let Some(crowd) = &self.crowd {
            crowd.show(travellers, moment.pace, moment.easing(JUMPS));
        }
    }

    fn show(&mut self, flight: &Flight, held: Option<usize>, moment: &Moment<'_>, layout: &Layout) {
        let drawn = self.drawn.get(&flight.id);
        if !drawn.is_some_and(|drawn| drawn.shows(flight, held)) {
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
        self.crowd.iter().for_each(Crowd::clear);
    }

    /// Removes every element, pooled ones included.
    pub fn remove_all(&mut self) {
        let drawn = mem::take(&mut self.drawn).into_values().map(|drawn| drawn.element);
        let pooled = mem::take(&mut self.pool).into_values().flatten();
        drawn.chain(pooled).for_each(|element| element.button.remove());
        self.tab_stop = None;
        self.remove_marks();
        self.crowd.iter().for_each(Crowd::clear);
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
        let mut drawn = MovingMessage::new(element, look, flight, held);
        if held.is_some() {
            drawn.element.place(drawn.position(0));
        } else if !self.crowded {
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
        let _ = element.set_attribute("tabindex", "-1");
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
    let Traveller { path: [from, to], span_ms: [from_ms, to_ms], .. } = *drawn.traveller;
    let frames = [
        Keyframe { offset: 0.0, transform: from.css_translate() },
        Keyframe { offset: 1.0, transform: to.css_translate() },
    ];
    let (button, easing) = (&drawn.element.button, moment.easing(JUMPS));
    Animation::new(button, &frames, from_ms, to_ms - from_ms, easing, moment.pace)
}
