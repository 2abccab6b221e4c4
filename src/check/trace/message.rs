//! Messages in a trace.

use serde::{Deserialize, Serialize};

use crate::raft::{AppendOutcome, Body, Message, Received};

use super::command::{TraceAnswerKind, TraceOp, names};
use super::line::{TraceEntry, TraceLogId, present};

/// A message with the fields of its kind: `docs/trace.md` lists them.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceMessage {
    /// Counts the messages of the run. A duplicate has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// As in the script language: `append`, `vote`...
    pub kind: String,
    pub from: String,
    pub to: String,
    /// The sender's term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<u64>,
    /// When it was sent, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<u64>,
    /// The term in which a pre-candidate would campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<u64>,
    /// The candidate's last entry, or the last entry that a snapshot replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<TraceLogId>,
    /// The leader asked this candidate to campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// The entry before the new ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<TraceLogId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<TraceEntry>>,
    /// The leader's commit index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u64>,
    /// The logs match up to this index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<TraceRejection>,
    /// The last index of the snapshot that a reply is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<u64>,
    /// The number of snapshot items before this piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// The number of snapshot items: of this piece, or received so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<u64>,
    /// The last piece of a snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<TraceReceived>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voters: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<TraceOp>,
    /// How a read is to be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<TraceAnswerKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The leader to ask; `null` if the server knows none.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Option<String>>,
}

/// Why AppendEntries was rejected (end of section 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceRejection {
    /// The prevLogIndex of the request.
    pub prev: u64,
    /// The highest index at which the logs may match, and the follower's term there; 0 if it has no
    /// entry there.
    pub conflict: TraceLogId,
    /// The first index of that term in the follower's log; 0 if it has no entry there.
    pub first: u64,
}

/// How much of a snapshot a follower has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceReceived {
    Nothing,
    Items,
    All,
}

impl TraceMessage {
    /// A message of that number, sent at that time.
    pub fn new(id: u64, sent_us: u64, message: &Message) -> TraceMessage {
        let mut line = TraceMessage {
            id: Some(id),
            kind: message.kind().name().to_owned(),
            from: message.from.to_string(),
            to: message.to.to_string(),
            term: Some(message.term),
            sent: Some(sent_us),
            ..TraceMessage::default()
        };
        line.fill(&message.body);
        line
    }

    fn fill(&mut self, body: &Body) {
        let id = |index, term| Some(TraceLogId { index, term });
        match body {
            &Body::PreVote { proposed, last_index, last_term } => {
                self.proposed = Some(proposed);
                self.last = id(last_index, last_term);
            }
            &Body::PreVoteReply { proposed, granted } => {
                self.proposed = Some(proposed);
                self.granted = Some(granted);
            }
            &Body::RequestVote { last_index, last_term, transfer } => {
                self.last = id(last_index, last_term);
                self.transfer = Some(transfer);
            }
            Body::Vote { granted } => self.granted = Some(*granted),
            Body::Append(append) => {
                self.prev = id(append.prev_index, append.prev_term);
                let entries = (append.prev_index + 1..).zip(&append.entries);
                self.entries = Some(entries.map(TraceEntry::from).collect());
                self.commit = Some(append.commit);
                self.round = Some(append.round);
            }
            &Body::AppendReply { outcome, round } => {
                self.fill_outcome(outcome);
                self.round = Some(round);
            }
            Body::InstallSnapshot(install) => {
                self.last = id(install.last_index, install.last_term);
                self.voters = Some(names(install.configuration.voters));
                self.offset = Some(install.offset as u64);
                self.items = Some(install.items.len() as u64);
                self.done = Some(install.done);
                self.round = Some(install.round);
            }
            Body::SnapshotReply(reply) => {
                self.snapshot = Some(reply.last_index);
                self.offset = Some(reply.offset as u64);
                self.fill_received(reply.received);
                self.round = Some(reply.round);
            }
            Body::TimeoutNow => {}
            Body::Request(request) => {
                self.client = Some(request.client().to_string());
                self.serial = Some(request.command.serial);
                self.op = Some(TraceOp::from(&request.command.op));
                self.reads = Some(request.reads.name().to_owned());
            }
            Body::Reply { serial, result } => {
                self.serial = Some(*serial);
                match result {
                    Ok(answer) => {
                        let (kind, value) = TraceAnswerKind::split(answer);
                        (self.answer, self.value) = (Some(kind), value);
                    }
                    Err(redirect) => {
                        self.redirect = Some(redirect.leader.map(|leader| leader.to_string()));
                    }
                }
            }
        }
    }

    fn fill_outcome(&mut self, outcome: AppendOutcome) {
        match outcome {
            AppendOutcome::Matched { index } => self.matched = Some(index),
            AppendOutcome::Rejected { prev_index, conflict_index, conflict_term, first_index } => {
                self.rejected = Some(TraceRejection {
                    prev: prev_index,
                    conflict: TraceLogId { index: conflict_index, term: conflict_term },
                    first: first_index,
                });
            }
        }
    }

    fn fill_received(&mut self, received: Received) {
        self.received = Some(match received {
            Received::Nothing => TraceReceived::Nothing,
            Received::Items(items) => {
                self.items = Some(items as u64);
                TraceReceived::Items
            }
            Received::All => TraceReceived::All,
        });
    }
}
