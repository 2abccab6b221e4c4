//! The load: clients that keep sending commands.

use crate::sim::act::Load;
use crate::sim::chance::Stream;

#[derive(Clone, Debug, Hash)]
pub(in crate::sim) struct Loading {
    pub load: Load,
    /// Tells it from earlier loads, whose sends may still be in the queue.
    pub epoch: u64,
    /// The number of commands sent.
    pub sent: u64,
    pub chance: Stream,
}
