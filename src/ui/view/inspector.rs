//! The details of the selection: a server's fields and decisions, or an event with its causes.

use crate::raft::{Configuration, ProgressState, ServerId, Why};
use crate::sim::{Journal, Micros, Server, World};
use crate::ui::state::Selection;

use super::entry::{EntryModel, entry};
use super::events::EventModel;
use super::message::{MessageModel, message};
use super::operation::{ClientDetails, OperationDetails, client, operation};
use super::reasons::ReasonModel;
use super::violations::ViolationModel;

/// The longest chain of causes that is shown.
const CHAIN_MAX: usize = 12;
/// The number of a server's decisions that are shown.
const DECISIONS_MAX: usize = 6;
/// The number of events that are searched for them.
const SEARCHED_MAX: usize = 3000;

/// A decision of a server, and the event in which it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionModel {
    pub event: u64,
    /// The newest time, if it was repeated.
    pub time_us: Micros,
    pub why: ReasonModel,
    /// The number of times in a row.
    pub times: usize,
}

/// What the page shows of a server besides its [`ServerModel`](super::ServerModel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFacts {
    pub id: ServerId,
    pub election_due_us: Option<Micros>,
    pub heartbeat_due_us: Option<Micros>,
    /// The speed of its clock, in thousandths.
    pub skew_milli: u32,
    /// The number of writes that are not yet stable.
    pub writes_pending: usize,
    pub configuration: Configuration,
    /// If it leads, the state of replication to each follower.
    pub followers: Vec<(ServerId, ProgressState)>,
    /// The newest first.
    pub reasons: Vec<DecisionModel>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspector {
    /// Nothing is selected.
    Nothing,
    Server(ServerFacts),
    Event {
        /// The event and its causes, the newest first.
        chain: Vec<EventModel>,
        /// The violation that it caused or, if it is only on the way to one, that one.
        violation: Option<Box<ViolationModel>>,
    },
    Message(MessageModel),
    Entry(EntryModel),
    Operation(Box<OperationDetails>),
    Client(Box<ClientDetails>),
    /// The inspector has no details of it.
    Unexplained(Selection),
    /// The journal does not reach back to this event.
    Forgotten(u64),
    /// A person went back in time to before this event.
    ToCome(u64),
}

pub(super) fn model(
    world: &World,
    journal: &Journal,
    selection: Option<Selection>,
    violations: &[ViolationModel],
) -> Inspector {
    match selection {
        None => Inspector::Nothing,
        Some(Selection::Server(id)) if world.server_ids().contains(id) => {
            Inspector::Server(server(world, journal, id))
        }
        Some(Selection::Server(_)) => Inspector::Nothing,
        Some(Selection::Event(id)) => event(world, journal, id, violations),
        Some(Selection::Message(id)) => Inspector::Message(message(world, journal, id)),
        Some(Selection::Entry { server, index }) if world.server_ids().contains(server) => {
            Inspector::Entry(entry(world, journal, server, index))
        }
        Some(selected @ Selection::Operation { client, serial }) => {
            operation(world, journal, client, serial)
                .map_or(Inspector::Unexplained(selected), |details| {
                    Inspector::Operation(Box::new(details))
                })
        }
        Some(selected @ Selection::Client(id)) => client(world, journal, id)
            .map_or(Inspector::Unexplained(selected), |details| {
                Inspector::Client(Box::new(details))
            }),
        Some(other) => Inspector::Unexplained(other),
    }
}

fn event(world: &World, journal: &Journal, id: u64, violations: &[ViolationModel]) -> Inspector {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(event) = next.and_then(|id| journal.get(id)) {
        chain.push(EventModel::of(event));
        next = event.cause.filter(|_| chain.len() < CHAIN_MAX);
    }
    match chain.is_empty() {
        true if id > world.event() => Inspector::ToCome(id),
        true => Inspector::Forgotten(id),
        false => {
            let caused = violations.iter().rfind(|violation| violation.event == id);
            let on_way = || violations.iter().find(|violation| violation.follows_from(id));
            let violation = caused.or_else(on_way).cloned().map(Box::new);
            Inspector::Event { chain, violation }
        }
    }
}

fn server(world: &World, journal: &Journal, id: ServerId) -> ServerFacts {
    let server = world.server(id);
    ServerFacts {
        id,
        election_due_us: server.election_timer().map(|timer| timer.due_us),
        heartbeat_due_us: server.heartbeat_timer().map(|timer| timer.due_us),
        skew_milli: server.skew_milli(),
        writes_pending: server.writes_pending(),
        configuration: *server.node().configuration(),
        followers: followers(world, server),
        reasons: decisions(journal, id),
    }
}

fn followers(world: &World, server: &Server) -> Vec<(ServerId, ProgressState)> {
    let phase = |id| server.node().progress(id).map(|progress| (id, progress.state()));
    world.server_ids().iter().filter_map(phase).collect()
}

/// The newest decisions first; a decision that is repeated counts as one. Heartbeats would bury
/// the rest, so a routine decision is listed only in the first place, and one place is reserved
/// for the decision that gave the server its role.
fn decisions(journal: &Journal, id: ServerId) -> Vec<DecisionModel> {
    let mut decisions: Vec<DecisionModel> = Vec::new();
    let mut last: Option<Why> = None;
    let mut role_explained = false;
    for event in journal.events().rev().take(SEARCHED_MAX) {
        for (_, why) in event.whys.iter().rev().filter(|(server, _)| *server == id) {
            if why.is_routine() && !decisions.is_empty() {
                continue;
            }
            if let (Some(decision), Some(last)) = (decisions.last_mut(), last)
                && same_decision(&last, why)
            {
                decision.times += 1;
                continue;
            }
            if decisions.len() == DECISIONS_MAX {
                return decisions;
            }
            let of_role = why.changes_role();
            if decisions.len() + 1 == DECISIONS_MAX && !role_explained && !of_role {
                continue;
            }
            role_explained |= of_role;
            last = Some(*why);
            let why = ReasonModel::of(id, why);
            decisions.push(DecisionModel {
                event: event.id,
                time_us: event.time_us,
                why,
                times: 1,
            });
        }
    }
    decisions
}

fn same_decision(a: &Why, b: &Why) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a.to_string() == b.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Cluster;
    use crate::sim::{Recorder, Setup};

    #[test]
    fn heartbeats_do_not_bury_the_election_of_a_leader() {
        let mut recorder = Recorder::on();
        let mut cluster = Cluster::new(&Setup::default(), &mut recorder);
        cluster.run_until(3_000_000, &mut recorder);
        let world = cluster.world();
        let leader = world.leader().expect("a leader after three seconds");
        let Inspector::Server(facts) =
            model(world, recorder.journal(), Some(Selection::Server(leader)), &[])
        else {
            panic!("the inspector shows no server");
        };
        let elected =
            facts.reasons.iter().any(|reason| reason.why.fact.contains("a majority of 5"));
        assert!(elected, "{:#?}", facts.reasons);
    }
}
