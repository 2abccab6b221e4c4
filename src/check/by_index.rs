//! Items by log index, with gaps.
//!
//! Checks record entries at their indexes. A log may begin far beyond all entries that any server
//! has held: an injected snapshot leads there. A list without gaps would then file every later
//! entry under a wrong index, and miss what contradicts it.

use crate::raft::Index;
use crate::shared_list::SharedList;

/// An item this far beyond all others is not recorded: the gap would take memory.
pub(super) const GAP_MAX: Index = 100_000;

/// Clones share what they have in common.
#[derive(Clone, Debug)]
pub(super) struct ByIndex<T> {
    /// The item of index 1 first.
    items: SharedList<Option<T>>,
    /// The number of indexes without an item, up to the last one with an item.
    gaps: usize,
}

impl<T> Default for ByIndex<T> {
    fn default() -> ByIndex<T> {
        ByIndex { items: SharedList::default(), gaps: 0 }
    }
}

impl<T: Clone> ByIndex<T> {
    pub fn get(&self, index: Index) -> Option<&T> {
        self.items.get(usize::try_from(index.checked_sub(1)?).ok()?)?.as_ref()
    }

    /// Records the item, unless that index has one or lies too far beyond all others.
    pub fn insert(&mut self, index: Index, item: T) {
        let len = self.items.len() as Index;
        if index == len + 1 {
            self.items.push(Some(item));
        } else if index > len + 1 && index <= len + GAP_MAX {
            let gap = (index - len - 1) as usize;
            self.items.extend(std::iter::repeat_n(None, gap).chain([Some(item)]));
            self.gaps += gap;
        } else if self.get(index).is_none()
            && (1..=len).contains(&index)
            && let Some(empty) = self.items.get_mut(index as usize - 1)
        {
            *empty = Some(item);
            self.gaps -= 1;
        }
    }

    /// All indexes up to this one have an item; 0 while there is a gap.
    pub fn filled_up_to(&self) -> Index {
        if self.gaps == 0 { self.items.len() as Index } else { 0 }
    }

    /// The highest index that has an item; 0 if none has.
    pub fn last_index(&self) -> Index {
        self.items.len() as Index
    }

    /// The items with their indexes, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Index, &T)> {
        (1..).zip(self.items.iter()).filter_map(|(index, item)| Some((index, item.as_ref()?)))
    }

    /// The number of indexes that take memory in addition to `base`.
    pub fn unshared_len(&self, base: &ByIndex<T>) -> usize {
        self.items.unshared_len(&base.items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_indexes_across_gaps() {
        let mut items = ByIndex::default();
        items.insert(1, 'a');
        items.insert(4, 'd');
        assert_eq!((items.get(1), items.get(2), items.get(4)), (Some(&'a'), None, Some(&'d')));
        assert_eq!(items.filled_up_to(), 0);
        items.insert(2, 'b');
        items.insert(2, 'x');
        items.insert(3, 'c');
        items.insert(5, 'e');
        let all: Vec<(Index, char)> = items.iter().map(|(index, item)| (index, *item)).collect();
        assert_eq!(all, [(1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e')]);
        assert_eq!(items.filled_up_to(), 5);
    }

    #[test]
    fn an_index_far_beyond_all_others_takes_no_memory() {
        let mut items = ByIndex::default();
        items.insert(GAP_MAX + 1, 'x');
        items.insert(0, 'x');
        assert_eq!((items.iter().count(), items.get(0), items.filled_up_to()), (0, None, 0));
        items.insert(GAP_MAX, 'x');
        assert_eq!(items.iter().count(), 1);
    }
}
