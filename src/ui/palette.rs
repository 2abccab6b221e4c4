//! Which tint a term has. The colours themselves are in style.css, for light and for dark;
//! the number of the term always stands beside its tint.

use crate::raft::Term;

/// How many tints there are; terms take turns.
pub const TINTS: u64 = 7;

/// The class of a term's tint. Neighbouring terms never share one.
pub fn term_tint(term: Term) -> &'static str {
    const CLASSES: [&str; TINTS as usize] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6"];
    CLASSES[(term % TINTS) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_terms_differ_in_tint() {
        for term in 0..100 {
            assert_ne!(term_tint(term), term_tint(term + 1));
        }
    }
}
