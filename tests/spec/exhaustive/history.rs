//! What no state shows and the promises are about: who has led, and what was committed and applied.

use raftarium::raft::{Entry, Index, Node, Role, ServerId, ServerSet, Term};

use super::server::Server;

/// What has happened so far, as far as the promises are about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct History {
    /// Who has been elected in each term, from term 1 on.
    pub leaders: Vec<ServerSet>,
    /// What was committed and applied first at each index, from 1 on.
    pub committed: Vec<Committed>,
    /// Whether a leader has changed an entry that it had.
    pub leader_overwrote: bool,
    /// Whether a server has applied something else than the first at that index.
    pub applied_otherwise: bool,
}

/// An entry that was committed, and the term in which it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Committed {
    pub entry: Entry,
    pub in_term: Term,
}

impl History {
    /// A history in which these have led the terms from 1 on.
    pub fn led_by(leaders: Vec<ServerId>) -> History {
        let leaders = leaders.into_iter().map(ServerSet::only).collect();
        History { leaders, ..History::default() }
    }

    /// What there is to tell after a server has become another; nothing where that is nothing new.
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
            // What a snapshot stands for is still there.
            let first = after.log().first_index();
            let mut tail = after.log().tail(first);
            let kept = before.log().tail(first).all(|entry| tail.next() == Some(entry));
            history.leader_overwrote |= !kept;
        } else if leads {
            history.note_leader(after);
        }
        // One that started again applies from the beginning.
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
