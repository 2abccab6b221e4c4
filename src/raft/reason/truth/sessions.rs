//! The truth of reasons about clients' sessions.

use super::requests::{is_command, is_command_at, is_from};
use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::entry::{Answer, Command};
use crate::raft::message::Body;
use crate::raft::reason::sessions::SessionWhy;
use crate::raft::rules::Rule;
use crate::raft::state_machine::Applied;
use crate::raft::types::{ClientId, Index};

impl SessionWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            SessionWhy::RetryAnswered { client, serial } => {
                let answer = match of_retry(step) {
                    Some(Applied::Before(answer)) => Some(answer),
                    _ => None,
                };
                let expired = answer == Some(Answer::Expired);
                retry(step, client, serial, answer.is_some() && !expired, answer)
            }
            SessionWhy::RetryIgnored { client, serial } => {
                let answered = of_retry(step) == Some(Applied::Answered);
                retry(step, client, serial, answered, None)
            }
            SessionWhy::RetryRefused { client, serial } => {
                let expired = of_retry(step) == Some(Applied::Expired);
                retry(step, client, serial, expired, Some(Answer::Expired))
            }
            SessionWhy::AppendedAgain { client, serial, applied, index } => all([
                ("the leader receives it", step.led() && is_from(step, client, serial)),
                ("the rule is off", !step.is_on(Rule::Dedupe)),
                ("that entry has it", has(step, applied, client, serial)),
                ("that entry is applied", applied <= step.before.last_applied),
                ("it is appended there", is_command_at(step, index, client, serial)),
            ]),
            SessionWhy::DuplicateSkipped { client, serial, index } => all([
                ("that entry has it", has(step, index, client, serial)),
                ("the rule is on", step.is_on(Rule::Dedupe)),
                ("the entry is passed in this step", passes(step, index)),
                ("it was applied before", {
                    matches!(applying(step, index), Some(Applied::Before(_) | Applied::Answered))
                }),
            ]),
            SessionWhy::ExpiredSkipped { client, serial, index } => all([
                ("that entry has it", has(step, index, client, serial)),
                ("the rule is on", step.is_on(Rule::Dedupe)),
                ("the entry is passed in this step", passes(step, index)),
                ("the session has expired", applying(step, index) == Some(Applied::Expired)),
            ]),
            SessionWhy::AppliedAgain { client, serial, applied, index } => all([
                ("that entry has it", has(step, index, client, serial)),
                ("the earlier entry has it", has(step, applied, client, serial)),
                ("the rule is off", !step.is_on(Rule::Dedupe)),
                ("that entry is earlier", applied < index),
                ("the entry is passed in this step", passes(step, index)),
            ]),
        }
    }
}

/// How the session of a request's client stands to it.
fn of_retry(step: &JudgedStep) -> Option<Applied> {
    step.before.store.applied(step.command()?, step.before.last_applied)
}

fn retry(
    step: &JudgedStep,
    client: ClientId,
    serial: u64,
    session: bool,
    answer: Option<Answer>,
) -> Truth {
    let sent = step.messages().find_map(|message| match &message.body {
        Body::Reply { serial: of, result } if message.to == client.into() && *of == serial => {
            Some(result.clone())
        }
        _ => None,
    });
    all([
        ("the leader receives it", step.led() && is_from(step, client, serial)),
        ("the rule is on", step.is_on(Rule::Dedupe)),
        ("the session is so", session),
        ("it answers so", sent == answer.map(Ok)),
        ("it appends nothing", step.keeps_log()),
    ])
}

fn has(step: &JudgedStep, index: Index, client: ClientId, serial: u64) -> bool {
    let entry = step.before.log.entry(index).or_else(|| step.entry(index));
    let entry = step.entry(index).or(entry);
    entry.is_some_and(|entry| is_command(&entry.command, client, serial))
}

fn passes(step: &JudgedStep, index: Index) -> bool {
    (step.before.last_applied + 1..=step.after.last_applied).contains(&index)
}

/// What became of the entry at that index: applies the step's entries up to it once more.
fn applying(step: &JudgedStep, index: Index) -> Option<Applied> {
    let mut store = step.before.store.clone();
    let mut applied = None;
    for at in step.before.last_applied + 1..=index {
        applied = match &step.entry(at)?.command {
            Command::Client(command) => Some(store.apply(command, at, step.is_on(Rule::Dedupe))),
            _ => None,
        };
    }
    applied
}
