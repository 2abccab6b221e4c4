//! The load: clients that keep sending commands.

use std::hash::{Hash, Hasher};

use crate::sim::act::Load;
use crate::sim::chance::Stream;

#[derive(Clone, Debug)]
pub(in crate::sim) struct Loading {
    pub load: Load,
    /// Tells it from earlier loads, whose sends may still be in the queue.
    pub epoch: u64,
    /// Counts the loads of the run. It is the number of its stream, so a pause before the load does
    /// not change what the clients send.
    pub number: u64,
    /// The number of commands sent.
    pub sent: u64,
    pub chance: Stream,
}

impl Hash for Loading {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.load, self.epoch, self.sent, &self.chance).hash(state);
        // Equal to the epoch unless a server was paused before. So the hashes of all other runs
        // stay what they were before this field.
        if self.number != self.epoch {
            self.number.hash(state);
        }
    }
}
