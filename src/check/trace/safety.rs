//! The five safety properties of figure 3 over the servers of a trace.
//!
//! Nothing here knows the simulator or its checks: a test compares the verdicts of both.

use std::collections::BTreeMap;

use crate::check::property::Property;

use super::command::TraceCommand;
use super::line::TraceChange;
use super::server::{Earlier, TracedEntry, TracedServer};

/// A violated property, and the evidence in words.
pub(super) type Finding = (Property, String);

/// What all servers have done so far, which later lines must not contradict.
#[derive(Clone, Debug, Default)]
pub(super) struct TraceSafety {
    /// The first leader of each term, by name.
    leaders: BTreeMap<u64, String>,
    /// By index, the entries that servers hold, one per term.
    held: BTreeMap<u64, Vec<Held>>,
    committed: BTreeMap<u64, CommittedAt>,
    applied: BTreeMap<u64, TracedEntry>,
}

#[derive(Clone, Debug)]
struct Held {
    term: u64,
    command: TraceCommand,
    /// Unknown if a snapshot replaced the entry before it at once.
    prev_term: Option<u64>,
    /// The names of the servers that hold it.
    holders: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct CommittedAt {
    entry_term: u64,
    /// The term of the server that committed it first.
    term: u64,
}

impl TraceSafety {
    /// Checks a server that a line has changed. `servers` are all of them after the line.
    pub fn check(
        &mut self,
        servers: &[TracedServer],
        at: usize,
        earlier: Earlier,
        change: &TraceChange,
        found: &mut Vec<Finding>,
    ) {
        let server = &servers[at];
        found.extend(append_only(server, earlier, change));
        found.extend(self.log_matching(server, earlier, change));
        if let Some(term) = server.leads()
            && earlier.leads != Some(term)
        {
            found.extend(self.election_safety(server, term));
            found.extend(self.leader_completeness(server, term));
        }
        if server.commit > earlier.commit {
            self.commit(servers, server, earlier.commit, found);
        }
        if server.applied != earlier.applied {
            // A restarted server applies from the beginning again.
            let before = if server.applied < earlier.applied { 0 } else { earlier.applied };
            found.extend(self.state_machine_safety(server, before));
        }
    }

    /// At most one leader can be elected in a given term.
    fn election_safety(&mut self, server: &TracedServer, term: u64) -> Option<Finding> {
        let first = self.leaders.entry(term).or_insert_with(|| server.name.clone());
        (*first != server.name).then(|| {
            let (first, second) = (in_prose(first), in_prose(&server.name));
            let text = format!("{first} and {second} have both been elected in term {term}");
            (Property::ElectionSafety, text)
        })
    }

    /// If two logs contain an entry with the same index and term, they are identical up to it: it
    /// suffices that such entries hold the same command and follow entries of the same term.
    fn log_matching(
        &mut self,
        server: &TracedServer,
        earlier: Earlier,
        change: &TraceChange,
    ) -> Option<Finding> {
        if let Some(from) = change.truncated {
            for (_, held) in self.held.range_mut(from..=earlier.last_index.max(from)) {
                held.iter_mut()
                    .for_each(|held| held.holders.retain(|holder| *holder != server.name));
                held.retain(|held| !held.holders.is_empty());
            }
        }
        let mut mismatch = None;
        for entry in &change.appended {
            mismatch = mismatch.or(self.hold(server, entry.index));
        }
        mismatch.map(|text| (Property::LogMatching, text))
    }

    fn hold(&mut self, server: &TracedServer, index: u64) -> Option<String> {
        let entry = server.entry(index)?;
        let prev_term = server.term_at(index - 1);
        let held = self.held.entry(index).or_default();
        let Some(known) = held.iter_mut().find(|held| held.term == entry.term) else {
            held.push(Held {
                term: entry.term,
                command: entry.command.clone(),
                prev_term,
                holders: vec![server.name.clone()],
            });
            return None;
        };
        let others: Vec<String> = known.holders.iter().map(|holder| in_prose(holder)).collect();
        let others = others.join(", ");
        if !known.holders.contains(&server.name) {
            known.holders.push(server.name.clone());
        }
        let here = in_prose(&server.name);
        let both =
            format!("{here} and {others} hold an entry of index {index}, term {}", entry.term);
        if known.command != entry.command {
            return Some(format!("{both}, but with different commands"));
        }
        let (Some(here), Some(there)) = (prev_term, known.prev_term) else {
            known.prev_term = known.prev_term.or(prev_term);
            return None;
        };
        (here != there)
            .then(|| format!("{both}, but the entries before it have terms {here} and {there}"))
    }

    /// An entry committed in a lower term is in the log of a new leader.
    fn leader_completeness(&self, leader: &TracedServer, term: u64) -> Option<Finding> {
        let lower = self.committed.iter().filter(|(_, committed)| committed.term < term);
        lower
            .into_iter()
            .find_map(|(index, committed)| incomplete(leader, term, *index, *committed))
    }

    /// The leaders of higher terms have every entry that is committed now.
    fn commit(
        &mut self,
        servers: &[TracedServer],
        server: &TracedServer,
        before: u64,
        found: &mut Vec<Finding>,
    ) {
        for (index, entry) in server.entries(before.saturating_add(1), server.commit) {
            if self.committed.contains_key(&index) {
                continue;
            }
            let committed = CommittedAt { entry_term: entry.term, term: server.term };
            self.committed.insert(index, committed);
            for leader in servers {
                if let Some(term) = leader.leads()
                    && term > committed.term
                {
                    found.extend(incomplete(leader, term, index, committed));
                }
            }
        }
    }

    /// No two servers apply different entries at one index.
    fn state_machine_safety(&mut self, server: &TracedServer, before: u64) -> Option<Finding> {
        for (index, entry) in server.entries(before.saturating_add(1), server.applied) {
            let first = self.applied.entry(index).or_insert_with(|| entry.clone());
            if first != entry {
                let text = format!(
                    "{} applied an entry of term {} at index {index}, where another entry, of term \
                     {}, had been applied",
                    in_prose(&server.name),
                    entry.term,
                    first.term
                );
                return Some((Property::StateMachineSafety, text));
            }
        }
        None
    }
}

/// A leader never overwrites or deletes entries in its log.
fn append_only(server: &TracedServer, earlier: Earlier, change: &TraceChange) -> Option<Finding> {
    let (from, term) = (change.truncated?, server.leads()?);
    (earlier.leads == Some(term)).then(|| {
        let text = format!(
            "{}, the leader of term {term}, changed entry {from} of its log, which went up to {}",
            in_prose(&server.name),
            earlier.last_index
        );
        (Property::LeaderAppendOnly, text)
    })
}

fn incomplete(
    leader: &TracedServer,
    leads: u64,
    index: u64,
    committed: CommittedAt,
) -> Option<Finding> {
    if index <= leader.snapshot.index {
        return None;
    }
    let instead = match leader.entry(index).map(|entry| entry.term) {
        Some(term) if term == committed.entry_term => return None,
        Some(term) => format!("holds one of term {term} there"),
        None => format!("ends at {}", leader.last_index()),
    };
    let text = format!(
        "entry {index} of term {} was committed in term {}, but the log of {}, the leader of term \
         {leads}, {instead}",
        committed.entry_term,
        committed.term,
        in_prose(&leader.name)
    );
    Some((Property::LeaderCompleteness, text))
}

/// `S1` for `s1`; other names stay as they are.
pub(super) fn in_prose(name: &str) -> String {
    match name.strip_prefix('s') {
        Some(number) if number.parse::<u8>().is_ok() => format!("S{number}"),
        _ => name.to_owned(),
    }
}
