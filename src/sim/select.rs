//! Who is meant: the leader, the followers, the others, those that are named.

use crate::raft::{ClientId, ServerId, ServerSet};

use super::act::{ActError, Ends, Filter, Servers};
use super::network::{Match, Members};
use super::world::World;

impl World {
    /// Which servers are meant at this moment.
    ///
    /// # Errors
    /// Where a server is named that is not there, or the leader while there is none.
    pub fn resolve(&self, servers: &Servers) -> Result<ServerSet, ActError> {
        self.resolve_beside(servers, ServerSet::EMPTY)
    }

    pub(super) fn resolve_beside(
        &self,
        servers: &Servers,
        beside: ServerSet,
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
            Servers::Others => Ok(self.server_ids().difference(beside)),
        }
    }

    pub(super) fn one(&self, servers: &Servers) -> Result<ServerId, ActError> {
        let meant = self.resolve(servers)?;
        match (meant.len(), meant.iter().next()) {
            (1, Some(server)) => Ok(server),
            (count, _) => Err(ActError::NotOneServer(count)),
        }
    }

    pub(super) fn client_named(&self, by: Option<ClientId>) -> Result<ClientId, ActError> {
        let client = by.unwrap_or(ClientId::from_slot(0));
        if client.slot() < self.clients.len() {
            Ok(client)
        } else {
            Err(ActError::NoSuchClient(client))
        }
    }

    pub(super) fn two_ends(&self, from: &Ends, to: &Ends) -> Result<(Members, Members), ActError> {
        let others = Ends::Servers(Servers::Others);
        let (named_from, named_to) = match (*from == others, *to == others) {
            (true, false) => {
                let to = self.ends(to, ServerSet::EMPTY)?;
                (self.ends(from, to.servers)?, to)
            }
            _ => {
                let from = self.ends(from, ServerSet::EMPTY)?;
                let to = self.ends(to, from.servers)?;
                (from, to)
            }
        };
        Ok((named_from, named_to))
    }

    pub(super) fn ends(&self, ends: &Ends, beside: ServerSet) -> Result<Members, ActError> {
        match ends {
            Ends::Servers(servers) => Ok(only_servers(self.resolve_beside(servers, beside)?)),
            Ends::Mixed(servers, clients) => {
                let servers = self.resolve(&Servers::Named(*servers))?;
                for client in clients {
                    self.client_named(Some(*client))?;
                }
                Ok(Members { servers, clients: clients.clone() })
            }
        }
    }

    pub(super) fn look_up(&self, filter: &Filter) -> Result<Match, ActError> {
        let beside = |ends: &Option<Ends>| match ends {
            Some(ends) if *ends != Ends::Servers(Servers::Others) => {
                self.ends(ends, ServerSet::EMPTY).map(|members| members.servers)
            }
            _ => Ok(ServerSet::EMPTY),
        };
        let (beside_from, beside_to) = (beside(&filter.to)?, beside(&filter.from)?);
        let from = filter.from.as_ref().map(|ends| self.ends(ends, beside_from)).transpose()?;
        let to = filter.to.as_ref().map(|ends| self.ends(ends, beside_to)).transpose()?;
        Ok(Match { kind: filter.kind, from, to })
    }
}

pub(super) fn only_servers(servers: ServerSet) -> Members {
    Members { servers, clients: Vec::new() }
}
