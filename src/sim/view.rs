//! The world as `window.raftarium.state()` returns it. The field names are a contract
//! (docs/embedding.md).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::raft::{Address, ClientId, Index, ServerId, Term};

use super::clients::{Client, Operation};
use super::network::Flight;
use super::server::Server;
use super::settings::MILLION;
use super::time::Micros;
use super::world::World;

/// All times are in microseconds.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub time: Micros,
    pub servers: Vec<ServerView>,
    /// One for each direction.
    pub links: Vec<LinkView>,
    /// The messages in flight, oldest first, then the held ones.
    pub messages: Vec<MessageView>,
    pub clients: Vec<ClientView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ServerView {
    pub id: ServerId,
    pub alive: bool,
    pub paused: bool,
    pub role: &'static str,
    pub term: Term,
    pub vote: Option<ServerId>,
    pub leader: Option<ServerId>,
    pub commit: Index,
    pub applied: Index,
    pub snapshot: Index,
    pub members: Vec<ServerId>,
    pub log: Vec<EntryView>,
    pub values: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    pub index: Index,
    pub term: Term,
    pub command: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    pub from: Address,
    pub to: Address,
    pub up: bool,
    /// Left out, as is the loss, unless it is the link's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<LatencyView>,
    /// The share of messages that it loses, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LatencyView {
    pub from: Micros,
    pub to: Micros,
}

/// `due` is null if the message is held.
#[derive(Clone, Debug, Serialize)]
pub struct MessageView {
    pub id: u64,
    pub kind: &'static str,
    pub from: Address,
    pub to: Address,
    pub term: Term,
    pub sent: Micros,
    pub due: Option<Micros>,
    pub held: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ClientView {
    pub id: ClientId,
    pub leader: Option<ServerId>,
    pub operations: Vec<OperationView>,
}

/// `answer` is null while the operation waits.
#[derive(Clone, Debug, Serialize)]
pub struct OperationView {
    pub serial: u64,
    pub op: String,
    pub invoked: Micros,
    pub answered: Option<Micros>,
    pub answer: Option<String>,
    pub attempts: u32,
}

impl World {
    pub fn view(&self) -> View {
        let flying = self.queue.flights_in_order().into_iter().map(|flight| message(flight, false));
        let held = self.held().iter().map(|flight| message(flight, true));
        View {
            time: self.now_us(),
            servers: self.servers().iter().map(server).collect(),
            links: self.link_views(),
            messages: flying.chain(held).collect(),
            clients: self.clients().iter().map(client).collect(),
        }
    }

    fn link_views(&self) -> Vec<LinkView> {
        let servers = self.server_ids();
        let clients: Vec<Address> =
            self.clients().iter().map(|client| client.id().into()).collect();
        let mut links = Vec::new();
        for from in servers.iter().map(Address::from) {
            for to in servers.iter().map(Address::from).filter(|to| *to != from) {
                links.push(self.link_view(from, to));
            }
            for &client in &clients {
                links.push(self.link_view(from, client));
                links.push(self.link_view(client, from));
            }
        }
        links
    }

    fn link_view(&self, from: Address, to: Address) -> LinkView {
        let latency = self.own_latency(from, to);
        let loss_ppm = self.own_loss_ppm(from, to);
        LinkView {
            from,
            to,
            up: self.link_up(from, to),
            latency: latency.map(|own| LatencyView { from: own.from_us, to: own.to_us }),
            loss: loss_ppm.map(|ppm| f64::from(ppm) / f64::from(MILLION)),
        }
    }
}

fn server(server: &Server) -> ServerView {
    let node = server.node();
    let log = node.log();
    let entries = (log.first_index()..).zip(log.tail(log.first_index()));
    ServerView {
        id: server.id(),
        alive: server.is_alive(),
        paused: server.is_paused(),
        role: node.role().name(),
        term: node.current_term(),
        vote: node.voted_for(),
        leader: node.leader(),
        commit: node.commit_index(),
        applied: node.last_applied(),
        snapshot: log.snapshot_index(),
        members: node.configuration().voters.iter().collect(),
        log: entries
            .map(|(index, entry)| EntryView {
                index,
                term: entry.term,
                command: entry.command.to_string(),
            })
            .collect(),
        values: node.store().values().clone(),
    }
}

fn message(flight: &Flight, held: bool) -> MessageView {
    let message = &flight.message;
    MessageView {
        id: flight.id,
        kind: message.kind().name(),
        from: message.from,
        to: message.to,
        term: message.term,
        sent: flight.sent_us,
        due: (!held).then_some(flight.due_us),
        held,
    }
}

fn client(client: &Client) -> ClientView {
    ClientView {
        id: client.id(),
        leader: client.leader(),
        operations: client.operations().iter().map(|asked| operation(asked)).collect(),
    }
}

fn operation(operation: &Operation) -> OperationView {
    let answered = operation.answered.as_ref();
    OperationView {
        serial: operation.serial(),
        op: operation.op().to_string(),
        invoked: operation.invoked_us,
        answered: answered.map(|(time_us, _)| *time_us),
        answer: answered.map(|(_, answer)| answer.to_string()),
        attempts: operation.attempts,
    }
}
