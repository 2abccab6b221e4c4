//! Sorting, once: every sort of the standard library comes anew for every type that is sorted, and
//! all of them would have to be downloaded.

use std::collections::BinaryHeap;

/// Sorts by a number; what has the same number stays in its order.
pub fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let numbers = items.iter().enumerate().map(|(place, item)| (number(item), place));
    if let Some(order) = sorted(numbers.collect()) {
        let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
        items.extend(order.into_iter().filter_map(|(_, place)| old[place].take()));
    }
}

/// The numbers in order; nothing where they are in order already.
#[inline(never)]
fn sorted(numbers: Vec<(u64, usize)>) -> Option<Vec<(u64, usize)>> {
    if numbers.is_sorted() {
        return None;
    }
    Some(BinaryHeap::from(numbers).into_sorted_vec())
}

#[cfg(test)]
mod tests {
    use super::sort_by_number;

    #[test]
    fn what_has_the_same_number_stays_in_its_order() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort_by_number(&mut items, |(number, _)| *number);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
    }
}
