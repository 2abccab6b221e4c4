//! What sets a cluster up, and what of it can change while it runs.

use crate::raft::{Index, Reads, Rule, Rules, SERVERS_MAX, ServerId, ServerSet, Term};

use super::time::{MS, Micros, SECOND, Span};

/// Parts of a million: how loss and duplication are counted.
pub const MILLION: u32 = 1_000_000;

/// How a client's request finds the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Routing {
    /// A server that does not lead names the leader, and the client goes there.
    #[default]
    Redirect,
    /// A server that does not lead passes the request on.
    Forward,
    /// The client knows the live leader, as behind a proxy that tracks it.
    Leader,
}

impl Routing {
    /// All of them, in the order of the manual.
    pub const ALL: [Routing; 3] = [Routing::Redirect, Routing::Forward, Routing::Leader];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Routing::Redirect => "redirect",
            Routing::Forward => "forward",
            Routing::Leader => "leader",
        }
    }
}

/// Timeouts and heartbeats that are known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// As the paper recommends: 150 to 300 ms, heartbeat 50 ms.
    Paper,
    /// 150 to 300 ms, heartbeat 100 ms.
    Testing,
    /// 900 to 1600 ms, heartbeat 120 ms.
    Production,
    /// 3 to 5 s, heartbeat 500 ms.
    FastapiRaft,
}

impl Preset {
    /// All of them, in the order of the manual.
    pub const ALL: [Preset; 4] =
        [Preset::Paper, Preset::Testing, Preset::Production, Preset::FastapiRaft];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Paper => "paper",
            Preset::Testing => "testing",
            Preset::Production => "production",
            Preset::FastapiRaft => "fastapi-raft",
        }
    }

    /// Election timeout and heartbeat, in microseconds.
    pub fn timing(self) -> (Span, Micros) {
        match self {
            Preset::Paper => (Span::new(150 * MS, 300 * MS), 50 * MS),
            Preset::Testing => (Span::new(150 * MS, 300 * MS), 100 * MS),
            Preset::Production => (Span::new(900 * MS, 1600 * MS), 120 * MS),
            Preset::FastapiRaft => (Span::new(3 * SECOND, 5 * SECOND), 500 * MS),
        }
    }
}

/// One setting, as a statement gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// How many servers there are, 1 to 9. Only at the head.
    Servers(usize),
    /// The seed of all chance. Only at the head.
    Seed(u64),
    /// How many clients there are, 0 to 9. Only at the head.
    Clients(usize),
    /// The range election timeouts are drawn from; `None` is never.
    ElectionTimeout(Option<Span>),
    /// How often a leader sends heartbeats, in microseconds; `None` is never.
    Heartbeat(Option<Micros>),
    /// The one-way latency of a message.
    Latency(Span),
    /// How many of a million messages are lost.
    Loss(u32),
    /// How many of a million messages arrive twice.
    Duplicate(u32),
    /// Whether a link keeps the order of its messages.
    Fifo(bool),
    /// How long until a write is stable.
    Disk(Span),
    /// How long a client waits for an answer, in microseconds; `None` is for ever.
    ClientTimeout(Option<Micros>),
    /// Whether a client tries again and follows redirects.
    Retry(bool),
    /// How a client's request finds the leader.
    Routing(Routing),
    /// How reads are answered.
    Reads(Reads),
    /// Whether a server asks before it campaigns.
    PreVote(bool),
    /// Whether a leader that hears no majority steps down.
    CheckQuorum(bool),
    /// Compact after that many applied entries; `None` is never.
    SnapshotEvery(Option<u64>),
    /// The most entries in one AppendEntries.
    MaxEntries(usize),
    /// The most AppendEntries with entries in flight to one server.
    MaxInflight(usize),
    /// Whether a rule is kept, by one server or by all.
    Rule {
        /// Which rule.
        rule: Rule,
        /// Whether it is kept.
        on: bool,
        /// By whom; `None` is everybody.
        server: Option<ServerId>,
    },
    /// Timeouts and heartbeats by name.
    Preset(Preset),
}

impl Setting {
    /// Whether it may be given again while the cluster runs.
    pub fn is_live(&self) -> bool {
        !matches!(self, Setting::Servers(_) | Setting::Seed(_) | Setting::Clients(_))
    }
}

/// All settings in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// How many servers there are, 1 to 9.
    pub servers: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// How many clients there are, 0 to 9.
    pub clients: usize,
    /// The range election timeouts are drawn from; `None` is never.
    pub election_timeout: Option<Span>,
    /// How often a leader sends heartbeats, in microseconds; `None` is never.
    pub heartbeat_us: Option<Micros>,
    /// The one-way latency of a message.
    pub latency: Span,
    /// How many of a million messages are lost.
    pub loss_ppm: u32,
    /// How many of a million messages arrive twice.
    pub duplicate_ppm: u32,
    /// Whether a link keeps the order of its messages.
    pub fifo: bool,
    /// How long until a write is stable.
    pub disk: Span,
    /// How long a client waits for an answer, in microseconds; `None` is for ever.
    pub client_timeout_us: Option<Micros>,
    /// Whether a client tries again and follows redirects.
    pub retry: bool,
    /// How a client's request finds the leader.
    pub routing: Routing,
    /// How reads are answered.
    pub reads: Reads,
    /// Whether a server asks before it campaigns.
    pub pre_vote: bool,
    /// Whether a leader that hears no majority steps down.
    pub check_quorum: bool,
    /// Compact after that many applied entries; `None` is never.
    pub snapshot_every: Option<u64>,
    /// The most entries in one AppendEntries.
    pub max_entries: usize,
    /// The most AppendEntries with entries in flight to one server.
    pub max_inflight: usize,
    /// The rules that each server keeps.
    pub rules: [Rules; SERVERS_MAX],
}

impl Default for Settings {
    fn default() -> Settings {
        let (election_timeout, heartbeat_us) = Preset::Paper.timing();
        Settings {
            servers: 5,
            seed: 1,
            clients: 1,
            election_timeout: Some(election_timeout),
            heartbeat_us: Some(heartbeat_us),
            latency: Span::new(5 * MS, 15 * MS),
            loss_ppm: 0,
            duplicate_ppm: 0,
            fifo: false,
            disk: Span::new(0, 0),
            client_timeout_us: Some(SECOND),
            retry: true,
            routing: Routing::default(),
            reads: Reads::default(),
            pre_vote: false,
            check_quorum: false,
            snapshot_every: None,
            max_entries: 64,
            max_inflight: 1,
            rules: [Rules::default(); SERVERS_MAX],
        }
    }
}

impl Settings {
    /// Puts one setting in force.
    pub fn apply(&mut self, setting: &Setting) {
        match *setting {
            Setting::Servers(count) => self.servers = count.clamp(1, SERVERS_MAX),
            Setting::Seed(seed) => self.seed = seed,
            Setting::Clients(count) => self.clients = count,
            Setting::ElectionTimeout(span) => self.election_timeout = span,
            Setting::Heartbeat(period_us) => self.heartbeat_us = period_us,
            Setting::Latency(span) => self.latency = span,
            Setting::Loss(ppm) => self.loss_ppm = ppm,
            Setting::Duplicate(ppm) => self.duplicate_ppm = ppm,
            Setting::Fifo(on) => self.fifo = on,
            Setting::Disk(span) => self.disk = span,
            Setting::ClientTimeout(timeout_us) => self.client_timeout_us = timeout_us,
            Setting::Retry(on) => self.retry = on,
            Setting::Routing(routing) => self.routing = routing,
            Setting::Reads(reads) => self.reads = reads,
            Setting::PreVote(on) => self.pre_vote = on,
            Setting::CheckQuorum(on) => self.check_quorum = on,
            Setting::SnapshotEvery(count) => self.snapshot_every = count,
            Setting::MaxEntries(count) => self.max_entries = count.max(1),
            Setting::MaxInflight(count) => self.max_inflight = count.max(1),
            Setting::Rule { rule, on, server } => self.set_rule(rule, on, server),
            Setting::Preset(preset) => {
                let (election_timeout, heartbeat_us) = preset.timing();
                self.election_timeout = Some(election_timeout);
                self.heartbeat_us = Some(heartbeat_us);
            }
        }
    }

    fn set_rule(&mut self, rule: Rule, on: bool, server: Option<ServerId>) {
        match server {
            Some(server) => self.rules[server.slot()].set(rule, on),
            None => self.rules.iter_mut().for_each(|rules| rules.set(rule, on)),
        }
    }
}

/// A server's state before time 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Given {
    /// Whose state it is.
    pub server: ServerId,
    /// Its current term; at least the last term of its log.
    pub term: Term,
    /// Whom it voted for in that term.
    pub vote: Option<ServerId>,
    /// The terms of its entries from index 1 on; each entry is a no-op.
    pub log: Vec<Term>,
    /// Its commit index.
    pub commit: Index,
}

/// Everything that is settled before time 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Setup {
    /// The settings.
    pub settings: Settings,
    /// The states that servers start with; a server that is not named starts empty.
    pub given: Vec<Given>,
    /// Servers that exist but are in no configuration yet.
    pub joining: ServerSet,
    /// Servers that start as learners.
    pub learners: ServerSet,
}
