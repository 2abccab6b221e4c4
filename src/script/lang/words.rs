//! The words of the language with a line of help each. The parser takes its suggestions from here,
//! the console its `help`.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Describes the cluster; only at the head of a script.
    Head,
    /// Describes the cluster, and may be changed while it runs.
    Setting,
    /// Acts on the cluster.
    Act,
    /// Advances time, schedules actions, and checks conditions.
    Flow,
    /// Text for the reader.
    Narration,
    Condition,
    /// A set of servers by their state.
    Set,
    /// Only in the console.
    Console,
}

/// A word as the help shows it.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub verb: &'static str,
    /// The syntax of the rest of the line.
    pub rest: &'static str,
    /// What it does or means.
    pub what: &'static str,
    /// A line that parses.
    pub example: &'static str,
    pub group: Group,
}

impl Usage {
    /// The syntax of the whole line.
    pub fn form(&self) -> String {
        format!("{} {}", self.verb, self.rest).trim_end().to_owned()
    }
}

/// Per word: the word, the syntax of the rest, an example, and what it does.
macro_rules! usages {
    ($($group:ident: $($verb:literal, $rest:literal, $example:literal, $what:literal;)+)+) => {
        &[$($(Usage {
            verb: $verb,
            rest: $rest,
            what: $what,
            example: $example,
            group: Group::$group,
        },)+)+]
    };
}

/// All statements, in the order of docs/script.md.
pub const USAGES: &[Usage] = usages! {
    Head:
    "servers", "N", "servers 5",
        "the number of servers, 1 to 9";
    "seed", "N", "seed 7",
        "the random seed";
    "clients", "N", "clients 2",
        "the number of clients, 0 to 9";
    "given", "SERVER [term N] [vote SERVER] [log TERM...] [commit N]",
        "given s1 term 3 vote s1 log 1 1 2 commit 2",
        "the state of a server at time 0";
    "joining", "SET", "joining s5",
        "servers that exist but are not in the configuration yet";
    "learners", "SET", "learners s4",
        "servers that start as learners, without a vote";
    Setting:
    "election-timeout", "A..B|never", "election-timeout 150ms..300ms",
        "the range that election timeouts are drawn from";
    "heartbeat", "D|never", "heartbeat 50ms",
        "the interval between heartbeats of a leader";
    "latency", "A..B", "latency 5ms..15ms",
        "the one-way delay of messages";
    "loss", "P%", "loss 5%",
        "the share of messages that are lost";
    "duplicate", "P% | [next N|all] [KIND] [from SET] [to SET] | \
                  [Nth] in-flight|held [KIND] [from SET] [to SET]",
        "duplicate next 2 append to s3",
        "duplicates a share of all messages, the messages that match, or one message";
    "fifo", "on|off", "fifo on",
        "whether links keep messages in order";
    "disk", "A..B [on SERVER] | default on SERVER", "disk 1ms..3ms",
        "the time until a write is stable, on all servers or on one";
    "client-timeout", "D|never", "client-timeout 500ms",
        "how long clients wait for an answer";
    "retry", "on|off", "retry off",
        "whether clients retry and follow redirects";
    "routing", "redirect|forward|leader", "routing forward",
        "how requests reach the leader";
    "reads", "local|leader|log|lease|read-index", "reads lease",
        "how reads are answered";
    "pre-vote", "on|off", "pre-vote on",
        "whether a server asks if it could win before it campaigns";
    "check-quorum", "on|off", "check-quorum on",
        "whether a leader that hears no majority steps down";
    "catch-up", "on|off", "catch-up on",
        "whether a new server catches up before it gets a vote";
    "snapshot-every", "N|off", "snapshot-every 100",
        "how many entries a server applies between snapshots";
    "max-entries", "N", "max-entries 10",
        "the most entries in one AppendEntries";
    "max-inflight", "N", "max-inflight 4",
        "the most AppendEntries in flight to one server";
    "rule", "NAME on|off [on SERVER]", "rule one-vote off on s3",
        "turns a Raft rule off or on";
    "preset", "paper|testing|production|fastapi-raft", "preset production",
        "election timeout and heartbeat by name";
    Act:
    "crash", "SET", "crash leader",
        "crashes servers: volatile state and unstable writes are lost";
    "restart", "SET", "restart all",
        "restarts servers from their disks";
    "pause", "SET [for D]", "pause s2 for 2s",
        "freezes servers; messages to them queue up";
    "suspend", "SET [for D]", "suspend s2 for 2s",
        "the same as pause";
    "resume", "SET", "resume s2",
        "resumes paused servers";
    "wipe", "SET", "wipe s3",
        "crashes servers and erases their disks";
    "skew", "SET X", "skew s3 1.5",
        "makes a clock run X times as fast, 0.1 to 10";
    "timeout", "SET", "timeout s2",
        "fires election timers now";
    "beat", "SET", "beat leader",
        "fires heartbeat timers now";
    "cut", "A -> B | A <-> B", "cut s1 -> s2",
        "cuts links, one way or both";
    "partition", "SET | SET [| SET]", "partition s1,s2 | others",
        "cuts the links between the groups and heals those within";
    "isolate", "SET", "isolate leader",
        "cuts all links of these servers";
    "heal", "[A <-> B]", "heal s1 <-> s2",
        "heals these links, or all";
    "link", "A ->|<-> B [latency A..B|default] [loss P%|default]",
        "link s1 <-> s2 latency 40ms..60ms loss 30%",
        "gives links a latency or a loss of their own, or the cluster's again";
    "drop", "[next N|all] [KIND] [from SET] [to SET] | \
             [Nth] in-flight [KIND] [from SET] [to SET]",
        "drop next 2 append from s1 to s3",
        "drops messages that match and are sent later, or one in flight";
    "hold", "[next N|all] [KIND] [from SET] [to SET] | \
             [Nth] in-flight [KIND] [from SET] [to SET]",
        "hold all vote to s1",
        "holds back messages that match and are sent later, or one in flight";
    "delay", "[next N|all] [KIND] [from SET] [to SET] by D | \
              [Nth] in-flight|held [KIND] [from SET] [to SET] by D",
        "delay all append-reply from s3 by 20ms",
        "delays messages that match and are sent later, or one in flight or held";
    "release", "[next N] [KIND] [from SET] [to SET] | \
                [Nth] in-flight|held [KIND] [from SET] [to SET]",
        "release next 1 vote",
        "delivers held messages that match, or one in flight or held, now";
    "discard", "[next N] [KIND] [from SET] [to SET] | [Nth] held [KIND] [from SET] [to SET]",
        "discard append to s2",
        "drops held messages that match, or one of them";
    "resend", "[Nth] in-flight|held|delivered|lost [KIND] [from SET] [to SET] after D",
        "resend delivered append from s1 to s2 after 200ms",
        "sends a copy of one message, which arrives after that time";
    "inject", "KIND from A to B [term N] [prev INDEX/TERM] [entries TERM...] [commit N] \
               [last INDEX/TERM] [granted|rejected]",
        "inject request-vote from s3 to s1 term 4 last 2/2",
        "delivers a message that no server sent";
    "set", "K V [via SERVER] [by CLIENT]", "set x 1 via s2 by c1",
        "a client sets a key";
    "get", "K [via SERVER] [by CLIENT]", "get x",
        "a client reads a key";
    "delete", "K [via SERVER] [by CLIENT]", "delete x",
        "a client deletes a key";
    "cas", "K OLD NEW [via SERVER] [by CLIENT]", "cas x 1 2",
        "a client sets a key if it holds the old value";
    "load", "RATE/s [keys N] [writes P%] | off", "load 20/s keys 3 writes 50%",
        "clients send commands at this rate";
    "transfer", "SERVER", "transfer s2",
        "transfers leadership to a server";
    "add", "SERVER [learner]", "add s4 learner",
        "adds a server as a voter or a learner";
    "remove", "SERVER", "remove s1",
        "removes a server";
    "promote", "SERVER", "promote s4",
        "makes a learner a voter";
    "members", "SET", "members s1,s2,s3",
        "makes these the voters, by joint consensus";
    "snapshot", "SET", "snapshot leader",
        "compacts its log now";
    Flow:
    "run", "D", "run 500ms",
        "advances simulated time";
    "settle", "[within D]", "settle within 2s",
        "advances until the cluster is quiet";
    "wait", "COND [within D]", "wait leader within 2s",
        "advances until the condition holds";
    "at", "T ACTION", "at 5s crash s1",
        "does it at that time";
    "by-hand", "", "by-hand",
        "the recorded actions of a person follow, each at its time";
    "answers", "N...", "answers 2 1 0 3",
        "below by-hand: the reader's choice at each ask in turn, 0 for none";
    "claim", "possible|impossible", "claim impossible",
        "below by-hand: whether the reader says that the goals can be reached";
    "every", "D ACTION [times N]", "every 500ms set tick tock times 3",
        "does it again and again";
    "when", "COND do ACTION", "when leader s3 do crash s3",
        "does it the first time the condition becomes true";
    "whenever", "COND do ACTION", "whenever crashed s1 do restart s1",
        "does it each time the condition becomes true";
    "stop", "", "stop",
        "pauses the player here";
    "expect", "COND", "expect leader and safe",
        "fails the script if the condition does not hold";
    Narration:
    "title", "\"...\"", "title \"Who leads?\"",
        "the title of the script";
    "section", "\"...\"", "section \"5.4.2\"",
        "the section of the paper that it is about";
    "level", "easy|medium|hard", "level easy",
        "how much it asks of its reader";
    "misconception", "\"...\"", "misconception \"The newest server always leads.\"",
        "what many believe, and why it is wrong";
    "chapter", "\"...\"", "chapter \"Votes\"",
        "begins a part of the script, a place to jump to";
    "say", "\"...\"", "say \"Nobody leads yet.\"",
        "a text for the reader";
    "ask", "\"...\" \"choice\" [if COND] \"choice\" [if COND] ... answer N",
        "ask \"Who wins?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1",
        "a question for the reader, with the condition under which each choice is right";
    "point", "SERVER | link A B | log SERVER | timeline | console", "point link s1 s2",
        "draws attention to a place";
    "goal", "COND \"...\"", "goal no leader \"Leave it without a leader.\"",
        "a challenge is won when all its goals hold";
    "score", "N \"...\"", "score 8 \"Eight of ten.\"",
        "a goal that is reached by that many right answers";
    "possible", "yes|no \"...\"", "possible no \"Two majorities share a server.\"",
        "whether the goals can be reached; who is right to claim that they cannot has won";
    "allow", "VERB...", "allow crash restart",
        "the statements that a challenge allows";
    "budget", "VERB N", "budget crash 2",
        "how often a challenge allows a statement";
    "hint", "\"...\"", "hint \"One crash is not enough.\"",
        "a hint for a challenge";
};

/// The first words of the statements in some groups.
pub(in crate::script) fn verbs(keep: fn(Group) -> bool) -> Vec<&'static str> {
    USAGES.iter().filter(|usage| keep(usage.group)).map(|usage| usage.verb).collect()
}

pub(in crate::script) fn questions() -> Vec<&'static str> {
    CONDITIONS.iter().map(|usage| usage.verb).collect()
}

/// All conditions, in the order of docs/script.md.
pub const CONDITIONS: &[Usage] = usages! {
    Condition:
    "leader", "[SET]", "expect leader s1",
        "exactly one live server leads in the highest term (and is in SET)";
    "no", "leader", "expect no leader",
        "no live server, or more than one, leads in the highest term";
    "role", "SERVER follower|pre-candidate|candidate|leader|learner", "expect role s2 follower",
        "its role";
    "leaders", "= SET|none", "expect leaders = s1,s3",
        "exactly these live servers lead, in any term";
    "alive", "SET", "expect alive all",
        "none of them has crashed";
    "crashed", "SET", "expect crashed s3",
        "all of them have crashed";
    "paused", "SET", "expect paused s2",
        "all of them are paused";
    "term", "SERVER OP N", "expect term s1 >= 2",
        "its term; OP is =, !=, <, <=, > or >=";
    "vote", "SERVER = SERVER|none", "expect vote s2 = s1",
        "its vote in its current term";
    "log", "SERVER = TERM...|none", "expect log s1 = 1 1 2",
        "the terms of its entries, from the first one after the snapshot";
    "last-index", "SERVER OP N", "expect last-index s1 = 3",
        "the index of its last entry";
    "commit", "SERVER OP N", "expect commit leader >= 1",
        "its commit index";
    "applied", "SERVER OP N", "expect applied all >= 1",
        "the index of the last entry that it applied";
    "snapshot", "SERVER OP N", "expect snapshot s1 = 0",
        "the last index in its snapshot; 0 without one";
    "match", "LEADER SERVER OP N", "expect match s1 s2 >= 3",
        "the index up to which that leader knows that the server's log matches its own";
    "next", "LEADER SERVER OP N", "expect next s1 s2 > match s1 s2",
        "the index of the next entry that this leader sends to the server";
    "members", "SERVER = SET", "expect members s1 = s1,s2,s3",
        "the voters of its latest configuration";
    "value", "K = V|none [on SERVER]", "expect value x = 3 on s1",
        "the value of a key on this server, or on every live one";
    "answer", "= ok|none|VALUE|not-leader|timeout|failed|expired", "expect answer = ok",
        "the answer to the newest client command; failed is a cas that did not match";
    "answered", "", "expect answered",
        "every client command so far has been answered";
    "agree", "[SET]", "expect agree",
        "the live servers have the same committed log and state";
    "safe", "", "expect safe",
        "no safety property has been violated";
    "violated", "PROPERTY", "expect violated election-safety",
        "that property has been violated";
    "linearizable", "", "expect linearizable",
        "an order of the clients' operations explains every answer so far";
    "time", "OP D", "expect time >= 1s",
        "the simulated time";
    "in-flight", "[KIND] [from SET] [to SET] [prev OP N]", "expect in-flight append to s2 prev = 1",
        "such a message is on its way; prev is its prevLogIndex";
    "held", "[KIND] [from SET] [to SET] [prev OP N]",
        "expect held append to s2 prev > last-index s2",
        "such a message is held";
    "delivered", "[KIND] [from SET] [to SET] [prev OP N]", "expect delivered vote from s2",
        "such a message is one of the newest 32 that arrived";
    "lost", "[KIND] [from SET] [to SET] [prev OP N]", "expect not lost append-reply",
        "such a message is one of the newest 32 that were lost";
};

/// Sets of servers by their state.
pub const SETS: &[Usage] = usages! {
    Set:
    "all", "", "restart all",
        "every server";
    "leader", "", "crash leader",
        "the live leader of the highest term";
    "followers", "", "pause followers for 1s",
        "all live servers except that leader";
    "others", "", "partition s1 | others",
        "every server that the line does not name";
};

/// The commands of the console, most of them from other Raft tools.
pub const CONSOLE_WORDS: &[Usage] = usages! {
    Console:
    "help", "[WORD]", "help crash",
        "lists all words, or explains one";
    "status", "", "status",
        "the role, term, vote, log and commit index of each server";
    "getleader", "", "getleader",
        "the current leader";
    "setval", "K V", "setval x 3",
        "sets a key and waits for the answer";
    "write", "K V", "write x 3",
        "the same as setval";
    "getval", "K", "getval x",
        "reads a key and waits for the answer";
    "read", "K", "read x",
        "the same as getval";
    "connect", "SERVER", "connect s1",
        "sends the four commands above to that server first";
    "suspend", "SECONDS", "suspend 3",
        "pauses the connected server for that time";
};
