//! Chaos: seeded schedules of everything that can go wrong, with all checks on.
//!
//! A schedule draws its own kind of world first (few or many losses, slow or instant disks, ...) and which parts of
//! Raft are in it: worlds that each lack some faults and parts find more than worlds that all have
//! everything (swarm testing).

use crate::check::{Cluster, Verdict, Violation};
use crate::raft::{Op, Rule};
use crate::sim::{
    Act, EventId, Filter, MS, Micros, Recorder, SECOND, Servers, Setting, Setup, World,
};

use super::schedule::Dice;

/// How long faults go on.
const FAULTS_US: Micros = 3 * SECOND;
/// How long the healed cluster then has to find a leader and to agree.
const RECOVERY_US: Micros = 5 * SECOND;
/// How long a schedule waits between two acts at the most.
const REST_US_MAX: Micros = 60 * MS;

/// How many operations of a client may be open at once.
const OPEN_MAX: usize = 4;
/// After that many events a schedule is given up: with a network that takes no time, time may never pass.
const EVENTS_MAX: EventId = 1_000_000;

/// A schedule: a setup and acts with their moments.
#[derive(Clone, Debug)]
pub struct Chaos {
    /// The cluster.
    pub setup: Setup,
    /// What is done to it, in order of time.
    pub acts: Vec<(Micros, Act)>,
}

/// What a schedule came to.
#[derive(Clone, Debug)]
pub struct Course {
    /// The safety properties that were violated, and linearizability where it was.
    pub violations: Vec<Violation>,
    /// Whether the healed cluster had a leader, and all servers the same log and state.
    pub recovered: bool,
    /// How many events happened.
    pub events: u64,
    /// Whether it was given up, since too much happened.
    pub given_up: bool,
    /// How many operations of clients were answered.
    pub answered: usize,
    /// Whether the search for an order of the clients' operations was given up.
    pub undecided: bool,
}

impl Chaos {
    /// The schedule of that seed, with these rules switched off.
    pub fn new(seed: u64, off: &[Rule]) -> Chaos {
        let mut dice = Dice::new(seed);
        let setup = dice.setup(seed);
        Chaos::drawn(dice, setup, off)
    }

    /// The schedule of that seed in a cluster like this one, which only gets another seed.
    pub fn within(cluster: &Setup, seed: u64, off: &[Rule]) -> Chaos {
        let mut dice = Dice::new(seed);
        let mut setup = cluster.clone();
        setup.settings.seed = seed;
        dice.look_at(&setup);
        Chaos::drawn(dice, setup, off)
    }

    fn drawn(mut dice: Dice, mut setup: Setup, off: &[Rule]) -> Chaos {
        for &rule in off {
            setup.settings.apply(&Setting::Rule { rule, on: false, server: None });
        }
        let mut acts = Vec::new();
        let mut now_us = 0;
        while now_us < FAULTS_US {
            now_us += dice.below(REST_US_MAX) + 1;
            dice.add_acts(now_us, &mut acts);
        }
        acts.sort_by_key(|(time_us, _)| *time_us);
        Chaos { setup, acts }
    }

    /// Runs it: first the faults, then the recovery. It ends with the first violation.
    pub fn run(&self) -> Course {
        self.run_heard(&mut |_, _| {})
    }

    /// As [`Chaos::run`]; each act is told before it is done, with the world as it then is.
    pub fn run_heard(&self, hear: &mut dyn FnMut(&World, &Act)) -> Course {
        let mut recorder = Recorder::off();
        let cluster = Cluster::new(&self.setup, &mut recorder);
        let mut running = Running { cluster, recorder, hear };
        let is_whole = running.go_through(self);
        running.course(is_whole)
    }
}

/// A schedule on its way.
struct Running<'a> {
    cluster: Cluster,
    recorder: Recorder,
    hear: &'a mut dyn FnMut(&World, &Act),
}

impl Running<'_> {
    /// Runs the schedule. False: it was broken off by a violation, or because too much happened.
    fn go_through(&mut self, chaos: &Chaos) -> bool {
        for (time_us, act) in &chaos.acts {
            if !self.run_until(*time_us) {
                return false;
            }
            if !is_too_much(&self.cluster, act) {
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
        // Without no-ops a new leader commits what is old only with something new.
        let op = Op::Set { key: "end".to_owned(), value: "1".to_owned() };
        self.act(&Act::Request { op, via: None, by: None });
        self.run_until(FAULTS_US + RECOVERY_US)
    }

    fn act(&mut self, act: &Act) {
        (self.hear)(self.cluster.world(), act);
        // An act on a leader while there is none does nothing, as a person's would.
        let _ = self.cluster.act(act, None, &mut self.recorder);
    }

    fn run_until(&mut self, time_us: Micros) -> bool {
        let is_fine = |cluster: &Cluster| {
            cluster.violations().is_empty() && cluster.world().event() < EVENTS_MAX
        };
        while is_fine(&self.cluster)
            && self.cluster.world().next_event_us().is_some_and(|next_us| next_us <= time_us)
        {
            self.cluster.step(&mut self.recorder);
        }
        self.cluster.advance_clock(time_us);
        is_fine(&self.cluster)
    }

    fn course(self, is_whole: bool) -> Course {
        let Running { cluster, .. } = self;
        let clients = cluster.world().clients().iter();
        let answered = clients.map(|client| client.operations().len() - client.open()).sum();
        Course {
            violations: cluster.violations().to_vec(),
            recovered: is_whole && has_recovered(&cluster),
            events: cluster.world().event(),
            given_up: cluster.world().event() >= EVENTS_MAX,
            answered,
            undecided: matches!(cluster.verdict(), Verdict::Undecided { .. }),
        }
    }
}

/// Whether a client would have so many operations open that no search could order them.
fn is_too_much(cluster: &Cluster, act: &Act) -> bool {
    let Act::Request { by: Some(by), .. } = act else { return false };
    cluster.world().clients().get(by.slot()).is_some_and(|client| client.open() >= OPEN_MAX)
}

/// What ends all faults.
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
        // A long log that crawls two entries a round trip, while clients keep trying, ends late.
        Act::Set(Setting::MaxEntries(64)),
    ]
}

/// Whether somebody leads, and all that it counts among the cluster have what it has. (Those who have left
/// may lag behind for ever.)
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
