//! Draws schedules from a seed.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use crate::raft::{ClientId, Kind, Op, Reads, Rule, ServerId, ServerSet};
use crate::sim::{
    Act, Count, Ends, Filter, Interception, MS, Micros, Routing, Servers, Setting, Settings, Setup,
    Span,
};

/// The random stream of schedules.
const STREAM: u64 = 0xC0FF_EE01;
/// How many kinds of actions there are. Requests take all numbers without a kind of their own.
const KINDS: u64 = 22;
/// The most messages that one fault affects.
const MESSAGES_MAX: u64 = 5;

/// A random generator, and what it has drawn for the whole schedule.
pub(super) struct Generator {
    random: Pcg32,
    servers: usize,
    clients: usize,
    /// Whether the configuration changes.
    membership: bool,
    /// Whether it has `snapshot` actions.
    snapshots: bool,
    /// Whether clocks and timers stay within the bounds that leases rely on.
    bounded_clocks: bool,
    /// How many values have been written. Each is new, so that a read shows which write it saw.
    values: u64,
}

impl Generator {
    pub fn new(seed: u64) -> Generator {
        Generator {
            random: Pcg32::new(seed, STREAM),
            servers: 0,
            clients: 0,
            membership: false,
            snapshots: false,
            bounded_clocks: false,
            values: 0,
        }
    }

    pub fn below(&mut self, count: u64) -> u64 {
        (u64::from(self.random.next_u32()) * count) >> 32
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// Draws the cluster, and which features of Raft the schedule uses.
    pub fn setup(&mut self, seed: u64) -> Setup {
        let settings = self.settings(seed);
        self.servers = settings.servers;
        self.clients = settings.clients;
        self.bounded_clocks = settings.reads == Reads::Lease;
        self.snapshots = self.one_in(3);
        self.membership = self.one_in(3);
        let mut setup = Setup { settings, ..Setup::default() };
        if self.membership {
            // Two more servers to be added; one of them may start as a learner.
            let newcomers =
                ServerSet::first(self.servers + 2).difference(ServerSet::first(self.servers));
            self.servers += 2;
            setup.settings.servers = self.servers;
            setup.joining = newcomers;
            if self.one_in(2) {
                let learner = newcomers.iter().take(1).collect();
                setup.joining = newcomers.difference(learner);
                setup.learners = learner;
            }
        }
        setup
    }

    /// Uses a given cluster, and draws only which features of Raft the schedule uses.
    pub fn use_cluster(&mut self, setup: &Setup) {
        self.servers = setup.settings.servers;
        self.clients = setup.settings.clients;
        self.bounded_clocks = setup.settings.reads == Reads::Lease;
        self.snapshots = self.one_in(3);
        let has_newcomers = !setup.joining.is_empty() || !setup.learners.is_empty();
        self.membership = has_newcomers || self.one_in(3);
    }

    fn settings(&mut self, seed: u64) -> Settings {
        let mut settings = Settings {
            servers: self.pick(&[3, 3, 5]),
            clients: 3,
            seed,
            client_timeout_us: Some(self.pick(&[100 * MS, 400 * MS])),
            routing: self.pick(&Routing::ALL),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log, Reads::Lease]),
            snapshot_every: self.pick(&[None, None, Some(1), Some(7), Some(25)]),
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

    fn server(&mut self) -> ServerId {
        ServerId::from_slot(self.below(self.servers as u64) as usize)
    }

    fn some_servers(&mut self) -> Servers {
        match self.below(4) {
            0 => Servers::Leader,
            1 => Servers::Named(self.half()),
            _ => self.server().into(),
        }
    }

    /// Draws an action at that time, and the one that ends it later.
    pub fn add_acts(&mut self, now_us: Micros, acts: &mut Vec<(Micros, Act)>) {
        let soon_us = now_us + self.below(200 * MS) + 1;
        let servers = self.some_servers();
        match self.below(KINDS) {
            0 => {
                acts.push((now_us, Act::Crash(servers)));
                acts.push((soon_us, Act::Restart(Servers::All)));
            }
            1 => {
                // A quick restart: volatile state is lost, and hardly any server notices.
                acts.push((now_us, Act::Crash(servers)));
                acts.push((now_us + self.below(3 * MS), Act::Restart(Servers::All)));
            }
            2 => acts.push((now_us, Act::Pause(servers, Some(soon_us - now_us)))),
            3 => {
                let group = Servers::Named(self.half());
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
            6 | 7 if !self.bounded_clocks => acts.push((now_us, Act::Timeout(servers))),
            8 if !self.bounded_clocks => {
                acts.push((now_us, Act::Skew(servers, self.pick(&[300, 1000, 1000, 3000]))));
            }
            8 => acts.push((now_us, Act::Skew(servers, self.pick(&[960, 1000, 1040])))),
            9 => acts.push((now_us, Act::Transfer(self.server().into()))),
            10 if self.membership => acts.push((now_us, self.change())),
            11 if self.membership => {
                // A change that reaches hardly any server, and another one by the next leader.
                acts.push((now_us, self.change()));
                acts.push((now_us + self.below(3 * MS), Act::Isolate(Servers::Leader)));
                acts.push((now_us + 100 * MS, Act::Timeout(servers)));
                acts.push((now_us + 100 * MS + self.below(100 * MS), self.change()));
                acts.push((soon_us + 100 * MS, Act::Heal(None)));
            }
            12 if self.snapshots => acts.push((now_us, Act::Snapshot(servers))),
            13 => {
                let by_us = self.below(150 * MS) + 1;
                acts.push((now_us, self.intercept(Interception::Delay(by_us))));
            }
            14 => {
                acts.push((now_us, self.intercept(Interception::Hold)));
                acts.push((soon_us, Act::Release(None, Filter::default())));
            }
            _ => acts.push((now_us, self.request())),
        }
    }

    /// A fault for the next few messages of some kind, perhaps only from one server.
    fn intercept(&mut self, interception: Interception) -> Act {
        let kinds = [
            Kind::RequestVote,
            Kind::Vote,
            Kind::Append,
            Kind::Append,
            Kind::AppendReply,
            Kind::InstallSnapshot,
            Kind::Request,
            Kind::Reply,
        ];
        let count = Count::Next(self.below(MESSAGES_MAX) as u32 + 1);
        let kind = Some(self.pick(&kinds));
        let from = self.one_in(3).then(|| Ends::Servers(self.server().into()));
        Act::Intercept(interception, count, Filter { kind, from, to: None })
    }

    fn change(&mut self) -> Act {
        let server = self.server().into();
        match self.below(6) {
            0 => Act::Add { server, learner: true },
            1 | 2 => Act::Add { server, learner: false },
            3 => Act::Promote(server),
            4 => Act::Remove(server),
            _ => Act::Members(Servers::Named(self.half())),
        }
    }

    fn new_value(&mut self) -> String {
        self.values += 1;
        self.values.to_string()
    }

    fn old_value(&mut self) -> String {
        self.values.saturating_sub(self.below(3)).to_string()
    }

    /// About half of the servers.
    fn half(&mut self) -> ServerSet {
        (0..self.servers).map(ServerId::from_slot).filter(|_| self.one_in(2)).collect()
    }

    fn request(&mut self) -> Act {
        let key = self.pick(&["x", "y"]).to_owned();
        let op = match self.below(8) {
            0..=2 => Op::Set { key, value: self.new_value() },
            3 => Op::Cas { key, old: self.old_value(), new: self.new_value() },
            4 => Op::Delete { key },
            _ => Op::Get { key },
        };
        let by = Some(ClientId::from_slot(self.below(self.clients as u64) as usize));
        let via = self.one_in(4).then(|| self.server().into());
        Act::Request { op, via, by }
    }
}
