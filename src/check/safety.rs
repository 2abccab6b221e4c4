//! The five safety properties of figure 3, checked after every event, for the servers that it
//! touched.

use crate::raft::{Entry, Index, Node, Role, ServerId, Term};
use crate::sim::{Changes, EventId, Server, World};

use super::by_index::ByIndex;
use super::evidence::{Evidence, Instead, Origin};
use super::log_matching::Holdings;
use super::property::Property;

/// What all servers have done so far, which later events must not contradict.
#[derive(Clone, Debug)]
pub(super) struct Safety {
    /// By server.
    seen: Vec<Seen>,
    /// By server, the event in which it became leader of its present term; 0 before.
    elected: Vec<EventId>,
    /// The first leader of each term that had one, sorted by term.
    leaders: Vec<(Term, Origin)>,
    holdings: Holdings,
    committed: ByIndex<Committed>,
    /// The entries, by the server that applied each one first.
    applied: ByIndex<(Origin, Entry)>,
}

/// A server as it was after the last event that touched it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Seen {
    leads: Option<Term>,
    last_index: Index,
    commit_index: Index,
    last_applied: Index,
}

impl Seen {
    fn of(server: &Server) -> Seen {
        let node = server.node();
        let leads = server.is_alive() && node.role() == Role::Leader;
        Seen {
            leads: leads.then_some(node.current_term()),
            last_index: node.log().last_index(),
            commit_index: node.commit_index(),
            last_applied: node.last_applied(),
        }
    }
}

/// A committed entry.
#[derive(Clone, Copy, Debug)]
struct Committed {
    entry_term: Term,
    /// The term in which it was committed.
    term: Term,
    /// Who knew that first.
    origin: Origin,
}

/// A violated property, and what breaks it.
pub(super) type Found = (Property, Evidence);

impl Safety {
    pub fn new(servers: usize) -> Safety {
        Safety {
            seen: vec![Seen::default(); servers],
            elected: vec![0; servers],
            leaders: Vec::new(),
            holdings: Holdings::default(),
            committed: ByIndex::default(),
            applied: ByIndex::default(),
        }
    }

    pub fn elections(&self) -> usize {
        self.leaders.len()
    }

    pub fn committed(&self) -> Index {
        self.committed.last_index()
    }

    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub fn unshared_bytes(&self, base: &Safety) -> usize {
        // An applied entry counts with its command.
        self.holdings.unshared_bytes(&base.holdings)
            + self.committed.unshared_len(&base.committed) * 32
            + self.applied.unshared_len(&base.applied) * 144
    }

    /// Whether the newest event changed anything that a property depends on.
    #[inline]
    pub fn is_affected(&self, world: &World, changes: &Changes, id: ServerId) -> bool {
        changes.log_changed_from(id).is_some() || Seen::of(world.server(id)) != self.seen[id.slot()]
    }

    /// Checks a server that the newest event touched. `changed_from` is the first index of its log
    /// that changed.
    pub fn observe(
        &mut self,
        world: &World,
        changes: &Changes,
        id: ServerId,
        changed_from: Option<Index>,
        found: &mut Vec<Found>,
    ) {
        let node = world.server(id).node();
        let now = Seen::of(world.server(id));
        let before = std::mem::replace(&mut self.seen[id.slot()], now);
        let leads = now.leads;
        let here = Origin { server: id, event: world.event() };
        if let Some(from) = changed_from {
            found.extend(self.leader_append_only(here, before, leads, from));
            found.extend(self.log_matching(world, changes, here, from, before));
        }
        if leads.is_some() && leads != before.leads {
            self.elected[id.slot()] = here.event;
            found.extend(self.election_safety(node.current_term(), here));
            found.extend(self.leader_completeness(node));
        }
        if node.commit_index() > before.commit_index {
            self.record_committed(world, changes, node, before.commit_index, found);
        }
        if node.last_applied() != before.last_applied {
            found.extend(self.state_machine_safety(world, changes, node, before.last_applied));
        }
    }

    /// At most one leader can be elected in a given term.
    fn election_safety(&mut self, term: Term, here: Origin) -> Option<Found> {
        let at = self.leaders.partition_point(|(earlier, _)| *earlier < term);
        let first = match self.leaders.get(at) {
            Some((same, first)) if *same == term => *first,
            _ => {
                self.leaders.insert(at, (term, here));
                here
            }
        };
        (first.server != here.server).then_some((
            Property::ElectionSafety,
            Evidence::TwoLeaders { term, first, second: here },
        ))
    }

    /// A leader never overwrites or deletes entries in its log.
    fn leader_append_only(
        &self,
        changed: Origin,
        before: Seen,
        leads: Option<Term>,
        index: Index,
    ) -> Option<Found> {
        let term = leads.filter(|_| leads == before.leads)?;
        let elected = self.elected_at(changed.server);
        let last_index = before.last_index;
        (index <= last_index).then_some((
            Property::LeaderAppendOnly,
            Evidence::LogChanged { term, index, last_index, elected, changed },
        ))
    }

    /// How that leader came to lead.
    fn elected_at(&self, server: ServerId) -> Origin {
        Origin { server, event: self.elected[server.slot()] }
    }

    fn log_matching(
        &mut self,
        world: &World,
        changes: &Changes,
        here: Origin,
        from: Index,
        before: Seen,
    ) -> Option<Found> {
        let mismatch = self.holdings.update(world, changes, here, from, before.last_index)?;
        Some((Property::LogMatching, mismatch))
    }

    /// Everything committed in lower terms must be in a new leader's log.
    fn leader_completeness(&self, leader: &Node) -> Option<Found> {
        let committed = self.committed.iter();
        let mut due = committed.filter(|(_, committed)| committed.term < leader.current_term());
        let origin = self.elected_at(leader.id());
        due.find_map(|(index, committed)| incomplete(leader, origin, index, *committed))
    }

    /// A newly committed entry must be in the logs of all current leaders of higher terms.
    fn record_committed(
        &mut self,
        world: &World,
        changes: &Changes,
        node: &Node,
        before: Index,
        found: &mut Vec<Found>,
    ) {
        let from = before.max(self.committed.filled_up_to()) + 1;
        for index in world.known_indexes(changes, node.id(), from, node.commit_index()) {
            if self.committed.get(index).is_some() {
                continue;
            }
            let Some(entry) = world.entry(changes, node.id(), index) else { continue };
            let entry_term = entry.term;
            let origin = Origin { server: node.id(), event: world.event() };
            let committed = Committed { entry_term, term: node.current_term(), origin };
            self.committed.insert(index, committed);
            for leader in world.leaders().iter().map(|id| world.server(id).node()) {
                if leader.current_term() > committed.term {
                    let origin = self.elected_at(leader.id());
                    found.extend(incomplete(leader, origin, index, committed));
                }
            }
        }
    }

    /// No two servers apply different entries at one index.
    fn state_machine_safety(
        &mut self,
        world: &World,
        changes: &Changes,
        node: &Node,
        before: Index,
    ) -> Option<Found> {
        let here = Origin { server: node.id(), event: world.event() };
        // A restarted server applies from the beginning again.
        let from = if node.last_applied() < before { node.log().first_index() } else { before + 1 };
        for index in world.known_indexes(changes, node.id(), from, node.last_applied()) {
            // Entries in a snapshot were applied by another server.
            let Some(entry) = world.entry(changes, node.id(), index) else { continue };
            match self.applied.get(index) {
                None => self.applied.insert(index, (here, entry.clone())),
                Some((_, first)) if first == entry => {}
                Some(first) => {
                    let (first, second) = (first.clone(), (here, entry.clone()));
                    let evidence = Evidence::AppliedDiffer { index, first, second };
                    return Some((Property::StateMachineSafety, evidence));
                }
            }
        }
        None
    }
}

fn incomplete(node: &Node, leader: Origin, index: Index, committed: Committed) -> Option<Found> {
    let log = node.log();
    if index < log.first_index() || log.term_at(index) == Some(committed.entry_term) {
        return None;
    }
    let evidence = Evidence::EntryMissing {
        index,
        terms: (committed.entry_term, committed.term),
        committed: committed.origin,
        leader,
        leader_term: node.current_term(),
        instead: log.term_at(index).map_or(Instead::End(log.last_index()), Instead::Entry),
    };
    Some((Property::LeaderCompleteness, evidence))
}
