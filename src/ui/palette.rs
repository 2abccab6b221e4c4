//! The tints of terms. style.css has the colours, for light and for dark; the number of the term
//! always stands beside its tint.

use crate::raft::Term;

const TINTS: [&str; 7] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6"];

/// The class of a term's tint. Adjacent terms never have the same one.
pub fn term_tint(term: Term) -> &'static str {
    TINTS[(term % TINTS.len() as u64) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjacent_terms_differ_in_tint() {
        for term in 0..100 {
            assert_ne!(term_tint(term), term_tint(term + 1));
        }
    }
}
