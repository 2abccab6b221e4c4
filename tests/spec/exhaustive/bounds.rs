//! The bounds of a search.

use raftarium::raft::{
    Change, Command, Configuration, Entry, HardState, Log, NodeOptions, Rule, Rules, ServerId,
    ServerSet, Term,
};

/// The state in which the search starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// All servers are new.
    New,
    /// Figure 8 (b) with three servers: s1 has led term 1 and s2 term 2, the entry that each
    /// appended is in no other log, and s1 knows term 2.
    Figure8,
    /// s1 leads term 1, all voters have its no-op and know that it is committed, and from now on
    /// no message passes between s1 and the others.
    CutOff,
}

/// The membership changes that leaders may be asked for, each once and in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// None: all servers are voters.
    Constant,
    /// s3 becomes a voter.
    ThirdJoins,
    /// s3 is removed.
    ThirdLeaves,
    /// s4 takes the place of s3, by joint consensus.
    FourthReplacesThird,
    /// s4 and then s5 become voters.
    FourthAndFifthJoin,
}

impl Membership {
    pub fn changes(self) -> Vec<Change> {
        let [s1, s2, s3, s4, s5] = std::array::from_fn(ServerId::from_slot);
        match self {
            Membership::Constant => vec![],
            Membership::ThirdJoins => vec![Change::Add(s3)],
            Membership::ThirdLeaves => vec![Change::Remove(s3)],
            Membership::FourthReplacesThird => {
                vec![Change::Members([s1, s2, s4].into_iter().collect())]
            }
            Membership::FourthAndFifthJoin => vec![Change::Add(s4), Change::Add(s5)],
        }
    }

    /// The servers that are voters at the start: the first of all.
    fn voters(self) -> usize {
        if self == Membership::ThirdJoins { 2 } else { 3 }
    }
}

/// How often each event may happen in one run, in any order, at any server.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub start: Start,
    /// Election timers that fire.
    pub timeouts: u8,
    /// Heartbeat timers that fire.
    pub beats: u8,
    /// Quorum timers that fire.
    pub quorums: u8,
    /// Commands of clients.
    pub commands: u8,
    /// Crashes, each with a restart.
    pub crashes: u8,
    /// Servers that stop for good.
    pub stops: u8,
    /// A server that was cut off at the start is connected again.
    pub heals: bool,
    /// Logs that are compacted.
    pub compactions: u8,
    pub membership: Membership,
    /// Writes take any time; otherwise they are stable at once.
    pub slow_disks: bool,
    /// The most entries in one AppendEntries.
    pub max_entries: usize,
    /// The rule that is off.
    pub without: Option<Rule>,
}

impl Bounds {
    /// The options of all servers.
    pub fn options(&self) -> NodeOptions {
        let mut rules = Rules::default();
        if let Some(rule) = self.without {
            rules.set(rule, false);
        }
        NodeOptions {
            rules,
            max_entries: self.max_entries,
            max_inflight: 1,
            ..NodeOptions::default()
        }
    }

    /// The configuration that the cluster starts with.
    pub fn configuration(&self) -> Configuration {
        let voters = ServerSet::first(self.membership.voters());
        Configuration { voters, ..Configuration::default() }
    }

    /// A server's disk at the start.
    pub fn disk(&self, server: ServerId) -> (HardState, Log) {
        let mut log = Log::default();
        if self.start != Start::Figure8 {
            return (HardState::default(), log);
        }
        let s2 = ServerId::from_slot(1);
        let voted_for = (server.slot() > 0).then_some(s2);
        if server.slot() < 2 {
            log.push(noop(server.slot() as Term + 1));
        }
        (HardState { term: 2, voted_for }, log)
    }

    /// The leaders that the disks tell of, in terms 1 and 2.
    pub fn elected(&self) -> Vec<ServerId> {
        match self.start {
            Start::New | Start::CutOff => Vec::new(),
            Start::Figure8 => vec![ServerId::from_slot(0), ServerId::from_slot(1)],
        }
    }
}

fn noop(term: Term) -> Entry {
    Entry { term, command: Command::Noop }
}
