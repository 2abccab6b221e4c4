//! How the line of a message is drawn: its kind and its verdict, distinguished by colour, dashes
//! and width.

use crate::diagram::DiagramMessage;
use crate::raft::Kind;

use super::colors::{CANDIDATE_EDGE, EDGE, LEADER, NO, REQUEST, YES};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MessageStyle {
    VoteRequest,
    VoteGranted,
    VoteDenied,
    Append,
    Accepted,
    Rejected,
    Heartbeat,
    Snapshot,
    TimeoutNow,
    Client,
}

impl MessageStyle {
    pub fn of(message: &DiagramMessage) -> MessageStyle {
        let denied = message.verdict == Some(false);
        match message.kind {
            _ if message.heartbeat => MessageStyle::Heartbeat,
            Kind::PreVote | Kind::RequestVote => MessageStyle::VoteRequest,
            Kind::PreVoteReply | Kind::Vote if denied => MessageStyle::VoteDenied,
            Kind::PreVoteReply | Kind::Vote => MessageStyle::VoteGranted,
            Kind::Append => MessageStyle::Append,
            Kind::AppendReply | Kind::SnapshotReply if denied => MessageStyle::Rejected,
            Kind::AppendReply | Kind::SnapshotReply => MessageStyle::Accepted,
            Kind::InstallSnapshot => MessageStyle::Snapshot,
            Kind::TimeoutNow => MessageStyle::TimeoutNow,
            Kind::Request | Kind::Reply => MessageStyle::Client,
        }
    }

    /// Its name in the legend.
    pub fn name(self) -> &'static str {
        match self {
            MessageStyle::VoteRequest => "RequestVote",
            MessageStyle::VoteGranted => "vote",
            MessageStyle::VoteDenied => "denied vote",
            MessageStyle::Append => "AppendEntries",
            MessageStyle::Accepted => "accepted",
            MessageStyle::Rejected => "rejected",
            MessageStyle::Heartbeat => "heartbeat and reply",
            MessageStyle::Snapshot => "InstallSnapshot",
            MessageStyle::TimeoutNow => "TimeoutNow",
            MessageStyle::Client => "request and answer",
        }
    }

    pub fn color(self) -> &'static str {
        match self {
            MessageStyle::VoteRequest | MessageStyle::TimeoutNow => CANDIDATE_EDGE,
            MessageStyle::VoteGranted | MessageStyle::Accepted => YES,
            MessageStyle::VoteDenied | MessageStyle::Rejected => NO,
            MessageStyle::Append | MessageStyle::Snapshot => LEADER,
            MessageStyle::Heartbeat => EDGE,
            MessageStyle::Client => REQUEST,
        }
    }

    pub fn dashes(self) -> &'static str {
        match self {
            MessageStyle::VoteDenied | MessageStyle::Rejected => "5 3",
            MessageStyle::Snapshot | MessageStyle::TimeoutNow => "9 2 2 2",
            MessageStyle::Client => "2 2",
            _ => "",
        }
    }

    pub fn width(self) -> f64 {
        match self {
            MessageStyle::Heartbeat => 0.8,
            MessageStyle::Append | MessageStyle::Snapshot | MessageStyle::VoteGranted => 1.7,
            _ => 1.2,
        }
    }
}
