//! Resolves the words of an act: the leader, the followers, the others, and names.

use crate::raft::{ClientId, ServerId, ServerSet};

use crate::sim::network::{Addresses, MessageMatch};
use crate::sim::world::World;

use super::{ActError, Ends, Filter, Servers};

impl World {
    /// The servers that these words mean at this moment.
    ///
    /// # Errors
    /// If there is no such server, or no leader.
    pub fn resolve(&self, servers: &Servers) -> Result<ServerSet, ActError> {
        self.resolve_others(servers, ServerSet::EMPTY)
    }

    /// As [`World::resolve`]; "others" are all servers but the `named` ones.
    pub(in crate::sim) fn resolve_others(
        &self,
        servers: &Servers,
        named: ServerSet,
    ) -> Result<ServerSet, ActError> {
        match servers {
            Servers::Named(named) => match named.difference(self.server_ids()).iter().next() {
                Some(missing) => Err(ActError::NoSuchServer(missing)),
                None => Ok(*named),
            },
            Servers::All => Ok(self.server_ids()),
            Servers::Leader => self.leader().map(ServerSet::only).ok_or(ActError::NoLeader),
            Servers::Followers => {
                let leader = self.leader().map(ServerSet::only).unwrap_or_default();
                Ok(self.alive().difference(leader))
            }
            Servers::Others => Ok(self.server_ids().difference(named)),
        }
    }

    pub(in crate::sim) fn resolve_one(&self, servers: &Servers) -> Result<ServerId, ActError> {
        let meant = self.resolve(servers)?;
        match (meant.len(), meant.iter().next()) {
            (1, Some(server)) => Ok(server),
            _ => Err(ActError::NotOneServer(meant)),
        }
    }

    pub(in crate::sim) fn resolve_client(
        &self,
        by: Option<ClientId>,
    ) -> Result<ClientId, ActError> {
        let client = by.unwrap_or(ClientId::from_slot(0));
        if client.slot() < self.clients.len() {
            Ok(client)
        } else {
            Err(ActError::NoSuchClient(client))
        }
    }

    pub(in crate::sim) fn resolve_pair(
        &self,
        from: &Ends,
        to: &Ends,
    ) -> Result<(Addresses, Addresses), ActError> {
        let others = Ends::Servers(Servers::Others);
        if *from == others && *to != others {
            let to = self.resolve_ends(to, ServerSet::EMPTY)?;
            return Ok((self.resolve_ends(from, to.servers)?, to));
        }
        let found_from = self.resolve_ends(from, ServerSet::EMPTY)?;
        let found_to = self.resolve_ends(to, found_from.servers)?;
        check_reach((from, &found_from), (to, &found_to))?;
        Ok((found_from, found_to))
    }

    /// The groups of a partition.
    pub(in crate::sim) fn resolve_groups(
        &self,
        groups: &[Servers],
    ) -> Result<Vec<ServerSet>, ActError> {
        let mut named = ServerSet::EMPTY;
        let others = groups.iter().filter(|group| matches!(group, Servers::Others)).count();
        for group in groups.iter().filter(|group| !matches!(group, Servers::Others)) {
            let group = self.resolve(group)?;
            let twice = named.intersection(group);
            if !twice.is_empty() {
                return Err(ActError::InTwoGroups(twice));
            }
            named = named.union(group);
        }
        let rest = self.server_ids().difference(named);
        if others > 1 && !rest.is_empty() {
            return Err(ActError::InTwoGroups(rest));
        }
        groups.iter().map(|group| self.resolve_others(group, named)).collect()
    }

    pub(in crate::sim) fn resolve_ends(
        &self,
        ends: &Ends,
        named: ServerSet,
    ) -> Result<Addresses, ActError> {
        match ends {
            Ends::Servers(servers) => Ok(Addresses::from(self.resolve_others(servers, named)?)),
            Ends::Mixed(servers, clients) => {
                let servers = self.resolve(&Servers::Named(*servers))?;
                for client in clients {
                    self.resolve_client(Some(*client))?;
                }
                Ok(Addresses { servers, clients: clients.clone() })
            }
        }
    }

    pub(in crate::sim) fn resolve_filter(&self, filter: &Filter) -> Result<MessageMatch, ActError> {
        let named = |ends: &Option<Ends>| match ends {
            Some(ends) if *ends != Ends::Servers(Servers::Others) => {
                self.resolve_ends(ends, ServerSet::EMPTY).map(|addresses| addresses.servers)
            }
            _ => Ok(ServerSet::EMPTY),
        };
        // "From others to s1" means all but s1, and the other way round.
        let (named_to, named_from) = (named(&filter.to)?, named(&filter.from)?);
        let from =
            filter.from.as_ref().map(|ends| self.resolve_ends(ends, named_to)).transpose()?;
        let to = filter.to.as_ref().map(|ends| self.resolve_ends(ends, named_from)).transpose()?;
        if let (Some(from), Some(to)) =
            (filter.from.as_ref().zip(from.as_ref()), filter.to.as_ref().zip(to.as_ref()))
        {
            check_reach(from, to)?;
        }
        Ok(MessageMatch { kind: filter.kind, from, to })
    }
}

impl Ends {
    /// Whether a link may lead from these to those. A server has no link to itself, and clients
    /// have none to each other. Servers by role are known only when the act is performed.
    pub fn may_reach(&self, to: &Ends) -> bool {
        let named = |ends: &Ends| match ends {
            Ends::Servers(Servers::Named(servers)) => Some(Addresses::from(*servers)),
            Ends::Mixed(servers, clients) => {
                Some(Addresses { servers: *servers, clients: clients.clone() })
            }
            Ends::Servers(_) => None,
        };
        match (named(self), named(to)) {
            (Some(from), Some(to)) => from.reaches(&to),
            _ => *self != Ends::Servers(Servers::Leader) || self != to,
        }
    }
}

/// Fails if both ends are the same server, or clients: there is no such link. The same group at
/// both ends, as in `cut followers <-> followers`, may have one server only; then nothing changes.
fn check_reach(
    (from, found_from): (&Ends, &Addresses),
    (to, found_to): (&Ends, &Addresses),
) -> Result<(), ActError> {
    let is_group =
        matches!(from, Ends::Servers(Servers::All | Servers::Followers | Servers::Others));
    let is_empty = found_from.is_empty() || found_to.is_empty();
    if is_empty || is_group && from == to || found_from.reaches(found_to) {
        return Ok(());
    }
    match found_from.servers.iter().next() {
        Some(server) => Err(ActError::ToItself(server)),
        None => Err(ActError::BetweenClients),
    }
}
