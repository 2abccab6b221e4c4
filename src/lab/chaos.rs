//! Chaos: seeded schedules of everything that can go wrong, with all checks on.
//!
//! A schedule draws its own kind of world first (few or many losses, slow or instant disks, ...) and which parts of
//! Raft are in it: worlds that each lack some faults and parts find more than worlds that all have
//! everything (swarm testing).

use crate::check::{Cluster, Verdict, Violation};
use crate::raft::{Op, Rule};
use crate::sim::{Act, MS, Micros, SECOND, Servers, Setting, Setup};

use super::schedule::Dice;

/// How long faults go on.
const FAULTS_US: Micros = 3 * SECOND;
/// How long the healed cluster then has to find a leader and to agree.
const RECOVERY_US: Micros = 5 * SECOND;
/// How long a schedule waits between two acts at the most.
const REST_US_MAX: Micros = 60 * MS;

/// How many operations of a client may be open at once.
const OPEN_MAX: usize = 4;

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
    /// How many operations of clients were answered.
    pub answered: usize,
    /// Whether the search for an order of the clients' operations was given up.
    pub undecided: bool,
}

impl Chaos {
    /// The schedule of that seed, with these rules switched off.
    pub fn new(seed: u64, off: &[Rule]) -> Chaos {
        let mut dice = Dice::new(seed);
        let mut setup = dice.setup(seed);
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

    /// Runs it: first the faults, then the recovery.
    pub fn run(&self) -> Course {
        self.run_whole().0
    }

    /// Runs it, and gives the cluster as it then is, too.
    pub fn run_whole(&self) -> (Course, Cluster) {
        let mut cluster = Cluster::new(&self.setup);
        cluster.set_recording(false);
        for (time_us, act) in &self.acts {
            cluster.run_until(*time_us);
            if is_too_much(&cluster, act) {
                continue;
            }
            // An act on a leader while there is none does nothing, as a person's would.
            let _ = cluster.act(act);
            if !cluster.violations().is_empty() {
                return course(cluster, false);
            }
        }
        cluster.run_until(FAULTS_US);
        recover(&mut cluster);
        cluster.run_until(FAULTS_US + RECOVERY_US / 2);
        // Without no-ops a new leader commits what is old only with something new.
        let op = Op::Set { key: "end".to_owned(), value: "1".to_owned() };
        let _ = cluster.act(&Act::Request { op, via: None, by: None });
        cluster.run_until(FAULTS_US + RECOVERY_US);
        let recovered = has_recovered(&cluster);
        course(cluster, recovered)
    }
}

/// Whether a client would have so many operations open that no search could order them.
fn is_too_much(cluster: &Cluster, act: &Act) -> bool {
    let Act::Request { by: Some(by), .. } = act else { return false };
    cluster.world().clients()[by.slot()].open() >= OPEN_MAX
}

fn recover(cluster: &mut Cluster) {
    let all = Servers::All;
    let acts = [
        Act::Load(None),
        Act::Set(Setting::Loss(0)),
        Act::Set(Setting::Duplicate(0)),
        Act::Heal(None),
        Act::Restart(all),
        Act::Resume(all),
        Act::Skew(all, 1000),
        // A long log that crawls two entries a round trip, while clients keep trying, ends late.
        Act::Set(Setting::MaxEntries(64)),
    ];
    for act in acts {
        // None of these can fail.
        let _ = cluster.act(&act);
    }
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

fn course(cluster: Cluster, recovered: bool) -> (Course, Cluster) {
    let verdict = cluster.verdict();
    let clients = cluster.world().clients().iter();
    let answered = clients.map(|client| client.operations().len() - client.open()).sum();
    let course = Course {
        violations: cluster.violations().to_vec(),
        recovered,
        events: cluster.world().event(),
        answered,
        undecided: matches!(verdict, Verdict::Undecided { .. }),
    };
    (course, cluster)
}
