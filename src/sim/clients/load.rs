//! The load: clients that keep sending commands.

use crate::sim::act::Load;
use crate::sim::chance::Stream;

/// A load that is on.
#[derive(Clone, Debug, Hash)]
pub(in crate::sim) struct Loading {
    pub load: Load,
    /// Tells it from earlier loads, whose orders may still be in the queue.
    pub epoch: u64,
    /// How many commands it has sent.
    pub sent: u64,
    pub chance: Stream,
}
