//! The statements of the language with a line of help each. The parser takes its suggestions from
//! here, the console its `help`.

/// What a statement is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Sets the cluster up; only at the head of a script.
    Head,
    /// Sets the cluster up, and may be given again while it runs.
    Setting,
    /// Does something to the cluster.
    Act,
    /// Says when things happen, and checks them.
    Flow,
    /// Speaks to the reader.
    Narration,
}

/// A statement, as the help shows it.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Its first word.
    pub verb: &'static str,
    /// What stands after it.
    pub rest: &'static str,
    /// What it does.
    pub what: &'static str,
    /// What it is for.
    pub group: Group,
}

const fn usage(group: Group, verb: &'static str, rest: &'static str, what: &'static str) -> Usage {
    Usage { verb, rest, what, group }
}

use Group::{Act, Flow, Head, Narration, Setting};

/// All statements, in the order of the manual.
#[rustfmt::skip]
pub const USAGES: &[Usage] = &[
    usage(Head, "servers", "N", "how many servers there are, 1 to 9"),
    usage(Head, "seed", "N", "the seed of all chance"),
    usage(Head, "clients", "N", "how many clients there are, 0 to 9"),
    usage(Head, "given", "SERVER [term N] [vote SERVER] [log TERM...] [commit N]", "a server's state before time 0"),
    usage(Head, "joining", "SET", "servers that are in no configuration yet"),
    usage(Head, "learners", "SET", "servers that start without a vote"),
    usage(Setting, "election-timeout", "A..B|never", "the range that election timeouts are drawn from"),
    usage(Setting, "heartbeat", "D|never", "how often a leader sends heartbeats"),
    usage(Setting, "latency", "A..B", "how long a message takes, one way"),
    usage(Setting, "loss", "P%", "how many messages are lost"),
    usage(Setting, "duplicate", "P% | [next N|all] [KIND] [from SET] [to SET]", "messages arrive twice: so many of all, or those that match"),
    usage(Setting, "fifo", "on|off", "whether a link keeps the order of its messages"),
    usage(Setting, "disk", "A..B", "how long until a write is stable"),
    usage(Setting, "client-timeout", "D|never", "how long a client waits for an answer"),
    usage(Setting, "retry", "on|off", "whether a client tries again and follows redirects"),
    usage(Setting, "routing", "redirect|forward|leader", "how a request finds the leader"),
    usage(Setting, "reads", "local|leader|log|lease|read-index", "how reads are answered"),
    usage(Setting, "pre-vote", "on|off", "whether a server asks before it campaigns"),
    usage(Setting, "check-quorum", "on|off", "whether a leader that hears no majority steps down"),
    usage(Setting, "snapshot-every", "N|off", "after how many applied entries a server compacts its log"),
    usage(Setting, "max-entries", "N", "the most entries in one AppendEntries"),
    usage(Setting, "max-inflight", "N", "the most AppendEntries with entries in flight to one server"),
    usage(Setting, "rule", "NAME on|off [on SERVER]", "takes a rule of Raft away, or brings it back"),
    usage(Setting, "preset", "paper|testing|production|fastapi-raft", "timeouts and heartbeat by name"),
    usage(Act, "crash", "SET", "they lose what was volatile or not yet stable"),
    usage(Act, "restart", "SET", "they come back from their disks"),
    usage(Act, "pause", "SET [for D]", "they freeze; messages queue up"),
    usage(Act, "suspend", "SET [for D]", "the same as pause"),
    usage(Act, "resume", "SET", "they go on"),
    usage(Act, "wipe", "SET", "they crash and lose their disks"),
    usage(Act, "skew", "SERVER X", "its clock runs X times as fast, 0.1 to 10"),
    usage(Act, "timeout", "SET", "their election timers fire now"),
    usage(Act, "beat", "SET", "their heartbeat timers fire now"),
    usage(Act, "cut", "A -> B | A <-> B", "those links carry nothing more"),
    usage(Act, "partition", "SET | SET [| SET]", "cuts every link between the groups, heals those within"),
    usage(Act, "isolate", "SET", "cuts every link of theirs"),
    usage(Act, "heal", "[A <-> B]", "heals those links, or all"),
    usage(Act, "drop", "[next N|all] [KIND] [from SET] [to SET]", "matching messages are lost"),
    usage(Act, "hold", "[next N|all] [KIND] [from SET] [to SET]", "matching messages are kept back"),
    usage(Act, "delay", "[next N|all] [KIND] [from SET] [to SET] by D", "matching messages take longer"),
    usage(Act, "release", "[next N] [KIND] [from SET] [to SET]", "delivers what is held and matches"),
    usage(Act, "discard", "[next N] [KIND] [from SET] [to SET]", "loses what is held and matches"),
    usage(Act, "inject", "KIND from A to B [term N] [prev INDEX/TERM] [entries TERM...] [commit N] [last INDEX/TERM] [granted|rejected]", "a message that nobody sent arrives"),
    usage(Act, "set", "K V [via SERVER] [by CLIENT]", "a client gives a key a value"),
    usage(Act, "get", "K [via SERVER] [by CLIENT]", "a client reads a key"),
    usage(Act, "delete", "K [via SERVER] [by CLIENT]", "a client removes a key"),
    usage(Act, "cas", "K OLD NEW [via SERVER] [by CLIENT]", "a client gives a key a value if it holds the old one"),
    usage(Act, "load", "RATE/s [keys N] [writes P%] | off", "the clients keep sending"),
    usage(Act, "transfer", "SERVER", "leadership goes to that server"),
    usage(Act, "add", "SERVER [learner]", "a server joins"),
    usage(Act, "remove", "SERVER", "a server leaves"),
    usage(Act, "promote", "SERVER", "a learner becomes a voter"),
    usage(Act, "members", "SET", "these are the voters from now on"),
    usage(Act, "snapshot", "SERVER", "it compacts its log now"),
    usage(Flow, "run", "D", "simulated time advances"),
    usage(Flow, "settle", "[within D]", "advances until the cluster is quiet"),
    usage(Flow, "wait", "COND [within D]", "advances until the condition holds"),
    usage(Flow, "at", "T ACTION", "does it at that moment"),
    usage(Flow, "by-hand", "", "what follows was done by hand, each line at its moment"),
    usage(Flow, "every", "D ACTION [times N]", "does it again and again"),
    usage(Flow, "when", "COND do ACTION", "does it the first time that the condition becomes true"),
    usage(Flow, "whenever", "COND do ACTION", "does it each time that the condition becomes true"),
    usage(Flow, "stop", "", "the player pauses here"),
    usage(Flow, "expect", "COND", "fails the script where the condition does not hold"),
    usage(Narration, "title", "\"...\"", "the script's title"),
    usage(Narration, "say", "\"...\"", "a text for the reader"),
    usage(Narration, "ask", "\"...\" \"choice\" \"choice\" ... answer N", "a question for the reader"),
    usage(Narration, "point", "SERVER | link A B | log SERVER | timeline | console", "draws the eye"),
    usage(Narration, "goal", "COND \"...\"", "a challenge is won when all its goals hold"),
    usage(Narration, "allow", "VERB...", "what a challenge lets the person do"),
    usage(Narration, "budget", "VERB N", "how often a challenge lets the person do it"),
    usage(Narration, "hint", "\"...\"", "help for who is stuck"),
];

/// The first words of the statements that `keep` keeps.
pub(super) fn verbs(keep: fn(Group) -> bool) -> Vec<&'static str> {
    USAGES.iter().filter(|usage| keep(usage.group)).map(|usage| usage.verb).collect()
}

/// The words that begin a condition.
pub(super) const QUESTIONS: [&str; 22] = [
    "leader",
    "no",
    "role",
    "leaders",
    "alive",
    "crashed",
    "paused",
    "term",
    "last-index",
    "commit",
    "applied",
    "snapshot",
    "vote",
    "log",
    "members",
    "value",
    "answer",
    "agree",
    "safe",
    "violated",
    "linearizable",
    "time",
];
