//! Occasions for reasons that neither a golden script nor chance brings about.

use raftarium::raft::{
    Append, Body, Command, Configuration, Effects, Entry, HardState, Input, Log, Message, Node,
    NodeOptions, ServerId, ServerSet, Term, Why,
};

/// Scripts, each for one kind of reason.
pub const SCRIPTS: [(&str, &str); 3] = [
    (
        "a paused leader is asked for a transfer",
        "servers 3\n\
         timeout s1\n\
         run 50ms\n\
         pause s1\n\
         transfer s2\n",
    ),
    (
        "a piece of a snapshot is acknowledged twice",
        "servers 3\n\
         election-timeout never\n\
         heartbeat never\n\
         latency 1ms\n\
         max-inflight 20\n\
         timeout s1\n\
         settle\n\
         isolate s3\n\
         every 1ms set a 1 via s1 times 1\n\
         every 2ms set b 1 via s1 times 1\n\
         every 3ms set c 1 via s1 times 1\n\
         every 4ms set d 1 via s1 times 1\n\
         every 5ms set e 1 via s1 times 1\n\
         every 6ms set f 1 via s1 times 1\n\
         every 7ms set g 1 via s1 times 1\n\
         every 8ms set h 1 via s1 times 1\n\
         every 9ms set i 1 via s1 times 1\n\
         run 20ms\n\
         snapshot s1\n\
         heal\n\
         duplicate snapshot-reply from s3\n\
         beat s1\n\
         settle\n\
         expect value i = 1 on s3\n",
    ),
    (
        "a session expires between two copies of a command",
        "servers 3\n\
         clients 2\n\
         election-timeout never\n\
         heartbeat never\n\
         latency 1ms\n\
         client-timeout 2s\n\
         timeout s1\n\
         settle\n\
         isolate s2\n\
         isolate s3\n\
         set x 1 via s1 by c1\n\
         every 1ms set k v via s1 by c2 times 1001\n\
         run 2100ms\n\
         heal\n\
         beat s1\n\
         settle\n\
         beat s1\n\
         settle\n\
         expect value x = 1 on s1\n",
    ),
];

/// What only a test can ask of a server: a transfer of one that does not lead (the world asks
/// leaders), and a snapshot of one whose applied entries a forged message has replaced.
pub fn direct() -> Vec<Why> {
    let [s1, s2] = [0, 1].map(ServerId::from_slot);
    let boot = Configuration { voters: ServerSet::first(3), ..Configuration::default() };
    let options = NodeOptions::default();
    let mut node = Node::new(s1, options, boot, HardState::default(), Log::default());
    let append = |term, entries: &[Term], commit| {
        let noop = |&term: &Term| Entry { term, command: Command::Noop };
        let entries = entries.iter().map(noop).collect();
        let append = Append { prev_index: 0, prev_term: 0, entries, commit, round: 1 };
        Input::Receive(Message { from: s2.into(), to: s1.into(), term, body: Body::Append(append) })
    };
    let mut out = Effects { explain: true, ..Effects::default() };
    for input in [Input::Transfer(s2), append(1, &[1, 1], 2), append(2, &[2], 0), Input::Compact] {
        out.write = None;
        out.list.clear();
        node.step(input, &mut out);
    }
    out.whys
}
