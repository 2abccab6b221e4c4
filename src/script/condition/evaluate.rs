//! Whether a condition holds in a cluster.
//!
//! Where a condition asks something of a set of servers, it must hold for every live server in it.
//! Where none of them lives, what is on the disks counts (term, vote, log, snapshot, members); what
//! only a live server has (role, commit index, values) then does not hold, and neither does anything
//! of an empty set, as of `leader` while there is none.

use crate::check::{Cluster, Property, Verdict};
use crate::raft::{Role, ServerId, ServerSet};
use crate::sim::{Server, Servers, World};

use super::{Clause, Condition, Measure, Question};

/// Looks at a cluster with a condition in mind.
pub(super) struct Eye<'a> {
    pub cluster: &'a Cluster,
    /// The servers that the condition names, which `others` leaves out.
    named: ServerSet,
}

/// Which of the servers in a set must satisfy a question.
#[derive(Clone, Copy, PartialEq)]
enum Among {
    /// All of them.
    Every,
    /// The live ones, of which there must be one.
    Live,
    /// The live ones; where there is none, all of them, by their disks.
    LiveOrDisks,
}

impl Condition {
    /// Whether it holds now.
    pub fn holds(&self, cluster: &Cluster) -> bool {
        let eye = Eye::new(cluster, self);
        self.clauses.iter().all(|clause| eye.clause_holds(clause))
    }
}

impl<'a> Eye<'a> {
    pub fn new(cluster: &'a Cluster, condition: &Condition) -> Eye<'a> {
        let named = condition.clauses.iter().map(|clause| named_in(&clause.question));
        Eye { cluster, named: named.fold(ServerSet::EMPTY, ServerSet::union) }
    }

    pub fn world(&self) -> &'a World {
        self.cluster.world()
    }

    pub fn clause_holds(&self, clause: &Clause) -> bool {
        // What is undecided is neither so nor not so.
        let undecided = || matches!(self.cluster.verdict(), Verdict::Undecided { .. });
        if clause.question == Question::Linearizable && undecided() {
            return false;
        }
        self.holds(&clause.question) != clause.negated
    }

    fn holds(&self, question: &Question) -> bool {
        if let Some(asked) = self.asked(question) {
            return !asked.is_empty() && asked.iter().all(|id| self.holds_of(question, id));
        }
        match question {
            Question::Leader(servers) => self.sole_leader().is_some_and(|leader| {
                servers.is_none_or(|servers| self.meant(servers).contains(leader))
            }),
            Question::NoLeader => self.sole_leader().is_none(),
            Question::Leaders(servers) => {
                let expected = servers.map_or(ServerSet::EMPTY, |servers| self.meant(servers));
                self.world().leaders() == expected
            }
            Question::Answer(expected) => self.world().newest_operation().is_some_and(|(_, op)| {
                op.answered.as_ref().is_some_and(|(_, answer)| answer == expected)
            }),
            Question::Agree(servers) => {
                let live = self.live(servers.unwrap_or(Servers::All));
                !live.is_empty() && self.disagreement(live).is_none()
            }
            Question::Safe => self.cluster.violations().iter().all(|violation| {
                // The clients' view has a condition of its own.
                violation.property == Property::Linearizability
            }),
            Question::Violated(property) => self.is_violated(*property),
            Question::Linearizable => self.cluster.verdict() == Verdict::Linearizable,
            Question::Time(comparison, time_us) => {
                comparison.holds(self.world().now_us(), *time_us)
            }
            _ => unreachable!("a question of single servers"),
        }
    }

    fn is_violated(&self, property: Property) -> bool {
        self.cluster.violations().iter().any(|violation| violation.property == property)
    }

    /// The servers that a question must hold for one by one; `None` where it is of another kind.
    pub fn asked(&self, question: &Question) -> Option<ServerSet> {
        let (servers, among) = subject(question)?;
        let meant = self.meant(servers);
        let live = meant.intersection(self.world().alive());
        Some(match among {
            Among::Every => meant,
            Among::Live => live,
            Among::LiveOrDisks if live.is_empty() => meant,
            Among::LiveOrDisks => live,
        })
    }

    /// Whether it holds for that server.
    pub fn holds_of(&self, question: &Question, id: ServerId) -> bool {
        let server = self.world().server(id);
        let node = server.node();
        match question {
            Question::Role(_, role) => node.role() == *role,
            Question::Alive(_) => server.is_alive(),
            Question::Crashed(_) => !server.is_alive(),
            Question::Paused(_) => server.is_paused(),
            Question::Number(measure, _, comparison, number) => {
                comparison.holds(measure.of(server), *number)
            }
            Question::Vote(_, vote) => node.voted_for() == *vote,
            Question::Log(_, terms) => node.log().terms().eq(terms.iter().copied()),
            Question::Members(_, voters) => node.configuration().voters == self.meant(*voters),
            Question::Value { key, value, .. } => node.store().values().get(key) == value.as_ref(),
            _ => unreachable!("a question of the whole cluster"),
        }
    }

    /// The servers that are meant by a set, dead or alive.
    pub fn meant(&self, servers: Servers) -> ServerSet {
        let world = self.world();
        match servers {
            Servers::Named(named) => named.intersection(world.server_ids()),
            Servers::Others => world.server_ids().difference(self.named),
            // Where there is no leader, nobody is meant.
            servers => world.resolve(&servers).unwrap_or(ServerSet::EMPTY),
        }
    }

    pub fn live(&self, servers: Servers) -> ServerSet {
        self.meant(servers).intersection(self.world().alive())
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

    /// Two of the live servers that differ in committed log or state, and in what.
    pub fn disagreement(&self, live: ServerSet) -> Option<(ServerId, ServerId, Difference)> {
        let first = live.iter().next()?;
        live.iter().skip(1).find_map(|other| {
            let difference = difference(self.world().server(first), self.world().server(other))?;
            Some((first, other, difference))
        })
    }
}

/// In what two servers differ.
pub(super) enum Difference {
    Commit,
    /// The entries at that index.
    Entry(u64),
    State,
}

fn difference(a: &Server, b: &Server) -> Option<Difference> {
    let (a, b) = (a.node(), b.node());
    if a.commit_index() != b.commit_index() {
        return Some(Difference::Commit);
    }
    if a.last_applied() == b.last_applied() && a.store().values() != b.store().values() {
        return Some(Difference::State);
    }
    let first = a.log().first_index().max(b.log().first_index());
    (first..=a.commit_index())
        .find(|index| a.log().entry(*index) != b.log().entry(*index))
        .map(Difference::Entry)
        .or((a.store().values() != b.store().values()).then_some(Difference::State))
}

impl Measure {
    /// What it is on that server.
    pub(super) fn of(self, server: &Server) -> u64 {
        let node = server.node();
        match self {
            Measure::Term => node.current_term(),
            Measure::LastIndex => node.log().last_index(),
            Measure::Commit => node.commit_index(),
            Measure::Applied => node.last_applied(),
            Measure::Snapshot => node.log().snapshot_index(),
        }
    }
}

/// Whose answer a question wants, where it wants one of single servers.
fn subject(question: &Question) -> Option<(Servers, Among)> {
    match question {
        Question::Alive(servers) | Question::Crashed(servers) | Question::Paused(servers) => {
            Some((*servers, Among::Every))
        }
        Question::Role(servers, _) => Some((*servers, Among::Live)),
        Question::Value { on, .. } => Some((on.unwrap_or(Servers::All), Among::Live)),
        Question::Number(measure, servers, ..) => {
            let among = if measure.is_persistent() { Among::LiveOrDisks } else { Among::Live };
            Some((*servers, among))
        }
        Question::Vote(servers, _) | Question::Log(servers, _) | Question::Members(servers, _) => {
            Some((*servers, Among::LiveOrDisks))
        }
        _ => None,
    }
}

/// The set that a question is about, as it is written.
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
    let beside = match question {
        Question::Vote(_, vote) => vote.map(ServerSet::only).unwrap_or_default(),
        Question::Members(_, voters) => named(*voters),
        _ => ServerSet::EMPTY,
    };
    set_of(question).map_or(ServerSet::EMPTY, named).union(beside)
}
