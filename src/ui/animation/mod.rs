//! What moves on the stage: messages along their links, and timers as arcs that run out.
//!
//! Each is an element outside the component tree, with a Web Animation that the browser's
//! compositor runs by itself. [`Animations::update`] is called when something was sent, arrived or
//! changed its pace, never for a frame: between two events the main thread is idle.

mod message_element;
mod messages;
mod timers;

use std::rc::Rc;

use crate::sim::{MessageId, World};
use crate::ui::platform::animation::{Easing, Pace};
use crate::ui::platform::dom::{self, Element};
use crate::ui::scene::Layout;

use messages::MessageAnimations;
use timers::TimerAnimations;

/// The elements of a stage that the animations fill.
pub struct StageElements {
    pub timers: Element,
    /// The messages, which are buttons.
    pub messages: Element,
    /// Takes the keyboard focus of a message that arrives.
    pub arrived: Element,
    /// The shapes to copy.
    pub prototypes: Element,
}

/// The animations of one stage.
pub struct Animations {
    layout: Rc<Layout>,
    messages: MessageAnimations,
    timers: TimerAnimations,
    pace: Pace,
}

impl Animations {
    pub fn new(elements: StageElements, layout: Rc<Layout>, pace: Pace) -> Animations {
        let timers = TimerAnimations::new(elements.timers.clone());
        let messages = MessageAnimations::new(elements);
        Animations { layout, messages, timers, pace }
    }

    /// Starts and ends animations so that they show the world at that pace.
    pub fn update(&mut self, world: &World, pace: Pace) {
        let pace_changed = pace.playing != self.pace.playing
            || pace.speed != self.pace.speed
            || pace.strays_from(self.pace);
        self.pace = pace;
        if pace_changed || !pace.playing {
            self.messages.follow(pace);
            self.timers.follow(pace);
        }
        self.draw(world);
    }

    /// The message that Tab leads to.
    pub fn set_tab_stop(&mut self, id: MessageId) {
        self.messages.set_tab_stop(id);
    }

    /// Removes the messages without marking any as lost: time jumps elsewhere.
    pub fn clear_messages(&mut self) {
        self.messages.release_all();
    }

    /// Draws everything again, for another size or another cluster.
    pub fn relayout(&mut self, world: &World, layout: Rc<Layout>, pace: Pace) {
        self.layout = layout;
        self.pace = pace;
        let moment = self.moment(world);
        self.messages.relayout(&moment, &self.layout);
        self.timers.remove_all();
        self.timers.update(&moment, &self.layout);
    }

    fn draw(&mut self, world: &World) {
        let moment = self.moment(world);
        self.messages.update(&moment, &self.layout);
        self.timers.update(&moment, &self.layout);
    }

    fn moment<'a>(&self, world: &'a World) -> Moment<'a> {
        Moment { world, pace: self.pace, calm: dom::reduced_motion() }
    }
}

/// The world to draw, and how it moves.
struct Moment<'a> {
    world: &'a World,
    pace: Pace,
    /// The person asked for less motion.
    calm: bool,
}

impl Moment<'_> {
    fn easing(&self, jumps: u32) -> Easing {
        if self.calm { Easing::Jumps(jumps) } else { Easing::Linear }
    }
}

/// Microseconds as the milliseconds that Web Animations count in.
fn ms(us: u64) -> f64 {
    us as f64 / 1000.0
}
