//! A list that grows at its end, and whose clones share their common beginning.
//!
//! Logs are cloned often: every checkpoint of time travel clones the world. Full chunks are
//! immutable and reference counted, so a clone clones only the items after the last full chunk, and
//! two clones that grow apart pay for their own new chunks only.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The length of a shared chunk, in items.
const CHUNK: usize = 128;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedList<T> {
    /// Shared with clones; each holds exactly `CHUNK` items.
    chunks: Vec<Arc<[T]>>,
    /// The items after the last chunk, fewer than `CHUNK`. Every clone has its own.
    rest: Vec<T>,
}

impl<T> Default for SharedList<T> {
    fn default() -> SharedList<T> {
        SharedList { chunks: Vec::new(), rest: Vec::new() }
    }
}

impl<T> SharedList<T> {
    pub fn len(&self) -> usize {
        self.chunks.len() * CHUNK + self.rest.len()
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        match self.chunks.get(index / CHUNK) {
            Some(chunk) => chunk.get(index % CHUNK),
            None => self.rest.get(index - self.chunks.len() * CHUNK),
        }
    }

    pub fn last(&self) -> Option<&T> {
        self.rest.last().or_else(|| self.chunks.last()?.last())
    }

    pub fn push(&mut self, item: T) {
        self.rest.push(item);
        if self.rest.len() == CHUNK {
            self.chunks.push(std::mem::take(&mut self.rest).into());
        }
    }

    /// The items from `start` to the end; none if `start` is beyond the end.
    pub fn iter_from(&self, start: usize) -> impl Iterator<Item = &T> {
        let mut chunks = self.chunks.iter().skip(start / CHUNK);
        let (begun, rest) = match chunks.next() {
            Some(chunk) => (&chunk[start % CHUNK..], &self.rest[..]),
            None => {
                let start = start - self.chunks.len() * CHUNK;
                (&[][..], self.rest.get(start..).unwrap_or_default())
            }
        };
        begun.iter().chain(chunks.flat_map(|chunk| chunk.iter())).chain(rest)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.iter_from(0)
    }

    /// Binary search, as [`slice::partition_point`], among the first `end` items.
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

    /// The number of items that take memory in addition to `base`: those in chunks that the two
    /// lists do not share.
    pub fn unshared_len(&self, base: &SharedList<T>) -> usize {
        let pairs = self.chunks.iter().zip(&base.chunks);
        let shared = pairs.filter(|(ours, base)| Arc::ptr_eq(ours, base)).count();
        self.len() - shared * CHUNK
    }
}

impl<T: Clone> SharedList<T> {
    /// Unshares the chunk that holds the item.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let shared = self.chunks.len() * CHUNK;
        match self.chunks.get_mut(index / CHUNK) {
            Some(chunk) => Arc::make_mut(chunk).get_mut(index % CHUNK),
            None => self.rest.get_mut(index - shared),
        }
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        let shared = self.chunks.len() * CHUNK;
        if len >= shared {
            return self.rest.truncate(len - shared);
        }
        self.rest = self.chunks[len / CHUNK][..len % CHUNK].to_vec();
        self.chunks.truncate(len / CHUNK);
    }

    /// Removes and returns the first `count` items. Shares nothing with earlier clones afterwards.
    pub fn split_front(&mut self, count: usize) -> Vec<T> {
        let after: SharedList<T> = self.iter_from(count).cloned().collect();
        let mut before: Vec<T> = self.iter().take(count).cloned().collect();
        before.shrink_to_fit();
        *self = after;
        before
    }
}

impl<T> Extend<T> for SharedList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for SharedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> SharedList<T> {
        let mut list = SharedList::default();
        list.extend(items);
        list
    }
}

impl<T: Hash> Hash for SharedList<T> {
    /// Hashes as a `Vec` of the same items: the chunks do not show.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|item| item.hash(state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_behaves_like_a_vec() {
        let mut number = 1_u64;
        let mut below = |limit: usize| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (number >> 33) as usize % limit
        };
        let (mut list, mut vec) = (SharedList::default(), Vec::new());
        let mut clones = vec![(list.clone(), vec.clone())];
        let mut longest = 0;
        for turn in 0..2_000 {
            match below(20) {
                0 => {
                    let at = below(vec.len() + 10);
                    list.truncate(at);
                    vec.truncate(at);
                }
                1 if !vec.is_empty() => {
                    let at = below(vec.len());
                    *list.get_mut(at).expect("an item") = turn;
                    vec[at] = turn;
                }
                2 if below(8) == 0 => {
                    let at = below(vec.len() + 1);
                    assert_eq!(list.split_front(at), vec.drain(..at).collect::<Vec<_>>());
                }
                3 => clones.push((list.clone(), vec.clone())),
                _ => {
                    let some = turn..turn + below(60);
                    list.extend(some.clone());
                    vec.extend(some);
                }
            }
            longest = longest.max(vec.len());
            let at = below(vec.len() + 200);
            assert_eq!(list.len(), vec.len());
            assert_eq!((list.get(at), list.last()), (vec.get(at), vec.last()));
            assert!(list.iter_from(at).eq(vec.get(at..).unwrap_or_default()));
        }
        assert!(longest > 1_000, "{longest}");
        // Later changes did not reach the clones.
        assert!(clones.iter().all(|(list, vec)| list.iter().eq(vec)));
    }

    #[test]
    fn clones_share_all_full_chunks() {
        let mut list: SharedList<usize> = (0..1_000).collect();
        let base = list.clone();
        assert!(
            list.unshared_len(&base) < CHUNK && list.unshared_len(&SharedList::default()) == 1_000
        );
        list.extend(0..300);
        assert!((300..300 + CHUNK).contains(&list.unshared_len(&base)));
        assert_eq!(list.partition_point(1_000, |item| *item < 640), 640);
        assert_eq!(list.partition_point(100, |item| *item < 640), 100);
    }
}
