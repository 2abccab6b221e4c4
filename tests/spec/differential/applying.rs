//! Membership changes in the `raft` crate: how they are proposed, and how they are applied.

use protobuf::Message as _;
use raft::eraftpb::{
    ConfChangeSingle, ConfChangeTransition, ConfChangeType, ConfChangeV2, Entry, EntryType,
};
use raft::storage::MemStorage;
use raft::{INVALID_ID, RawNode, StateRole};
use raftarium::raft::{Change, Configuration, ServerId, ServerSet};

use super::theirs::{id_of, slot_of};

/// The change in the crate's terms.
pub fn proposal(change: Change, before: &Configuration) -> ConfChangeV2 {
    let mut proposal = ConfChangeV2::default();
    let mut singles = Vec::new();
    let mut become_ = |kind: ConfChangeType, servers: ServerSet| {
        for server in servers.iter() {
            let mut single = ConfChangeSingle::default();
            single.set_change_type(kind);
            single.node_id = id_of(server.slot());
            singles.push(single);
        }
    };
    match change {
        Change::Add(server) | Change::Promote(server) => {
            become_(ConfChangeType::AddNode, ServerSet::only(server));
        }
        Change::AddLearner(server) => {
            become_(ConfChangeType::AddLearnerNode, ServerSet::only(server));
        }
        Change::Remove(server) => become_(ConfChangeType::RemoveNode, ServerSet::only(server)),
        Change::Members(voters) => {
            // By joint consensus even for one server; the crate leaves it by itself.
            proposal.set_transition(ConfChangeTransition::Implicit);
            become_(ConfChangeType::AddNode, voters.difference(before.voters));
            become_(ConfChangeType::RemoveNode, before.voters.difference(voters));
        }
    }
    proposal.set_changes(singles.into());
    proposal
}

/// The change in an entry, if it is one.
fn change_in(entry: &Entry) -> Option<ConfChangeV2> {
    if entry.get_entry_type() == EntryType::EntryNormal {
        return None;
    }
    let mut change = ConfChangeV2::default();
    change.merge_from_bytes(&entry.data).expect("all changes are of the second version");
    Some(change)
}

/// Whether applying it may remove a server.
pub fn takes_out(entry: &Entry) -> bool {
    change_in(entry).is_some_and(|change| {
        let removes = |single: &ConfChangeSingle| {
            single.get_change_type() == ConfChangeType::RemoveNode && change.enter_joint().is_none()
        };
        change.leave_joint() || change.changes.iter().any(removes)
    })
}

/// Applies a committed entry. `configured` is the last change on the disk. Returns whether it
/// removed a leader.
pub fn apply(
    entry: &Entry,
    raw: &mut RawNode<MemStorage>,
    storage: &MemStorage,
    configured: &mut u64,
) -> bool {
    let mut left = false;
    // After a restart everything is applied again; the configuration on the disk includes these.
    if entry.index > *configured
        && let Some(change) = change_in(entry)
    {
        let state = raw.apply_conf_change(&change).expect("our core has made this change, too");
        storage.wl().set_conf_state(state);
        *configured = entry.index;
        let node = &mut raw.raft;
        left = node.state == StateRole::Leader && !node.promotable();
        if left {
            let term = node.term;
            node.become_follower(term, INVALID_ID);
        }
    }
    raw.advance_apply_to(entry.index);
    left
}

/// The configuration in force.
pub fn configuration(raw: &RawNode<MemStorage>) -> Configuration {
    let state = raw.raft.prs().conf().to_conf_state();
    let set = |ids: &[u64]| ids.iter().map(|&id| ServerId::from_slot(slot_of(id))).collect();
    Configuration {
        voters: set(&state.voters),
        old_voters: set(&state.voters_outgoing),
        learners: set(&state.learners),
    }
}
