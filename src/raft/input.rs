//! Everything that can happen to a server.

use super::membership::change::Change;
use super::message::Message;
use super::types::{ServerId, Term};

/// One input of [`Node::step`](super::Node::step).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// The process starts, for the first time or again from its disk. Always the first input.
    Start,
    Receive(Message),
    Timer(Timer),
    /// As `Timer`, but a person fires it before its time. Only the reasons differ.
    Fired(Timer),
    /// Transfer leadership to this server (dissertation, section 3.10).
    Transfer(ServerId),
    /// Compact the log (section 7).
    Compact,
    /// The time of a lease is over (see [`Effect::StartLease`](super::Effect::StartLease)).
    LeaseOver {
        term: Term,
        /// This round's lease is over, and so are those of all earlier rounds of the term.
        round: u64,
    },
    /// Change the configuration (section 6).
    Change(Change),
    /// This write and all writes before it are on the disk.
    Stable(WriteId),
}

/// A server's timers. How long each runs is up to the caller: the algorithm has no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Campaign, unless a leader is heard first (section 5.2). Should be drawn at random for each
    /// start, or elections may split for ever.
    Election,
    /// A leader sends its next heartbeat (section 5.2).
    Heartbeat,
    /// A leader checks whether it has heard a majority (dissertation, section 6.2).
    Quorum,
    /// A leader gives up a transfer of leadership (dissertation, section 3.10).
    Transfer,
    /// A leader checks that new servers make progress (dissertation, section 4.2.1).
    CatchUp,
}

impl Timer {
    pub const COUNT: usize = 5;
}

/// The number of a write, from 1 on; 0 means "before all writes".
pub type WriteId = u64;
