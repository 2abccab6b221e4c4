//! A world that is checked after every event.

use crate::raft::{ClientId, ServerId};
use crate::sim::{Act, ActError, EventId, Micros, Operation, Setup, World};

use super::linearizability::{History, Verdict};
use super::property::{Property, Violation};
use super::safety::{Found, Safety};

/// A world with its checkers.
#[derive(Clone, Debug)]
pub struct Cluster {
    world: World,
    safety: Safety,
    history: History,
    checking: bool,
    violations: Vec<Violation>,
}

impl Cluster {
    /// A cluster at time 0.
    pub fn new(setup: &Setup) -> Cluster {
        let world = World::new(setup);
        let safety = Safety::new(world.servers().len());
        let mut cluster = Cluster {
            world,
            safety,
            history: History::default(),
            checking: true,
            violations: Vec::new(),
        };
        let all: Vec<ServerId> = cluster.world.server_ids().iter().collect();
        cluster.look_at(&all, |_, _| Some(1));
        cluster
    }

    /// A copy without the world's journal.
    pub fn without_journal(&mut self) -> Cluster {
        Cluster {
            world: self.world.without_journal(),
            safety: self.safety.clone(),
            history: self.history.clone(),
            checking: self.checking,
            violations: self.violations.clone(),
        }
    }

    /// As [`World::take_journal`].
    pub fn take_journal(&mut self, other: &mut Cluster) {
        self.world.take_journal(&mut other.world);
    }

    /// As [`World::forget_ahead`].
    pub fn forget_ahead(&mut self) {
        self.world.forget_ahead();
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub fn unshared_bytes(&self, base: &Cluster) -> usize {
        self.world.unshared_bytes(&base.world)
            + self.safety.unshared_bytes(&base.safety)
            + self.history.approximate_bytes()
    }

    /// How much has been gone through so far beside the events themselves, by world and checks. For
    /// limits.
    pub fn work(&self) -> u64 {
        self.world.work() + self.history.work()
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The promises that have been broken, each property once, in the order in which they were.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Checks after every event, or not. What happened unchecked is not known later, so that
    /// this is for a run's whole length.
    pub fn set_checking(&mut self, on: bool) {
        self.checking = on;
        if !on {
            self.history.stop();
        }
    }

    /// Keeps events and reasons, or not.
    pub fn set_recording(&mut self, on: bool) {
        self.world.set_recording(on);
    }

    /// Does what happens next, and checks. False: nothing ever will, unless somebody acts.
    pub fn step(&mut self) -> bool {
        let happened = self.world.step();
        if happened {
            self.check();
        }
        happened
    }

    /// Moves the clock on, up to the next event at most.
    pub fn idle_until(&mut self, time_us: Micros) {
        self.world.idle_until(time_us);
    }

    /// Lets events happen up to that moment, and moves the clock there.
    pub fn run_until(&mut self, time_us: Micros) {
        while self.world.step_within(time_us) {
            self.check();
        }
        self.idle_until(time_us);
    }

    /// Does an act now, and checks.
    ///
    /// # Errors
    /// As [`World::act`].
    pub fn act(&mut self, act: &Act) -> Result<(), ActError> {
        self.act_because(act, None)
    }

    /// Does an act now because of an event, and checks.
    ///
    /// # Errors
    /// As [`World::act`].
    pub fn act_because(&mut self, act: &Act, cause: Option<EventId>) -> Result<(), ActError> {
        let done = self.world.act_because(act, cause);
        self.check();
        done
    }

    /// Puts an act off, as [`World::act_at`].
    pub fn act_at(&mut self, time_us: Micros, act: Act, tag: u32) {
        self.world.act_at(time_us, act, tag);
    }

    /// As [`World::take_act_errors`].
    pub fn take_act_errors(&mut self) -> Vec<(u32, ActError)> {
        self.world.take_act_errors()
    }

    /// Whether the clients' history so far is linearizable.
    pub fn verdict(&self) -> Verdict {
        self.history.verdict()
    }

    fn check(&mut self) {
        if !self.checking {
            return;
        }
        let touched = self.world.touched();
        if touched.len() == 1 {
            // By far the most events touch one server.
            if let Some(id) = touched.iter().next() {
                self.look_at(&[id], World::log_changed_from);
            }
        } else if !touched.is_empty() {
            let touched: Vec<ServerId> = touched.iter().collect();
            self.look_at(&touched, World::log_changed_from);
        }
        self.follow_history();
    }

    /// Takes in what clients began and were answered in the newest event.
    fn follow_history(&mut self) {
        let world = &self.world;
        for &named in world.newly_invoked() {
            if let Some(operation) = operation(world, named) {
                self.history.invoke(operation);
            }
        }
        let mut found = None;
        for &named in world.newly_answered() {
            if let Some(operation) = operation(world, named) {
                found = found.or(self.history.respond(operation));
            }
        }
        if let Some(text) = found {
            self.report(Property::Linearizability, text);
        }
    }

    fn look_at(
        &mut self,
        servers: &[ServerId],
        changed_from: impl Fn(&World, ServerId) -> Option<u64>,
    ) {
        let mut found: Vec<Found> = Vec::new();
        for &id in servers {
            let from = changed_from(&self.world, id);
            self.safety.observe(&self.world, id, from, &mut found);
        }
        for (property, text) in found {
            self.report(property, text);
        }
    }

    fn report(&mut self, property: Property, text: String) {
        if self.violations.iter().all(|known| known.property != property) {
            let (time_us, event) = (self.world.now_us(), self.world.event());
            self.violations.push(Violation { property, time_us, event, text });
        }
    }
}

fn operation(world: &World, (client, serial): (ClientId, u64)) -> Option<&Operation> {
    world.clients()[client.slot()].operation(serial)
}
