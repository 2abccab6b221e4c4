//! Finds the messages that a condition names.

use crate::raft::{Address, Body, Index, Kind, ServerSet};
use crate::sim::{Ends, Filter, Flight, MessageState, Servers};

use super::evaluate::Evaluator;
use super::{Amount, Comparison};

impl<'a> Evaluator<'a> {
    /// The messages in that state that match.
    pub fn messages(
        &self,
        state: MessageState,
        filter: &Filter,
    ) -> impl Iterator<Item = &'a Flight> {
        let flights = self.world().messages(state).into_iter();
        flights.filter(|flight| self.matches(filter, flight))
    }

    fn matches(&self, filter: &Filter, flight: &Flight) -> bool {
        let message = &flight.message;
        let is_at = |ends: &Option<Ends>, address: Address| {
            ends.as_ref().is_none_or(|ends| self.is_one_of(ends, address))
        };
        filter.kind.is_none_or(|kind| message.kind() == kind)
            && is_at(&filter.from, message.from)
            && is_at(&filter.to, message.to)
    }

    fn is_one_of(&self, ends: &Ends, address: Address) -> bool {
        let servers = match ends {
            Ends::Servers(servers) => self.resolve(*servers),
            Ends::Mixed(servers, _) => *servers,
        };
        match address {
            Address::Server(server) => servers.contains(server),
            Address::Client(client) => {
                matches!(ends, Ends::Mixed(_, clients) if clients.contains(&client))
            }
        }
    }

    /// Whether its prevLogIndex compares so. Only AppendEntries has one.
    pub fn has_prev(&self, flight: &Flight, wanted: Option<(Comparison, Amount)>) -> bool {
        wanted.is_none_or(|(comparison, amount)| {
            prev_index(flight).is_some_and(|prev| self.compares_number(prev, comparison, &amount))
        })
    }

    /// What became of the search for such a message.
    pub fn found_messages(
        &self,
        state: MessageState,
        filter: &Filter,
        prev: Option<(Comparison, Amount)>,
    ) -> String {
        let found: Vec<&Flight> = self.messages(state, filter).collect();
        let what = filter.kind.map_or("message", Kind::name);
        let ends = Filter { kind: None, ..filter.clone() };
        let state = state.phrase();
        let (Some((_, amount)), false) = (prev, found.is_empty()) else {
            return match found.len() {
                0 => format!("no {what}{ends} is {state}"),
                1 => format!("one {what}{ends} is {state}"),
                count => {
                    let kind = filter.kind.map_or(String::new(), |kind| format!("{kind} "));
                    format!("{count} {kind}messages{ends} are {state}")
                }
            };
        };
        let prevs: Vec<String> = found
            .iter()
            .filter_map(|flight| prev_index(flight))
            .map(|prev| prev.to_string())
            .collect();
        let prevs = match prevs.is_empty() {
            true => format!("no append{ends} is {state}"),
            false => format!("prev of append{ends} is {}", prevs.join(", ")),
        };
        match self.amount_found(&amount) {
            Some(amount) => format!("{prevs}, and {amount}"),
            None => prevs,
        }
    }
}

fn prev_index(flight: &Flight) -> Option<Index> {
    match &flight.message.body {
        Body::Append(append) => Some(append.prev_index),
        _ => None,
    }
}

/// The servers that a filter names.
pub(super) fn named_in_filter(filter: &Filter) -> ServerSet {
    let named = |ends: &Option<Ends>| match ends {
        Some(Ends::Servers(Servers::Named(servers)) | Ends::Mixed(servers, _)) => *servers,
        _ => ServerSet::EMPTY,
    };
    named(&filter.from).union(named(&filter.to))
}
