//! A schedule of faults and commands, run with all checks on.
//!
//! A schedule first draws the kind of cluster (few or many losses, slow or instant disks, ...) and
//! which parts of Raft it uses. Schedules that each lack some faults and features find more than
//! schedules that all have everything (swarm testing).

use crate::check::{Cluster, Verdict, Violation};
use crate::raft::{Op, Rule};
use crate::sim::{
    Act, EventId, Filter, MS, Micros, Recorder, SECOND, Servers, Setting, Setup, World,
};

use super::generate::Generator;

/// How long faults are injected.
const FAULTS_US: Micros = 3 * SECOND;
/// How long the healed cluster then has to elect a leader and to agree.
const RECOVERY_US: Micros = 5 * SECOND;
/// The longest time between two actions.
const GAP_US_MAX: Micros = 60 * MS;

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
}

/// What happened when a schedule ran.
#[derive(Clone, Debug)]
pub struct ScheduleReport {
    /// All properties that were violated, including linearizability.
    pub violations: Vec<Violation>,
    /// Whether the healed cluster had a leader, and all its servers the same log and state.
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
    /// The schedule of a seed, with these rules off.
    pub fn new(seed: u64, off: &[Rule]) -> Schedule {
        let mut generator = Generator::new(seed);
        let setup = generator.setup(seed);
        Schedule::draw(generator, setup, off)
    }

    /// The schedule of a seed on a given cluster, of which only the seed is replaced.
    pub fn on_cluster(cluster: &Setup, seed: u64, off: &[Rule]) -> Schedule {
        let mut generator = Generator::new(seed);
        let mut setup = cluster.clone();
        setup.settings.seed = seed;
        generator.use_cluster(&setup);
        Schedule::draw(generator, setup, off)
    }

    fn draw(mut generator: Generator, mut setup: Setup, off: &[Rule]) -> Schedule {
        for &rule in off {
            setup.settings.apply(&Setting::Rule { rule, on: false, server: None });
        }
        let mut acts = Vec::new();
        let mut now_us = 0;
        while now_us < FAULTS_US {
            now_us += generator.below(GAP_US_MAX) + 1;
            generator.add_acts(now_us, &mut acts);
        }
        acts.sort_by_key(|(time_us, _)| *time_us);
        Schedule { setup, acts }
    }

    /// Runs the faults, then the recovery. Stops at the first violation.
    pub fn run(&self) -> ScheduleReport {
        self.run_observed(&mut |_, _| {})
    }

    /// Like [`Schedule::run`]. Calls `observe` before each action, with the world as it then is.
    pub fn run_observed(&self, observe: &mut dyn FnMut(&World, &Act)) -> ScheduleReport {
        let mut recorder = Recorder::off();
        let cluster = Cluster::new(&self.setup, &mut recorder);
        let mut running = RunningSchedule { cluster, recorder, observe };
        let completed = running.run(self);
        running.report(completed)
    }
}

struct RunningSchedule<'a> {
    cluster: Cluster,
    recorder: Recorder,
    observe: &'a mut dyn FnMut(&World, &Act),
}

impl RunningSchedule<'_> {
    /// False: a violation or the limit of events stopped it.
    fn run(&mut self, schedule: &Schedule) -> bool {
        for (time_us, act) in &schedule.acts {
            if !self.run_until(*time_us) {
                return false;
            }
            if !exceeds_pending(&self.cluster, act) {
                self.act(act);
            }
        }
        if !self.run_until(FAULTS_US) {
            return false;
        }
        recovery().iter().for_each(|act| self.act(act));
        if !self.run_until(FAULTS_US + RECOVERY_US / 2) {
            return false;
        }
        // Without no-ops a new leader commits old entries only together with a new one.
        let op = Op::Set { key: "end".to_owned(), value: "1".to_owned() };
        self.act(&Act::Request { op, via: None, by: None });
        self.run_until(FAULTS_US + RECOVERY_US)
    }

    fn act(&mut self, act: &Act) {
        (self.observe)(self.cluster.world(), act);
        // An action on the leader fails while there is none; the schedule goes on.
        let _ = self.cluster.act(act, None, &mut self.recorder);
    }

    fn run_until(&mut self, time_us: Micros) -> bool {
        let may_continue = |cluster: &Cluster| {
            cluster.violations().is_empty() && cluster.world().event() < EVENTS_MAX
        };
        while may_continue(&self.cluster)
            && self.cluster.world().next_event_us().is_some_and(|next_us| next_us <= time_us)
        {
            self.cluster.step(&mut self.recorder);
        }
        self.cluster.advance_clock(time_us);
        may_continue(&self.cluster)
    }

    fn report(self, completed: bool) -> ScheduleReport {
        let RunningSchedule { cluster, .. } = self;
        let clients = cluster.world().clients().iter();
        let answered = clients.map(|client| client.operations().len() - client.open()).sum();
        ScheduleReport {
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

/// The actions that end all faults.
fn recovery() -> [Act; 9] {
    let all = Servers::All;
    [
        Act::Load(None),
        Act::Release(None, Filter::default()),
        Act::Set(Setting::Loss(0)),
        Act::Set(Setting::Duplicate(0)),
        Act::Heal(None),
        Act::Restart(all),
        Act::Resume(all),
        Act::Skew(all, 1000),
        // At two entries a round trip, a long log would catch up too late.
        Act::Set(Setting::MaxEntries(64)),
    ]
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
