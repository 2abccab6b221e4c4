//! The details of a server: its values, why it has its role, and its newest decisions.

use crate::raft::{ElectionWhy, ProgressState, Role, ServerId, Why};
use crate::sim::{
    Activity, Event, EventId, Journal, Micros, Server, ServerState, ServerValue, World,
};
use crate::ui::text;
use crate::ui::view::reasons::ReasonModel;

use super::causes::{ChainModel, chain};
use super::values::{self, ValueModel};

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

/// A question about the run, and the chain of causes that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedModel {
    /// `Why is S1 the leader of term 2?`
    pub question: String,
    pub chain: ChainModel,
}

/// What the page shows of a server besides its [`ServerModel`](crate::ui::view::ServerModel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFacts {
    pub id: ServerId,
    /// With the paper's names.
    pub values: Vec<ValueModel>,
    pub election_due_us: Option<Micros>,
    pub heartbeat_due_us: Option<Micros>,
    /// The speed of its clock, in thousandths.
    pub skew_milli: u32,
    /// The number of writes that are not yet stable.
    pub writes_pending: usize,
    /// If it leads, the state of replication to each follower.
    pub followers: Vec<(ServerId, ProgressState)>,
    /// Why it has its role, or does not run.
    pub why: Option<ExplainedModel>,
    /// If it does not run, what the cluster has done about that.
    pub since: Option<ExplainedModel>,
    /// The newest first.
    pub reasons: Vec<DecisionModel>,
}

/// `linger_us`: how long a change is shown while time passes.
pub fn facts(world: &World, journal: &Journal, id: ServerId, linger_us: Micros) -> ServerFacts {
    let server = world.server(id);
    let state = ServerState::of(server);
    let newest = journal.events().rev().take_while(|event| {
        Some(event.id) == journal.newest().map(|newest| newest.id)
            || event.time_us + linger_us > world.now_us()
    });
    let newest = newest.into_iter().find(|event| event.change_of(id).is_some());
    ServerFacts {
        id,
        values: values::of_server(journal, id, &state, newest),
        election_due_us: server.election_timer().map(|timer| timer.due_us),
        heartbeat_due_us: server.heartbeat_timer().map(|timer| timer.due_us),
        skew_milli: server.skew_milli(),
        writes_pending: server.writes_pending(),
        followers: followers(world, server),
        why: why(journal, id, &state),
        since: since(journal, id, &state),
        reasons: decisions(journal, id),
    }
}

fn followers(world: &World, server: &Server) -> Vec<(ServerId, ProgressState)> {
    let phase = |id| server.node().progress(id).map(|progress| (id, progress.state()));
    world.server_ids().iter().filter_map(phase).collect()
}

/// What gave the server its role, or stopped it.
fn why(journal: &Journal, id: ServerId, state: &ServerState) -> Option<ExplainedModel> {
    let newest = |value| journal.last_change(id, value, EventId::MAX);
    let source = match state.activity {
        Activity::Running if state.role == Role::Leader => newest(ServerValue::Role),
        // A follower that adopts a term is one of that term from then on.
        Activity::Running => {
            let (role, term) = (newest(ServerValue::Role), newest(ServerValue::Term));
            role.into_iter().chain(term).max_by_key(|event| event.id)
        }
        Activity::Paused | Activity::Crashed => newest(ServerValue::Activity),
    }?;
    let question = text::why_question(id, state);
    Some(ExplainedModel { question, chain: chain(journal, source.id) })
}

/// The newest step of an election after the server stopped.
fn since(journal: &Journal, id: ServerId, state: &ServerState) -> Option<ExplainedModel> {
    if state.activity == Activity::Running {
        return None;
    }
    let stopped = journal.last_change(id, ServerValue::Activity, EventId::MAX)?;
    let later = journal.events().rev().take_while(|event| event.id > stopped.id);
    let (event, question) = later.into_iter().find_map(|event| Some((event, election(event)?)))?;
    Some(ExplainedModel { question, chain: chain(journal, event.id) })
}

/// The question about a server that campaigns or is elected in that event.
fn election(event: &Event) -> Option<String> {
    event.whys.iter().rev().find_map(|(server, why)| match *why {
        Why::Election(ElectionWhy::Elected { term, .. }) => {
            Some(text::why_role(*server, Role::Leader, term))
        }
        Why::Election(ElectionWhy::Campaigned { term, .. }) => {
            Some(text::why_role(*server, Role::Candidate, term))
        }
        _ => None,
    })
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
        let facts = facts(world, recorder.journal(), leader, 0);
        let elected =
            facts.reasons.iter().any(|reason| reason.why.fact.contains("a majority of 5"));
        assert!(elected, "{:#?}", facts.reasons);
    }
}
