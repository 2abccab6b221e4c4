//! Whether a condition holds in a cluster.
//!
//! A question about a set of servers must hold for every live server in it. If none of them is
//! alive, questions about persistent state (term, vote, log, snapshot, members) are answered from
//! the disks, and questions about volatile state (role, commit index, values) do not hold. No
//! question holds for an empty set, such as `leader` while there is none.

use crate::check::{Cluster, Property, Verdict};
use crate::raft::{Role, ServerId, ServerSet};
use crate::sim::{Server, Servers, World};

use super::messages::named_in_filter;
use super::{Amount, Clause, ClusterNumber, Condition, Question};

/// Evaluates one condition in a cluster.
pub(super) struct Evaluator<'a> {
    pub cluster: &'a Cluster,
    /// The servers that the condition names: `others` excludes them.
    named: ServerSet,
}

/// Which servers of a set must satisfy a question.
#[derive(Clone, Copy, PartialEq)]
enum Among {
    /// All of them, dead or alive.
    Every,
    /// The live ones; there must be at least one.
    Live,
    /// The live ones; if there is none, all of them, by their disks.
    LiveOrDisks,
}

impl Condition {
    pub fn holds(&self, cluster: &Cluster) -> bool {
        let evaluator = Evaluator::new(cluster, self);
        self.clauses.iter().all(|clause| evaluator.clause_holds(clause))
    }
}

impl<'a> Evaluator<'a> {
    pub fn new(cluster: &'a Cluster, condition: &Condition) -> Evaluator<'a> {
        let named = condition.clauses.iter().map(|clause| named_in(&clause.question));
        Evaluator { cluster, named: named.fold(ServerSet::EMPTY, ServerSet::union) }
    }

    pub fn world(&self) -> &'a World {
        self.cluster.world()
    }

    pub fn clause_holds(&self, clause: &Clause) -> bool {
        // While the history is undecided, neither `linearizable` nor its `not` holds.
        let undecided = || matches!(self.cluster.verdict(), Verdict::Undecided { .. });
        if clause.question == Question::Linearizable && undecided() {
            return false;
        }
        self.holds(&clause.question) != clause.negated
    }

    fn holds(&self, question: &Question) -> bool {
        if let Some(subjects) = self.subjects(question) {
            return !subjects.is_empty() && subjects.iter().all(|id| self.holds_on(question, id));
        }
        match question {
            Question::Leader(servers) => self.sole_leader().is_some_and(|leader| {
                servers.is_none_or(|servers| self.resolve(servers).contains(leader))
            }),
            Question::NoLeader => self.sole_leader().is_none(),
            Question::Leaders(None) => self.world().leaders().is_empty(),
            Question::Leaders(Some(servers)) => {
                let expected = self.resolve(*servers);
                !expected.is_empty() && self.world().leaders() == expected
            }
            Question::Answer(expected) => self.world().newest_operation().is_some_and(|(_, op)| {
                op.answered.as_ref().is_some_and(|(_, answer)| answer == expected)
            }),
            Question::Answered => self.world().clients().iter().all(|client| client.open() == 0),
            Question::Agree(servers) => {
                let live = self.live(servers.unwrap_or(Servers::All));
                !live.is_empty() && self.disagreement(live).is_none()
            }
            Question::Safe => self.cluster.violations().iter().all(|violation| {
                // Linearizability has a condition of its own.
                violation.property == Property::Linearizability
            }),
            Question::Violated(property) => self.is_violated(*property),
            Question::Linearizable => self.cluster.verdict() == Verdict::Linearizable,
            Question::Time(comparison, time_us) => {
                comparison.holds(self.world().now_us(), *time_us)
            }
            Question::Message { state, filter, prev } => {
                self.messages(*state, filter).any(|flight| self.has_prev(flight, *prev))
            }
            _ => unreachable!("a question of single servers"),
        }
    }

    fn is_violated(&self, property: Property) -> bool {
        self.cluster.violations().iter().any(|violation| violation.property == property)
    }

    /// The servers for which a question must hold one by one; `None` for a question about the
    /// cluster.
    pub fn subjects(&self, question: &Question) -> Option<ServerSet> {
        subject(question).map(|(servers, among)| self.select(servers, among))
    }

    /// The servers that have this number.
    pub fn subjects_of(&self, quantity: &ClusterNumber) -> ServerSet {
        let (servers, among) = subject_of(quantity);
        self.select(servers, among)
    }

    fn select(&self, servers: Servers, among: Among) -> ServerSet {
        let resolved = self.resolve(servers);
        let live = resolved.intersection(self.world().alive());
        match among {
            Among::Every => resolved,
            Among::Live => live,
            Among::LiveOrDisks if live.is_empty() => resolved,
            Among::LiveOrDisks => live,
        }
    }

    pub fn holds_on(&self, question: &Question, id: ServerId) -> bool {
        let server = self.world().server(id);
        let node = server.node();
        match question {
            Question::Role(_, role) => node.role() == *role,
            Question::Alive(_) => server.is_alive(),
            Question::Crashed(_) => !server.is_alive(),
            Question::Paused(_) => server.is_paused(),
            Question::Number(quantity, comparison, amount) => {
                self.compares(quantity, id, *comparison, amount)
            }
            Question::Vote(_, vote) => node.voted_for() == *vote,
            Question::Log(_, terms) => node.log().terms().eq(terms.iter().copied()),
            Question::Members(_, voters) => node.configuration().voters == self.resolve(*voters),
            Question::Value { key, value, .. } => node.store().values().get(key) == value.as_ref(),
            _ => unreachable!("a question of the whole cluster"),
        }
    }

    /// The servers of a set, dead or alive. `leader` and `followers` are empty without a leader.
    pub fn resolve(&self, servers: Servers) -> ServerSet {
        let world = self.world();
        match servers {
            Servers::Named(named) => named.intersection(world.server_ids()),
            Servers::Others => world.server_ids().difference(self.named),
            servers => world.resolve(&servers).unwrap_or(ServerSet::EMPTY),
        }
    }

    pub fn live(&self, servers: Servers) -> ServerSet {
        self.resolve(servers).intersection(self.world().alive())
    }

    /// The live servers that lead in the highest term of all live servers, and that term.
    pub fn leaders_of_highest_term(&self) -> (ServerSet, u64) {
        let world = self.world();
        let term = |id: ServerId| world.server(id).node().current_term();
        let highest = world.alive().iter().map(term).max().unwrap_or(0);
        let leads =
            |id: &ServerId| world.server(*id).node().role() == Role::Leader && term(*id) == highest;
        (world.alive().iter().filter(leads).collect(), highest)
    }

    fn sole_leader(&self) -> Option<ServerId> {
        let (leaders, _) = self.leaders_of_highest_term();
        leaders.iter().next().filter(|_| leaders.len() == 1)
    }

    /// Two of the live servers that differ in committed log or state, and how.
    pub fn disagreement(&self, live: ServerSet) -> Option<(ServerId, ServerId, Disagreement)> {
        let first = live.iter().next()?;
        live.iter().skip(1).find_map(|other| {
            let found = compare(self.world().server(first), self.world().server(other))?;
            Some((first, other, found))
        })
    }
}

/// How two servers differ.
pub(super) enum Disagreement {
    Commit,
    /// The entries at that index.
    Entry(u64),
    State,
}

fn compare(a: &Server, b: &Server) -> Option<Disagreement> {
    let (a, b) = (a.node(), b.node());
    if a.commit_index() != b.commit_index() {
        return Some(Disagreement::Commit);
    }
    if a.last_applied() == b.last_applied() && a.store().values() != b.store().values() {
        return Some(Disagreement::State);
    }
    let first = a.log().first_index().max(b.log().first_index());
    (first..=a.commit_index())
        .find(|index| a.log().entry(*index) != b.log().entry(*index))
        .map(Disagreement::Entry)
        .or((a.store().values() != b.store().values()).then_some(Disagreement::State))
}

/// The servers that a question is about, if it is about single servers.
fn subject(question: &Question) -> Option<(Servers, Among)> {
    match question {
        Question::Alive(servers) | Question::Crashed(servers) | Question::Paused(servers) => {
            Some((*servers, Among::Every))
        }
        Question::Role(servers, _) => Some((*servers, Among::Live)),
        Question::Value { on, .. } => Some((on.unwrap_or(Servers::All), Among::Live)),
        Question::Number(quantity, ..) => Some(subject_of(quantity)),
        Question::Vote(servers, _) | Question::Log(servers, _) | Question::Members(servers, _) => {
            Some((*servers, Among::LiveOrDisks))
        }
        _ => None,
    }
}

/// The servers that have this number.
fn subject_of(quantity: &ClusterNumber) -> (Servers, Among) {
    match quantity {
        ClusterNumber::Server(measure, servers) if measure.is_persistent() => {
            (*servers, Among::LiveOrDisks)
        }
        ClusterNumber::Server(_, servers) | ClusterNumber::Follower(_, servers, _) => {
            (*servers, Among::Live)
        }
    }
}

/// The set that a question is about, as written.
pub(super) fn set_of(question: &Question) -> Option<Servers> {
    match question {
        Question::Leader(servers) | Question::Leaders(servers) | Question::Agree(servers) => {
            *servers
        }
        question => subject(question).map(|(servers, _)| servers),
    }
}

/// The servers that a question names.
fn named_in(question: &Question) -> ServerSet {
    let named = |servers: Servers| match servers {
        Servers::Named(named) => named,
        _ => ServerSet::EMPTY,
    };
    let in_quantity = |quantity: &ClusterNumber| match quantity {
        ClusterNumber::Server(_, servers) => named(*servers),
        ClusterNumber::Follower(_, leaders, followers) => named(*leaders).union(named(*followers)),
    };
    let in_amount = |amount: &Amount| match amount {
        Amount::Number(_) => ServerSet::EMPTY,
        Amount::Cluster(quantity) => in_quantity(quantity),
    };
    let others = match question {
        Question::Vote(_, vote) => vote.map(ServerSet::only).unwrap_or_default(),
        Question::Members(_, voters) => named(*voters),
        Question::Number(quantity, _, amount) => in_quantity(quantity).union(in_amount(amount)),
        Question::Message { filter, prev, .. } => {
            let amount = prev.map_or(ServerSet::EMPTY, |(_, amount)| in_amount(&amount));
            named_in_filter(filter).union(amount)
        }
        _ => ServerSet::EMPTY,
    };
    set_of(question).map_or(ServerSet::EMPTY, named).union(others)
}
