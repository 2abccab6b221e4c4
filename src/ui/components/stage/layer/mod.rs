//! What moves: messages and timers, outside the component tree.
//!
//! Each is an element with an animation that the browser runs by itself. This layer is called only
//! when something was sent, arrived or changed its pace, never for a frame.

mod flights;
mod timers;

use std::rc::Rc;

use crate::sim::World;
use crate::ui::platform::animation::{Easing, Pace};
use crate::ui::platform::dom::{self, Element};

use super::geometry::Layout;
use flights::Flights;
use timers::Timers;

/// The moving part of the stage.
pub struct Layer {
    layout: Rc<Layout>,
    flights: Flights,
    timers: Timers,
    pace: Pace,
}

impl Layer {
    /// A layer that draws into `root`, with the shapes in `prototypes`.
    pub fn new(root: Element, prototypes: Element, layout: Rc<Layout>, pace: Pace) -> Layer {
        Layer {
            layout,
            flights: Flights::new(root.clone(), prototypes),
            timers: Timers::new(root),
            pace,
        }
    }

    /// Draws what is under way now, and lets it go on at that pace.
    pub fn show(&mut self, world: &World, pace: Pace) {
        let other_pace = pace.playing != self.pace.playing
            || pace.speed != self.pace.speed
            || pace.strays_from(self.pace);
        self.pace = pace;
        let scene = self.scene(world);
        if other_pace || !pace.playing {
            self.flights.follow(pace);
            self.timers.follow(pace);
        }
        self.flights.show(&scene, &self.layout);
        self.timers.show(&scene, &self.layout);
    }

    /// What is under way is not what it was: nothing of it has arrived or is lost.
    pub fn forget(&mut self) {
        self.flights.forget();
    }

    /// Draws everything anew, for another size or another cluster.
    pub fn relayout(&mut self, world: &World, layout: Rc<Layout>, pace: Pace) {
        self.layout = layout;
        self.pace = pace;
        self.flights.clear();
        self.timers.clear();
        let scene = self.scene(world);
        self.flights.show(&scene, &self.layout);
        self.timers.show(&scene, &self.layout);
    }

    fn scene<'a>(&self, world: &'a World) -> Scene<'a> {
        Scene { world, pace: self.pace, calm: dom::reduced_motion() }
    }
}

/// What there is to draw, and how.
struct Scene<'a> {
    world: &'a World,
    pace: Pace,
    /// Whether the person asked for less motion.
    calm: bool,
}

impl Scene<'_> {
    fn easing(&self, jumps: u32) -> Easing {
        if self.calm { Easing::Jumps(jumps) } else { Easing::Linear }
    }
}

/// Microseconds as the milliseconds that animations count in.
fn ms(us: u64) -> f64 {
    us as f64 / 1000.0
}
