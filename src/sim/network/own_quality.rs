//! A latency and a loss that a link has for itself.

use crate::sim::act::LinkQuality;
use crate::sim::chance::Stream;
use crate::sim::time::Span;

/// A latency and a loss of a link's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::sim) struct OwnQuality {
    pub latency: Option<Span>,
    pub loss_ppm: Option<u32>,
    /// Streams of their own: the others still draw as if the link had nothing of its own, so that
    /// it shifts no chance, not even its own once it is like the cluster again.
    pub delay: Stream,
    pub loss: Stream,
}

impl OwnQuality {
    pub fn change(&mut self, quality: &LinkQuality) {
        if let Some(latency) = quality.latency {
            self.latency = latency.own();
        }
        if let Some(loss_ppm) = quality.loss_ppm {
            self.loss_ppm = loss_ppm.own();
        }
    }
}
