//! The truth of reasons about terms.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::message::Kind;
use crate::raft::reason::terms::TermWhy;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::Term;

impl TermWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            TermWhy::HigherTermAdopted { kind, theirs, ours, role } => all([
                ("the message carries that term", carries(step, kind, theirs)),
                ("its own term was that", step.before.current_term == ours),
                ("the term is higher", theirs > ours),
                ("it had that role", step.before.role() == role),
                ("it adopts the term", step.after.current_term == theirs),
                ("it has no role of the old term", !leads_on(step)),
                ("the rule lets it", is_follower(role) || step.is_on(Rule::StepDown)),
            ]),
            TermWhy::HigherTermIgnored { kind, theirs, ours, role } => all([
                ("the message carries that term", carries(step, kind, theirs)),
                ("its own term is that", step.before.current_term == ours),
                ("the term is higher", theirs > ours),
                ("it has that role", step.before.role() == role),
                ("a follower would adopt it", !is_follower(role)),
                ("the rule is off", !step.is_on(Rule::StepDown)),
                ("it ignores the message", step.does_nothing()),
            ]),
            TermWhy::StaleTermRejected { kind, theirs, ours } => all([
                ("the message carries that term", carries(step, kind, theirs)),
                ("its own term is that", step.before.current_term == ours),
                ("the term is old", theirs < ours),
                ("it rejects the request", rejects(step, ours)),
                ("it changes nothing", step.keeps_state()),
            ]),
            TermWhy::LateReply { kind, theirs, ours } => all([
                ("the message carries that term", carries(step, kind, theirs)),
                ("its own term is that", step.before.current_term == ours),
                ("the term is old", theirs < ours),
                ("it is no request", is_reply(kind)),
                ("it ignores the message", step.does_nothing()),
            ]),
        }
    }
}

fn carries(step: &JudgedStep, kind: Kind, term: Term) -> bool {
    step.message().is_some_and(|message| message.kind() == kind && message.term == term)
}

fn leads_on(step: &JudgedStep) -> bool {
    matches!(step.after.role(), Role::Leader | Role::PreCandidate | Role::Candidate)
}

fn is_follower(role: Role) -> bool {
    matches!(role, Role::Follower | Role::Learner)
}

fn is_reply(kind: Kind) -> bool {
    matches!(kind, Kind::Vote | Kind::AppendReply | Kind::SnapshotReply | Kind::TimeoutNow)
}

/// Whether it answers the sender of the message, with this term and a rejection.
fn rejects(step: &JudgedStep, term: Term) -> bool {
    step.message().is_some_and(|asked| {
        step.messages()
            .any(|sent| sent.to == asked.from && sent.term == term && sent.verdict() == Some(false))
    })
}
