//! Everything that a server asks of the world around it.
//!
//! **Persist before send** is part of this interface, as in etcd's: a message names the write that
//! must be stable before it may leave ([`Effect::Send`]). The caller performs the write, holds back
//! the messages that wait for it, and reports [`Input::Stable`](super::Input::Stable). A vote or an
//! acknowledgement that left before its write would be forgotten in a crash, and the server could
//! then vote twice in one term or lose an entry that the leader has counted.

use std::sync::Arc;

use super::entry::Entry;
use super::input::{Timer, WriteId};
use super::message::Message;
use super::reason::Why;
use super::snapshot::Snapshot;
use super::types::{Index, ServerId, Term};

/// A change of the persistent state (figure 2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// Writes become stable in the order of their ids.
    pub id: WriteId,
    /// Term and vote, if they changed.
    pub hard_state: Option<HardState>,
    /// The snapshot, if it changed. It must be applied before the tail.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The first index that changed and the whole log from there on, if the log changed.
    pub tail: Option<(Index, Vec<Entry>)>,
}

/// Figure 2's `currentTerm` and `votedFor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct HardState {
    pub term: Term,
    pub voted_for: Option<ServerId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    Send {
        message: Message,
        /// The message may leave once this write is stable; 0: at once.
        after: WriteId,
    },
    /// Starts or restarts a timer.
    SetTimer(Timer),
    StopTimer(Timer),
    /// The messages of this round leave now, and so begins the time of its lease (dissertation,
    /// section 6.4.1). Once that time is over, the caller reports
    /// [`Input::LeaseOver`](super::Input::LeaseOver).
    StartLease {
        term: Term,
        round: u64,
    },
}

/// The result of one step. The caller owns it and empties it between steps, so that its
/// allocations are used again.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// At most one write per step, before all else.
    pub write: Option<Write>,
    /// The first index at which the log changed in this step, whether or not the change is
    /// written. For checkers only.
    pub log_changed_from: Option<Index>,
    /// The entries that a snapshot replaced in this step, and the index of the first. For checkers
    /// only: they look after the step, when the log no longer holds them.
    pub compacted: Option<(Index, Vec<Entry>)>,
    /// Everything else, in order.
    pub list: Vec<Effect>,
    /// The reasons of the decisions, in order; empty unless `explain` is on.
    pub whys: Vec<Why>,
    /// Whether to collect reasons.
    pub explain: bool,
}

impl Effects {
    pub(super) fn compacted(&mut self, first: Index, entries: Vec<Entry>) {
        let (_, known) = self.compacted.get_or_insert((first, Vec::new()));
        known.extend(entries);
    }

    /// Takes a closure, so that a run that nobody watches does not pay for reasons.
    pub(super) fn why<W: Into<Why>>(&mut self, why: impl FnOnce() -> W) {
        if self.explain {
            self.whys.push(why().into());
        }
    }

    /// As `why`, for a decision that has a reason of its own only at times.
    pub(super) fn why_if<W: Into<Why>>(&mut self, why: impl FnOnce() -> Option<W>) {
        if self.explain {
            self.whys.extend(why().map(Into::into));
        }
    }
}
