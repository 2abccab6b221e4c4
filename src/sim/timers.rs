//! The servers' timers in the order in which they fire.
//!
//! Timers are not in the queue: there are few of them and they are reset all the time, so finding
//! the first one again is cheaper than removing orders from a heap.

use crate::raft::{ServerId, Timer};

use super::queue::{Key, NEVER};

/// Which timer of each server fires first, and which of all. Every event asks for the latter, and
/// hardly any changes it: an idle cluster mostly puts off timers that are not the first.
#[derive(Clone, Debug)]
pub(super) struct FirstTimers {
    servers: Vec<(Key, Timer)>,
    first: (Key, ServerId, Timer),
}

impl FirstTimers {
    pub fn new(servers: usize) -> FirstTimers {
        FirstTimers {
            servers: vec![(NEVER, Timer::Election); servers],
            first: (NEVER, ServerId::from_slot(0), Timer::Election),
        }
    }

    /// The first of all; [`NEVER`] if no timer runs.
    #[inline]
    pub fn first(&self) -> (Key, ServerId, Timer) {
        self.first
    }

    pub fn set(&mut self, server: ServerId, (key, timer): (Key, Timer)) {
        self.servers[server.slot()] = (key, timer);
        if key < self.first.0 {
            self.first = (key, server, timer);
        } else if server == self.first.1 {
            let firsts = self.servers.iter().enumerate();
            if let Some((slot, (key, timer))) = firsts.min_by_key(|(_, (key, _))| *key) {
                self.first = (*key, ServerId::from_slot(slot), *timer);
            }
        }
    }
}
