//! What was found instead, when a condition does not hold.

use crate::check::{Cluster, Property, Verdict, Violation};
use crate::raft::{ServerId, ServerSet};
use crate::sim::{Duration, Servers};

use super::evaluate::{Disagreement, Evaluator, set_of};
use super::{Clause, Condition, Question};

/// The most entries of a log that a message shows.
const TERMS_MAX: usize = 60;

impl Condition {
    /// What was found for each clause that does not hold: the text after `but` in a message.
    pub fn found(&self, cluster: &Cluster) -> String {
        let evaluator = Evaluator::new(cluster, self);
        let wrong = self.clauses.iter().filter(|clause| !evaluator.clause_holds(clause));
        let found: Vec<String> = wrong.map(|clause| evaluator.found(clause)).collect();
        found.join(" and ")
    }

    /// `expected ..., but ...`
    pub fn failure(&self, cluster: &Cluster) -> String {
        format!("expected {self}, but {}", self.found(cluster))
    }
}

impl Evaluator<'_> {
    fn found(&self, clause: &Clause) -> String {
        let question = &clause.question;
        if let Some(subjects) = self.subjects(question) {
            return self.found_on(subjects, clause);
        }
        match question {
            Question::Leader(_) | Question::NoLeader => self.found_leader(),
            Question::Leaders(_) => format!("leaders are {}", self.world().leaders()),
            Question::Answer(_) => self.found_answer(),
            Question::Answered => self.found_unanswered(),
            Question::Agree(servers) => self.found_disagreement(servers.unwrap_or(Servers::All)),
            Question::Safe => {
                self.found_violations(|property| property != Property::Linearizability)
            }
            Question::Violated(Property::Linearizability) | Question::Linearizable => {
                self.found_history()
            }
            Question::Violated(_) => self.found_violations(|_| true),
            Question::Time(..) => format!("time is {}", Duration(self.world().now_us())),
            Question::Message { state, filter, prev } => self.found_messages(*state, filter, *prev),
            _ => unreachable!("a question of single servers"),
        }
    }

    /// The values of the servers for which the clause does not hold.
    fn found_on(&self, subjects: ServerSet, clause: &Clause) -> String {
        let question = &clause.question;
        if subjects.is_empty() {
            return match set_of(question).unwrap_or(Servers::All) {
                Servers::Leader => "there is no leader".to_owned(),
                Servers::Followers => "there are no followers".to_owned(),
                Servers::Named(one) if one.len() == 1 => format!("{one} has crashed"),
                servers => format!("no server of {servers} is alive"),
            };
        }
        let fails = |id: &ServerId| clause.negated || !self.holds_on(question, *id);
        let values: Vec<String> =
            subjects.iter().filter(fails).map(|id| self.value_on(question, id)).collect();
        values.join(", ")
    }

    fn value_on(&self, question: &Question, id: ServerId) -> String {
        let server = self.world().server(id);
        let node = server.node();
        match question {
            Question::Role(..) => format!("role {id} is {}", node.role()),
            Question::Alive(_) | Question::Crashed(_) if server.is_alive() => {
                format!("{id} is alive")
            }
            Question::Paused(_) if server.is_paused() => format!("{id} is paused"),
            Question::Paused(_) if server.is_alive() => format!("{id} is not paused"),
            Question::Alive(_) | Question::Crashed(_) | Question::Paused(_) => {
                format!("{id} has crashed")
            }
            Question::Number(quantity, _, amount) => {
                let numbers = self.numbers_on(quantity, id);
                match self.amount_found(amount) {
                    Some(amount) => format!("{numbers}, and {amount}"),
                    None => numbers,
                }
            }
            Question::Vote(..) => format!("vote {id} is {}", or_none(node.voted_for())),
            Question::Log(..) => format!("log {id} is {}", list_terms(node.log().terms())),
            Question::Members(..) => format!("members {id} is {}", node.configuration().voters),
            Question::Value { key, .. } => {
                format!("value {key} on {id} is {}", or_none(node.store().values().get(key)))
            }
            _ => unreachable!("a question of the whole cluster"),
        }
    }

    fn found_leader(&self) -> String {
        let (leaders, term) = self.leaders_of_highest_term();
        let world = self.world();
        if world.alive().is_empty() {
            return "no server is alive".to_owned();
        }
        match leaders.len() {
            0 => {
                let of_term = |id: &ServerId| world.server(*id).node().current_term() == term;
                let highest: Vec<String> = world
                    .alive()
                    .iter()
                    .filter(of_term)
                    .map(|id| format!("{id} is {}", world.server(id).node().role()))
                    .collect();
                format!("in the highest term, {term}, {}", highest.join(", "))
            }
            1 => format!("{leaders} leads in term {term}"),
            _ => format!("{leaders} lead in term {term}"),
        }
    }

    fn found_answer(&self) -> String {
        match self.world().newest_operation() {
            None => "no client has sent a command".to_owned(),
            Some((client, operation)) => match &operation.answered {
                None => format!("{} of {client} has no answer yet", operation.op()),
                Some((_, answer)) => format!("answer is {answer}"),
            },
        }
    }

    /// The oldest open command of each client.
    fn found_unanswered(&self) -> String {
        let oldest = self.world().clients().iter().filter_map(|client| {
            let mut operations = client.operations().iter();
            let open = operations.find(|operation| operation.answered.is_none())?;
            Some(format!("{} of {} has no answer", open.op(), client.id()))
        });
        let found: Vec<String> = oldest.collect();
        if found.is_empty() {
            "every command has been answered".to_owned()
        } else {
            found.join(", ")
        }
    }

    fn found_disagreement(&self, servers: Servers) -> String {
        let live = self.live(servers);
        let Some((a, b, difference)) = self.disagreement(live) else {
            return match live.is_empty() {
                true => "no server is alive".to_owned(),
                false => format!("{live} agree"),
            };
        };
        let (node_a, node_b) = (self.world().server(a).node(), self.world().server(b).node());
        match difference {
            Disagreement::Commit => {
                let (left, right) = (node_a.commit_index(), node_b.commit_index());
                format!("commit {a} is {left} and commit {b} is {right}")
            }
            Disagreement::Entry(index) => format!("entry {index} differs on {a} and {b}"),
            Disagreement::State => {
                let (left, right) = (node_a.store().values(), node_b.store().values());
                let differs = |key: &&String| left.get(*key) != right.get(*key);
                let key = left.keys().chain(right.keys()).find(differs);
                let Some(key) = key else { return format!("{a} and {b} hold different values") };
                let (left, right) = (or_none(left.get(key)), or_none(right.get(key)));
                format!("value {key} is {left} on {a} and {right} on {b}")
            }
        }
    }

    fn found_violations(&self, counts: impl Fn(Property) -> bool) -> String {
        let violations = self.cluster.violations().iter();
        let found: Vec<String> = violations
            .filter(|violation| counts(violation.property))
            .map(describe_violation)
            .collect();
        if found.is_empty() {
            return "no property has been violated".to_owned();
        }
        found.join(" and ")
    }

    fn found_history(&self) -> String {
        match self.cluster.verdict() {
            Verdict::Linearizable => "the history is linearizable".to_owned(),
            Verdict::Undecided { from } => format!("the history is undecided from {from} on"),
            Verdict::Violated { text } => text,
        }
    }
}

/// A violation in one sentence.
pub(in crate::script) fn describe_violation(violation: &Violation) -> String {
    let Violation { property, time_us, text, .. } = violation;
    format!("{property} was violated at {}: {text}", Duration(*time_us))
}

fn or_none(value: Option<impl ToString>) -> String {
    value.map_or("none".to_owned(), |value| value.to_string())
}

fn list_terms(terms: impl Iterator<Item = u64>) -> String {
    let mut shown: Vec<String> = terms.take(TERMS_MAX + 1).map(|term| term.to_string()).collect();
    if shown.is_empty() {
        return "none".to_owned();
    }
    if shown.len() > TERMS_MAX {
        shown[TERMS_MAX] = "...".to_owned();
    }
    shown.join(" ")
}
