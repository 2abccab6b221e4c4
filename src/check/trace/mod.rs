//! Traces: what a cluster did, line by line, as `docs/trace.md` describes it; and the checks over
//! one, which need neither the simulator nor the world that wrote it.
//!
//! - `line`, `message`, `command`: the lines as data; `fields`: which field belongs to which kind.
//!   Nothing here reads or writes JSON.
//! - `server`: what a server is after the lines so far.
//! - `safety`: the five safety properties; `operations`: the clients' history.

mod command;
mod fields;
mod line;
mod message;
mod operations;
mod safety;
mod server;

use std::collections::HashMap;

use super::linearizability::Verdict;
use super::property::Property;

pub use command::{TraceAnswerKind, TraceCommand, TraceOp, TypedCommand};
pub use line::*;
pub use message::{TraceMessage, TraceReceived, TraceRejection};

use operations::TracedOperations;
use safety::{Finding, TraceSafety};
use server::{Earlier, TracedServer};

/// Checks the lines of one run.
#[derive(Clone, Debug, Default)]
pub struct TraceChecker {
    servers: Vec<TracedServer>,
    places: HashMap<String, usize>,
    safety: TraceSafety,
    operations: TracedOperations,
    newest_id: Option<u64>,
    newest_time: u64,
    lines: u64,
    mentioned: Mentioned,
}

/// What the lines so far speak of.
#[derive(Clone, Copy, Debug, Default)]
struct Mentioned {
    roles: bool,
    leaders: bool,
    entries: bool,
    commits: bool,
    applies: bool,
}

impl TraceChecker {
    /// Takes the next line. Returns the first property that it breaks, with the evidence.
    ///
    /// # Errors
    /// If the line contradicts itself or the lines before it: the trace is not valid.
    pub fn take(&mut self, line: &TraceLine) -> Result<Option<(Property, String)>, String> {
        self.lines += 1;
        self.check_order(line)?;
        let mut changed: Vec<(usize, Earlier)> = Vec::new();
        for change in &line.changes {
            let at = self.place(&change.server);
            if changed.iter().any(|(known, _)| *known == at) {
                return Err(format!("`changes` names {} twice", change.server));
            }
            let server = &mut self.servers[at];
            changed.push((at, server.earlier()));
            server.change(change).map_err(|error| format!("{}: {error}", change.server))?;
        }
        let mut found: Vec<Finding> = Vec::new();
        for ((at, earlier), change) in changed.iter().zip(&line.changes) {
            self.safety.check(&self.servers, *at, *earlier, change, &mut found);
            let mentioned = &mut self.mentioned;
            mentioned.roles |= change.role.is_some();
            mentioned.leaders |= change.role == Some(TraceRole::Leader);
            mentioned.entries |= !change.appended.is_empty();
            mentioned.commits |= change.commit.is_some();
            mentioned.applies |= change.applied.is_some();
        }
        for (at, _) in changed {
            self.servers[at].compact();
        }
        if let Some(text) = self.operations.take(line, self.lines)? {
            found.push((Property::Linearizability, text));
        }
        Ok(found.into_iter().next())
    }

    /// How many lines it has taken.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Whether the lines so far could have broken that property. Without `applied` in a trace, for
    /// instance, State Machine Safety is not judged.
    pub fn judges(&self, property: Property) -> bool {
        let Mentioned { roles, leaders, entries, commits, applies } = self.mentioned;
        match property {
            Property::ElectionSafety => roles,
            Property::LeaderAppendOnly | Property::LogMatching => entries,
            Property::LeaderCompleteness => leaders && commits,
            Property::StateMachineSafety => applies,
            Property::Linearizability => {
                self.operations.any() && self.operations.verdict() == Verdict::Linearizable
            }
        }
    }

    fn check_order(&mut self, line: &TraceLine) -> Result<(), String> {
        if let Some(id) = line.id {
            if let Some(newest) = self.newest_id.filter(|newest| *newest >= id) {
                return Err(format!("`id` is {id}, but the line before has {newest}"));
            }
            self.newest_id = Some(id);
        }
        if let Some(cause) = line.cause
            && line.id.is_none_or(|id| id <= cause)
        {
            return Err(format!("`cause` is {cause}, but a cause is an earlier event"));
        }
        if line.time < self.newest_time {
            let newest = self.newest_time;
            return Err(format!("`time` is {}, but the line before has {newest}", line.time));
        }
        self.newest_time = line.time;
        Ok(())
    }

    fn place(&mut self, name: &str) -> usize {
        if let Some(&at) = self.places.get(name) {
            return at;
        }
        self.places.insert(name.to_owned(), self.servers.len());
        self.servers.push(TracedServer::new(name));
        self.servers.len() - 1
    }
}
