//! The truth of reasons about reads.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::message::{Body, Kind, Reads};
use crate::raft::node::Node;
use crate::raft::reason::reads::{ReadGround, ReadWhy};
use crate::raft::reason::why::Why;
use crate::raft::rules::Rule;
use crate::raft::types::{ClientId, Index, Term};

impl ReadWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            ReadWhy::Answered { client, applied, ground } => all([
                ("it answers that client", answers(step, client)),
                ("so much is applied", is_applied(step, applied)),
                ("it answers on that ground", is_ground(step, client, ground)),
            ]),
            ReadWhy::WaitsForQuorum { client, read_index, round } => {
                waits_for_quorum(step, client, read_index, round)
            }
            ReadWhy::WaitsForTerm { client, term, no_noop } => all([
                ("that client asks", asks(step, client, |_| true)),
                ("the rule is on", step.is_on(Rule::ReadQuorum)),
                ("it leads that term", step.led() && step.before.current_term == term),
                ("no entry of that term is committed", !has_committed(step.before, term)),
                ("that is for want of a no-op", no_noop == lacks_noop(step)),
                ("the read waits", waits(step.after, client)),
            ]),
            ReadWhy::Dropped { client } => all([
                ("it led", step.before.is_leader()),
                ("it leads no longer", !step.after.is_leader()),
                (
                    "that client's read waited",
                    waits(step.before, client) || has_begun(step, client),
                ),
                ("it redirects the client", {
                    step.sends(client, |body| matches!(body, Body::Reply { result: Err(_), .. }))
                }),
            ]),
        }
    }
}

fn answers(step: &JudgedStep, client: ClientId) -> bool {
    step.sends(client, |body| matches!(body, Body::Reply { result: Ok(_), .. }))
}

fn asks(step: &JudgedStep, client: ClientId, is: impl Fn(Reads) -> bool) -> bool {
    step.request().is_some_and(|request| {
        request.client() == client && request.command.op.is_read() && is(request.reads)
    })
}

fn is_applied(step: &JudgedStep, applied: Index) -> bool {
    (step.before.last_applied..=step.after.last_applied).contains(&applied)
}

fn is_ground(step: &JudgedStep, client: ClientId, ground: ReadGround) -> bool {
    let checks = step.is_on(Rule::ReadQuorum);
    match ground {
        ReadGround::Local => asks(step, client, |reads| reads == Reads::Local),
        ReadGround::Leader => step.led() && asks(step, client, |reads| reads == Reads::Leader),
        ReadGround::Confirmed { round, confirmed } => {
            let replied = step.replied(round);
            // A leader that does not ask is sure only if it is the only voter.
            let alone = step.is_majority(crate::raft::types::ServerSet::only(step.id()));
            let waited = waits_for(step, client, round) || (!checks && alone);
            let replied = if waited && !checks && alone && !waits_for(step, client, round) {
                crate::raft::types::ServerSet::only(step.id())
            } else {
                replied
            };
            waited
                && step.leads_then()
                && step.counts(&confirmed, replied)
                && (step.suffices(replied) || step.is_majority(replied))
                && confirmed.needs_rule_off() != step.is_majority(replied)
        }
        ReadGround::Lease(confirmed) => {
            let Some(leadership) = step.before.as_leader() else { return false };
            let replied = step.replied(leadership.expired_lease_round + 1);
            asks(step, client, |reads| reads == Reads::Lease)
                && step.before.options.lease
                && !leadership.sent_timeout_now
                && step.counts(&confirmed, replied)
                && step.is_majority(replied)
        }
        ReadGround::Unconfirmed => {
            let asks = |reads| matches!(reads, Reads::Lease | Reads::ReadIndex);
            !checks && step.led() && self::asks(step, client, asks)
        }
    }
}

/// Whether a read of that client waited for this round.
fn waits_for(step: &JudgedStep, client: ClientId, round: u64) -> bool {
    let before = step.before.as_leader().is_some_and(|leadership| {
        let mut reads = leadership.reads.iter();
        reads.any(|read| read.request.client() == client && read.round == round)
    });
    before
        || step.earlier().iter().any(|why| {
            matches!(why, Why::Read(ReadWhy::WaitsForQuorum { client: of, round: since, .. })
                if *of == client && *since == round)
        })
}

/// Whether a read of that client waits.
fn waits(node: &Node, client: ClientId) -> bool {
    node.as_leader().is_some_and(|leadership| {
        let reads = leadership.reads.iter().map(|read| &read.request);
        reads.chain(&leadership.early_reads).any(|request| request.client() == client)
    })
}

/// Whether a read of that client has begun to wait in this step.
fn has_begun(step: &JudgedStep, client: ClientId) -> bool {
    step.earlier().iter().any(
        |why| matches!(why, Why::Read(ReadWhy::WaitsForQuorum { client: of, .. }) if *of == client),
    )
}

fn waits_for_quorum(step: &JudgedStep, client: ClientId, read_index: Index, round: u64) -> Truth {
    let rounds = step.before.as_leader().map_or(0, |leadership| leadership.round);
    let commits = step.before.commit_index..=step.after.commit_index;
    let asks_round = |body: &Body| match body {
        Body::Append(append) => append.round == round,
        Body::InstallSnapshot(install) => install.round == round,
        _ => false,
    };
    let sent = step.messages().any(|message| asks_round(&message.body));
    let early = step.before.as_leader().is_some_and(|leadership| {
        leadership.early_reads.iter().any(|request| request.client() == client)
    });
    let alone = step.messages().all(|message| message.kind() != Kind::Append);
    all([
        ("that client's read is there", asks(step, client, |_| true) || early),
        ("it leads", step.leads_then()),
        ("the rule is on", step.is_on(Rule::ReadQuorum) || early),
        ("the commit index is that", commits.contains(&read_index)),
        ("the round is new", round > rounds),
        ("it asks the others", sent || alone),
    ])
}

fn has_committed(leader: &Node, term: Term) -> bool {
    let first = leader.as_leader().map_or(0, |leadership| leadership.first_own_index);
    let commit = leader.commit_index;
    commit >= first && leader.log.term_at(commit).is_none_or(|entry| entry == term)
}

/// Whether the leader has no entry of its own term, and none comes by itself.
fn lacks_noop(step: &JudgedStep) -> bool {
    let last_term = step.before.log.last_term();
    last_term != step.before.current_term && !step.is_on(Rule::LeaderNoop)
}
