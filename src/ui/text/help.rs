//! What the help dialog says.

use crate::ui::scene::MessageShape;

pub const HELP_INTRODUCTION: &str = "Every server runs the Raft algorithm; you see every message, and you can crash servers, cut links and send commands. After every event the page checks the five safety properties.";

pub const HELP_NOTCH: &str =
    "The small notch on a ring points to the leader that the server follows.";

pub const HELP_LOGS: &str = "A filled entry is known to be committed, a dashed one is not. The number is the entry's term. A dot is the leader's match index for that server, a wedge its next index.";

/// A shape of the legend and what it means.
pub const LEGEND: [(MessageShape, &str); 10] = [
    (MessageShape::VoteRequest, "RequestVote: a candidate asks for a vote"),
    (MessageShape::VoteGranted, "Its answer: the vote is the candidate's"),
    (MessageShape::VoteDenied, "Its answer: refused"),
    (MessageShape::Heartbeat, "AppendEntries without entries: a heartbeat"),
    (MessageShape::Append, "AppendEntries with an entry, or how many"),
    (MessageShape::AppendAccepted, "Its answer: the logs agree so far"),
    (MessageShape::AppendRejected, "Its answer: refused"),
    (MessageShape::ClientRequest, "A client's request"),
    (MessageShape::ClientAnswer, "The answer to a client"),
    (MessageShape::ClientRefusal, "A redirect, or a refusal, to a client"),
];

/// A role or state in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its class in style.css.
    pub class: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub means: &'static str,
}

/// The roles and states of a server.
pub const ROLES: [Role; 5] = [
    Role {
        class: "follower",
        name: "Follower (F)",
        means: "answers candidates and leaders; its ring is the election timer running out",
    },
    Role {
        class: "candidate",
        name: "Candidate (C)",
        means: "asks for votes; the dots beside it are ballots: filled yes, crossed no, empty not yet",
    },
    Role {
        class: "leader",
        name: "Leader (L)",
        means: "takes commands and sends heartbeats; its ring is the next heartbeat",
    },
    Role { class: "paused", name: "Paused", means: "frozen: messages wait, no timer runs" },
    Role { class: "crashed", name: "Crashed", means: "down: what was not on disk is lost" },
];

/// The keys and what they do.
pub const KEYS: [(&str, &str); 9] = [
    ("Space", "Play or pause"),
    (", and .", "Previous event, next event"),
    ("[ and ]", "Jump back, jump ahead: to what is chosen beside the slider of time"),
    ("+ and −", "Faster, slower"),
    ("1 to 9", "Go to that server on the ring"),
    ("Arrow keys", "From server to server, link to link, through a menu"),
    ("Enter", "Open the menu of a server or a link"),
    ("Ctrl+Z", "Undo what you did; Ctrl+Shift+Z does it again"),
    ("?", "This help"),
];
