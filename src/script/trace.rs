//! An event as a line of a trace (`docs/trace.md`). Actions are statements of the language, so this
//! is the room that can write them.

use crate::check::{
    MessageOutcome, TraceActivity, TraceAnswer, TraceAnswerKind, TraceBefore, TraceChange,
    TraceEntry, TraceInvocation, TraceKind, TraceLine, TraceLogId, TraceLoss, TraceMessage,
    TraceOp, TraceReason, TraceRole, TraceTimer, TraceTopic,
};
use crate::raft::{Role, ServerId, Timer, Topic, Why};
use crate::sim::{
    Activity, Event, EventDetails, EventKind, Loss, MessageSummary, Operation, ServerChange,
    ServerState,
};

use super::lang::print::act_line;

/// An event of a [detailed](crate::sim::Recorder::detailed) recorder as a line of a trace. `file`
/// names its script, if the trace has several runs.
pub fn trace_line(event: &Event, file: Option<&str>) -> TraceLine {
    let details = event.details.as_deref();
    let mut line = TraceLine {
        file: file.map(str::to_owned),
        id: Some(event.id),
        cause: event.cause,
        time: event.time_us,
        what: event.title(),
        servers: event.servers().iter().map(|server| server.to_string()).collect(),
        why: event.whys.iter().map(reason).collect(),
        topic: Some(topic_of(event.topic())),
        ..TraceLine::default()
    };
    fill_kind(&mut line, &event.kind, details);
    if let Some(details) = details {
        line.changes =
            details.servers.iter().filter(|change| is_traced(change)).map(change).collect();
        line.invoked = details.invoked.iter().map(invocation).collect();
        line.answered = details.answered.iter().filter_map(answer).collect();
    }
    line
}

fn reason((server, why): &(ServerId, Why)) -> TraceReason {
    let reason = why.describe();
    TraceReason {
        server: server.to_string(),
        text: reason.to_string(),
        rule: reason.rule.name().to_owned(),
        off: reason.off,
        section: reason.section.to_owned(),
        topic: topic_of(reason.topic),
        fact: reason.fact,
        decision: reason.decision,
    }
}

fn topic_of(topic: Topic) -> TraceTopic {
    match topic {
        Topic::Elections => TraceTopic::Elections,
        Topic::Replication => TraceTopic::Replication,
        Topic::Membership => TraceTopic::Membership,
        Topic::Clients => TraceTopic::Clients,
        Topic::Faults => TraceTopic::Faults,
        Topic::Messages => TraceTopic::Messages,
    }
}

fn fill_kind(line: &mut TraceLine, kind: &EventKind, details: Option<&EventDetails>) {
    let mut message = |note: &MessageSummary, outcome| {
        let sent = details.and_then(|details| details.message.as_ref());
        let sent = sent.map(|sent| TraceMessage::new(note.id, sent.sent_us, &sent.message));
        line.message = sent.map(Box::new);
        line.outcome = Some(outcome);
        TraceKind::Message
    };
    let mut at = |server: &ServerId, kind| {
        line.server = Some(server.to_string());
        kind
    };
    line.kind = Some(match kind {
        EventKind::Started => TraceKind::Start,
        EventKind::Acted(act) => {
            line.action = Some(act_line(act));
            TraceKind::Action
        }
        EventKind::Delivered(note) => message(note, MessageOutcome::Delivered),
        EventKind::Stalled(note) => message(note, MessageOutcome::Stalled),
        EventKind::Lost(note, loss) => {
            let kind = message(note, MessageOutcome::Lost);
            line.loss = Some(loss_of(*loss));
            kind
        }
        EventKind::TimerFired(server, timer) => {
            let kind = at(server, TraceKind::Timer);
            line.timer = Some(timer_of(*timer));
            kind
        }
        EventKind::WriteStable(server, _) => at(server, TraceKind::WriteStable),
        EventKind::PauseOver(server) => at(server, TraceKind::PauseOver),
        EventKind::LeaseOver(server) => at(server, TraceKind::LeaseOver),
        EventKind::ClientTimedOut(client, serial)
        | EventKind::ClientRetried(client, serial)
        | EventKind::LoadSent(client, serial) => {
            line.client = Some(client.to_string());
            // 0: the client had too many open operations to send another one.
            line.serial = Some(*serial).filter(|serial| *serial > 0);
            match kind {
                EventKind::ClientTimedOut(..) => TraceKind::ClientTimeout,
                EventKind::ClientRetried(..) => TraceKind::ClientRetry,
                _ => TraceKind::Load,
            }
        }
    });
}

fn loss_of(loss: Loss) -> TraceLoss {
    match loss {
        Loss::Chance => TraceLoss::Chance,
        Loss::Cut => TraceLoss::Cut,
        Loss::Dropped => TraceLoss::Dropped,
        Loss::Crashed => TraceLoss::Crashed,
        Loss::Discarded => TraceLoss::Discarded,
    }
}

fn timer_of(timer: Timer) -> TraceTimer {
    match timer {
        Timer::Election => TraceTimer::Election,
        Timer::Heartbeat => TraceTimer::Heartbeat,
        Timer::Quorum => TraceTimer::Quorum,
        Timer::Transfer => TraceTimer::Transfer,
        Timer::CatchUp => TraceTimer::CatchUp,
    }
}

fn role_of(role: Role) -> TraceRole {
    match role {
        Role::Follower => TraceRole::Follower,
        Role::PreCandidate => TraceRole::PreCandidate,
        Role::Candidate => TraceRole::Candidate,
        Role::Leader => TraceRole::Leader,
        Role::Learner => TraceRole::Learner,
    }
}

fn activity_of(activity: Activity) -> TraceActivity {
    match activity {
        Activity::Running => TraceActivity::Running,
        Activity::Paused => TraceActivity::Paused,
        Activity::Crashed => TraceActivity::Crashed,
    }
}

/// Whether more has changed than the leader that the server knows of: a trace has no field for it.
fn is_traced(change: &ServerChange) -> bool {
    let ServerChange { before, after, truncated_from, appended, .. } = change;
    let known = ServerState { leader: after.leader, configuration: after.configuration, ..*before };
    known != *after || truncated_from.is_some() || !appended.is_empty()
}

/// Only the fields that have changed; a new role also names its term.
fn change(change: &ServerChange) -> TraceChange {
    let ServerChange { server, before, after, truncated_from, appended } = change;
    let vote = |vote: Option<ServerId>| vote.map(|server| server.to_string());
    let activity = before.activity != after.activity;
    let role = before.role != after.role;
    let term = before.term != after.term;
    let voted = before.voted_for != after.voted_for;
    let commit = before.commit_index != after.commit_index;
    let applied = before.last_applied != after.last_applied;
    let log = truncated_from.is_some() || !appended.is_empty();
    let snapshot = (after.snapshot != before.snapshot || restores_snapshot(change))
        && after.snapshot.index > 0;
    TraceChange {
        server: server.to_string(),
        activity: activity.then(|| activity_of(after.activity)),
        role: role.then(|| role_of(after.role)),
        term: (role || term).then_some(after.term),
        vote: voted.then(|| vote(after.voted_for)),
        truncated: *truncated_from,
        appended: appended.iter().map(|(index, entry)| TraceEntry::from((*index, entry))).collect(),
        snapshot: snapshot
            .then_some(TraceLogId { index: after.snapshot.index, term: after.snapshot.term }),
        commit: commit.then_some(after.commit_index),
        applied: applied.then_some(after.last_applied),
        was: Some(TraceBefore {
            activity: activity.then(|| activity_of(before.activity)),
            role: role.then(|| role_of(before.role)),
            term: (role || term).then_some(before.term),
            vote: voted.then(|| vote(before.voted_for)),
            last: (log || before.last_index != after.last_index).then_some(before.last_index),
            commit: commit.then_some(before.commit_index),
            applied: applied.then_some(before.last_applied),
        }),
    }
}

/// Whether entries that the snapshot had replaced are listed again, so that it must be, too.
fn restores_snapshot(change: &ServerChange) -> bool {
    change.truncated_from.is_some_and(|from| from <= change.before.snapshot.index)
}

fn invocation(operation: &Operation) -> TraceInvocation {
    TraceInvocation {
        client: operation.command.client.to_string(),
        serial: operation.serial(),
        op: TraceOp::from(operation.op()),
    }
}

fn answer(operation: &Operation) -> Option<TraceAnswer> {
    let (_, answer) = operation.answered.as_ref()?;
    let (answer, value) = TraceAnswerKind::split(answer);
    let client = operation.command.client.to_string();
    Some(TraceAnswer { client, serial: operation.serial(), answer, value })
}
