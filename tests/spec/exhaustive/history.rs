//! The past, as far as the properties depend on it: who led, and what was committed and applied.

use raftarium::raft::{Entry, Index, Node, Role, ServerId, ServerSet, Term};

use super::server::Server;

/// A state does not show this, so the model carries it along.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct History {
    /// The leader of each term, from term 1 on.
    pub leaders: Vec<ServerSet>,
    /// The entry first committed and applied at each index, from 1 on.
    pub committed: Vec<Committed>,
    /// A leader has changed an entry of its own log.
    pub leader_overwrote: bool,
    /// A server has applied another entry than the first at its index.
    pub applied_otherwise: bool,
}

/// A committed entry, and the term of the leader that committed it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Committed {
    pub entry: Entry,
    pub in_term: Term,
}

impl History {
    /// With these leaders of the terms from 1 on.
    pub fn led_by(leaders: Vec<ServerId>) -> History {
        let leaders = leaders.into_iter().map(ServerSet::only).collect();
        History { leaders, ..History::default() }
    }

    /// The history after a server has changed; `None` if it is the same.
    pub fn after(&self, before: &Server, after: &Server) -> Option<History> {
        let (before, after) = (&before.node, &after.node);
        let leads = after.role() == Role::Leader;
        let led = before.role() == Role::Leader && before.current_term() == after.current_term();
        let applied = after.last_applied() != before.last_applied();
        if !leads && !applied {
            return None;
        }
        let mut history = self.clone();
        if leads && led {
            // Entries in a snapshot are still committed.
            let first = after.log().first_index();
            let mut tail = after.log().tail(first);
            let kept = before.log().tail(first).all(|entry| tail.next() == Some(entry));
            history.leader_overwrote |= !kept;
        } else if leads {
            history.note_leader(after);
        }
        // A restarted server applies from the beginning.
        let known = before.last_applied();
        let from = if after.last_applied() < known { 1 } else { known + 1 };
        (from..=after.last_applied()).for_each(|index| history.note_applied(after, index));
        (history != *self).then_some(history)
    }

    fn note_leader(&mut self, leader: &Node) {
        let place = leader.current_term() as usize - 1;
        if self.leaders.len() <= place {
            self.leaders.resize(place + 1, ServerSet::EMPTY);
        }
        self.leaders[place].insert(leader.id());
    }

    fn note_applied(&mut self, node: &Node, index: Index) {
        let Some(entry) = node.log().entry(index) else { return };
        match self.committed.get(index as usize - 1) {
            None => {
                let in_term = node.current_term();
                self.committed.push(Committed { entry: entry.clone(), in_term });
            }
            Some(first) => self.applied_otherwise |= first.entry != *entry,
        }
    }
}
