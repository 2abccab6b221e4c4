//! A server as the world sees it: a node, its disk, its timers and whether it runs.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use crate::raft::{HashedIfSet, Message, Node, ServerId, Timer, WriteId};

use super::chance::Stream;
use super::disk::Disk;
use super::event::EventId;
use super::network::Flight;
use super::time::Micros;

/// The speed of a true clock, in thousandths.
pub(super) const TRUE_CLOCK: u32 = 1000;

#[derive(Clone, Debug, Hash)]
pub struct Server {
    pub(super) node: Node,
    pub(super) disk: Disk,
    pub(super) status: Status,
    pub(super) skew_milli: u32,
    pub(super) timers: RunningTimers,
    /// Messages that wait for a write, in order.
    pub(super) outbox: VecDeque<(WriteId, Message)>,
    /// When the newest write becomes stable.
    pub(super) disk_busy_until_us: Micros,
    pub(super) election_chance: Stream,
    pub(super) disk_chance: Stream,
    /// For a disk of its own: `disk_chance` still draws as if the disk were like the others, so
    /// that it shifts no chance, not even its own once it is like them again.
    pub(super) own_disk_chance: HashedIfSet<Option<Stream>>,
    /// For `timer_delay` of the settings.
    pub(super) timer_chance: HashedIfSet<Option<Stream>>,
}

/// Whether a server runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Status {
    Running,
    /// Frozen. Messages that reach it wait here.
    Paused {
        stalled: Vec<Flight>,
        /// Tells it from earlier pauses, whose ends may still be in the queue.
        pause: u64,
    },
    Crashed,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RunningTimer {
    /// In microseconds.
    pub set_us: Micros,
    /// When it fires, in microseconds.
    pub due_us: Micros,
    pub(super) sequence: u64,
    pub(super) cause: EventId,
}

/// The timers that run, by [`Timer`].
#[derive(Clone, Debug, Default)]
pub(super) struct RunningTimers([Option<RunningTimer>; Timer::COUNT]);

impl Hash for RunningTimers {
    /// The catch-up timer came last and counts only while it runs: a run without it keeps its hash.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (catch_up, others) = (self[Timer::CatchUp as usize], &self[..Timer::CatchUp as usize]);
        others.hash(state);
        HashedIfSet(catch_up).hash(state);
    }
}

impl Deref for RunningTimers {
    type Target = [Option<RunningTimer>; Timer::COUNT];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for RunningTimers {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Server {
    pub fn id(&self) -> ServerId {
        self.node.id()
    }

    /// The node; of a crashed server, what it will restart from.
    pub fn node(&self) -> &Node {
        &self.node
    }

    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Whether it has not crashed. It may be paused.
    pub fn is_alive(&self) -> bool {
        !matches!(self.status, Status::Crashed)
    }

    pub fn is_paused(&self) -> bool {
        matches!(self.status, Status::Paused { .. })
    }

    /// How many messages wait for it to resume.
    pub fn waiting(&self) -> usize {
        match &self.status {
            Status::Paused { stalled, .. } => stalled.len(),
            _ => 0,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.status, Status::Running)
    }

    /// The speed of its clock, in thousandths.
    pub fn skew_milli(&self) -> u32 {
        self.skew_milli
    }

    pub fn election_timer(&self) -> Option<RunningTimer> {
        self.timers[Timer::Election as usize]
    }

    pub fn heartbeat_timer(&self) -> Option<RunningTimer> {
        self.timers[Timer::Heartbeat as usize]
    }

    /// How many writes are not yet stable.
    pub fn writes_pending(&self) -> usize {
        self.disk.pending()
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub(super) fn unshared_bytes(&self, base: &Server) -> usize {
        let entries = self.node.log().unshared_entries(base.node.log())
            + self.disk.log().unshared_entries(base.disk.log());
        entries * 24
            + self.node.store().values().len() * 64
            + (self.disk.pending() + self.outbox.len() + self.waiting()) * 256
    }

    /// The true duration of a duration by its own clock.
    pub(super) fn true_us(&self, own_us: Micros) -> Micros {
        if self.skew_milli == TRUE_CLOCK {
            return own_us;
        }
        let scaled = u128::from(own_us) * u128::from(TRUE_CLOCK) / u128::from(self.skew_milli);
        Micros::try_from(scaled).unwrap_or(Micros::MAX)
    }
}
