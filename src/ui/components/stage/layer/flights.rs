//! Messages under way: one pooled element each, moved along its link.

use crate::sim::{Flight, Micros};
use crate::ui::decimal::px;
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{Element, set_style};

use super::super::geometry::{Layout, Point};
use super::super::vocabulary::{Shape, label};
use super::{Scene, ms};

/// How much room a label needs beside its message, in pixels.
const LABEL_PX: f64 = 84.0;

/// More messages than this at once are not told apart by anybody.
const DRAWN_MAX: usize = 160;
/// Where on its way a held message waits.
const HELD_SHARE: f64 = 0.28;
/// How long the mark of a lost message stays, in real milliseconds.
const LOST_MARK_MS: f64 = 900.0;
/// In how many jumps a message travels where less motion is wanted.
const JUMPS: u32 = 3;

/// The messages that are drawn.
pub(super) struct Flights {
    root: Element,
    prototypes: Element,
    /// In the order of their numbers.
    drawn: Vec<(u64, Drawn)>,
    pool: Vec<(Shape, Element)>,
    marks: Vec<(Element, f64)>,
}

struct Drawn {
    element: Element,
    shape: Shape,
    animation: Option<Animation>,
    start: Point,
    end: Point,
    sent_us: Micros,
    due_us: Micros,
    lost_us: Option<Micros>,
    held: bool,
}

impl Drawn {
    fn place(&self, now_us: Micros) -> Point {
        if self.held {
            return self.start.towards(self.end, HELD_SHARE);
        }
        let length_us = self.due_us.saturating_sub(self.sent_us).max(1);
        let passed_us = now_us.saturating_sub(self.sent_us).min(length_us);
        self.start.towards(self.end, passed_us as f64 / length_us as f64)
    }
}

impl Flights {
    pub fn new(root: Element, prototypes: Element) -> Flights {
        Flights { root, prototypes, drawn: Vec::new(), pool: Vec::new(), marks: Vec::new() }
    }

    /// Draws what is new, and takes away what has arrived or is lost.
    pub fn show(&mut self, scene: &Scene<'_>, layout: &Layout) {
        self.remove_old_marks(scene.pace);
        let mut gone: Vec<u64> = self.drawn.iter().map(|(id, _)| *id).collect();
        for flight in scene.world.in_flight() {
            self.keep_or_add(&mut gone, flight, false, scene, layout);
        }
        for flight in scene.world.held() {
            self.keep_or_add(&mut gone, flight, true, scene, layout);
        }
        gone.into_iter().for_each(|id| self.remove(id, scene));
    }

    /// Goes on at another pace.
    pub fn follow(&self, pace: Pace) {
        let animations = self.drawn.iter().filter_map(|(_, drawn)| drawn.animation.as_ref());
        animations.for_each(|animation| animation.follow(pace));
    }

    /// Draws nothing, until it is shown again.
    pub fn forget(&mut self) {
        while let Some((_, drawn)) = self.drawn.pop() {
            self.put_back(drawn);
        }
        self.marks.drain(..).for_each(|(element, _)| element.remove());
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.drawn.drain(..).for_each(|(_, drawn)| drawn.element.remove());
        self.pool.drain(..).for_each(|(_, element)| element.remove());
        self.marks.drain(..).for_each(|(element, _)| element.remove());
    }

    /// Where that message is, or belongs.
    fn place_of(&self, id: u64) -> Result<usize, usize> {
        self.drawn.binary_search_by_key(&id, |(id, _)| *id)
    }

    fn keep_or_add(
        &mut self,
        gone: &mut Vec<u64>,
        flight: &Flight,
        held: bool,
        scene: &Scene<'_>,
        layout: &Layout,
    ) {
        let place = self.place_of(flight.id);
        let known = place.ok().map(|place| &self.drawn[place].1);
        let as_it_was = known.is_some_and(|drawn| {
            drawn.held == held && drawn.due_us == flight.due_us && drawn.lost_us == flight.vanish_us
        });
        if as_it_was {
            if let Ok(place) = gone.binary_search(&flight.id) {
                gone.remove(place);
            }
            return;
        }
        if let Ok(place) = place {
            let (_, old) = self.drawn.remove(place);
            gone.retain(|id| *id != flight.id);
            self.put_back(old);
        }
        if self.drawn.len() < DRAWN_MAX {
            self.add(flight, held, scene, layout);
        }
    }

    fn add(&mut self, flight: &Flight, held: bool, scene: &Scene<'_>, layout: &Layout) {
        let shape = Shape::of(&flight.message);
        let Some(element) = self.element(shape) else { return };
        set_label(&element, &label(&flight.message));
        let (start, end) = layout.path(flight.message.from, flight.message.to);
        // A label that the edge of the stage would cut stands on the other side.
        let at_edge = start.x.max(end.x) > layout.width - LABEL_PX;
        let _ = element.class_list().toggle_with_force("mirrored", at_edge);
        let mut drawn = Drawn {
            element,
            shape,
            animation: None,
            start,
            end,
            sent_us: flight.sent_us,
            due_us: flight.due_us,
            lost_us: flight.vanish_us,
            held,
        };
        if held {
            let _ = drawn.element.class_list().add_1("held");
            set_style(&drawn.element, "transform", &translate(drawn.place(0)));
        } else {
            drawn.animation = Some(travel(&drawn, scene));
        }
        let (Ok(place) | Err(place)) = self.place_of(flight.id);
        self.drawn.insert(place, (flight.id, drawn));
    }

    /// An element of that shape: one that is free, or a copy of the prototype.
    fn element(&mut self, shape: Shape) -> Option<Element> {
        if let Some(place) = self.pool.iter().position(|(pooled, _)| *pooled == shape) {
            let (_, element) = self.pool.swap_remove(place);
            let _ = element.class_list().remove_1("free");
            return Some(element);
        }
        let selector = format!(".flight.{}", shape.class());
        let prototype = self.prototypes.query_selector(&selector).ok()??;
        let copy = prototype.clone_node_with_deep(true).ok()?;
        let _ = self.root.append_child(&copy);
        self.root.last_element_child()
    }

    fn put_back(&mut self, drawn: Drawn) {
        let _ = drawn.element.class_list().remove_1("held");
        let _ = drawn.element.class_list().add_1("free");
        self.pool.push((drawn.shape, drawn.element));
    }

    fn remove(&mut self, id: u64, scene: &Scene<'_>) {
        let Ok(place) = self.place_of(id) else { return };
        let (_, drawn) = self.drawn.remove(place);
        let now_us = scene.world.now_us();
        let lost = match drawn.lost_us {
            Some(lost_us) => Some(lost_us),
            // Gone before its time, so its link was cut or it was discarded.
            None if drawn.held || now_us < drawn.due_us => Some(now_us),
            None => None,
        };
        if let Some(lost_us) = lost.filter(|_| !self.released(id, scene)) {
            self.mark_lost(drawn.place(lost_us), scene.pace);
        }
        self.put_back(drawn);
    }

    /// Whether a held message is on its way now.
    fn released(&self, id: u64, scene: &Scene<'_>) -> bool {
        scene.world.in_flight().any(|flight| flight.id == id)
    }

    fn mark_lost(&mut self, place: Point, pace: Pace) {
        let Ok(Some(prototype)) = self.prototypes.query_selector(".lost") else { return };
        let Ok(mark) = prototype.clone_node_with_deep(true) else { return };
        let _ = self.root.append_child(&mark);
        if let Some(element) = self.root.last_element_child() {
            set_style(&element, "transform", &translate(place));
            self.marks.push((element, pace.real_ms));
        }
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

fn travel(drawn: &Drawn, scene: &Scene<'_>) -> Animation {
    let until_us = drawn.lost_us.unwrap_or(drawn.due_us);
    let frames = [
        Keyframe { offset: 0.0, transform: translate(drawn.start) },
        Keyframe { offset: 1.0, transform: translate(drawn.place(until_us)) },
    ];
    let length_ms = ms(until_us.saturating_sub(drawn.sent_us));
    let easing = scene.easing(JUMPS);
    Animation::new(&drawn.element, &frames, ms(drawn.sent_us), length_ms, easing, scene.pace)
}

fn set_label(element: &Element, text: &str) {
    if let Ok(Some(tag)) = element.query_selector(".tag") {
        tag.set_text_content(Some(text));
    }
}

fn translate(place: Point) -> String {
    format!("translate({}px,{}px)", px(place.x), px(place.y))
}
