//! What an act has set up and stays until another act ends it.

use super::act::{Act, Ends, Filter, Load, Servers};
use super::network::{Addresses, MessageMatch};
use super::world::World;

impl World {
    /// The standing `drop`, `hold`, `duplicate` and `delay` acts, oldest first, each with the act
    /// that ends it. That one also ends those whose messages it all matches.
    pub fn standing_interceptions(&self) -> Vec<(Act, Act)> {
        let acts = self.network.interceptors.iter().map(|interceptor| {
            let filter = named(&interceptor.filter);
            let act = Act::Intercept(interceptor.interception, interceptor.left, filter.clone());
            (act, Act::Release(None, filter))
        });
        acts.collect()
    }

    /// The load that the clients are under.
    pub fn load(&self) -> Option<&Load> {
        self.loading.as_ref().map(|loading| &loading.load)
    }
}

fn named(filter: &MessageMatch) -> Filter {
    let ends = |addresses: &Addresses| match addresses.clients.is_empty() {
        true => Ends::Servers(Servers::Named(addresses.servers)),
        false => Ends::Mixed(addresses.servers, addresses.clients.clone()),
    };
    Filter {
        kind: filter.kind,
        from: filter.from.as_ref().map(ends),
        to: filter.to.as_ref().map(ends),
    }
}
