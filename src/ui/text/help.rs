//! The help dialog and the legend.

use crate::ui::scene::MessageShape;

pub const HELP_INTRODUCTION: &str = "Every server runs the Raft algorithm. Every message between \
    them is drawn, and after every event the page checks the five safety properties.";

/// What to try first.
pub const HELP_STEPS: [&str; 4] = [
    "Click the leader and crash it. The next election timer that fires starts an election.",
    "Drag a line across the ring to partition the cluster, then press Heal.",
    "Select a server or an event: Inspect says what it decided and why.",
    "Move the time slider back and act again: the old run is kept under Branches.",
];

pub const HELP_MORE: &str = "Where to look:";
pub const HIDE_LEGEND: &str = "Hide the legend";

/// The shapes of messages and what they mean.
pub const LEGEND: [(MessageShape, &str); 11] = [
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
    (MessageShape::Other, "Another message, such as InstallSnapshot or TimeoutNow"),
];

/// A name, and what it means.
pub type LegendEntry = (&'static str, &'static str);

pub const SERVER_LEGEND: [LegendEntry; 11] = [
    (
        "Follower (F)",
        "responds to candidates and leaders; the ring is its election timer, the notch points to \
         the leader that it follows",
    ),
    ("Candidate (C)", "asks for votes; the count shows how many it has of how many voters"),
    ("Pre-candidate (P)", "asks whether it could win, before it begins a new term"),
    ("Leader (L)", "replicates commands; the ring is its heartbeat timer"),
    ("Outdated leader", "still leads an old term, while another server leads a later one"),
    ("Learner (N)", "receives the log and has no vote"),
    ("Paused", "frozen: messages wait, and no timer runs"),
    ("Crashed", "down: only its disk survives"),
    ("Outside", "in no configuration: not added yet, or removed"),
    ("Skewed clock", "runs fast or slow: the number is its speed, 1 would be true time"),
    ("Slow disk", "a disk of its own: the time is the longest that a write takes there"),
];

pub const BALLOTS_MEAN: &str = "one for each voter, with its number: filled if granted, struck \
    through with a dashed rim if denied, hollow without a response";
pub const SUPPORT_MEANS: &str = "comes from a server that voted for the candidate";
pub const PULSE_MEANS: &str = "the latest event happened at this server";
pub const HELD_LEGEND: &str = "A dashed frame: the message is held until you release it";
pub const LOST_LEGEND: &str = "The message is lost here";

pub const LINK_LEGEND: [LegendEntry; 8] = [
    ("Link", "carries messages both ways"),
    ("Lossy link", "loses some of its messages"),
    ("Slow link", "has a higher latency of its own than the others, which stands beside it"),
    ("Cut link", "carries no messages"),
    ("Link cut one way", "carries no messages in the direction of the arrow"),
    ("Sides", "of a partition: the side with a majority has the other tint, and is named"),
    (
        "Client",
        "outside the cluster; the line leads to the server that it talks to, and the small text is \
         the command that it waits for",
    ),
    ("Redirect", "the server that was asked does not lead, and names the leader"),
];

pub const DIAGRAM_LEGEND: [LegendEntry; 9] = [
    (
        "Lane",
        "a server over time: thin while it follows, thick while it campaigns, thick with a crown \
         once it leads; dotted while it is crashed",
    ),
    ("Arrowhead", "a request arrives; a slanted line leads from its sender to its receiver"),
    ("Disc", "a reply that grants, accepts or answers"),
    ("Ring", "on a dashed line: a reply that denies or rejects"),
    ("Cross", "the message is lost here"),
    ("Diamond", "the server's commit index grows"),
    ("Square", "a snapshot or a membership change; at the end of a line, a held message"),
    ("Flag", "you or the script acted"),
    ("Cross on a line", "a property is violated"),
];

pub const LOG_LEGEND: [LegendEntry; 7] = [
    ("Committed", "and its server knows; the number is the entry's term, which also tints it"),
    ("Not committed", "as far as any running server knows"),
    ("Committed elsewhere", "its server has not heard yet, or forgot it in a crash"),
    ("Deleted", "it conflicted with the leader's log"),
    ("Compacted", "the snapshot replaces this entry"),
    ("Dot", "the leader's match index for that server"),
    ("Wedge", "the leader's next index for that server"),
];
