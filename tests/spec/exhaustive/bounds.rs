//! The bounds of a search.

use raftarium::raft::{
    Change, Command, Configuration, Entry, HardState, Log, NodeOptions, Rule, Rules, ServerId,
    ServerSet, Term,
};

use super::SERVERS;

/// The state in which the search starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// All servers are new.
    New,
    /// Figure 8 (b) with three servers: s1 has led term 1 and s2 term 2, the entry that each
    /// appended is in no other log, and s1 knows term 2.
    Figure8,
}

/// The membership change that a leader may be asked for, once: of s3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Third {
    /// It is and stays a voter.
    Stays,
    /// It is outside the configuration and becomes a voter.
    Comes,
    /// It is a voter, and is removed.
    Goes,
}

/// How often each event may happen in one run, in any order, at any server.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub start: Start,
    /// Election timers that fire.
    pub timeouts: u8,
    /// Heartbeat timers that fire.
    pub beats: u8,
    /// Commands of clients.
    pub commands: u8,
    /// Crashes, each with a restart.
    pub crashes: u8,
    /// Logs that are compacted.
    pub compactions: u8,
    pub third: Third,
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
        let voters = ServerSet::first(SERVERS - usize::from(self.third == Third::Comes));
        Configuration { voters, ..Configuration::default() }
    }

    /// The change that a leader may be asked for.
    pub fn change(&self) -> Option<Change> {
        let third = ServerId::from_slot(2);
        match self.third {
            Third::Stays => None,
            Third::Comes => Some(Change::Add(third)),
            Third::Goes => Some(Change::Remove(third)),
        }
    }

    /// The disks at the start.
    pub fn disks(&self) -> [(HardState, Log); SERVERS] {
        let [mut s1, mut s2, mut s3] = <[(HardState, Log); SERVERS]>::default();
        if self.start == Start::Figure8 {
            let server = |slot| Some(ServerId::from_slot(slot));
            s1.0 = HardState { term: 2, voted_for: None };
            s1.1.push(noop(1));
            s2.0 = HardState { term: 2, voted_for: server(1) };
            s2.1.push(noop(2));
            s3.0 = HardState { term: 2, voted_for: server(1) };
        }
        [s1, s2, s3]
    }

    /// The leaders elected before the start, in terms 1 and 2.
    pub fn elected(&self) -> Vec<ServerId> {
        match self.start {
            Start::New => Vec::new(),
            Start::Figure8 => vec![ServerId::from_slot(0), ServerId::from_slot(1)],
        }
    }
}

fn noop(term: Term) -> Entry {
    Entry { term, command: Command::Noop }
}
