//! A list that grows at its end, and whose copies share what they have in common.
//!
//! A log may be copied often, by whoever wants to come back to a moment; of a long one only the newest entries are
//! then really copied.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How many items are shared at once.
const CHUNK: usize = 128;

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    /// What is shared, each of the same length.
    chunks: Vec<Arc<[T]>>,
    /// What comes after it; shorter than a chunk.
    rest: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List { chunks: Vec::new(), rest: Vec::new() }
    }
}

impl<T> List<T> {
    /// How many items it has.
    pub fn len(&self) -> usize {
        self.chunks.len() * CHUNK + self.rest.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty() && self.rest.is_empty()
    }

    /// The item at that place, from 0 on.
    pub fn get(&self, place: usize) -> Option<&T> {
        match self.chunks.get(place / CHUNK) {
            Some(chunk) => chunk.get(place % CHUNK),
            None => self.rest.get(place - self.chunks.len() * CHUNK),
        }
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.rest.last().or_else(|| self.chunks.last()?.last())
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        self.rest.push(item);
        if self.rest.len() == CHUNK {
            self.chunks.push(std::mem::take(&mut self.rest).into());
        }
    }

    /// The items from that place on.
    pub fn iter_from(&self, place: usize) -> impl Iterator<Item = &T> {
        let mut chunks = self.chunks.iter().skip(place / CHUNK);
        let (begun, rest) = match chunks.next() {
            Some(chunk) => (&chunk[place % CHUNK..], &self.rest[..]),
            None => {
                let place = place - self.chunks.len() * CHUNK;
                (&[][..], self.rest.get(place..).unwrap_or_default())
            }
        };
        begun.iter().chain(chunks.flat_map(|chunk| chunk.iter())).chain(rest)
    }

    /// All items.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.iter_from(0)
    }

    /// The first place up to `end` at which that does not hold, where it holds for all before it and none after.
    pub fn partition_point(&self, end: usize, holds: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, end.min(self.len()));
        while low < high {
            let middle = (low + high) / 2;
            match self.get(middle).is_some_and(&holds) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// How many items take room beside that copy: those that the two do not share.
    pub fn beside(&self, other: &List<T>) -> usize {
        let pairs = self.chunks.iter().zip(&other.chunks);
        let shared = pairs.filter(|(ours, theirs)| Arc::ptr_eq(ours, theirs)).count();
        self.len() - shared * CHUNK
    }
}

impl<T: Clone> List<T> {
    /// The item at that place, to change it.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        let shared = self.chunks.len() * CHUNK;
        match self.chunks.get_mut(place / CHUNK) {
            Some(chunk) => Arc::make_mut(chunk).get_mut(place % CHUNK),
            None => self.rest.get_mut(place - shared),
        }
    }

    /// Removes the items from that place on.
    pub fn truncate(&mut self, place: usize) {
        let shared = self.chunks.len() * CHUNK;
        if place >= shared {
            return self.rest.truncate(place - shared);
        }
        self.rest = self.chunks[place / CHUNK][..place % CHUNK].to_vec();
        self.chunks.truncate(place / CHUNK);
    }

    /// Takes out the items before that place.
    pub fn split_front(&mut self, place: usize) -> Vec<T> {
        let after: List<T> = self.iter_from(place).cloned().collect();
        let mut before: Vec<T> = self.iter().take(place).cloned().collect();
        before.shrink_to_fit();
        *self = after;
        before
    }
}

impl<T> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> List<T> {
        let mut list = List::default();
        list.extend(items);
        list
    }
}

impl<T: Hash> Hash for List<T> {
    /// As a `Vec` does.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|item| item.hash(state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that can be done, beside a `Vec`.
    #[test]
    fn it_is_a_vec() {
        let mut number = 1_u64;
        let mut below = |limit: usize| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (number >> 33) as usize % limit
        };
        let (mut list, mut vec) = (List::default(), Vec::new());
        let mut copies = vec![(list.clone(), vec.clone())];
        let mut longest = 0;
        for turn in 0..2_000 {
            match below(20) {
                0 => {
                    let place = below(vec.len() + 10);
                    list.truncate(place);
                    vec.truncate(place);
                }
                1 if !vec.is_empty() => {
                    let place = below(vec.len());
                    *list.get_mut(place).expect("an item") = turn;
                    vec[place] = turn;
                }
                2 if below(8) == 0 => {
                    let place = below(vec.len() + 1);
                    assert_eq!(list.split_front(place), vec.drain(..place).collect::<Vec<_>>());
                }
                3 => copies.push((list.clone(), vec.clone())),
                _ => {
                    let some = turn..turn + below(60);
                    list.extend(some.clone());
                    vec.extend(some);
                }
            }
            longest = longest.max(vec.len());
            let place = below(vec.len() + 200);
            assert_eq!((list.len(), list.is_empty()), (vec.len(), vec.is_empty()));
            assert_eq!((list.get(place), list.last()), (vec.get(place), vec.last()));
            assert!(list.iter_from(place).eq(vec.get(place..).unwrap_or_default()));
        }
        assert!(longest > 1_000, "{longest}");
        // What came later has not changed the copies.
        assert!(copies.iter().all(|(list, vec)| list.iter().eq(vec)));
    }

    #[test]
    fn copies_share_all_but_the_newest() {
        let mut list: List<usize> = (0..1_000).collect();
        let copy = list.clone();
        assert!(list.beside(&copy) < CHUNK && list.beside(&List::default()) == 1_000);
        list.extend(0..300);
        assert!((300..300 + CHUNK).contains(&list.beside(&copy)));
        assert_eq!(list.partition_point(1_000, |item| *item < 640), 640);
        assert_eq!(list.partition_point(100, |item| *item < 640), 100);
    }
}
