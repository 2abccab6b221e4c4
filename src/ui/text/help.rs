//! The help dialog.

use crate::ui::scene::MessageShape;

pub const HELP_INTRODUCTION: &str = "Every server runs the Raft algorithm. You see every \
    message, and you can crash servers, cut links and send commands. After every event the page \
    checks the five safety properties.";

pub const HELP_NOTCH: &str =
    "The small notch on a ring points to the leader that the server follows.";

pub const HELP_LOGS: &str = "A filled entry is known to be committed, a dashed one is not. A \
    striped one is committed, but its server does not know that: it has not heard yet, or forgot \
    it in a crash. The number is the entry's term. A dot is the leader's match index for that \
    server, a wedge its next index.";

/// The shapes of messages and what they mean.
pub const LEGEND: [(MessageShape, &str); 10] = [
    (MessageShape::VoteRequest, "RequestVote: a candidate asks for a vote"),
    (MessageShape::VoteGranted, "Its response: vote granted"),
    (MessageShape::VoteDenied, "Its response: vote denied"),
    (MessageShape::Heartbeat, "AppendEntries without entries: a heartbeat"),
    (MessageShape::Append, "AppendEntries with an entry, or with a number of entries"),
    (MessageShape::AppendAccepted, "Its response: accepted, the logs match"),
    (MessageShape::AppendRejected, "Its response: rejected"),
    (MessageShape::ClientRequest, "A client's request"),
    (MessageShape::ClientAnswer, "The response to a client"),
    (MessageShape::ClientRefusal, "A redirect or a rejection to a client"),
];

/// A role or condition of a server in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleLegend {
    /// Its class in styles/stage.css.
    pub class: &'static str,
    pub name: &'static str,
    pub means: &'static str,
}

pub const ROLES: [RoleLegend; 5] = [
    RoleLegend {
        class: "follower",
        name: "Follower (F)",
        means: "responds to candidates and leaders; its ring is the election timer",
    },
    RoleLegend {
        class: "candidate",
        name: "Candidate (C)",
        means: "asks for votes; the dots beside it are the ballots, with the voters' numbers: \
                filled if granted, crossed if denied, hollow if there is no response yet; an \
                arrow comes from each server that voted for it",
    },
    RoleLegend {
        class: "leader",
        name: "Leader (L)",
        means: "replicates commands and sends heartbeats; its ring is the heartbeat timer; \
                hatched if another server leads a later term",
    },
    RoleLegend {
        class: "paused",
        name: "Paused",
        means: "frozen: messages wait and timers stand still",
    },
    RoleLegend { class: "crashed", name: "Crashed", means: "down: only its disk survives" },
];

pub const KEYS: [(&str, &str); 10] = [
    ("Space", "Play or pause"),
    (", and .", "Previous event, next event"),
    ("N", "Skip to the next thing that matters"),
    ("[ and ]", "Jump back, jump ahead: to the goal chosen beside the time slider"),
    ("+ and −", "Faster, slower"),
    ("1 to 9", "Move to that server on the ring"),
    ("Arrow keys", "Move between servers, links and menu items"),
    ("Enter", "Open the menu of a server or a link"),
    ("Ctrl+Z", "Undo; Ctrl+Shift+Z: redo"),
    ("?", "Open this help"),
];
