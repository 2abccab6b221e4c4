//! The lines of a trace, as data: what `docs/trace.md` and `docs/trace.schema.json` describe.
//!
//! Servers and clients are texts, so that traces of other implementations fit. A field that is
//! `None` or empty is left out; a field that is unknown is an error, since a misspelt name would
//! silently check nothing.

use serde::{Deserialize, Serialize};

use super::command::{TraceAnswerKind, TraceCommand, TraceOp};
use super::message::TraceMessage;

/// The version that this program writes and reads.
pub const TRACE_VERSION: u32 = 1;

/// The first line of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceHeader {
    /// Always `raft`.
    pub trace: String,
    pub version: u32,
}

impl Default for TraceHeader {
    fn default() -> TraceHeader {
        TraceHeader { trace: "raft".to_owned(), version: TRACE_VERSION }
    }
}

/// Every other line: one event.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TraceLine {
    /// The script, if the trace has several runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Grows from line to line.
    pub id: Option<u64>,
    /// The event that caused this one.
    pub cause: Option<u64>,
    /// In microseconds.
    pub time: u64,
    /// The event in a sentence.
    pub what: String,
    /// The servers that it concerns.
    pub servers: Vec<String>,
    /// Why they did what they did.
    pub why: Vec<TraceReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<TraceTopic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<TraceKind>,
    /// A statement of the script language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<TraceMessage>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<MessageOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<TraceLoss>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timer: Option<TraceTimer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<u64>,
    /// The servers that differ from before the event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<TraceChange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invoked: Vec<TraceInvocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<TraceAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceReason {
    pub server: String,
    pub fact: String,
    pub decision: String,
    /// `fact -> decision`
    pub text: String,
    /// A rule that can be switched off, or a principle in a few words.
    pub rule: String,
    /// The rule is off, and would have prevented the decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    pub section: String,
    pub topic: TraceTopic,
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceTopic {
    Elections,
    Replication,
    Membership,
    Clients,
    Faults,
    Messages,
}

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceKind {
    Start,
    Action,
    Message,
    Timer,
    WriteStable,
    PauseOver,
    LeaseOver,
    ClientTimeout,
    ClientRetry,
    Load,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageOutcome {
    Delivered,
    Stalled,
    Lost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceLoss {
    Chance,
    Cut,
    Dropped,
    Crashed,
    Discarded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceTimer {
    Election,
    Heartbeat,
    Quorum,
    Transfer,
    CatchUp,
}

/// What changed at one server: each field is its value after the event.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceChange {
    pub server: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<TraceActivity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<TraceRole>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<u64>,
    /// `null`: no vote in this term.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub vote: Option<Option<String>>,
    /// The entries from this index on were deleted, or replaced by those in `appended`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truncated: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appended: Vec<TraceEntry>,
    /// The last entry that the server's snapshot now replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<TraceLogId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<u64>,
    /// The values before the event of the fields that have others now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<TraceBefore>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceBefore {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<TraceActivity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<TraceRole>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<u64>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub vote: Option<Option<String>>,
    /// The last index of the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<u64>,
}

/// A field that is there and `null` is `Some(None)`.
pub(super) fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceActivity {
    Running,
    Paused,
    Crashed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceRole {
    Follower,
    PreCandidate,
    Candidate,
    Leader,
    Learner,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceEntry {
    pub index: u64,
    pub term: u64,
    pub command: TraceCommand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceLogId {
    pub index: u64,
    pub term: u64,
}

/// A client begins an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceInvocation {
    pub client: String,
    pub serial: u64,
    pub op: TraceOp,
}

/// A client gets the response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceAnswer {
    pub client: String,
    pub serial: u64,
    pub answer: TraceAnswerKind,
    /// What a read found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl From<(u64, &crate::raft::Entry)> for TraceEntry {
    fn from((index, entry): (u64, &crate::raft::Entry)) -> TraceEntry {
        TraceEntry { index, term: entry.term, command: TraceCommand::from(&entry.command) }
    }
}
