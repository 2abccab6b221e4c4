//! The truth of reasons about a leader's own log, and what it sends.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::entry::Command;
use crate::raft::input::Timer;
use crate::raft::message::{Body, Kind};
use crate::raft::reason::replication::ReplicationWhy;
use crate::raft::rules::Rule;
use crate::raft::types::{Index, ServerId};

impl ReplicationWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        let is_noop = |command: &Command| *command == Command::Noop;
        match *self {
            ReplicationWhy::NoopAppended { index, term } => all([
                ("it is elected", step.was_elected()),
                ("the term is its own", step.after.current_term == term),
                ("the rule is on", step.is_on(Rule::LeaderNoop)),
                ("the entry is the next", index == step.before.log.last_index() + 1),
                ("the entry is a no-op", step.is_appended(index, is_noop)),
            ]),
            ReplicationWhy::NoNoop { term } => all([
                ("it is elected", step.was_elected()),
                ("the term is its own", step.after.current_term == term),
                ("the rule is off", !step.is_on(Rule::LeaderNoop)),
                ("no no-op follows", {
                    let next = step.before.log.last_index() + 1;
                    !step.is_appended(next, is_noop)
                }),
            ]),
            ReplicationWhy::OwnCopyUnwritten { index } => {
                let write = step.out.write.as_ref();
                all([
                    ("the rule is off", !step.is_on(Rule::PersistLog)),
                    ("it leads", step.leads_then()),
                    ("the entry is new", step.is_appended(index, |_| true)),
                    ("no entry is written", write.is_none_or(|write| write.tail.is_none())),
                    ("its copy counts", step.after.unstable.stable_index() >= index),
                ])
            }
            ReplicationWhy::HeartbeatSent { followers, commit, fired } => {
                heartbeat(step, followers, commit, fired)
            }
            ReplicationWhy::Resent { to, from } => resent(step, to, from),
        }
    }
}

fn heartbeat(step: &JudgedStep, followers: usize, commit: Index, fired: bool) -> Truth {
    let appends = || step.messages().filter(|message| message.kind() == Kind::Append);
    let says = |body: &Body| matches!(body, Body::Append(append) if append.commit == commit);
    all([
        ("the timer fires so", step.fires(Timer::Heartbeat, fired)),
        ("that number gets AppendEntries", appends().count() == followers),
        ("the commit index is that", step.before.commit_index == commit),
        ("each message says so", appends().all(|message| says(&message.body))),
        ("the timer starts again", step.sets(Timer::Heartbeat)),
    ])
}

fn resent(step: &JudgedStep, to: ServerId, from: Index) -> Truth {
    let known = step.before.as_leader().map(|leader| &leader[to]);
    let lost = known.is_some_and(|progress| {
        !progress.inflight.is_empty() && step.replied_round(to) > progress.sent_round
    });
    let again = |body: &Body| {
        matches!(body, Body::Append(append)
            if append.prev_index + 1 == from && !append.entries.is_empty())
    };
    all([
        ("that server replies", step.message().is_some_and(|one| one.from == to.into())),
        ("entries sent before the round were not answered", lost),
        ("they are sent again from there", step.sends(to, again)),
    ])
}
