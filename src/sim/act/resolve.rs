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
            (count, _) => Err(ActError::NotOneServer(count)),
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
        let from = self.resolve_ends(from, ServerSet::EMPTY)?;
        let to = self.resolve_ends(to, from.servers)?;
        Ok((from, to))
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
        Ok(MessageMatch { kind: filter.kind, from, to })
    }
}
