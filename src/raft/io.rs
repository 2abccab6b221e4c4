//! What goes into a server and what comes out of it: the whole surface of the algorithm.

use std::sync::Arc;

use super::command::Entry;
use super::membership::Change;
use super::message::Message;
use super::snapshot::Snapshot;
use super::types::{Index, ServerId, Term};
use super::why::Why;

/// Something that happens to a server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// It begins to run, for the first time or from its disk.
    Start,
    /// A message arrives.
    Receive(Message),
    /// A timer fires.
    Timer(Timer),
    /// Leadership is to go to that server (dissertation, section 3.10).
    Transfer(ServerId),
    /// The log is to be compacted (section 7).
    Compact,
    /// The lease of that round of that term is over (dissertation, section 6.4.1).
    LeaseOver {
        /// The leader's term.
        term: Term,
        /// The round.
        round: u64,
    },
    /// The configuration is to change so (section 6).
    Change(Change),
    /// That write and all before it are stable.
    Stable(WriteId),
}

/// A server's timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Time to campaign, unless a leader is heard before (section 5.2).
    Election,
    /// Time for a leader's next heartbeat (section 5.2).
    Heartbeat,
    /// Time for a leader to ask itself whether it has heard a majority (dissertation, section 6.2).
    Quorum,
    /// Time to give up a transfer of leadership (dissertation, section 3.10).
    Transfer,
}

impl Timer {
    /// How many timers a server has.
    pub const COUNT: usize = 4;
}

/// The number of a write, from 1 on; 0 is before all writes.
pub type WriteId = u64;

/// What must be on the disk before a server may act on it (figure 2, "persistent state").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// Its number. Writes become stable in order.
    pub id: WriteId,
    /// Term and vote, where they changed.
    pub hard_state: Option<HardState>,
    /// The snapshot that stands for the beginning of the log, where it changed. It is taken before the tail.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The first index that changed, and the log from there on, where it changed.
    pub tail: Option<(Index, Vec<Entry>)>,
}

/// Term and vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct HardState {
    /// The latest term that the server has seen.
    pub term: Term,
    /// Whom it voted for in that term.
    pub voted_for: Option<ServerId>,
}

/// Something that a server asks of the world around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Sends a message, not before that write is stable (0: at once).
    Send {
        /// The message.
        message: Message,
        /// The write that it promises.
        after: WriteId,
    },
    /// Starts a timer anew; how long it runs is the world's to draw.
    SetTimer(Timer),
    /// Stops a timer.
    StopTimer(Timer),
    /// Begins the lease of a round that is sent now: once its time is over, the server is to be told.
    StartLease {
        /// The leader's term.
        term: Term,
        /// The round.
        round: u64,
    },
}

/// All that comes out of one step. Kept by the caller and used again, so that a step allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// What must be written, before all else.
    pub write: Option<Write>,
    /// The first index at which the log changed in this step, written or not; for those who check.
    pub log_changed_from: Option<Index>,
    /// The entries that a snapshot has taken the place of in this step, and the index of the first; for those who check.
    pub compacted: Option<(Index, Vec<Entry>)>,
    /// Everything else, in order.
    pub list: Vec<Effect>,
    /// The reasons of the decisions, in order; empty unless `explain` is on.
    pub whys: Vec<Why>,
    /// Whether reasons are wanted.
    pub explain: bool,
}

impl Effects {
    pub(super) fn compacted(&mut self, first: Index, entries: Vec<Entry>) {
        let (_, known) = self.compacted.get_or_insert((first, Vec::new()));
        known.extend(entries);
    }

    pub(super) fn why(&mut self, why: impl FnOnce() -> Why) {
        if self.explain {
            self.whys.push(why());
        }
    }
}
