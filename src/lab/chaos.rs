//! Chaos: seeded schedules of everything that can go wrong, with all checks on.
//!
//! A schedule draws its own kind of world first (few or many losses, slow or instant disks, ...): worlds
//! that each lack some faults find more than worlds that all have every fault (swarm testing).

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use crate::check::{Cluster, Verdict, Violation};
use crate::raft::{ClientId, Op, Reads, Rule, ServerId, ServerSet};
use crate::sim::{Act, Ends, MS, Micros, Routing, SECOND, Servers, Setting, Settings, Setup, Span};

/// How long faults go on.
const FAULTS_US: Micros = 3 * SECOND;
/// How long the healed cluster then has to find a leader and to agree.
const RECOVERY_US: Micros = 5 * SECOND;
/// How long a schedule waits between two acts at the most.
const REST_US_MAX: Micros = 60 * MS;

/// How many operations of a client may be open at once.
const OPEN_MAX: usize = 4;
/// The stream of random numbers that schedules are drawn from.
const STREAM: u64 = 0xC0FF_EE01;

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
        let mut dice = Dice { generator: Pcg32::new(seed, STREAM), values: 0 };
        let mut settings = dice.settings(seed);
        for &rule in off {
            settings.apply(&Setting::Rule { rule, on: false, server: None });
        }
        let mut acts = Vec::new();
        let mut now_us = 0;
        while now_us < FAULTS_US {
            now_us += dice.below(REST_US_MAX) + 1;
            dice.add_acts(&settings, now_us, &mut acts);
        }
        acts.sort_by_key(|(time_us, _)| *time_us);
        Chaos { setup: Setup { settings, ..Setup::default() }, acts }
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

fn has_recovered(cluster: &Cluster) -> bool {
    let world = cluster.world();
    let Some(leader) = world.leader() else { return false };
    let leader = world.server(leader).node();
    world.servers().iter().all(|server| {
        let node = server.node();
        node.commit_index() == leader.commit_index()
            && node.log() == leader.log()
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

struct Dice {
    generator: Pcg32,
    /// How many values have been written: each is new, so that a read tells what it saw.
    values: u64,
}

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        (u64::from(self.generator.next_u32()) * count) >> 32
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    fn settings(&mut self, seed: u64) -> Settings {
        let mut settings = Settings {
            servers: self.pick(&[3, 3, 5]),
            clients: 3,
            seed,
            client_timeout_us: Some(self.pick(&[100 * MS, 400 * MS])),
            routing: self.pick(&Routing::ALL),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log]),
            max_entries: self.pick(&[1, 2, 64]),
            max_inflight: self.pick(&[1, 1, 4]),
            fifo: self.one_in(3),
            latency: self.pick(&[Span::new(MS, 5 * MS), Span::new(MS, 40 * MS)]),
            loss_ppm: self.pick(&[0, 20_000, 100_000]),
            duplicate_ppm: self.pick(&[0, 50_000]),
            pre_vote: self.one_in(3),
            check_quorum: self.one_in(3),
            disk: self.pick(&[Span::new(0, 0), Span::new(0, 0), Span::new(0, 10 * MS)]),
            ..Settings::default()
        };
        if self.one_in(3) {
            settings.election_timeout = Some(Span::new(100 * MS, 130 * MS));
        }
        if self.one_in(3) {
            settings.apply(&Setting::Rule { rule: Rule::LeaderNoop, on: false, server: None });
        }
        settings
    }

    fn server(&mut self, settings: &Settings) -> ServerId {
        ServerId::from_slot(self.below(settings.servers as u64) as usize)
    }

    fn some_servers(&mut self, settings: &Settings) -> Servers {
        match self.below(4) {
            0 => Servers::Leader,
            1 => {
                let slots = (0..settings.servers).filter(|_| self.one_in(2)).collect::<Vec<_>>();
                Servers::Named(slots.into_iter().map(ServerId::from_slot).collect())
            }
            _ => self.server(settings).into(),
        }
    }

    fn add_acts(&mut self, settings: &Settings, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let soon_us = now_us + self.below(200 * MS) + 1;
        let servers = self.some_servers(settings);
        match self.below(17) {
            0 => {
                acts.push((now_us, Act::Crash(servers)));
                acts.push((soon_us, Act::Restart(Servers::All)));
            }
            1 => {
                // Off and on again at once: what was only in memory is gone, and hardly anybody noticed.
                acts.push((now_us, Act::Crash(servers)));
                acts.push((now_us + self.below(3 * MS), Act::Restart(Servers::All)));
            }
            2 => acts.push((now_us, Act::Pause(servers, Some(soon_us - now_us)))),
            3 => {
                let group = Servers::Named(self.half(settings));
                acts.push((now_us, Act::Partition(vec![group, Servers::Others])));
                acts.push((soon_us + 100 * MS, Act::Heal(None)));
            }
            4 => {
                acts.push((now_us, Act::Isolate(servers)));
                acts.push((soon_us, Act::Heal(None)));
            }
            5 => {
                let (from, to) = (Ends::Servers(servers), Ends::Servers(Servers::Others));
                let both = self.one_in(2);
                let (from, to) = if self.one_in(2) { (from, to) } else { (to, from) };
                acts.push((now_us, Act::Cut { from, to, both }));
                acts.push((soon_us, Act::Heal(None)));
            }
            6 | 7 => acts.push((now_us, Act::Timeout(servers))),
            8 => acts.push((now_us, Act::Skew(servers, self.pick(&[300, 1000, 1000, 3000])))),
            9 => acts.push((now_us, Act::Transfer(self.server(settings).into()))),
            _ => acts.push((now_us, self.request(settings))),
        }
    }

    fn new_value(&mut self) -> String {
        self.values += 1;
        self.values.to_string()
    }

    fn old_value(&mut self) -> String {
        self.values.saturating_sub(self.below(3)).to_string()
    }

    fn half(&mut self, settings: &Settings) -> ServerSet {
        (0..settings.servers).map(ServerId::from_slot).filter(|_| self.one_in(2)).collect()
    }

    fn request(&mut self, settings: &Settings) -> Act {
        let key = self.pick(&["x", "y"]).to_owned();
        let op = match self.below(8) {
            0..=2 => Op::Set { key, value: self.new_value() },
            3 => Op::Cas { key, old: self.old_value(), new: self.new_value() },
            4 => Op::Delete { key },
            _ => Op::Get { key },
        };
        let by = Some(ClientId::from_slot(self.below(settings.clients as u64) as usize));
        let via = self.one_in(4).then(|| self.server(settings).into());
        Act::Request { op, via, by }
    }
}
