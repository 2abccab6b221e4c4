//! What a message would bring about if it arrived now: computed on copies, so that nothing happens.

use crate::raft::{Address, Body, ClientId, Effect, Effects, Input, Message, ServerId, Why};

use super::changes::Changes;
use super::clients::Operation;
use super::world::World;

/// What the receiver of a message would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foresight {
    /// A server decides and sends.
    Server {
        whys: Vec<Why>,
        /// What it sends once its write is stable.
        sent: Vec<Message>,
        /// The server writes to its disk first.
        writes: bool,
    },
    /// The server is paused: the message waits for it.
    Waits,
    /// The server has crashed: the message is lost.
    Lost,
    /// A client hears the answer to an operation, which is as follows before and after. None: the
    /// client has forgotten that operation.
    Client(Option<Box<(Operation, Operation)>>),
}

impl World {
    /// What would happen if this message reached its receiver at this moment.
    pub fn foresee(&self, message: &Message) -> Foresight {
        match message.to {
            Address::Server(id) => self.foresee_at_server(id, message),
            Address::Client(client) => Foresight::Client(self.foresee_at_client(client, message)),
        }
    }

    fn foresee_at_server(&self, id: ServerId, message: &Message) -> Foresight {
        let server = self.server(id);
        if !server.is_alive() {
            return Foresight::Lost;
        }
        if server.is_paused() {
            return Foresight::Waits;
        }
        let mut node = server.node().clone();
        let mut effects = Effects { explain: true, ..Effects::default() };
        node.receive(message, &mut effects);
        let mut writes = false;
        // As on a disk that takes no time.
        while let Some(write) = effects.write.take() {
            writes = true;
            node.step(Input::Stable(write.id), &mut effects);
        }
        let sent = effects.list.into_iter().filter_map(|effect| match effect {
            Effect::Send { message, .. } => Some(message),
            _ => None,
        });
        Foresight::Server { whys: effects.whys, sent: sent.collect(), writes }
    }

    fn foresee_at_client(
        &self,
        client: ClientId,
        message: &Message,
    ) -> Option<Box<(Operation, Operation)>> {
        let Body::Reply { serial, .. } = &message.body else { return None };
        let before = self.clients()[client.slot()].operation(*serial)?.clone();
        let mut world = self.clone();
        world.client_hears(client, message, &mut Changes::new(false));
        let after = world.clients()[client.slot()].operation(*serial)?.clone();
        Some(Box::new((before, after)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{EventKind, Setup};

    /// Steps a real run, and compares each delivery with what was foreseen just before it.
    #[test]
    fn what_is_foreseen_is_what_happens() {
        let setup = Setup::default();
        let mut changes = Changes::new(true);
        let mut world = World::new(&setup, &mut changes);
        let mut compared = 0;
        while compared < 200 {
            let due = world.in_flight().min_by_key(|flight| (flight.due_us, flight.id)).cloned();
            let foreseen = due.as_ref().map(|flight| (flight.id, world.foresee(&flight.message)));
            assert!(world.step(&mut changes));
            for event in changes.events() {
                let EventKind::Delivered(note) = &event.kind else { continue };
                let Some((id, foreseen)) = &foreseen else { continue };
                if *id != note.id {
                    continue;
                }
                let Foresight::Server { whys, .. } = foreseen else { panic!("{foreseen:?}") };
                let happened: Vec<Why> = event.whys.iter().map(|(_, why)| *why).collect();
                assert_eq!(*whys, happened, "{}", event.title());
                compared += 1;
            }
        }
    }

    #[test]
    fn to_foresee_changes_nothing() {
        let mut changes = Changes::new(false);
        let mut world = World::new(&Setup::default(), &mut changes);
        while world.in_flight().next().is_none() {
            assert!(world.step(&mut changes));
        }
        let before = world.hash();
        let message = world.in_flight().next().expect("a message").message.clone();
        let Foresight::Server { sent, .. } = world.foresee(&message) else {
            panic!("a server receives it");
        };
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!(sent[0].to, message.from);
        assert_eq!(world.hash(), before);
    }
}
