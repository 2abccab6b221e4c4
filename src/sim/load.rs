//! The load: clients that keep sending commands.

use super::act::Load;
use super::chance::Stream;

/// A load that is on.
#[derive(Clone, Debug, Hash)]
pub(super) struct Loading {
    pub load: Load,
    /// Tells it from earlier loads, whose orders may still be in the queue.
    pub epoch: u64,
    /// How many commands it has sent.
    pub sent: u64,
    pub chance: Stream,
}
