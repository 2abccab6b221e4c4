//! Random schedules in which settings change, rules are switched off and on at random servers, and
//! messages arrive that no server sent.

use raftarium::check::Cluster;
use raftarium::lab::Schedule;
use raftarium::raft::{Kind, Rule, ServerId};
use raftarium::sim::{Act, EventId, Inject, MS, Micros, Recorder, SECOND, Setting};

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use super::coverage::Coverage;

/// How long a schedule runs.
const END_US: Micros = 4 * SECOND;
/// A schedule is abandoned after this many events.
const EVENTS_MAX: EventId = 20_000;
/// The most changes of rules in a schedule.
const CHANGES_MAX: u64 = 8;
/// The most injected messages in a schedule.
const INJECTED_MAX: u64 = 6;
/// The random stream of both.
const STREAM: u64 = 0xFACE_0FF5;
/// Of how many schedules one counts for the coverage. Naming reasons takes time.
const COUNTED: u64 = 8;

/// Runs the schedule of that seed, beyond its first violation: a reason must be true in a cluster
/// that is broken, too.
pub fn run(seed: u64, coverage: &mut Coverage) {
    let wild = (seed / 2).is_multiple_of(2);
    let mut schedule = if wild { Schedule::wild(seed) } else { Schedule::new(seed, &[]) };
    let mut chance = Chance(Pcg32::new(seed, STREAM));
    switch_rules(&mut chance, &mut schedule);
    inject(&mut chance, &mut schedule);
    schedule.acts.sort_by_key(|(time_us, _)| *time_us);
    let mut recorder = Recorder::on();
    let mut cluster = Cluster::new(&schedule.setup, &mut recorder);
    for (time_us, act) in &schedule.acts {
        run_until(*time_us, &mut cluster, &mut recorder);
        let _ = cluster.act(act, None, &mut recorder);
    }
    run_until(END_US, &mut cluster, &mut recorder);
    if (seed / 2).is_multiple_of(COUNTED) {
        coverage.note(&recorder);
    }
}

fn run_until(time_us: Micros, cluster: &mut Cluster, recorder: &mut Recorder) {
    let due = |cluster: &Cluster| {
        cluster.world().event() < EVENTS_MAX
            && cluster.world().next_event_us().is_some_and(|next_us| next_us <= time_us)
    };
    while due(cluster) {
        cluster.step(recorder);
    }
    cluster.advance_clock(time_us);
}

/// Adds changes of rules: off at the start, and off or on later, at all servers or at one.
fn switch_rules(chance: &mut Chance, schedule: &mut Schedule) {
    let servers = schedule.setup.settings.servers as u64;
    for _ in 0..chance.below(CHANGES_MAX) {
        let rule = Rule::ALL[chance.below(Rule::ALL.len() as u64) as usize];
        let server = (chance.below(2) == 0).then_some(chance.server(servers));
        let setting = Setting::Rule { rule, on: chance.below(3) == 0, server };
        schedule.acts.push((chance.time(), Act::Set(setting)));
    }
}

/// Adds forged messages of all kinds, of terms and with entries near those of the cluster.
fn inject(chance: &mut Chance, schedule: &mut Schedule) {
    let servers = schedule.setup.settings.servers as u64;
    for _ in 0..chance.below(INJECTED_MAX) {
        let kind = Kind::ALL[chance.below(Kind::ALL.len() as u64) as usize];
        let (from, to) = (chance.server(servers), chance.server(servers));
        let inject = Inject {
            kind,
            from,
            to,
            term: (chance.below(2) == 0).then(|| chance.below(8)),
            prev: (chance.below(2) == 0).then(|| (chance.below(12), chance.below(4))),
            entries: (0..chance.below(3)).map(|_| chance.below(5)).collect(),
            commit: chance.below(12),
            last: (chance.below(2) == 0).then(|| (chance.below(20), chance.below(5))),
            granted: (chance.below(3) == 0).then_some(false),
        };
        // Requests of clients cannot be injected, nor messages from a server to itself.
        schedule.acts.push((chance.time(), Act::Inject(Box::new(inject))));
    }
}

struct Chance(Pcg32);

impl Chance {
    fn below(&mut self, count: u64) -> u64 {
        (u64::from(self.0.next_u32()) * count) >> 32
    }

    fn server(&mut self, servers: u64) -> ServerId {
        ServerId::from_slot(self.below(servers) as usize)
    }

    fn time(&mut self) -> Micros {
        self.below(3000) * MS
    }
}
