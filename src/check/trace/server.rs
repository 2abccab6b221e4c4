//! A server as a trace describes it, and how a line changes it.

use std::collections::BTreeMap;

use super::command::TraceCommand;
use super::line::{TraceActivity, TraceBefore, TraceChange, TraceEntry, TraceLogId, TraceRole};

/// A server after the newest line.
#[derive(Clone, Debug)]
pub(super) struct TracedServer {
    pub name: String,
    activity: TraceActivity,
    role: TraceRole,
    pub term: u64,
    vote: Option<String>,
    /// By index. During a line also the entries that its snapshot replaces: a server may append,
    /// commit and compact an entry in one event.
    entries: BTreeMap<u64, TracedEntry>,
    pub snapshot: TraceLogId,
    /// The snapshot before the line.
    snapshot_before: TraceLogId,
    pub commit: u64,
    pub applied: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TracedEntry {
    pub term: u64,
    pub command: TraceCommand,
}

/// What the checks need of a server as it was before a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Earlier {
    /// The term that it led.
    pub leads: Option<u64>,
    pub last_index: u64,
    pub commit: u64,
    pub applied: u64,
}

const NO_SNAPSHOT: TraceLogId = TraceLogId { index: 0, term: 0 };

impl TracedServer {
    /// A server before its first line: it follows in term 0, and its log is empty.
    pub fn new(name: &str) -> TracedServer {
        TracedServer {
            name: name.to_owned(),
            activity: TraceActivity::Running,
            role: TraceRole::Follower,
            term: 0,
            vote: None,
            entries: BTreeMap::new(),
            snapshot: NO_SNAPSHOT,
            snapshot_before: NO_SNAPSHOT,
            commit: 0,
            applied: 0,
        }
    }

    /// The term that it leads.
    pub fn leads(&self) -> Option<u64> {
        let leads = self.role == TraceRole::Leader && self.activity != TraceActivity::Crashed;
        leads.then_some(self.term)
    }

    pub fn earlier(&self) -> Earlier {
        Earlier {
            leads: self.leads(),
            last_index: self.last_index(),
            commit: self.commit,
            applied: self.applied,
        }
    }

    pub fn last_index(&self) -> u64 {
        let last = self.entries.last_key_value().map_or(0, |(index, _)| *index);
        last.max(self.snapshot.index)
    }

    pub fn entry(&self, index: u64) -> Option<&TracedEntry> {
        self.entries.get(&index)
    }

    /// The entries of these indexes that it has.
    pub fn entries(&self, from: u64, to: u64) -> impl Iterator<Item = (u64, &TracedEntry)> {
        let range = (from <= to).then(|| self.entries.range(from..=to));
        range.into_iter().flatten().map(|(index, entry)| (*index, entry))
    }

    /// The term at that index, of an entry or of the last one that a snapshot replaces.
    pub fn term_at(&self, index: u64) -> Option<u64> {
        let of_snapshot = |snapshot: TraceLogId| (snapshot.index == index).then_some(snapshot.term);
        let entry = self.entries.get(&index).map(|entry| entry.term);
        entry.or(of_snapshot(self.snapshot)).or(of_snapshot(self.snapshot_before))
    }

    /// Takes over a change. The error says what in it does not fit what the server was.
    pub fn change(&mut self, change: &TraceChange) -> Result<(), String> {
        if let Some(was) = &change.was {
            self.compare(was)?;
        }
        self.snapshot_before = self.snapshot;
        if let Some(from) = change.truncated {
            self.truncate(from)?;
        }
        self.append(change)?;
        if let Some(snapshot) = change.snapshot {
            self.take_snapshot(snapshot)?;
        }
        self.activity = change.activity.unwrap_or(self.activity);
        self.role = change.role.unwrap_or(self.role);
        self.term = change.term.unwrap_or(self.term);
        self.commit = change.commit.unwrap_or(self.commit);
        self.applied = change.applied.unwrap_or(self.applied);
        if let Some(vote) = &change.vote {
            self.vote.clone_from(vote);
        }
        Ok(())
    }

    /// Forgets the entries that the snapshot replaces, now that the checks have seen them.
    pub fn compact(&mut self) {
        match self.snapshot.index.checked_add(1) {
            Some(first) => self.entries = self.entries.split_off(&first),
            None => self.entries.clear(),
        }
    }

    fn compare(&self, was: &TraceBefore) -> Result<(), String> {
        let number = |name, was: Option<u64>, is: u64| match was {
            Some(was) if was != is => Err(format!("`was.{name}` is {was}, but it was {is}")),
            _ => Ok(()),
        };
        number("term", was.term, self.term)?;
        number("last", was.last, self.last_index())?;
        number("commit", was.commit, self.commit)?;
        number("applied", was.applied, self.applied)?;
        if was.role.is_some_and(|role| role != self.role) {
            return Err("`was.role` is not the role that it had".to_owned());
        }
        if was.activity.is_some_and(|activity| activity != self.activity) {
            return Err("`was.activity` is not the activity that it had".to_owned());
        }
        if was.vote.as_ref().is_some_and(|vote| *vote != self.vote) {
            return Err("`was.vote` is not the vote that it had".to_owned());
        }
        Ok(())
    }

    fn truncate(&mut self, from: u64) -> Result<(), String> {
        let last = self.last_index();
        if from == 0 || from > last {
            return Err(match last {
                0 => format!("`truncated` is {from}, but the log is empty"),
                _ => format!("`truncated` is {from}, but the log ends at {last}"),
            });
        }
        if from <= self.snapshot.index {
            // A crash has lost the snapshot.
            self.snapshot = NO_SNAPSHOT;
            self.entries.clear();
        } else {
            self.entries.split_off(&from);
        }
        Ok(())
    }

    fn append(&mut self, change: &TraceChange) -> Result<(), String> {
        let Some(first) = change.appended.first().map(|entry| entry.index) else { return Ok(()) };
        let (last, snapshot) = (self.last_index(), change.snapshot.unwrap_or(NO_SNAPSHOT).index);
        if first <= last {
            return Err(format!(
                "`appended` begins at {first}, but the log has entries up to {last}; `truncated` \
                 says which of them were deleted"
            ));
        }
        // Only a snapshot can replace the entries between.
        if first - 1 > last.max(snapshot) {
            return Err(format!("`appended` begins at {first}, but the log ends at {last}"));
        }
        let mut next = Some(first);
        for TraceEntry { index, term, command } in &change.appended {
            if next != Some(*index) {
                return Err(format!("`appended` has entry {index} out of order"));
            }
            next = index.checked_add(1);
            self.entries.insert(*index, TracedEntry { term: *term, command: command.clone() });
        }
        Ok(())
    }

    fn take_snapshot(&mut self, snapshot: TraceLogId) -> Result<(), String> {
        let TraceLogId { index, term } = snapshot;
        if index < self.snapshot.index {
            return Err(format!(
                "`snapshot` ends at {index}, but the one before went up to {}; `truncated` says \
                 that it was lost",
                self.snapshot.index
            ));
        }
        match self.entries.get(&index) {
            Some(entry) if entry.term != term => Err(format!(
                "`snapshot` ends with an entry of term {term}, but entry {index} of the log is of \
                 term {}",
                entry.term
            )),
            _ => {
                self.snapshot = snapshot;
                Ok(())
            }
        }
    }
}
