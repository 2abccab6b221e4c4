//! A world that is checked after every event.

use crate::raft::{ClientId, Index, ServerId, ServerSet};
use crate::sim::{Act, ActError, Changes, EventId, Micros, Operation, Recorder, Setup, World};

use super::evidence::Evidence;
use super::linearizability::{History, Verdict};
use super::property::{Property, Violation};
use super::safety::{Found, Safety};

/// A world with its checkers. It is state and nothing else: a clone goes on just like the original.
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
    pub fn new(setup: &Setup, recorder: &mut Recorder) -> Cluster {
        let world = World::new(setup, &mut recorder.changes);
        let safety = Safety::new(world.servers().len());
        let mut cluster = Cluster {
            world,
            safety,
            history: History::default(),
            checking: true,
            violations: Vec::new(),
        };
        let all = cluster.world.server_ids();
        cluster.check_safety(&recorder.changes, all, |_| Some(1));
        recorder.record(&cluster.world);
        cluster
    }

    /// Roughly how many bytes it takes beyond what it shares with `base`, a clone of it.
    pub fn unshared_bytes(&self, base: &Cluster) -> usize {
        self.world.unshared_bytes(&base.world)
            + self.safety.unshared_bytes(&base.safety)
            + self.history.approximate_bytes()
    }

    /// Counts the work of world and checks beyond the events themselves. For limits that stop at
    /// the same place on every machine, as no clock does.
    pub fn work(&self) -> u64 {
        self.world.work() + self.history.work()
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The first violation of each property, in the order in which they were found.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Checks after every event, or not. What happens unchecked is not known later, so set it
    /// before the first step and leave it.
    pub fn set_checking(&mut self, on: bool) {
        self.checking = on;
        if !on {
            self.history.stop();
        }
    }

    /// Handles the next event, and checks. False: nothing is due, now or later.
    pub fn step(&mut self, recorder: &mut Recorder) -> bool {
        self.step_within(Micros::MAX, recorder)
    }

    fn step_within(&mut self, limit_us: Micros, recorder: &mut Recorder) -> bool {
        let happened = self.world.step_within(limit_us, &mut recorder.changes);
        if happened {
            self.check(&recorder.changes);
            recorder.record(&self.world);
        }
        happened
    }

    /// Handles all events up to that moment, and moves the clock there.
    pub fn run_until(&mut self, time_us: Micros, recorder: &mut Recorder) {
        while self.step_within(time_us, recorder) {}
        self.advance_clock(time_us);
    }

    /// Moves the clock to that moment, or to the next event if that is earlier.
    pub fn advance_clock(&mut self, time_us: Micros) {
        self.world.advance_clock(time_us);
    }

    /// Does an act now, and checks. `cause` is the event that triggered it; a person's act has
    /// none.
    ///
    /// # Errors
    /// As [`World::act`].
    pub fn act(
        &mut self,
        act: &Act,
        cause: Option<EventId>,
        recorder: &mut Recorder,
    ) -> Result<(), ActError> {
        let done = self.world.act(act, cause, &mut recorder.changes);
        self.check(&recorder.changes);
        recorder.record(&self.world);
        done
    }

    /// Whether the clients' history so far is linearizable.
    pub fn verdict(&self) -> Verdict {
        self.history.verdict()
    }

    /// The number of terms that have had a leader.
    pub fn elections(&self) -> usize {
        self.safety.elections()
    }

    /// The index of the last entry that was ever committed.
    pub fn committed(&self) -> Index {
        self.safety.committed()
    }

    fn check(&mut self, changes: &Changes) {
        if self.checking {
            // Most events change nothing that a property speaks of, and end here.
            let changed = |id: &ServerId| self.safety.is_affected(&self.world, changes, *id);
            let servers: ServerSet = changes.touched().iter().filter(changed).collect();
            if !servers.is_empty() {
                self.check_safety(changes, servers, |id| changes.log_changed_from(id));
            }
            self.check_history(changes);
        }
    }

    /// Takes in the operations that the newest step invoked and answered.
    fn check_history(&mut self, changes: &Changes) {
        let world = &self.world;
        let event = world.event();
        for &named in changes.invoked() {
            if let Some(operation) = operation(world, named) {
                self.history.invoke(operation, event);
            }
        }
        let mut found = None;
        for &named in changes.answered() {
            if let Some(operation) = operation(world, named) {
                found = found.or(self.history.respond(operation, event));
            }
        }
        if let Some(unexplained) = found {
            self.report(Property::Linearizability, Evidence::NoOrder(unexplained));
        }
    }

    #[inline(never)]
    fn check_safety(
        &mut self,
        changes: &Changes,
        servers: ServerSet,
        changed_from: impl Fn(ServerId) -> Option<Index>,
    ) {
        let mut found: Vec<Found> = Vec::new();
        for id in servers.iter() {
            self.safety.observe(&self.world, changes, id, changed_from(id), &mut found);
        }
        for (property, evidence) in found {
            self.report(property, evidence);
        }
    }

    fn report(&mut self, property: Property, evidence: Evidence) {
        if self.violations.iter().all(|known| known.property != property) {
            let (time_us, event) = (self.world.now_us(), self.world.event());
            let text = evidence.to_string();
            self.violations.push(Violation { property, time_us, event, text, evidence });
        }
    }
}

fn operation(world: &World, (client, serial): (ClientId, u64)) -> Option<&Operation> {
    world.clients()[client.slot()].operation(serial)
}
