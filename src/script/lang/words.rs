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
    /// Holds or does not.
    Condition,
    /// Servers by what they are at that moment.
    Set,
    /// Only the console knows it.
    Console,
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
    /// A line with it that parses.
    pub example: &'static str,
    /// What it is for.
    pub group: Group,
}

impl Usage {
    /// Its first word and what stands after it.
    pub fn form(&self) -> String {
        format!("{} {}", self.verb, self.rest).trim_end().to_owned()
    }
}

const fn usage(
    group: Group,
    verb: &'static str,
    rest: &'static str,
    what: &'static str,
    example: &'static str,
) -> Usage {
    Usage { verb, rest, what, example, group }
}

use Group::{Act, Condition, Console, Flow, Head, Narration, Set, Setting};

/// All statements, in the order of the manual.
#[rustfmt::skip]
pub const USAGES: &[Usage] = &[
    usage(Head, "servers", "N", "how many servers there are, 1 to 9", "servers 5"),
    usage(Head, "seed", "N", "the seed of all chance", "seed 7"),
    usage(Head, "clients", "N", "how many clients there are, 0 to 9", "clients 2"),
    usage(Head, "given", "SERVER [term N] [vote SERVER] [log TERM...] [commit N]", "a server's state before time 0", "given s1 term 3 vote s1 log 1 1 2 commit 2"),
    usage(Head, "joining", "SET", "servers that are in no configuration yet", "joining s5"),
    usage(Head, "learners", "SET", "servers that start without a vote", "learners s4"),
    usage(Setting, "election-timeout", "A..B|never", "the range that election timeouts are drawn from", "election-timeout 150ms..300ms"),
    usage(Setting, "heartbeat", "D|never", "how often a leader sends heartbeats", "heartbeat 50ms"),
    usage(Setting, "latency", "A..B", "how long a message takes, one way", "latency 5ms..15ms"),
    usage(Setting, "loss", "P%", "how many messages are lost", "loss 5%"),
    usage(Setting, "duplicate", "P% | [next N|all] [KIND] [from SET] [to SET]", "messages arrive twice: so many of all, or those that match", "duplicate next 2 append to s3"),
    usage(Setting, "fifo", "on|off", "whether a link keeps the order of its messages", "fifo on"),
    usage(Setting, "disk", "A..B", "how long until a write is stable", "disk 1ms..3ms"),
    usage(Setting, "client-timeout", "D|never", "how long a client waits for an answer", "client-timeout 500ms"),
    usage(Setting, "retry", "on|off", "whether a client tries again and follows redirects", "retry off"),
    usage(Setting, "routing", "redirect|forward|leader", "how a request finds the leader", "routing forward"),
    usage(Setting, "reads", "local|leader|log|lease|read-index", "how reads are answered", "reads lease"),
    usage(Setting, "pre-vote", "on|off", "whether a server asks before it campaigns", "pre-vote on"),
    usage(Setting, "check-quorum", "on|off", "whether a leader that hears no majority steps down", "check-quorum on"),
    usage(Setting, "snapshot-every", "N|off", "after how many applied entries a server compacts its log", "snapshot-every 100"),
    usage(Setting, "max-entries", "N", "the most entries in one AppendEntries", "max-entries 10"),
    usage(Setting, "max-inflight", "N", "the most AppendEntries with entries in flight to one server", "max-inflight 4"),
    usage(Setting, "rule", "NAME on|off [on SERVER]", "takes a rule of Raft away, or brings it back", "rule one-vote off on s3"),
    usage(Setting, "preset", "paper|testing|production|fastapi-raft", "timeouts and heartbeat by name", "preset production"),
    usage(Act, "crash", "SET", "they lose what was volatile or not yet stable", "crash leader"),
    usage(Act, "restart", "SET", "they come back from their disks", "restart all"),
    usage(Act, "pause", "SET [for D]", "they freeze; messages queue up", "pause s2 for 2s"),
    usage(Act, "suspend", "SET [for D]", "the same as pause", "suspend s2 for 2s"),
    usage(Act, "resume", "SET", "they go on", "resume s2"),
    usage(Act, "wipe", "SET", "they crash and lose their disks", "wipe s3"),
    usage(Act, "skew", "SERVER X", "its clock runs X times as fast, 0.1 to 10", "skew s3 1.5"),
    usage(Act, "timeout", "SET", "their election timers fire now", "timeout s2"),
    usage(Act, "beat", "SET", "their heartbeat timers fire now", "beat leader"),
    usage(Act, "cut", "A -> B | A <-> B", "those links carry nothing more", "cut s1 -> s2"),
    usage(Act, "partition", "SET | SET [| SET]", "cuts every link between the groups, heals those within", "partition s1,s2 | others"),
    usage(Act, "isolate", "SET", "cuts every link of theirs", "isolate leader"),
    usage(Act, "heal", "[A <-> B]", "heals those links, or all", "heal s1 <-> s2"),
    usage(Act, "drop", "[next N|all] [KIND] [from SET] [to SET]", "matching messages are lost", "drop next 2 append from s1 to s3"),
    usage(Act, "hold", "[next N|all] [KIND] [from SET] [to SET]", "matching messages are kept back", "hold all vote to s1"),
    usage(Act, "delay", "[next N|all] [KIND] [from SET] [to SET] by D", "matching messages take longer", "delay all append-reply from s3 by 20ms"),
    usage(Act, "release", "[next N] [KIND] [from SET] [to SET]", "delivers what is held and matches", "release next 1 vote"),
    usage(Act, "discard", "[next N] [KIND] [from SET] [to SET]", "loses what is held and matches", "discard append to s2"),
    usage(Act, "inject", "KIND from A to B [term N] [prev INDEX/TERM] [entries TERM...] [commit N] [last INDEX/TERM] [granted|rejected]", "a message that nobody sent arrives", "inject request-vote from s3 to s1 term 4 last 2/2"),
    usage(Act, "set", "K V [via SERVER] [by CLIENT]", "a client gives a key a value", "set x 1 via s2 by c1"),
    usage(Act, "get", "K [via SERVER] [by CLIENT]", "a client reads a key", "get x"),
    usage(Act, "delete", "K [via SERVER] [by CLIENT]", "a client removes a key", "delete x"),
    usage(Act, "cas", "K OLD NEW [via SERVER] [by CLIENT]", "a client gives a key a value if it holds the old one", "cas x 1 2"),
    usage(Act, "load", "RATE/s [keys N] [writes P%] | off", "the clients keep sending", "load 20/s keys 3 writes 50%"),
    usage(Act, "transfer", "SERVER", "leadership goes to that server", "transfer s2"),
    usage(Act, "add", "SERVER [learner]", "a server joins", "add s4 learner"),
    usage(Act, "remove", "SERVER", "a server leaves", "remove s1"),
    usage(Act, "promote", "SERVER", "a learner becomes a voter", "promote s4"),
    usage(Act, "members", "SET", "these are the voters from now on", "members s1,s2,s3"),
    usage(Act, "snapshot", "SERVER", "it compacts its log now", "snapshot leader"),
    usage(Flow, "run", "D", "simulated time advances", "run 500ms"),
    usage(Flow, "settle", "[within D]", "advances until the cluster is quiet", "settle within 2s"),
    usage(Flow, "wait", "COND [within D]", "advances until the condition holds", "wait leader within 2s"),
    usage(Flow, "at", "T ACTION", "does it at that moment", "at 5s crash s1"),
    usage(Flow, "by-hand", "", "what follows was done by hand, each line at its moment", "by-hand"),
    usage(Flow, "every", "D ACTION [times N]", "does it again and again", "every 500ms set tick tock times 3"),
    usage(Flow, "when", "COND do ACTION", "does it the first time that the condition becomes true", "when leader s3 do crash s3"),
    usage(Flow, "whenever", "COND do ACTION", "does it each time that the condition becomes true", "whenever crashed s1 do restart s1"),
    usage(Flow, "stop", "", "the player pauses here", "stop"),
    usage(Flow, "expect", "COND", "fails the script where the condition does not hold", "expect leader and safe"),
    usage(Narration, "title", "\"...\"", "the script's title", "title \"Who leads?\""),
    usage(Narration, "say", "\"...\"", "a text for the reader", "say \"Nobody leads yet.\""),
    usage(Narration, "ask", "\"...\" \"choice\" \"choice\" ... answer N", "a question for the reader", "ask \"Who wins?\" \"s1\" \"s2\" answer 1"),
    usage(Narration, "point", "SERVER | link A B | log SERVER | timeline | console", "draws the eye", "point link s1 s2"),
    usage(Narration, "goal", "COND \"...\"", "a challenge is won when all its goals hold", "goal no leader \"Leave it without a leader.\""),
    usage(Narration, "allow", "VERB...", "what a challenge lets the person do", "allow crash restart"),
    usage(Narration, "budget", "VERB N", "how often a challenge lets the person do it", "budget crash 2"),
    usage(Narration, "hint", "\"...\"", "help for who is stuck", "hint \"One crash is not enough.\""),
];

/// The first words of the statements that `keep` keeps.
pub(in crate::script) fn verbs(keep: fn(Group) -> bool) -> Vec<&'static str> {
    USAGES.iter().filter(|usage| keep(usage.group)).map(|usage| usage.verb).collect()
}

/// The first words of the conditions.
pub(in crate::script) fn questions() -> Vec<&'static str> {
    CONDITIONS.iter().map(|usage| usage.verb).collect()
}

/// All conditions, in the order of the manual.
#[rustfmt::skip]
pub const CONDITIONS: &[Usage] = &[
    usage(Condition, "leader", "[SET]", "exactly one live server leads in the highest term (and is in SET)", "expect leader s1"),
    usage(Condition, "no", "leader", "it is not so that exactly one live server leads in the highest term", "expect no leader"),
    usage(Condition, "role", "SERVER follower|pre-candidate|candidate|leader|learner", "that is its role", "expect role s2 follower"),
    usage(Condition, "leaders", "= SET|none", "these are the live servers that believe they lead, in whatever term", "expect leaders = s1,s3"),
    usage(Condition, "alive", "SET", "none of them has crashed", "expect alive all"),
    usage(Condition, "crashed", "SET", "all of them have crashed", "expect crashed s3"),
    usage(Condition, "paused", "SET", "all of them are paused", "expect paused s2"),
    usage(Condition, "term", "SERVER OP N", "its term compares so; OP is =, !=, <, <=, > or >=", "expect term s1 >= 2"),
    usage(Condition, "vote", "SERVER = SERVER|none", "whom it voted for in its term", "expect vote s2 = s1"),
    usage(Condition, "log", "SERVER = TERM...|none", "the terms of its entries, from the first that is not compacted away", "expect log s1 = 1 1 2"),
    usage(Condition, "last-index", "SERVER OP N", "the index of its last entry compares so", "expect last-index s1 = 3"),
    usage(Condition, "commit", "SERVER OP N", "its commit index compares so", "expect commit leader >= 1"),
    usage(Condition, "applied", "SERVER OP N", "the index up to which it has applied compares so", "expect applied all >= 1"),
    usage(Condition, "snapshot", "SERVER OP N", "the last index that its snapshot includes compares so; 0 is no snapshot", "expect snapshot s1 = 0"),
    usage(Condition, "members", "SERVER = SET", "the voters of its latest configuration", "expect members s1 = s1,s2,s3"),
    usage(Condition, "value", "K = V|none [on SERVER]", "the key has that value in this state machine, or in every live one", "expect value x = 3 on s1"),
    usage(Condition, "answer", "= ok|none|VALUE|not-leader|timeout|failed|expired", "what the newest client command came to; failed is a cas that did not match", "expect answer = ok"),
    usage(Condition, "agree", "[SET]", "the live servers hold the same committed log and the same state", "expect agree"),
    usage(Condition, "safe", "", "no safety property has been violated", "expect safe"),
    usage(Condition, "violated", "PROPERTY", "that property has been violated", "expect violated election-safety"),
    usage(Condition, "linearizable", "", "an order of the clients' operations explains every answer so far", "expect linearizable"),
    usage(Condition, "time", "OP D", "simulated time compares so", "expect time >= 1s"),
];

/// Sets that are named by what their servers are at that moment.
pub const SETS: &[Usage] = &[
    usage(Set, "all", "", "every server", "restart all"),
    usage(Set, "leader", "", "the live leader of the highest term", "crash leader"),
    usage(Set, "followers", "", "all live servers but that leader", "pause followers for 1s"),
    usage(
        Set,
        "others",
        "",
        "every server that the line does not name elsewhere",
        "partition s1 | others",
    ),
];

/// The words that only the console knows: most of them from other Raft tools.
#[rustfmt::skip]
pub const CONSOLE_WORDS: &[Usage] = &[
    usage(Console, "help", "[WORD]", "all words, or what one of them means", "help crash"),
    usage(Console, "status", "", "every server: role, term, vote, log, commit", "status"),
    usage(Console, "getleader", "", "who leads", "getleader"),
    usage(Console, "setval", "K V", "sets a key and waits for the answer", "setval x 3"),
    usage(Console, "write", "K V", "the same as setval", "write x 3"),
    usage(Console, "getval", "K", "reads a key and waits for the answer", "getval x"),
    usage(Console, "read", "K", "the same as getval", "read x"),
    usage(Console, "connect", "SERVER", "the four words above go to that server first", "connect s1"),
    usage(Console, "suspend", "SECONDS", "pauses the connected server for so long", "suspend 3"),
];
