//! What the inspector says: a server's fields and the decisions that made them, or an event with
//! the chain of its causes.

use crate::raft::{Configuration, Phase, ServerId, Why};
use crate::sim::{Journal, Micros, Server, World};
use crate::ui::state::Selection;

use super::events::{EventModel, WhyModel, gives_role, is_routine};

/// The longest chain of causes that is shown.
const CHAIN_MAX: usize = 12;
/// How many of a server's decisions are shown.
const REASONS_MAX: usize = 6;
/// How many events are looked through for them.
const LOOKED_THROUGH_MAX: usize = 3000;

/// A decision of a server, and the event in which it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The event.
    pub event: u64,
    /// When, in microseconds; where it was repeated, the newest time.
    pub time_us: Micros,
    /// The reason.
    pub why: WhyModel,
    /// How often in a row it was decided so.
    pub times: usize,
}

/// What there is to know of a server besides its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFacts {
    /// Which one.
    pub id: ServerId,
    /// Whether its timer runs, and when it fires, in microseconds.
    pub election_due_us: Option<Micros>,
    /// When its heartbeat is due, in microseconds.
    pub heartbeat_due_us: Option<Micros>,
    /// How fast its clock runs, in thousandths.
    pub skew_milli: u32,
    /// How many writes are not yet stable.
    pub writes_pending: usize,
    /// The configuration that it follows.
    pub configuration: Configuration,
    /// How it treats its followers, where it leads.
    pub followers: Vec<(ServerId, Phase)>,
    /// Its newest decisions, the newest first.
    pub reasons: Vec<Reason>,
}

/// What the inspector says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspector {
    /// Nothing is selected.
    Nothing,
    /// Of a server.
    Server(ServerFacts),
    /// Of an event: itself and its causes, the newest first.
    Event(Vec<EventModel>),
    /// The event is so old that it is not kept any more.
    Forgotten(u64),
    /// Time was gone back in to before the event.
    ToCome(u64),
}

pub(super) fn take(world: &World, journal: &Journal, selection: Option<Selection>) -> Inspector {
    match selection {
        None => Inspector::Nothing,
        Some(Selection::Server(id)) if world.server_ids().contains(id) => {
            Inspector::Server(server(world, journal, id))
        }
        Some(Selection::Server(_)) => Inspector::Nothing,
        Some(Selection::Event(id)) => event(world, journal, id),
    }
}

fn event(world: &World, journal: &Journal, id: u64) -> Inspector {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(event) = next.and_then(|id| journal.get(id)) {
        chain.push(EventModel::of(event));
        next = event.cause.filter(|_| chain.len() < CHAIN_MAX);
    }
    match chain.is_empty() {
        true if id > world.event() => Inspector::ToCome(id),
        true => Inspector::Forgotten(id),
        false => Inspector::Event(chain),
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
        reasons: reasons(journal, id),
    }
}

fn followers(world: &World, server: &Server) -> Vec<(ServerId, Phase)> {
    let phase = |id| server.node().progress(id).map(|progress| (id, progress.phase()));
    world.server_ids().iter().filter_map(phase).collect()
}

/// The newest decisions, the newest first; the same one again and again counts as one. Of what
/// happens with every heartbeat only the newest is listed, and one place is kept for what gave
/// the server its role: the rest would bury it.
fn reasons(journal: &Journal, id: ServerId) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    let mut last: Option<Why> = None;
    let mut role_told = false;
    for event in journal.events().rev().take(LOOKED_THROUGH_MAX) {
        for (_, why) in event.whys.iter().rev().filter(|(server, _)| *server == id) {
            if is_routine(why) && !reasons.is_empty() {
                continue;
            }
            if let (Some(reason), Some(last)) = (reasons.last_mut(), last)
                && same_decision(&last, why)
            {
                reason.times += 1;
                continue;
            }
            if reasons.len() == REASONS_MAX {
                return reasons;
            }
            let of_role = gives_role(why);
            if reasons.len() + 1 == REASONS_MAX && !role_told && !of_role {
                continue;
            }
            role_told |= of_role;
            last = Some(*why);
            let why = WhyModel::of(id, why);
            reasons.push(Reason { event: event.id, time_us: event.time_us, why, times: 1 });
        }
    }
    reasons
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
    fn heartbeats_do_not_bury_why_a_leader_leads() {
        let mut recorder = Recorder::on();
        let mut cluster = Cluster::new(&Setup::default(), &mut recorder);
        cluster.run_until(3_000_000, &mut recorder);
        let world = cluster.world();
        let leader = world.leader().expect("a leader after three seconds");
        let Inspector::Server(facts) =
            take(world, recorder.journal(), Some(Selection::Server(leader)))
        else {
            panic!("the inspector is not about the server");
        };
        let elected = facts.reasons.iter().any(|reason| reason.why.fact.contains("are a majority"));
        assert!(elected, "{:#?}", facts.reasons);
    }
}
