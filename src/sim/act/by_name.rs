//! Acts with all servers by name. A recorded act must mean the same servers when it is replayed
//! after an edit, even if another server leads then.

use super::{Act, ActError, Ends, Filter, Servers};
use crate::raft::{ServerId, ServerSet};
use crate::sim::network::Addresses;
use crate::sim::world::World;

impl World {
    /// The act as it would be performed now, with all servers by name; `None` if it would change
    /// nothing.
    ///
    /// # Errors
    /// As [`World::act`].
    pub fn named(&self, act: &Act) -> Result<Option<Act>, ActError> {
        let some = |servers: &Servers| self.affected(servers, |_| true);
        let one = |servers: &Servers| self.resolve_one(servers).map(Servers::from);
        // The leader performs it, so there must be one.
        let if_led = |servers: Servers| self.leader().map(|_| servers).ok_or(ActError::NoLeader);
        Ok(match act {
            Act::Set(setting) => {
                let mut settings = self.settings.clone();
                settings.apply(setting);
                (settings != self.settings).then(|| act.clone())
            }
            Act::Load(load) => (load.is_some() || self.loading.is_some()).then(|| act.clone()),
            Act::Heal(None) => self.network.has_cuts().then_some(Act::Heal(None)),
            Act::Inject(_) => Some(act.clone()),
            Act::Crash(servers) => {
                self.affected(servers, |id| self.server(id).is_alive())?.map(Act::Crash)
            }
            Act::Restart(servers) => {
                self.affected(servers, |id| !self.server(id).is_alive())?.map(Act::Restart)
            }
            Act::Resume(servers) => {
                self.affected(servers, |id| self.server(id).is_paused())?.map(Act::Resume)
            }
            Act::Skew(servers, milli) => self
                .affected(servers, |id| self.server(id).skew_milli() != *milli)?
                .map(|servers| Act::Skew(servers, *milli)),
            Act::Pause(servers, time_us) => {
                some(servers)?.map(|servers| Act::Pause(servers, *time_us))
            }
            Act::Wipe(servers) => some(servers)?.map(Act::Wipe),
            Act::Timeout(servers) => some(servers)?.map(Act::Timeout),
            Act::Beat(servers) => some(servers)?.map(Act::Beat),
            Act::Isolate(servers) => some(servers)?.map(Act::Isolate),
            Act::Snapshot(servers) => some(servers)?.map(Act::Snapshot),
            Act::Members(servers) => some(servers)?.map(if_led).transpose()?.map(Act::Members),
            Act::Cut { from, to, both } => {
                self.pair(from, to)?.map(|(from, to)| Act::Cut { from, to, both: *both })
            }
            Act::Heal(Some((from, to))) => self.pair(from, to)?.map(|pair| Act::Heal(Some(pair))),
            Act::Partition(groups) => self.groups(groups)?,
            Act::Intercept(fate, count, filter) => {
                self.filter(filter)?.map(|filter| Act::Intercept(*fate, *count, filter))
            }
            Act::Release(next, filter) => {
                self.pending(filter)?.map(|filter| Act::Release(*next, filter))
            }
            Act::Discard(next, filter) => {
                self.pending(filter)?.map(|filter| Act::Discard(*next, filter))
            }
            Act::Message(act, name) => self.by_full_name(*act, name)?,
            Act::Link { from, to, both, quality } => {
                let changes = self.changes_quality(from, to, *both, quality)?;
                let ends = self.pair(from, to)?.filter(|_| changes);
                ends.map(|(from, to)| Act::Link { from, to, both: *both, quality: *quality })
            }
            Act::Request { op, via, by } => {
                self.resolve_client(*by)?;
                let via = via.as_ref().map(one).transpose()?;
                Some(Act::Request { op: op.clone(), via, by: *by })
            }
            Act::Transfer(server) => Some(Act::Transfer(if_led(one(server)?)?)),
            Act::Add { server, learner } => {
                Some(Act::Add { server: if_led(one(server)?)?, learner: *learner })
            }
            Act::Remove(server) => Some(Act::Remove(if_led(one(server)?)?)),
            Act::Promote(server) => Some(Act::Promote(if_led(one(server)?)?)),
        })
    }

    /// The servers that the act affects, by name; `None` if there are none.
    fn affected(
        &self,
        servers: &Servers,
        wanted: impl Fn(ServerId) -> bool,
    ) -> Result<Option<Servers>, ActError> {
        let meant: ServerSet = self.resolve(servers)?.iter().filter(|id| wanted(*id)).collect();
        Ok((!meant.is_empty()).then_some(Servers::Named(meant)))
    }

    fn pair(&self, from: &Ends, to: &Ends) -> Result<Option<(Ends, Ends)>, ActError> {
        let (from, to) = self.resolve_pair(from, to)?;
        // One server that is alone in its group has no link.
        Ok(if from.reaches(&to) { ends(from).zip(ends(to)) } else { None })
    }

    /// A partition without its empty groups. If one group remains, its links are healed.
    fn groups(&self, groups: &[Servers]) -> Result<Option<Act>, ActError> {
        let sets = self.resolve_groups(groups)?.into_iter().filter(|set| !set.is_empty());
        let sets: Vec<ServerSet> = sets.collect();
        Ok(match sets.as_slice() {
            [] => None,
            // A server has no link to itself.
            [alone] if alone.len() == 1 => None,
            [alone] => {
                let alone = Ends::Servers(Servers::Named(*alone));
                Some(Act::Heal(Some((alone.clone(), alone))))
            }
            _ => Some(Act::Partition(sets.into_iter().map(Servers::Named).collect())),
        })
    }

    /// A filter by name; `None` if no message can match.
    fn filter(&self, filter: &Filter) -> Result<Option<Filter>, ActError> {
        let found = self.resolve_filter(filter)?;
        if let (Some(from), Some(to)) = (&found.from, &found.to)
            && !from.reaches(to)
        {
            return Ok(None);
        }
        let (from, to) = (found.from.map(ends), found.to.map(ends));
        let is_for_nobody = from == Some(None) || to == Some(None);
        let by_name = Filter { kind: filter.kind, from: from.flatten(), to: to.flatten() };
        Ok((!is_for_nobody).then_some(by_name))
    }

    /// A filter by name; `None` if no message is held or intercepted.
    fn pending(&self, filter: &Filter) -> Result<Option<Filter>, ActError> {
        let idle = self.network.interceptors.is_empty() && self.network.held.is_empty();
        Ok(self.filter(filter)?.filter(|_| !idle))
    }
}

/// `None` if there are none.
fn ends(members: Addresses) -> Option<Ends> {
    let Addresses { servers, clients } = members;
    match (servers.is_empty(), clients.is_empty()) {
        (true, true) => None,
        (false, true) => Some(Ends::Servers(Servers::Named(servers))),
        (_, false) => Some(Ends::Mixed(servers, clients)),
    }
}
