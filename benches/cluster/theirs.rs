//! The `raft` crate's side: the same cluster, driven as its documentation says.

use std::collections::VecDeque;

use raft::eraftpb::{Entry, Message};
use raft::storage::MemStorage;
use raft::{Config, RawNode, StateRole};

const SERVERS: u64 = 5;
/// Ticks a simulated second: a tick is 10 ms.
const TICKS_PER_S: u64 = 100;

/// Simulates an idle cluster. Messages arrive at once.
pub fn idle(seconds: u64) {
    let mut bench = Bench::new();
    bench.elect();
    for _ in 0..seconds * TICKS_PER_S {
        for node in &mut bench.nodes {
            node.raw.tick();
        }
        bench.settle();
    }
    assert!(bench.nodes.iter().any(|node| node.raw.raft.state == StateRole::Leader));
}

/// Replicates entries, `batch` at a time, until every server has applied them.
pub fn replicate(entries: usize, batch: usize) {
    let mut bench = Bench::new();
    bench.elect();
    for first in (0..entries).step_by(batch) {
        for serial in first..first + batch {
            let data = format!("{serial:016}").into_bytes();
            bench.nodes[0].raw.propose(vec![], data).expect("the leader takes proposals");
        }
        bench.settle();
    }
    assert!(bench.nodes.iter().all(|node| node.applied == entries));
}

struct Member {
    raw: RawNode<MemStorage>,
    storage: MemStorage,
    applied: usize,
}

struct Bench {
    nodes: Vec<Member>,
    inbox: VecDeque<Message>,
}

impl Bench {
    fn new() -> Bench {
        let voters: Vec<u64> = (1..=SERVERS).collect();
        let logger = slog::Logger::root(slog::Discard, slog::o!());
        let member = |&id: &u64| {
            let config = Config {
                id,
                election_tick: 15,
                heartbeat_tick: 5,
                max_inflight_msgs: 256,
                ..Config::default()
            };
            let storage = MemStorage::new_with_conf_state((voters.clone(), vec![]));
            let raw = RawNode::new(&config, storage.clone(), &logger)
                .expect("the configuration is valid");
            Member { raw, storage, applied: 0 }
        };
        Bench { nodes: voters.iter().map(member).collect(), inbox: VecDeque::new() }
    }

    fn elect(&mut self) {
        self.nodes[0].raw.campaign().expect("a voter may campaign");
        self.settle();
        assert_eq!(self.nodes[0].raw.raft.state, StateRole::Leader);
    }

    fn settle(&mut self) {
        loop {
            let mut busy = false;
            for node in &mut self.nodes {
                busy |= node.advance(&mut self.inbox);
            }
            while let Some(message) = self.inbox.pop_front() {
                busy = true;
                let to = message.to as usize - 1;
                // A message of an old term may be refused; that is the crate's to say.
                let _ = self.nodes[to].raw.step(message);
            }
            if !busy {
                return;
            }
        }
    }
}

impl Member {
    fn advance(&mut self, inbox: &mut VecDeque<Message>) -> bool {
        if !self.raw.has_ready() {
            return false;
        }
        let mut ready = self.raw.ready();
        inbox.extend(ready.take_messages());
        self.apply(ready.take_committed_entries());
        let mut stable = self.storage.wl();
        if !ready.entries().is_empty() {
            stable.append(ready.entries()).expect("entries follow each other");
        }
        if let Some(hard_state) = ready.hs() {
            stable.set_hardstate(hard_state.clone());
        }
        drop(stable);
        inbox.extend(ready.take_persisted_messages());
        let mut light = self.raw.advance(ready);
        if let Some(commit) = light.commit_index() {
            self.storage.wl().mut_hard_state().set_commit(commit);
        }
        inbox.extend(light.take_messages());
        self.apply(light.take_committed_entries());
        self.raw.advance_apply();
        true
    }

    fn apply(&mut self, entries: Vec<Entry>) {
        self.applied += entries.iter().filter(|entry| !entry.data.is_empty()).count();
    }
}
