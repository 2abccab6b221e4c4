//! Log Matching, checked incrementally.
//!
//! For each index and term the checker keeps the one entry that logs hold there, the term of the
//! entry before it, and the servers that hold it. If every new entry agrees with the others of its
//! index and term, and the entry before it did, too, then the logs agree all the way down: the
//! induction of section 5.3.

use crate::raft::{Entry, Index, ServerId, ServerSet, Term};
use crate::shared_list::SharedList;
use crate::sim::{Changes, World};

use super::by_index::GAP_MAX;
use super::evidence::{Evidence, Origin};

/// The entries that servers hold, and have held while any server still does.
#[derive(Clone, Debug, Default)]
pub(super) struct Holdings {
    /// By index, from 1 on.
    variants: SharedList<Variants>,
}

/// The entries of one index, one per term. There is hardly ever more than one.
#[derive(Clone, Debug, Default)]
struct Variants {
    first: Option<Variant>,
    others: Vec<Variant>,
}

#[derive(Clone, Debug)]
struct Variant {
    entry: Entry,
    /// Unknown if a snapshot replaced the entry before it at once.
    prev_term: Option<Term>,
    holders: ServerSet,
    /// The first of the holders. It may have lost the entry since.
    origin: Origin,
}

impl Holdings {
    /// Roughly the number of bytes that it takes in addition to `base`, with which it may share
    /// most of its memory.
    pub fn unshared_bytes(&self, base: &Holdings) -> usize {
        self.variants.unshared_len(&base.variants) * 112
    }

    /// Records that a server's log changed from index `from` on; its last index was `before`.
    /// Returns the mismatch if there is one.
    pub fn update(
        &mut self,
        world: &World,
        changes: &Changes,
        here: Origin,
        from: Index,
        before: Index,
    ) -> Option<Evidence> {
        let server = here.server;
        // After an injected snapshot a log may begin beyond every known entry.
        for index in from..=before.min(self.variants.len() as Index) {
            self.release(server, index);
        }
        let mut mismatch = None;
        for index in world.known_indexes(changes, server, from, Index::MAX) {
            mismatch = mismatch.or(self.hold(world, changes, here, index));
        }
        mismatch
    }

    fn release(&mut self, server: ServerId, index: Index) {
        let Some(variants) = self.variants.get_mut(index as usize - 1) else { return };
        variants.release(server);
    }

    fn hold(
        &mut self,
        world: &World,
        changes: &Changes,
        here: Origin,
        index: Index,
    ) -> Option<Evidence> {
        let server = here.server;
        let entry = world.entry(changes, server, index)?;
        let known_prev = world.server(server).node().log().term_at(index - 1);
        let compacted_prev = || world.entry(changes, server, index - 1).map(|entry| entry.term);
        let prev_term = known_prev.or_else(compacted_prev);
        if index > self.variants.len() as Index + GAP_MAX {
            return None;
        }
        while self.variants.len() < index as usize {
            self.variants.push(Variants::default());
        }
        let variants = self.variants.get_mut(index as usize - 1)?;
        let Some(known) = variants.of_term(entry.term) else {
            variants.push(Variant {
                entry: entry.clone(),
                prev_term,
                holders: ServerSet::only(server),
                origin: here,
            });
            return None;
        };
        known.holders.insert(server);
        let there = known.origin;
        if known.entry.command != entry.command {
            let (first, second) = ((there, known.entry.clone()), (here, entry.clone()));
            return Some(Evidence::EntriesDiffer { index, first, second });
        }
        let (Some(prev_here), Some(prev_there)) = (prev_term, known.prev_term) else {
            known.prev_term = known.prev_term.or(prev_term);
            return None;
        };
        (prev_here != prev_there).then_some(Evidence::HistoriesDiffer {
            index,
            term: entry.term,
            first: (there, prev_there),
            second: (here, prev_here),
        })
    }
}

impl Variants {
    fn of_term(&mut self, term: Term) -> Option<&mut Variant> {
        self.first.iter_mut().chain(&mut self.others).find(|variant| variant.entry.term == term)
    }

    fn push(&mut self, variant: Variant) {
        match self.first {
            None => self.first = Some(variant),
            Some(_) => self.others.push(variant),
        }
    }

    fn release(&mut self, server: ServerId) {
        for variant in self.first.iter_mut().chain(&mut self.others) {
            variant.holders.remove(server);
        }
        self.first.take_if(|variant| variant.holders.is_empty());
        self.others.retain(|variant| !variant.holders.is_empty());
    }
}
