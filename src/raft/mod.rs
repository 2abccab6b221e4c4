//! The Raft algorithm, as in the paper: pure.
//!
//! A [`Node`] is one server. [`Node::step`] takes an [`Input`] (a message, a timer that fired, a
//! write that became stable) and yields [`Effects`]: at most one write, the messages to send, the
//! timers to set, and a [`Why`] for every decision. It has no clock, draws no random number and
//! does no I/O, so the same inputs always make the same server. Its caller owns time, the network
//! and the disk; here that is the simulator (`crate::sim`), which can therefore replay any run.
//!
//! Read it beside the paper (Ongaro and Ousterhout, "In Search of an Understandable Consensus
//! Algorithm", extended version). Section and figure numbers refer to it; numbers with a D refer to
//! Ongaro's dissertation, "Consensus: Bridging Theory and Practice".
//!
//! # Figure 2, line by line
//!
//! | figure 2 | here | in |
//! | --- | --- | --- |
//! | **State** | | |
//! | `currentTerm`, `votedFor`, `log[]` | `Node::current_term`, `voted_for`, `log` | `node` |
//! | "updated on stable storage before responding" | `send_durably`, [`Write`] | `persistence` |
//! | `commitIndex`, `lastApplied` | `Node::commit_index`, `last_applied` | `node` |
//! | `nextIndex[]`, `matchIndex[]` | [`Progress`], one per follower | `role/leadership` |
//! | **AppendEntries** | [`Append`], [`AppendOutcome`] | `message` |
//! | 1. reply false if the term is old | `reject_stale` | `step` |
//! | 2. reply false if the previous entry differs | `append_received` | `replication/follower` |
//! | 3., 4. delete conflicts, append new entries | `take_entries` | `replication/follower` |
//! | 5. advance `commitIndex` | `learn_commit` | `replication/follower` |
//! | **RequestVote** | [`Body::RequestVote`], [`Body::Vote`] | `message` |
//! | 1. reply false if the term is old | `reject_stale` | `step` |
//! | 2. one vote, for an up-to-date log | `decide_vote` | `election` |
//! | **Rules: all servers** | | |
//! | apply entries up to `commitIndex` | `apply_committed` | `replication/commit` |
//! | a higher term converts to follower | `adopt_higher_term` | `role/transitions` |
//! | **Rules: followers** | | |
//! | no leader heard: become candidate | `election_timeout` | `election` |
//! | **Rules: candidates** | | |
//! | increment term, vote for self, request votes | `become_candidate`, `campaign` | `election` |
//! | votes of a majority: become leader | `count_vote`, `become_leader` | `election` |
//! | AppendEntries of a new leader: follow it | `follow` | `role/transitions` |
//! | **Rules: leaders** | | |
//! | heartbeats | `heartbeat_due`, `start_round` | `replication/leader` |
//! | append commands, answer after applying | `propose`, `apply_entry` | `requests` |
//! | send entries from `nextIndex` | `send_entries` | `replication/leader` |
//! | accepted: raise `matchIndex` | `matched` | `replication/leader` |
//! | rejected: lower `nextIndex` | `back_up` | `replication/leader` |
//! | commit entries of its term on a majority | `commit_by_counting` | `replication/commit` |
//!
//! # The life of an entry
//!
//! ```text
//!  client          leader                           follower
//!    |  Request      |                                 |
//!    |-------------->| propose: appends the entry      |
//!    |               |--- AppendEntries -------------->| append_received: checks the
//!    |               |                                 | previous entry, take_entries
//!    |               | disk: stable                    |
//!    |               | (became_stable)                 | disk: stable
//!    |               |<-- AppendReply::Matched --------|
//!    |               | matched: raises match_index     |
//!    |               | commit_by_counting: a majority, |
//!    |               |   its own copy included         |
//!    |               | apply_entry: state machine      |
//!    |<--------------|                                 |
//!    |  Reply        |--- next AppendEntries --------->| learn_commit, apply_entry
//! ```
//!
//! The entry is committed once a majority has it on disk; the client learns it from the answer.
//! A crash of the leader before that may lose the entry or not: the client repeats the command with
//! the same serial number, and the session in the [`Store`] applies it once (`state_machine.rs`).
//!
//! # Where to read on
//!
//! 1. `types`, `entry`, `log`, `message`, `input`, `effect`: the nouns.
//! 2. `node` (the state), `step` (what leads where), `role` (the diagram of the roles and every
//!    transition).
//! 3. `election` (5.2, 5.4.1), then `pre_vote` (D 9.6) and `check_quorum` (D 6.2, D 4.2.3).
//! 4. `replication` (5.3, 5.4.2): `leader`, `follower`, `commit`, and `progress` with the diagram
//!    of how a leader treats a follower.
//! 5. `requests` and `reads` (8, D 6.4), `state_machine` (8, D 6.3).
//! 6. `snapshot`, `compaction`, `install` (7).
//! 7. `membership` (6, D 4), `transfer` (D 3.10).
//! 8. `rules`: what each rule is for, by what happens without it. `invariants`: what debug builds
//!    assert after every step. `reason`: the reasons.
//!
//! Files depend on each other downwards only: state types lie below [`Node`], its `impl` blocks
//! above.
//!
//! # What differs from the paper, and why
//!
//! - **Messages instead of RPCs.** Replies can be lost, duplicated or late, so each carries its
//!   term, and replies to a leader carry the *round* that they answer (`role/leadership.rs`). The
//!   paper leaves that to the RPC layer.
//! - **A candidate that cannot win steps down** at once, in the same term, and keeps its vote. The
//!   paper's waits for its timer. Production engines do the same; it changes no outcome of the
//!   election, and the server takes part in the next one as a follower.
//! - **A heartbeat checks the entry at the match index**, not the one before the next index. So a
//!   heartbeat that overtakes entries in flight is not rejected. Lost entries show when a reply to
//!   a later round comes first.
//! - **A rejection names a term**, so that the leader skips that whole term at once (the paper
//!   describes it at the end of 5.3 and leaves it out of figure 2).
//! - **The leader writes to its disk while it replicates** (D 10.2.1), and **pipelines** up to
//!   `max_inflight` AppendEntries per follower.
//! - **A removed server receives entries until it knows of its removal**, or for 20 rounds. The
//!   paper's leader stops at once, and the removed server may campaign until it is shut down. A
//!   removed leader sends its last entries, with the commit index, before it steps down
//!   (`membership`).
//! - **Servers that hear a leader ignore candidates outside their configuration**, also without
//!   check-quorum: the minimum of what the end of section 6 asks for. They listen to a candidate
//!   whose log ends in a newer term than theirs: it proves that their leader is stale. The
//!   dissertation's leader steps down by its clock instead (D 6.2), which is check-quorum here.
//! - **A new voter counts at once** (section 6) unless the option `catch_up` is on. Then it catches
//!   up first (D 4.2.1), and the first round that is short enough ends that, not always the tenth.
//! - **Pre-vote alone looks at logs only.** D 9.6 also asks that the voter hears no leader; that is
//!   the second half of check-quorum, whose first half it needs (`pre_vote`).
//! - **A snapshot travels as items of the state machine**, not as bytes, so that people can see
//!   what is in a piece.
//! - **Leases are counted in rounds**, because the core has no clock: [`Effect::StartLease`]. They
//!   outlive neither a shorter election timeout nor a faster clock ([`Node::void_leases`]).
//!
//! # Caveats
//!
//! This is Raft to watch, not to run. Logs live in memory as a whole. A server trusts its messages:
//! there is no authentication and no checksum, and a forged message can break every promise. Reads
//! under a lease rest on the bound for clock drift that the world keeps (or does not). A server
//! that lost its disk must not come back under the same name: its votes and acknowledgements are
//! forgotten, and the cluster can lose committed entries. The simulator lets you do all of that.
//! Every [`Rule`] can be switched off; what the documentation promises holds with all of them on.

mod check_quorum;
mod compaction;
mod effect;
mod election;
mod entry;
mod hashed_if_set;
mod input;
mod install;
#[cfg(debug_assertions)]
mod invariants;
mod log;
mod membership;
mod message;
mod node;
mod options;
mod persistence;
mod pre_vote;
mod reads;
mod reason;
mod replication;
mod requests;
mod role;
mod rules;
mod snapshot;
mod state_machine;
mod step;
mod transfer;
mod types;
mod unstable;

pub use effect::{Effect, Effects, HardState, Write};
pub use entry::{Answer, ClientCommand, Command, Entry, Op};
pub use hashed_if_set::HashedIfSet;
pub use input::{Input, Timer, WriteId};
pub use log::Log;
pub use membership::change::{Change, Refusal};
pub use membership::configuration::Configuration;
pub use message::*;
pub use node::Node;
pub use options::NodeOptions;
pub use reason::*;
pub use replication::progress::{Progress, ProgressState};
pub use role::Role;
pub use rules::{Rule, Rules};
pub use snapshot::{CHUNK_ITEMS_MAX, Snapshot};
pub use state_machine::{Applied, ClientSession, SESSION_ENTRIES_MAX, Store, StoreItem};
pub use types::*;
