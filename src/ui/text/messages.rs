//! Messages: their names, their fields, and what becomes of them.

use crate::raft::{
    Address, Answer, AppendOutcome, Body, Command, Entry, Kind, Message, Received, ServerId,
    SnapshotReply,
};
use crate::sim::{Loss, MessageSummary, Micros};

use super::{command, moment, server_or_dash};

/// The name of its button: `RequestVote S1 to S2, term 2`, then what else tells it from others.
pub fn message_name(message: &Message, held: bool) -> String {
    let (kind, from, to) = (message.kind().paper_name(), message.from, message.to);
    let mut name = format!("{kind} {from:#} to {to:#}");
    if from.client().is_none() && to.client().is_none() {
        name.push_str(&format!(", term {}", message.term));
    }
    if let Some(said) = content(message) {
        name.push_str(&format!(", {said}"));
    }
    if held {
        name.push_str(", held");
    }
    name
}

/// The title of its menu, and what a notice calls it: `RequestVote S1 to S2`.
pub fn message_title(summary: &MessageSummary) -> String {
    format!("{} {:#} to {:#}", summary.kind.paper_name(), summary.from, summary.to)
}

/// What tells the message from others of its kind.
fn content(message: &Message) -> Option<String> {
    let verdict = |yes: bool, granted: &str, denied: &str| {
        Some(if yes { granted.to_owned() } else { denied.to_owned() })
    };
    match &message.body {
        Body::Append(append) => Some(match append.entries.as_slice() {
            [] => "heartbeat".to_owned(),
            [one] => command(&one.command),
            several => format!("{} entries", several.len()),
        }),
        Body::Vote { granted } | Body::PreVoteReply { granted, .. } => {
            verdict(*granted, "granted", "denied")
        }
        Body::AppendReply { outcome, .. } => {
            verdict(matches!(outcome, AppendOutcome::Matched { .. }), "accepted", "rejected")
        }
        Body::Request(request) => Some(request.command.op.to_string()),
        Body::Reply { result: Ok(answer), .. } => Some(answer.to_string()),
        Body::Reply { result: Err(redirect), .. } => Some(match redirect.leader {
            Some(leader) => format!("redirect to {leader:#}"),
            None => "no leader known".to_owned(),
        }),
        _ => None,
    }
}

/// A field with the paper's name, and its value.
pub type Field = (&'static str, String);

/// The fields of a message with the names of the paper (figures 2 and 13) and of the dissertation
/// (section 3.10; figure 6.1).
pub fn message_fields(message: &Message) -> Vec<Field> {
    let sender = message.from;
    let mut fields: Vec<Field> = Vec::new();
    if !matches!(message.kind(), Kind::Request | Kind::Reply) {
        fields.push(("term", message.term.to_string()));
    }
    fields.extend(body_fields(&message.body, sender));
    fields
}

fn body_fields(body: &Body, sender: Address) -> Vec<Field> {
    let name = || format!("{sender:#}");
    match body {
        Body::PreVote { proposed, last_index, last_term } => vec![
            ("proposed term", proposed.to_string()),
            ("candidateId", name()),
            ("lastLogIndex", last_index.to_string()),
            ("lastLogTerm", last_term.to_string()),
        ],
        Body::PreVoteReply { proposed, granted } => {
            vec![("proposed term", proposed.to_string()), ("voteGranted", granted.to_string())]
        }
        Body::RequestVote { last_index, last_term, transfer } => {
            let mut fields = vec![
                ("candidateId", name()),
                ("lastLogIndex", last_index.to_string()),
                ("lastLogTerm", last_term.to_string()),
            ];
            if *transfer {
                fields.push(("leadership transfer", "true".to_owned()));
            }
            fields
        }
        Body::Vote { granted } => vec![("voteGranted", granted.to_string())],
        Body::Append(append) => vec![
            ("leaderId", name()),
            ("prevLogIndex", append.prev_index.to_string()),
            ("prevLogTerm", append.prev_term.to_string()),
            ("entries[]", entries(append.prev_index + 1, &append.entries)),
            ("leaderCommit", append.commit.to_string()),
            ("round", append.round.to_string()),
        ],
        Body::AppendReply { outcome, round } => {
            let mut fields = outcome_fields(*outcome);
            fields.push(("round", round.to_string()));
            fields
        }
        Body::InstallSnapshot(install) => vec![
            ("leaderId", name()),
            ("lastIncludedIndex", install.last_index.to_string()),
            ("lastIncludedTerm", install.last_term.to_string()),
            ("configuration", format!("{:#}", install.configuration)),
            ("offset", install.offset.to_string()),
            ("data[]", format!("{} items", install.items.len())),
            ("done", install.done.to_string()),
            ("round", install.round.to_string()),
        ],
        Body::SnapshotReply(reply) => snapshot_reply_fields(reply),
        Body::TimeoutNow => vec![("leaderId", name())],
        Body::Request(request) => vec![
            ("clientId", format!("{:#}", request.client())),
            ("sequenceNum", request.command.serial.to_string()),
            ("command", request.command.op.to_string()),
        ],
        Body::Reply { serial, result } => {
            let (status, value) = match result {
                Ok(answer) => ("OK", ("response", answer.to_string())),
                Err(redirect) => {
                    let hint = redirect.leader.map_or("none".to_owned(), |id| format!("{id:#}"));
                    ("NOT_LEADER", ("leaderHint", hint))
                }
            };
            vec![("sequenceNum", serial.to_string()), ("status", status.to_owned()), value]
        }
    }
}

fn snapshot_reply_fields(reply: &SnapshotReply) -> Vec<Field> {
    let received = match reply.received {
        Received::Nothing => "nothing".to_owned(),
        Received::Items(count) => format!("{count} items"),
        Received::All => "all".to_owned(),
    };
    vec![
        ("lastIncludedIndex", reply.last_index.to_string()),
        ("offset", reply.offset.to_string()),
        ("received", received),
        ("round", reply.round.to_string()),
    ]
}

fn outcome_fields(outcome: AppendOutcome) -> Vec<Field> {
    match outcome {
        AppendOutcome::Matched { index } => {
            vec![("success", "true".to_owned()), ("match index", index.to_string())]
        }
        AppendOutcome::Rejected { prev_index, conflict_index, conflict_term, first_index } => vec![
            ("success", "false".to_owned()),
            ("prevLogIndex", prev_index.to_string()),
            ("conflict index", conflict_index.to_string()),
            ("conflict term", conflict_term.to_string()),
            ("first index of that term", first_index.to_string()),
        ],
    }
}

/// The most entries of a message that are written out.
const ENTRIES_MAX: usize = 8;

fn entries(first: u64, entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "none: a heartbeat".to_owned();
    }
    let entry = |(index, entry): (u64, &Entry)| {
        let said = match &entry.command {
            Command::Configuration(_) => format!("configuration {}", command(&entry.command)),
            short => short.to_string(),
        };
        format!("{index}: {said} (term {})", entry.term)
    };
    let shown: Vec<String> = (first..).zip(entries).take(ENTRIES_MAX).map(entry).collect();
    let more = match entries.len().saturating_sub(ENTRIES_MAX) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    shown.join(", ") + &more
}

// What becomes of it.

pub const MESSAGE_HELD: &str = "held: it waits until you release it";
pub const IF_IT_ARRIVED: &str = "If it arrived now";
pub const NO_REPLY: &str = "It sends nothing.";

pub fn in_flight_until(due_us: Micros) -> String {
    format!("in flight, due at {}", moment(due_us))
}

/// A message that leaves and never arrives.
pub fn lost_at(lost_us: Micros, loss: Loss) -> String {
    let why = match loss {
        Loss::Chance => "by chance",
        Loss::Cut => "because its link is cut",
        Loss::Dropped => "because you dropped it",
        Loss::Crashed => "because its receiver has crashed",
        Loss::Discarded => "because you discarded it",
    };
    format!("in flight, and lost at {} {why}", moment(lost_us))
}

pub fn receiver_paused(to: Address) -> String {
    format!("{to:#} is paused: the message would wait there until {to:#} resumes.")
}

pub fn receiver_crashed(to: Address) -> String {
    format!("{to:#} has crashed: the message would be lost.")
}

pub fn link_cut(from: Address, to: Address) -> String {
    format!("The link from {from:#} to {to:#} is cut: released now, the message would be lost.")
}

/// What the receiver would send.
pub fn would_send(message: &Message) -> String {
    let name = message_name(message, false);
    format!("sends {name}")
}

// What a client does with an answer.

pub fn client_forgot(client: Address) -> String {
    format!("{client:#} has forgotten this command: it ignores the answer.")
}

pub fn client_has_answer(client: Address, command: &str) -> String {
    format!("{client:#} has its answer to {command} already: it ignores this one.")
}

pub fn client_takes(client: Address, command: &str, answer: &Answer) -> String {
    format!("{client:#} takes \"{answer}\" as the answer to {command}.")
}

pub fn client_follows(client: Address, command: &str, target: Option<ServerId>) -> String {
    format!("{client:#} follows the redirect: it sends {command} to {}.", server_or_dash(target))
}

pub fn client_rests(client: Address, command: &str) -> String {
    format!("{client:#} learns of no leader: it waits a moment, then sends {command} again.")
}

pub fn client_ignores(client: Address, command: &str) -> String {
    format!("{client:#} waits for another server's answer to {command}: it ignores this one.")
}

pub const AFTER_ITS_WRITE: &str = "once its write is on the disk";

/// What a screen reader calls the messages on the stage.
pub const MESSAGES: &str = "Messages in flight";
pub const A_MESSAGE: &str = "the message";

/// A person touched a message while time passed. As long as one line of the narrowest stage
/// beside panels: a second line would move the stage under the pointer.
pub const PAUSED_FOR_MESSAGE: &str = "Paused so that you can act on this message. Space plays on.";

pub fn message_gone(name: &str) -> String {
    format!("{name} is no longer in flight")
}

pub const MESSAGE_FORGOTTEN: &str = "This message is no longer in flight, and not recorded.";

pub const CAUSES: &str = "Causes";
pub const WHY_SENT: &str = "Why it was sent";
