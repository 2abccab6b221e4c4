//! Finds the one message that an act names, and acts on it.

use crate::raft::{Address, Message, ServerSet};
use crate::sim::event::{Loss, MessageId};
use crate::sim::network::Flight;
use crate::sim::world::World;

use super::{Act, ActError, Ends, Filter, MessageAct, MessageName, MessageState, Servers};

impl World {
    /// The messages in that state, in the order in which a [`MessageName`] counts them.
    pub fn messages(&self, state: MessageState) -> Vec<&Flight> {
        match state {
            MessageState::InFlight => self.queue.flights_in_order(),
            MessageState::Held => self.network.held.iter().collect(),
            MessageState::Delivered => {
                self.queue.past().filter(|flight| flight.loss.is_none()).collect()
            }
            MessageState::Lost => {
                self.queue.past().filter(|flight| flight.loss.is_some()).collect()
            }
        }
    }

    /// The message of that number, if it is in flight, held, or one of the newest that
    /// were delivered or lost.
    pub fn message(&self, id: MessageId) -> Option<(MessageState, &Flight)> {
        MessageState::ALL.into_iter().find_map(|state| {
            let found = self.messages(state).into_iter().find(|flight| flight.id == id);
            found.map(|flight| (state, flight))
        })
    }

    /// How a script names that message at this moment.
    pub fn message_name(&self, id: MessageId) -> Option<MessageName> {
        let (state, flight) = self.message(id)?;
        let Message { from, to, .. } = flight.message;
        let kind = flight.message.kind();
        let is_like = |other: &&Flight| {
            let message = &other.message;
            (message.kind(), message.from, message.to) == (kind, from, to)
        };
        let mut alike = self.messages(state).into_iter().filter(is_like);
        let nth = alike.position(|other| other.id == id)? as u32 + 1;
        let filter =
            Filter { kind: Some(kind), from: Some(Ends::from(from)), to: Some(Ends::from(to)) };
        Some(MessageName { state, nth, filter })
    }

    /// The message that an act names.
    fn named_message(&self, act: MessageAct, name: &MessageName) -> Result<MessageId, ActError> {
        let filter = self.resolve_filter(&name.filter)?;
        let matching: Vec<MessageId> = self
            .messages(name.state)
            .into_iter()
            .filter(|flight| filter.matches(&flight.message))
            .map(|flight| flight.id)
            .collect();
        let found = matching.len() as u32;
        let missing = || ActError::NoSuchMessage { act, name: Box::new(name.clone()), found };
        let place = (name.nth as usize).checked_sub(1);
        place.and_then(|place| matching.get(place).copied()).ok_or_else(missing)
    }

    /// The act with the message by its full name.
    pub(super) fn by_full_name(
        &self,
        act: MessageAct,
        name: &MessageName,
    ) -> Result<Option<Act>, ActError> {
        let id = self.named_message(act, name)?;
        Ok(self.message_name(id).map(|name| Act::Message(act, name)))
    }

    /// Acts on one message. Returns it if it is lost.
    pub(super) fn act_on_message(
        &mut self,
        act: MessageAct,
        name: &MessageName,
    ) -> Result<Option<(Flight, Loss)>, ActError> {
        let id = self.named_message(act, name)?;
        self.work += self.queue.len() as u64;
        if let MessageAct::Resend(after_us) = act {
            self.resend(id, after_us);
            return Ok(None);
        }
        let is_held = name.state == MessageState::Held;
        let Some(flight) = self.take_message(id) else { return Ok(None) };
        match act {
            MessageAct::Drop => return Ok(Some((flight, Loss::Dropped))),
            MessageAct::Discard => return Ok(Some((flight, Loss::Discarded))),
            MessageAct::Hold => self.hold_flight(flight),
            MessageAct::Release => self.arrive_now(flight),
            MessageAct::Delay(by_us) if is_held => self.fly_again(flight, by_us),
            MessageAct::Delay(by_us) => self.delay_flight(flight, by_us),
            MessageAct::Duplicate => self.duplicate_flight(flight, is_held),
            MessageAct::Resend(_) => {}
        }
        Ok(None)
    }
}

impl From<Address> for Ends {
    fn from(address: Address) -> Ends {
        match address {
            Address::Server(server) => Ends::Servers(Servers::from(server)),
            Address::Client(client) => Ends::Mixed(ServerSet::EMPTY, vec![client]),
        }
    }
}
