//! Timers as arcs that run out: the election timer of those who follow or campaign, the heartbeat
//! of the leader. A full circle is the longest timeout there is, so that arcs show who is next.
//!
//! An arc is two half rings, each turned behind its own edge: turning is all that the browser's
//! compositor can do by itself.

use crate::raft::{Role, SERVERS_MAX, ServerId};
use crate::sim::{Micros, Server, World};
use crate::ui::decimal::fixed;
use crate::ui::platform::animation::{Animation, Keyframe, Pace};
use crate::ui::platform::dom::{Element, document, set_style};

use super::super::geometry::Layout;
use super::{Scene, ms};

/// The arc's breadth, in pixels; style.css draws it so.
const BREADTH: f64 = 4.0;
/// How a half ring is turned where it is all in view.
const WHOLE: f64 = 45.0;
/// How it is turned where nothing of it is: a little further than it need be, since a ring's end
/// that lies exactly on its half's edge shimmers through.
const HIDDEN: f64 = WHOLE - 184.0;
/// In how many jumps a half runs out where less motion is wanted.
const JUMPS: u32 = 12;

/// The timers that are drawn.
pub(super) struct Timers {
    root: Element,
    drawn: [Option<Drawn>; SERVERS_MAX],
}

/// What a timer shows; the same is not drawn twice.
#[derive(Clone, Copy, PartialEq)]
struct Arc {
    set_us: Micros,
    due_us: Micros,
    full_us: Micros,
    class: &'static str,
}

struct Drawn {
    element: Element,
    arc: Arc,
    halves: Vec<Animation>,
}

impl Timers {
    pub fn new(root: Element) -> Timers {
        Timers { root, drawn: Default::default() }
    }

    /// Draws the timers that were set anew, and takes away those that do not run.
    pub fn show(&mut self, scene: &Scene<'_>, layout: &Layout) {
        for id in scene.world.server_ids().iter() {
            let arc = arc(scene.world, scene.world.server(id));
            let drawn = &mut self.drawn[id.slot()];
            match arc {
                Some(arc) if drawn.as_ref().is_some_and(|drawn| drawn.arc == arc) => {}
                Some(arc) => self.set(id, arc, scene, layout),
                None => drawn.take().into_iter().for_each(|drawn| drawn.element.remove()),
            }
        }
    }

    /// Goes on at another pace.
    pub fn follow(&self, pace: Pace) {
        let halves = self.drawn.iter().flatten().flat_map(|drawn| &drawn.halves);
        halves.for_each(|animation| animation.follow(pace));
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.drawn.iter_mut().filter_map(Option::take).for_each(|drawn| drawn.element.remove());
    }

    fn set(&mut self, id: ServerId, arc: Arc, scene: &Scene<'_>, layout: &Layout) {
        let element = match self.drawn[id.slot()].take() {
            Some(drawn) => drawn.element,
            None => match self.build(id, layout) {
                Some(element) => element,
                None => return,
            },
        };
        element.set_class_name(arc.class);
        let halves = animate(&element, arc, scene);
        self.drawn[id.slot()] = Some(Drawn { element, arc, halves });
    }

    fn build(&self, id: ServerId, layout: &Layout) -> Option<Element> {
        let timer = document().create_element("div").ok()?;
        let radius = layout.timer_radius() + BREADTH / 2.0;
        let place = layout.server(id);
        set_style(&timer, "left", &format!("{}px", fixed(place.x - radius, 0)));
        set_style(&timer, "top", &format!("{}px", fixed(place.y - radius, 0)));
        set_style(&timer, "width", &format!("{}px", fixed(radius * 2.0, 0)));
        set_style(&timer, "height", &format!("{}px", fixed(radius * 2.0, 0)));
        for class in ["half right", "half left"] {
            let half = document().create_element("div").ok()?;
            half.set_class_name(class);
            half.append_child(&document().create_element("i").ok()?.into()).ok()?;
            timer.append_child(&half).ok()?;
        }
        self.root.prepend_with_node_1(&timer).ok()?;
        Some(timer)
    }
}

/// What a server's arc shows now; nothing where it has no timer that runs.
fn arc(world: &World, server: &Server) -> Option<Arc> {
    if !server.is_alive() || server.is_paused() {
        return None;
    }
    let role = server.node().role();
    if role == Role::Leader {
        let timer = server.heartbeat_timer()?;
        let full_us = timer.due_us - timer.set_us;
        return Some(Arc {
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
    Some(Arc { set_us: timer.set_us, due_us: timer.due_us, full_us, class })
}

fn animate(element: &Element, arc: Arc, scene: &Scene<'_>) -> Vec<Animation> {
    let length_us = arc.due_us.saturating_sub(arc.set_us);
    let degrees = 360.0 * length_us as f64 / arc.full_us.max(1) as f64;
    let halves = [(".right i", right_half(degrees)), (".left i", left_half(degrees))];
    let easing = scene.easing(JUMPS);
    halves
        .into_iter()
        .filter_map(|(selector, turns)| {
            let half = element.query_selector(selector).ok()??;
            let frames: Vec<Keyframe> = turns
                .into_iter()
                .map(|(offset, turn)| Keyframe {
                    offset,
                    transform: format!("rotate({}deg)", fixed(turn, 2)),
                })
                .collect();
            let (start_ms, length_ms) = (ms(arc.set_us), ms(length_us));
            Some(Animation::new(&half, &frames, start_ms, length_ms, easing, scene.pace))
        })
        .collect()
}

/// The half from 12 to 6 o'clock: whole while the arc is longer than it, then it runs out.
fn right_half(degrees: f64) -> Vec<(f64, f64)> {
    if degrees <= 180.0 {
        return vec![(0.0, WHOLE + degrees - 180.0), (1.0, WHOLE - 180.0)];
    }
    let share = (degrees - 180.0) / degrees;
    vec![(0.0, WHOLE), (share, WHOLE), (1.0, WHOLE - 180.0)]
}

/// The half from 6 to 12 o'clock: runs out first.
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
