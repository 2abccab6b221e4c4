//! The keys and values of the state machine. The standard library's tree would do as well, but it
//! comes with all its balancing, which would have to be downloaded.

use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

/// So many pairs stand in one row: few enough that those behind a new one are soon moved.
const ROW_MAX: usize = 128;

/// Keys with a value each, in the order of the keys.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// The pairs in order, cut into rows of which none is empty.
    rows: Vec<Vec<(String, String)>>,
}

impl Values {
    /// The row of a key, and its place there or the place where it belongs.
    fn place(&self, key: &str) -> (usize, Result<usize, usize>) {
        let row = self.rows.partition_point(|row| row[0].0.as_str() <= key).saturating_sub(1);
        let found = self
            .rows
            .get(row)
            .map_or(Err(0), |pairs| pairs.binary_search_by(|(held, _)| held.as_str().cmp(key)));
        (row, found)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&String> {
        let (row, found) = self.place(key);
        found.ok().map(|place| &self.rows[row][place].1)
    }

    /// Gives a key a value.
    pub(super) fn put(&mut self, key: &str, value: &str) {
        let (row, found) = self.place(key);
        match found {
            Ok(place) => {
                let held = &mut self.rows[row][place].1;
                held.clear();
                held.push_str(value);
            }
            Err(place) => self.insert(row, place, (key.to_owned(), value.to_owned())),
        }
    }

    fn insert(&mut self, row: usize, place: usize, pair: (String, String)) {
        let Some(pairs) = self.rows.get_mut(row) else { return self.rows.push(vec![pair]) };
        pairs.insert(place, pair);
        if pairs.len() > ROW_MAX {
            let upper = pairs.split_off(ROW_MAX / 2);
            self.rows.insert(row + 1, upper);
        }
    }

    /// Takes a key out with its value.
    pub(super) fn remove(&mut self, key: &str) {
        if let (row, Ok(place)) = self.place(key) {
            self.rows[row].remove(place);
            if self.rows[row].is_empty() {
                self.rows.remove(row);
            }
        }
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.rows.iter().flatten()
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(key, _)| key)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl PartialEq for Values {
    /// Where the rows are cut does not matter.
    fn eq(&self, other: &Values) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Values {}

impl Hash for Values {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|pair| pair.hash(state));
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn they_are_as_in_the_standard_map() {
        let (mut ours, mut standard) = (Values::default(), BTreeMap::new());
        for number in 0..4000u32 {
            let (key, value) = ((number * 389 % 1009).to_string(), number.to_string());
            ours.put(&key, &value);
            standard.insert(key, value);
            let other = (number * 71 % 1009).to_string();
            if number % 3 != 0 {
                ours.remove(&other);
                standard.remove(&other);
            }
            assert_eq!(ours.get(&other), standard.get(&other));
            assert_eq!(ours.len(), standard.len());
        }
        assert!(ours.rows.len() > 2);
        assert!(ours.keys().eq(standard.keys()));
        assert!(ours.iter().map(|(key, value)| (key, value)).eq(standard.iter()));
        (0..1009).for_each(|key: u32| ours.remove(&key.to_string()));
        assert!(ours.is_empty());
    }

    #[test]
    fn they_are_the_same_whatever_the_order_in_which_they_came() {
        let (mut up, mut down) = (Values::default(), Values::default());
        for number in 0..1000u32 {
            up.put(&number.to_string(), "1");
            down.put(&(999 - number).to_string(), "1");
        }
        assert_eq!(up, down);
        up.put("500", "2");
        assert_ne!(up, down);
    }
}
