//! How two runs differ at one moment.

use std::fmt;

use crate::raft::{Log, ServerId};
use crate::sim::{Server, World};

/// The part of a server that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Role, paused, crashed.
    State,
    Term,
    Vote,
    Log,
    Commit,
    /// The value of that key.
    Value(String),
}

/// A difference between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub server: ServerId,
    pub aspect: Aspect,
    pub here: String,
    pub there: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { server, aspect, here, there } = self;
        match aspect {
            Aspect::State => return write!(f, "{server:#} is {here} here, {there} there"),
            Aspect::Term => write!(f, "the term of {server:#}")?,
            Aspect::Vote => write!(f, "the vote of {server:#}")?,
            Aspect::Log => write!(f, "the log of {server:#}")?,
            Aspect::Commit => write!(f, "the commit index of {server:#}")?,
            Aspect::Value(key) => write!(f, "`{key}` on {server:#}")?,
        }
        write!(f, " is {here} here, {there} there")
    }
}

/// All differences, server by server. A server that only one of the runs has differs in its state.
pub fn differences(here: &World, there: &World) -> Vec<Difference> {
    let mut found = Vec::new();
    for id in here.server_ids().union(there.server_ids()).iter() {
        let of = |world: &'_ World| world.server_ids().contains(id);
        match (of(here), of(there)) {
            (true, true) => compare(here.server(id), there.server(id), &mut found),
            (is_here, _) => {
                let named = |is: bool| if is { "in the cluster" } else { "not in the cluster" };
                found.push(Difference {
                    server: id,
                    aspect: Aspect::State,
                    here: named(is_here).to_owned(),
                    there: named(!is_here).to_owned(),
                });
            }
        }
    }
    found
}

fn compare(here: &Server, there: &Server, found: &mut Vec<Difference>) {
    let server = here.id();
    let mut note = |aspect: Aspect, here: String, there: String| {
        if here != there {
            found.push(Difference { server, aspect, here, there });
        }
    };
    let vote = |server: &Server| {
        server.node().voted_for().map_or("none".to_owned(), |vote| format!("{vote:#}"))
    };
    note(Aspect::State, state(here), state(there));
    let (a, b) = (here.node(), there.node());
    note(Aspect::Term, a.current_term().to_string(), b.current_term().to_string());
    note(Aspect::Vote, vote(here), vote(there));
    if a.log() != b.log() {
        let kept = [a, b].map(|node| node.log().first_index()..=node.log().last_index());
        let first = kept
            .into_iter()
            .flatten()
            .filter(|index| a.log().entry(*index) != b.log().entry(*index))
            .min();
        let (here, there) = (log(a.log(), first), log(b.log(), first));
        found.push(Difference { server, aspect: Aspect::Log, here, there });
    }
    let mut note = |aspect: Aspect, here: String, there: String| {
        if here != there {
            found.push(Difference { server, aspect, here, there });
        }
    };
    note(Aspect::Commit, a.commit_index().to_string(), b.commit_index().to_string());
    let (a, b) = (a.store().values(), b.store().values());
    // Both have their keys in order, and most keys are the same.
    let mut keys: Vec<&String> = a.keys().collect();
    for key in b.keys() {
        if let Err(place) = keys.binary_search(&key) {
            keys.insert(place, key);
        }
    }
    for key in keys {
        let value =
            |value: Option<&String>| value.map_or("none".to_owned(), |value| format!("`{value}`"));
        note(Aspect::Value(key.clone()), value(a.get(key)), value(b.get(key)));
    }
}

fn state(server: &Server) -> String {
    match (server.is_alive(), server.is_paused()) {
        (false, _) => "crashed".to_owned(),
        (true, true) => format!("{}, paused", server.node().role().name()),
        (true, false) => server.node().role().name().to_owned(),
    }
}

/// A log in short: its length, and the entry at the first index that differs.
fn log(log: &Log, first: Option<u64>) -> String {
    let entry = first.and_then(|index| Some((index, log.entry(index)?)));
    let last = log.last_index();
    match (entry, log.snapshot_index()) {
        (Some((index, entry)), _) => {
            format!("{last} entries, `{}` of term {} at {index}", entry.command, entry.term)
        }
        (None, 0) => format!("{last} entries"),
        (None, snapshot) => format!("{last} entries, {snapshot} of them compacted"),
    }
}
