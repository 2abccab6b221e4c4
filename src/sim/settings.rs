//! The settings of a cluster, and its state before time 0.

use crate::raft::{HashedIfSet, Index, Reads, Rule, Rules, SERVERS_MAX, ServerId, ServerSet, Term};

use super::time::{MS, Micros, SECOND, Span};

/// Loss and duplication are counted in parts per million.
pub const MILLION: u32 = 1_000_000;

/// How a client's request finds the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Routing {
    /// A follower names the leader, and the client goes there.
    #[default]
    Redirect,
    /// A follower forwards the request.
    Forward,
    /// A proxy knows the live leader.
    Leader,
}

impl Routing {
    /// In the order of the manual.
    pub const ALL: [Routing; 3] = [Routing::Redirect, Routing::Forward, Routing::Leader];

    pub fn name(self) -> &'static str {
        match self {
            Routing::Redirect => "redirect",
            Routing::Forward => "forward",
            Routing::Leader => "leader",
        }
    }
}

/// Common values of election timeout and heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// 150 to 300 ms, the range that section 9.3 of the paper recommends, and a heartbeat of 50 ms,
    /// of which the paper says nothing.
    Paper,
    /// 150 to 300 ms, heartbeat 100 ms.
    Testing,
    /// 900 to 1600 ms, heartbeat 120 ms.
    Production,
    /// 3 to 5 s, heartbeat 500 ms.
    FastapiRaft,
}

impl Preset {
    /// In the order of the manual.
    pub const ALL: [Preset; 4] =
        [Preset::Paper, Preset::Testing, Preset::Production, Preset::FastapiRaft];

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

/// A setting as in a statement. [`Settings`] describes each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// How many servers there are, 1 to 9. Only at the head.
    Servers(usize),
    /// The seed of all chance. Only at the head.
    Seed(u64),
    /// How many clients there are, 0 to 9. Only at the head.
    Clients(usize),
    /// The range from which election timeouts are drawn; `None`: timers never fire.
    ElectionTimeout(Option<Span>),
    /// The interval of heartbeats in microseconds; `None`: never.
    Heartbeat(Option<Micros>),
    /// The one-way latency of a message.
    Latency(Span),
    /// The number of messages in a million that are lost.
    Loss(u32),
    /// The number of messages in a million that arrive twice.
    Duplicate(u32),
    /// Whether a link keeps the order of its messages.
    Fifo(bool),
    /// How long until a write is stable.
    Disk(Span),
    /// The same for one server; `None`: as [`Setting::Disk`] says.
    DiskOf { server: ServerId, own: Option<Span> },
    /// How long a client waits for a response, in microseconds; `None`: for ever.
    ClientTimeout(Option<Micros>),
    /// Whether a client retries and follows redirects.
    Retry(bool),
    /// How a client's request finds the leader.
    Routing(Routing),
    /// How reads are answered.
    Reads(Reads),
    /// Whether pre-vote is on (dissertation, section 9.6).
    PreVote(bool),
    /// Whether a leader that hears no majority steps down (dissertation, section 6.2).
    CheckQuorum(bool),
    /// Whether a new server catches up before it gets a vote (dissertation, section 4.2.1).
    CatchUp(bool),
    /// Compact after this many applied entries; `None`: never.
    SnapshotEvery(Option<u64>),
    /// The most entries in one AppendEntries.
    MaxEntries(usize),
    /// The most AppendEntries with entries in flight to one server.
    MaxInflight(usize),
    /// Whether a rule is kept, by one server or by all.
    Rule {
        rule: Rule,
        on: bool,
        /// `None`: for all servers.
        server: Option<ServerId>,
    },
    /// Timeouts and heartbeats by name.
    Preset(Preset),
}

impl Setting {
    /// Whether it may change while the cluster runs.
    pub fn is_live(&self) -> bool {
        !matches!(self, Setting::Servers(_) | Setting::Seed(_) | Setting::Clients(_))
    }
}

/// The current settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// How many servers there are, 1 to 9.
    pub servers: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// How many clients there are, 0 to 9.
    pub clients: usize,
    /// The range from which election timeouts are drawn; `None`: timers never fire.
    pub election_timeout: Option<Span>,
    /// The interval of heartbeats in microseconds; `None`: never.
    pub heartbeat_us: Option<Micros>,
    /// The one-way latency of a message.
    pub latency: Span,
    /// The number of messages in a million that are lost.
    pub loss_ppm: u32,
    /// The number of messages in a million that arrive twice.
    pub duplicate_ppm: u32,
    /// Whether a link keeps the order of its messages.
    pub fifo: bool,
    /// How long until a write is stable.
    pub disk: Span,
    /// The same by server, where it is the server's own.
    pub own_disks: HashedIfSet<[Option<Span>; SERVERS_MAX]>,
    /// How late timers fire, as those of busy machines do. No statement sets it: the lab does, to
    /// repeat what was measured on real machines.
    pub timer_delay: HashedIfSet<Option<Span>>,
    /// How long a client waits for a response, in microseconds; `None`: for ever.
    pub client_timeout_us: Option<Micros>,
    /// Whether a client retries and follows redirects.
    pub retry: bool,
    /// How a client's request finds the leader.
    pub routing: Routing,
    /// How reads are answered.
    pub reads: Reads,
    /// Whether pre-vote is on (dissertation, section 9.6).
    pub pre_vote: bool,
    /// Whether a leader that hears no majority steps down (dissertation, section 6.2).
    pub check_quorum: bool,
    /// Whether a new server catches up before it gets a vote (dissertation, section 4.2.1).
    pub catch_up: HashedIfSet<bool>,
    /// Compact after this many applied entries; `None`: never.
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
            own_disks: HashedIfSet::default(),
            timer_delay: HashedIfSet(None),
            client_timeout_us: Some(SECOND),
            retry: true,
            routing: Routing::default(),
            reads: Reads::default(),
            pre_vote: false,
            check_quorum: false,
            catch_up: HashedIfSet(false),
            snapshot_every: None,
            max_entries: 64,
            max_inflight: 1,
            rules: [Rules::default(); SERVERS_MAX],
        }
    }
}

impl Settings {
    /// Applies one setting.
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
            Setting::DiskOf { server, own } => self.own_disks[server.slot()] = own,
            Setting::ClientTimeout(timeout_us) => self.client_timeout_us = timeout_us,
            Setting::Retry(on) => self.retry = on,
            Setting::Routing(routing) => self.routing = routing,
            Setting::Reads(reads) => self.reads = reads,
            Setting::PreVote(on) => self.pre_vote = on,
            Setting::CheckQuorum(on) => self.check_quorum = on,
            Setting::CatchUp(on) => self.catch_up = HashedIfSet(on),
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
    pub server: ServerId,
    /// At least the last term of its log.
    pub term: Term,
    pub vote: Option<ServerId>,
    /// The terms of its entries from index 1 on; each entry is a no-op.
    pub log: Vec<Term>,
    pub commit: Index,
}

/// Everything that is fixed before time 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Setup {
    pub settings: Settings,
    /// The states that servers start with; a server that is not named starts empty.
    pub given: Vec<Given>,
    /// Servers that exist but are in no configuration yet.
    pub joining: ServerSet,
    /// Servers that start as learners.
    pub learners: ServerSet,
}
