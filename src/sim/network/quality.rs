//! Gives links a latency and a loss of their own, and draws from them.

use crate::raft::Address;
use crate::sim::act::{ActError, Ends, LinkQuality};
use crate::sim::chance::{Purpose, Stream};
use crate::sim::settings::Settings;
use crate::sim::time::{Micros, Span};
use crate::sim::world::World;

use super::link::{Link, Network};
use super::own_quality::OwnQuality;

impl Link {
    /// The range that delays are drawn from.
    pub fn latency(&self, settings: &Settings) -> Span {
        self.own.as_ref().and_then(|own| own.latency).unwrap_or(settings.latency)
    }

    /// The delay of a message, if it would have the usual one otherwise.
    pub fn own_delay(&mut self, usual_us: Micros) -> Micros {
        let Some(own) = self.own.as_mut() else { return usual_us };
        own.latency.map_or(usual_us, |latency| own.delay.within(latency))
    }

    /// Whether a message is lost, if it would be or not otherwise.
    pub fn own_loss(&mut self, usual: bool) -> bool {
        let Some(own) = self.own.as_mut() else { return usual };
        own.loss_ppm.map_or(usual, |loss_ppm| own.loss.happens(loss_ppm))
    }
}

impl Network {
    fn set_quality(&mut self, from: Address, to: Address, quality: &LinkQuality) {
        let which = self.stream_number(self.position(from, to));
        let seed = self.seed;
        let new = || OwnQuality {
            latency: None,
            loss_ppm: None,
            delay: Stream::new(seed, Purpose::LinkOwnDelay, which),
            loss: Stream::new(seed, Purpose::LinkOwnLoss, which),
        };
        let own = &mut self.link_mut(from, to).own;
        own.get_or_insert_with(|| Box::new(new())).change(quality);
    }

    fn changes_quality(&self, from: Address, to: Address, quality: &LinkQuality) -> bool {
        let own = self.link(from, to).own.as_ref();
        let (latency, loss_ppm) = own.map_or((None, None), |own| (own.latency, own.loss_ppm));
        quality.latency.is_some_and(|wanted| wanted.own() != latency)
            || quality.loss_ppm.is_some_and(|wanted| wanted.own() != loss_ppm)
    }
}

impl World {
    /// The latency of that direction of a link, if it is not the cluster's.
    pub fn own_latency(&self, from: Address, to: Address) -> Option<Span> {
        self.network.link(from, to).own.as_ref()?.latency
    }

    /// The loss of that direction of a link in parts per million, if it is not the cluster's.
    pub fn own_loss_ppm(&self, from: Address, to: Address) -> Option<u32> {
        self.network.link(from, to).own.as_ref()?.loss_ppm
    }

    /// Gives links a latency and a loss of their own, or takes them away.
    pub(in crate::sim) fn set_quality(
        &mut self,
        from: &Ends,
        to: &Ends,
        both: bool,
        quality: &LinkQuality,
    ) -> Result<(), ActError> {
        for (from, to) in self.directions(from, to, both)? {
            self.network.set_quality(from, to, quality);
        }
        Ok(())
    }

    pub(in crate::sim) fn changes_quality(
        &self,
        from: &Ends,
        to: &Ends,
        both: bool,
        quality: &LinkQuality,
    ) -> Result<bool, ActError> {
        let mut directions = self.directions(from, to, both)?.into_iter();
        Ok(directions.any(|(from, to)| self.network.changes_quality(from, to, quality)))
    }

    /// The directions of links between two ends.
    fn directions(
        &self,
        from: &Ends,
        to: &Ends,
        both: bool,
    ) -> Result<Vec<(Address, Address)>, ActError> {
        let (from, to) = self.resolve_pair(from, to)?;
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
        let there = pairs.filter(|(from, to)| from != to);
        Ok(there
            .flat_map(|(from, to)| [Some((from, to)), both.then_some((to, from))])
            .flatten()
            .collect())
    }
}
