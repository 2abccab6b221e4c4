//! The lane of a server: its roles, terms, crashes and pauses, and what it learned to be committed.

use crate::raft::{Index, Role, ServerSet, Term};
use crate::shared_list::SharedList;
use crate::sim::{Activity, EventId, Micros, ServerState};

/// The most commits of one lane; then the older half is dropped.
const COMMITS_MAX: usize = 60_000;

/// A server from the moment at which it appeared.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    spans: SharedList<RoleSpan>,
    commits: SharedList<LaneCommit>,
    /// Commits before this moment are not known any more.
    commits_from_us: Micros,
}

/// A server has one role in one term, and runs, or is paused or crashed, until the next span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleSpan {
    pub from_us: Micros,
    /// The event that it begins with.
    pub event: EventId,
    pub term: Term,
    pub role: Role,
    pub activity: Activity,
    /// The voters of the configuration that the server uses.
    pub voters: ServerSet,
    /// The last index that its snapshot replaces.
    pub snapshot: Index,
}

/// A server learned that the entries up to this index are committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneCommit {
    pub time_us: Micros,
    pub event: EventId,
    pub index: Index,
}

impl Lane {
    /// The spans that cover a stretch of time, oldest first, each with the moment of the next one.
    pub fn spans(
        &self,
        from_us: Micros,
        to_us: Micros,
    ) -> impl Iterator<Item = (RoleSpan, Option<Micros>)> {
        let after = self.spans.partition_point(self.spans.len(), |span| span.from_us <= from_us);
        let first = after.saturating_sub(1);
        let next = self.spans.iter_from(first + 1).map(|span| Some(span.from_us));
        let spans = self.spans.iter_from(first).copied().zip(next.chain([None]));
        spans.take_while(move |(span, _)| span.from_us <= to_us)
    }

    /// All spans, oldest first.
    pub fn all_spans(&self) -> impl Iterator<Item = &RoleSpan> {
        self.spans.iter()
    }

    /// The span at that moment; of several that begin then, the last one.
    pub fn span_at(&self, time_us: Micros) -> Option<RoleSpan> {
        let after = self.spans.partition_point(self.spans.len(), |span| span.from_us <= time_us);
        self.spans.get(after.checked_sub(1)?).copied()
    }

    /// The commits in a stretch of time, oldest first.
    pub fn commits(&self, from_us: Micros, to_us: Micros) -> impl Iterator<Item = &LaneCommit> {
        let before = |commit: &LaneCommit| commit.time_us < from_us;
        let first = self.commits.partition_point(self.commits.len(), before);
        let commits = self.commits.iter_from(first);
        commits.take_while(move |commit| commit.time_us <= to_us)
    }

    /// Commits before this moment are not known any more.
    pub fn commits_from_us(&self) -> Micros {
        self.commits_from_us
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spans.len() == 0
    }

    pub(super) fn newest(&self) -> Option<&RoleSpan> {
        self.spans.last()
    }

    /// Whether a server in that state would begin a span or commit entries.
    pub(super) fn is_news(&self, state: &ServerState) -> bool {
        let committed = self.commits.last().map_or(0, |commit| commit.index);
        state.commit_index > committed
            || self.spans.last().is_none_or(|last| {
                (last.term, last.role, last.activity) != (state.term, state.role, state.activity)
            })
    }

    /// Takes in what the server is now. Returns the span before it, if a new one begins.
    pub(super) fn add(
        &mut self,
        (event, time_us): (EventId, Micros),
        state: &ServerState,
        voters: ServerSet,
    ) -> bool {
        let span = RoleSpan {
            from_us: time_us,
            event,
            term: state.term,
            role: state.role,
            activity: state.activity,
            voters,
            snapshot: state.snapshot.index,
        };
        // A crashed server forgets its commit index, and learns it again: that is no news.
        let known = self.commits.last().map_or(0, |commit| commit.index);
        if state.commit_index > known {
            self.add_commit(LaneCommit { time_us, event, index: state.commit_index });
        }
        let is_new = self.spans.last().is_none_or(|last| {
            *last != RoleSpan { from_us: last.from_us, event: last.event, ..span }
        });
        if is_new {
            self.spans.push(span);
        }
        is_new
    }

    fn add_commit(&mut self, commit: LaneCommit) {
        if self.commits.len() == COMMITS_MAX {
            self.commits.split_front(COMMITS_MAX / 2);
            self.commits_from_us = self.commits.get(0).map_or(0, |commit| commit.time_us);
        }
        self.commits.push(commit);
    }

    /// Forgets everything after that event.
    pub(super) fn truncate(&mut self, event: EventId) {
        let spans = self.spans.partition_point(self.spans.len(), |span| span.event <= event);
        self.spans.truncate(spans);
        let commits = self.commits.partition_point(self.commits.len(), |it| it.event <= event);
        self.commits.truncate(commits);
    }

    /// The first moment from which the two differ.
    pub(super) fn first_difference_us(&self, other: &Lane) -> Option<Micros> {
        let spans = first_difference(self.spans.iter(), other.spans.iter(), |span| {
            (span.from_us, (span.term, span.role, span.activity, span.voters))
        });
        let commits = first_difference(self.commits.iter(), other.commits.iter(), |commit| {
            (commit.time_us, commit.index)
        });
        [spans, commits].into_iter().flatten().min()
    }
}

/// The time of the first item that only one of the lists has.
pub(super) fn first_difference<'a, T: 'a, K: PartialEq>(
    mut here: impl Iterator<Item = &'a T>,
    mut there: impl Iterator<Item = &'a T>,
    key: impl Fn(&T) -> (Micros, K),
) -> Option<Micros> {
    loop {
        match (here.next().map(&key), there.next().map(&key)) {
            (None, None) => return None,
            (Some(here), Some(there)) if here == there => {}
            (here, there) => return [here, there].into_iter().flatten().map(|it| it.0).min(),
        }
    }
}
