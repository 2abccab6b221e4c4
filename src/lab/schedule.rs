//! A schedule of faults and commands, run with all checks on, and judged.

use crate::check::{Cluster, Verdict, Violation};
use crate::raft::{Op, Rule, ServerSet};
use crate::sim::{Act, EventId, Micros, Recorder, SECOND, Servers, Setting, Setup, World};

use super::excuses::Excuses;
use super::generate::Generator;
use super::harm::Harm;
use super::liveness::{can_spare, judge, restoring, verdict_due_us};

/// How long faults are injected.
pub(super) const FAULTS_US: Micros = 3 * SECOND;
/// How long the cluster then has to agree, besides some election timeouts.
const AGREEMENT_US: Micros = 2 * SECOND;
const AGREEMENT_TIMEOUTS: u64 = 3;

/// The most operations that a client may have pending, so that the history can be judged.
const PENDING_MAX: usize = 4;
/// A schedule is abandoned after this many events: with a network without latency, time may never
/// pass.
const EVENTS_MAX: EventId = 1_000_000;

/// A cluster and the actions on it, with their times.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub setup: Setup,
    /// Sorted by time.
    pub acts: Vec<(Micros, Act)>,
    /// The command that the cluster must answer once it is whole and left alone.
    probe: Option<Act>,
    /// The servers that are down while the cluster is left alone, if it can spare them.
    spared: ServerSet,
}

/// What happened when a schedule ran.
#[derive(Clone, Debug)]
pub struct ScheduleReport {
    /// The first harm that the schedule does not excuse.
    pub harm: Option<Harm>,
    /// All properties that were violated, including linearizability.
    pub violations: Vec<Violation>,
    /// Whether its liveness was judged: the cluster could be made whole.
    pub judged: bool,
    /// Whether the cluster had a leader at the end, and all its servers the same log and state.
    pub recovered: bool,
    pub events: u64,
    /// Whether it was abandoned after too many events.
    pub abandoned: bool,
    /// The number of client operations that were answered.
    pub answered: usize,
    /// Whether the clients' history could not be judged.
    pub undecided: bool,
}

impl Schedule {
    /// The schedule of a seed, with these rules off. It is sound: with no rule off, any harm is a
    /// bug.
    pub fn new(seed: u64, off: &[Rule]) -> Schedule {
        let mut generator = Generator::new(seed, false);
        let (mut setup, acts) = generator.schedule(seed, off);
        for &rule in off {
            setup.settings.apply(&Setting::Rule { rule, on: false, server: None });
        }
        Schedule::drawn(generator, setup, acts)
    }

    /// The schedule of a seed that also does what excuses harm: turns rules off and on, wipes
    /// disks, reads stale values, and lets clocks drift under leases.
    pub fn wild(seed: u64) -> Schedule {
        let mut generator = Generator::new(seed, true);
        let (setup, acts) = generator.schedule(seed, &[]);
        Schedule::drawn(generator, setup, acts)
    }

    /// The schedule of a seed on a given cluster, of which only the seed is replaced.
    pub fn on_cluster(cluster: &Setup, seed: u64, off: &[Rule]) -> Schedule {
        let mut generator = Generator::new(seed, false);
        let mut setup = cluster.clone();
        setup.settings.seed = seed;
        for &rule in off {
            setup.settings.apply(&Setting::Rule { rule, on: false, server: None });
        }
        let (setup, acts) = generator.schedule_on(setup);
        Schedule::drawn(generator, setup, acts)
    }

    fn drawn(mut generator: Generator, setup: Setup, acts: Vec<(Micros, Act)>) -> Schedule {
        let probe = (setup.settings.clients > 0).then(|| generator.probe());
        let spared = generator.spared();
        Schedule { setup, acts, probe, spared }
    }

    /// What the schedule excuses; a sound one excuses nothing.
    pub fn excuses(&self) -> Excuses {
        Excuses::of(&self.setup, &self.acts)
    }

    /// Turns on again the rules that its actions may have left off.
    fn rules_to_restore(&self) -> Vec<Setting> {
        let mut restored = Vec::new();
        for (_, act) in &self.acts {
            if let Act::Set(Setting::Rule { rule, on: false, .. }) = act {
                let on = Setting::Rule { rule: *rule, on: true, server: None };
                if !restored.contains(&on) {
                    restored.push(on);
                }
            }
        }
        restored
    }

    /// Runs the faults, makes the cluster whole and leaves it alone. Stops at the first harm.
    pub fn run(&self) -> ScheduleReport {
        self.run_observed(&mut |_, _| {})
    }

    /// Like [`Schedule::run`]. Calls `observe` before each action, with the world as it then is.
    pub fn run_observed(&self, observe: &mut dyn FnMut(&World, &Act)) -> ScheduleReport {
        let mut recorder = Recorder::off();
        let cluster = Cluster::new(&self.setup, &mut recorder);
        let excuses = self.excuses();
        let mut running =
            RunningSchedule { cluster, recorder, excuses, harm: None, judged: false, observe };
        let completed = running.run(self);
        running.report(completed)
    }
}

struct RunningSchedule<'a> {
    cluster: Cluster,
    recorder: Recorder,
    excuses: Excuses,
    harm: Option<Harm>,
    judged: bool,
    observe: &'a mut dyn FnMut(&World, &Act),
}

impl RunningSchedule<'_> {
    /// False: harm or the limit of events stopped it.
    fn run(&mut self, schedule: &Schedule) -> bool {
        for (time_us, act) in &schedule.acts {
            if !self.run_until(*time_us) {
                return false;
            }
            if !exceeds_pending(&self.cluster, act) {
                self.act(act);
            }
        }
        self.run_until(FAULTS_US) && self.leave_alone(schedule) && self.agree()
    }

    /// Makes the cluster whole, asks it something, and judges its liveness.
    fn leave_alone(&mut self, schedule: &Schedule) -> bool {
        for rule in schedule.rules_to_restore() {
            self.act(&Act::Set(rule));
        }
        let spared = self.spare(schedule.spared);
        restoring(self.cluster.world(), spared).iter().for_each(|act| self.act(act));
        match (&schedule.probe, self.excuses.silent_leaders) {
            (Some(_), true) => self.act(&write()),
            (Some(probe), false) => self.act(probe),
            (None, _) => {}
        }
        let alone_from_us = self.cluster.world().now_us();
        let Some(due_us) = verdict_due_us(self.cluster.world()) else { return true };
        if !self.run_until(due_us) {
            return false;
        }
        self.judged = true;
        if !self.excuses.damage {
            self.harm = judge(self.cluster.world(), alone_from_us);
        }
        self.harm.is_none()
    }

    /// Takes servers down if the cluster can do without them.
    fn spare(&mut self, servers: ServerSet) -> ServerSet {
        if servers.is_empty() || self.excuses.damage {
            return ServerSet::EMPTY;
        }
        self.act(&Act::Crash(Servers::Named(servers)));
        // The crash may have lost what was not yet stable.
        if can_spare(self.cluster.world(), servers) { servers } else { ServerSet::EMPTY }
    }

    /// Gives the servers time to agree. A new leader without a no-op commits old entries only
    /// together with a new one.
    fn agree(&mut self) -> bool {
        self.act(&Act::Restart(Servers::All));
        self.act(&write());
        let world = self.cluster.world();
        let timeout_us = world.settings().election_timeout.map_or(0, |timeout| timeout.to_us);
        let time_us = AGREEMENT_US + AGREEMENT_TIMEOUTS * timeout_us;
        self.run_until(world.now_us() + time_us)
    }

    fn act(&mut self, act: &Act) {
        (self.observe)(self.cluster.world(), act);
        // An action on the leader fails while there is none; the schedule goes on.
        let _ = self.cluster.act(act, None, &mut self.recorder);
        self.note_violation();
    }

    fn run_until(&mut self, time_us: Micros) -> bool {
        while self.may_continue()
            && self.cluster.world().next_event_us().is_some_and(|next_us| next_us <= time_us)
        {
            self.cluster.step(&mut self.recorder);
            self.note_violation();
        }
        self.cluster.advance_clock(time_us);
        self.may_continue()
    }

    fn may_continue(&self) -> bool {
        self.harm.is_none() && self.cluster.world().event() < EVENTS_MAX
    }

    fn note_violation(&mut self) {
        if self.harm.is_none() {
            let mut violations = self.cluster.violations().iter();
            let counts = |violation: &&Violation| !self.excuses.covers(violation.property);
            self.harm = violations.find(counts).map(Harm::from);
        }
    }

    fn report(self, completed: bool) -> ScheduleReport {
        let RunningSchedule { cluster, harm, judged, .. } = self;
        let clients = cluster.world().clients().iter();
        let answered = clients.map(|client| client.operations().len() - client.open()).sum();
        ScheduleReport {
            harm,
            judged,
            violations: cluster.violations().to_vec(),
            recovered: completed && has_recovered(&cluster),
            events: cluster.world().event(),
            abandoned: cluster.world().event() >= EVENTS_MAX,
            answered,
            undecided: matches!(cluster.verdict(), Verdict::Undecided { .. }),
        }
    }
}

/// Whether a client would have more operations pending than the history checker can judge.
fn exceeds_pending(cluster: &Cluster, act: &Act) -> bool {
    let Act::Request { by: Some(by), .. } = act else { return false };
    cluster.world().clients().get(by.slot()).is_some_and(|client| client.open() >= PENDING_MAX)
}

fn write() -> Act {
    let op = Op::Set { key: "end".to_owned(), value: "1".to_owned() };
    Act::Request { op, via: None, by: None }
}

/// Whether there is a leader, and all members of its configuration have its log and state. Removed
/// servers may lag behind forever.
fn has_recovered(cluster: &Cluster) -> bool {
    let world = cluster.world();
    let Some(leader) = world.leader() else { return false };
    let leader = world.server(leader).node();
    let configuration = leader.configuration();
    !configuration.is_joint()
        && configuration.members().iter().all(|id| {
            let node = world.server(id).node();
            node.commit_index() == leader.commit_index()
                && node.log().last_index() == leader.log().last_index()
                && node.log().last_term() == leader.log().last_term()
                && node.configuration() == configuration
                && node.store() == leader.store()
        })
}
