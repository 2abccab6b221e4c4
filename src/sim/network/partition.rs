//! Cuts, partitions and healing.

use crate::raft::Message;
use crate::sim::act::{ActError, Ends, Servers};
use crate::sim::event::Loss;
use crate::sim::world::World;

use super::intercept::Addresses;
use super::link::Flight;

impl World {
    pub(in crate::sim) fn cut_between(
        &mut self,
        from: &Ends,
        to: &Ends,
        both: bool,
    ) -> Result<Vec<(Flight, Loss)>, ActError> {
        let (from, to) = self.resolve_pair(from, to)?;
        let mut lost = self.cut_links(&from, &to);
        if both {
            lost.extend(self.cut_links(&to, &from));
        }
        Ok(lost)
    }

    pub(in crate::sim) fn heal_between(&mut self, from: &Ends, to: &Ends) -> Result<(), ActError> {
        let (from, to) = self.resolve_pair(from, to)?;
        self.set_links(&from, &to, true);
        self.set_links(&to, &from, true);
        Ok(())
    }

    pub(in crate::sim) fn partition(
        &mut self,
        groups: &[Servers],
    ) -> Result<Vec<(Flight, Loss)>, ActError> {
        let groups = self.resolve_groups(groups)?;
        let sets: Vec<Addresses> = groups.into_iter().map(Addresses::from).collect();
        let mut lost = Vec::new();
        for (place, group) in sets.iter().enumerate() {
            self.set_links(group, group, true);
            for (_, other) in sets.iter().enumerate().filter(|(other, _)| *other != place) {
                lost.extend(self.cut_links(group, other));
            }
        }
        Ok(lost)
    }

    pub(in crate::sim) fn isolate(
        &mut self,
        servers: &Servers,
    ) -> Result<Vec<(Flight, Loss)>, ActError> {
        let alone = Addresses::from(self.resolve(servers)?);
        let all = Addresses::from(self.server_ids());
        let mut lost = self.cut_links(&alone, &all);
        lost.extend(self.cut_links(&all, &alone));
        Ok(lost)
    }

    /// Cuts one direction. The messages in flight on it are lost.
    pub(in crate::sim) fn cut_links(
        &mut self,
        from: &Addresses,
        to: &Addresses,
    ) -> Vec<(Flight, Loss)> {
        self.set_links(from, to, false);
        let on_it = |message: &Message| from.contains(message.from) && to.contains(message.to);
        self.work += self.queue.len() as u64;
        let recalled = self.queue.recall(|flight| flight.loss.is_none() && on_it(&flight.message));
        recalled.into_iter().map(|flight| (flight, Loss::Cut)).collect()
    }

    pub(in crate::sim) fn set_links(&mut self, from: &Addresses, to: &Addresses, up: bool) {
        for from in from.iter() {
            for to in to.iter().filter(|to| *to != from) {
                self.network.link_mut(from, to).up = up;
            }
        }
    }
}
