//! Timers as arcs that run out: a leader's heartbeat timer, every other server's election timer.
//! A full circle is the longest election timeout, so the shortest arc fires next.
//!
//! An arc is two half rings, each of which rotates behind its own edge: a rotation is what the
//! browser's compositor can animate by itself.

use crate::raft::{Role, SERVERS_MAX, ServerId};
use crate::sim::{Micros, Server, World};
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{Element, document, set_style};
use crate::ui::scene::Layout;

use super::{Moment, ms};

/// The stroke of an arc, in pixels; the same as in styles/stage.css.
const STROKE: f64 = 4.0;
/// The rotation, in degrees, at which a half ring is all in view.
const WHOLE: f64 = 45.0;
/// The rotation that hides it, with a few degrees to spare: a ring's end that lies exactly on the
/// edge of its half shimmers through.
const HIDDEN: f64 = WHOLE - 184.0;
/// The jumps of a half for people who asked for less motion.
const JUMPS: u32 = 12;

pub(super) struct TimerAnimations {
    root: Element,
    drawn: [Option<MovingTimer>; SERVERS_MAX],
}

#[derive(Clone, Copy, PartialEq)]
struct TimerArc {
    set_us: Micros,
    due_us: Micros,
    /// The time that a full circle stands for.
    full_us: Micros,
    class: &'static str,
}

struct MovingTimer {
    ring: Ring,
    arc: TimerArc,
    halves: [Animation; 2],
}

/// The elements of an arc.
struct Ring {
    element: Element,
    /// The right half ring and the left one.
    halves: [Element; 2],
}

impl TimerAnimations {
    pub fn new(root: Element) -> TimerAnimations {
        TimerAnimations { root, drawn: Default::default() }
    }

    /// Restarts the arcs of timers that were reset, and removes those of timers that stopped.
    pub fn update(&mut self, moment: &Moment<'_>, layout: &Layout) {
        for id in moment.world.server_ids().iter() {
            let arc = arc(moment.world, moment.world.server(id));
            let drawn = &mut self.drawn[id.slot()];
            match arc {
                Some(arc) if drawn.as_ref().is_some_and(|drawn| drawn.arc == arc) => {}
                Some(arc) => self.restart(id, arc, moment, layout),
                None => drawn.take().into_iter().for_each(|drawn| drawn.ring.element.remove()),
            }
        }
    }

    pub fn follow(&self, pace: Pace) {
        let halves = self.drawn.iter().flatten().flat_map(|drawn| &drawn.halves);
        halves.for_each(|animation| animation.follow(pace));
    }

    pub fn remove_all(&mut self) {
        self.drawn
            .iter_mut()
            .filter_map(Option::take)
            .for_each(|drawn| drawn.ring.element.remove());
    }

    fn restart(&mut self, id: ServerId, arc: TimerArc, moment: &Moment<'_>, layout: &Layout) {
        let (ring, class) = match self.drawn[id.slot()].take() {
            Some(drawn) => (drawn.ring, drawn.arc.class),
            None => match self.build(id, layout) {
                Some(ring) => (ring, ""),
                None => return,
            },
        };
        if class != arc.class {
            ring.element.set_class_name(arc.class);
        }
        let halves = animate(&ring, arc, moment);
        self.drawn[id.slot()] = Some(MovingTimer { ring, arc, halves });
    }

    fn build(&self, id: ServerId, layout: &Layout) -> Option<Ring> {
        let timer = document().create_element("div").ok()?;
        let radius = layout.timer_radius() + STROKE / 2.0;
        let at = layout.server(id);
        set_style(&timer, "left", &format!("{:.0}px", at.x - radius));
        set_style(&timer, "top", &format!("{:.0}px", at.y - radius));
        set_style(&timer, "width", &format!("{:.0}px", radius * 2.0));
        set_style(&timer, "height", &format!("{:.0}px", radius * 2.0));
        let build_half = |class| {
            let (half, ring) = (document().create_element("div"), document().create_element("i"));
            let (half, ring) = (half.ok()?, ring.ok()?);
            half.set_class_name(class);
            half.append_child(&ring).ok()?;
            timer.append_child(&half).ok()?;
            Some(ring)
        };
        let halves = [build_half("half right")?, build_half("half left")?];
        self.root.prepend_with_node_1(&timer).ok()?;
        Some(Ring { element: timer, halves })
    }
}

/// None if no timer of the server runs.
fn arc(world: &World, server: &Server) -> Option<TimerArc> {
    if !server.is_alive() || server.is_paused() {
        return None;
    }
    let role = server.node().role();
    if role == Role::Leader {
        let timer = server.heartbeat_timer()?;
        let full_us = timer.due_us - timer.set_us;
        return Some(TimerArc {
            set_us: timer.set_us,
            due_us: timer.due_us,
            full_us,
            class: "timer beat",
        });
    }
    let timer = server.election_timer()?;
    let longest_us = world.settings().election_timeout.map_or(0, |span| span.to_us);
    let class = match role {
        Role::Candidate | Role::PreCandidate => "timer campaign",
        _ => "timer",
    };
    let full_us = longest_us.max(timer.due_us - timer.set_us);
    Some(TimerArc { set_us: timer.set_us, due_us: timer.due_us, full_us, class })
}

fn animate(ring: &Ring, arc: TimerArc, moment: &Moment<'_>) -> [Animation; 2] {
    let length_us = arc.due_us.saturating_sub(arc.set_us);
    let degrees = 360.0 * length_us as f64 / arc.full_us.max(1) as f64;
    let easing = moment.easing(JUMPS);
    let turn = |half: &Element, turns: Vec<(f64, f64)>| {
        let keyframe = |(offset, turn): (f64, f64)| Keyframe {
            offset,
            transform: format!("rotate({turn:.2}deg)"),
        };
        let frames: Vec<Keyframe> = turns.into_iter().map(keyframe).collect();
        let (start_ms, length_ms) = (ms(arc.set_us), ms(length_us));
        Animation::new(half, &frames, start_ms, length_ms, easing, moment.pace)
    };
    let [right, left] = &ring.halves;
    [turn(right, right_half(degrees)), turn(left, left_half(degrees))]
}

/// The half from 12 to 6 o'clock stays whole until the other half is gone. Offsets and rotations.
fn right_half(degrees: f64) -> Vec<(f64, f64)> {
    if degrees <= 180.0 {
        return vec![(0.0, WHOLE + degrees - 180.0), (1.0, WHOLE - 180.0)];
    }
    let share = (degrees - 180.0) / degrees;
    vec![(0.0, WHOLE), (share, WHOLE), (1.0, WHOLE - 180.0)]
}

/// The half from 6 to 12 o'clock runs out first.
fn left_half(degrees: f64) -> Vec<(f64, f64)> {
    if degrees <= 180.0 {
        return vec![(0.0, HIDDEN), (1.0, HIDDEN)];
    }
    let share = (degrees - 180.0) / degrees;
    let just_after = share + 0.01;
    vec![
        (0.0, WHOLE + degrees - 360.0),
        (share, WHOLE - 180.0),
        (just_after, HIDDEN),
        (1.0, HIDDEN),
    ]
}
