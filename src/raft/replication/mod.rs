//! Log replication (sections 5.3 and 5.4): the two ends of AppendEntries, and what is committed.
//!
//! **Log Matching.** A leader creates at most one entry per index and term and never moves it, and
//! a follower appends entries only after an entry that it shares with the leader (the check of
//! `prev_index` and `prev_term`). By induction, two logs with the same entry at an index are equal
//! up to there. Everything else rests on this: one number per follower, `match_index`, says all
//! that the leader must know of its log.
//!
//! **What may be counted.** An entry of the leader's *own* term on a majority of disks is
//! committed: every later leader has it, because a candidate needs a vote of that majority, and
//! each of these voters denies a log that ends in an older term (section 5.4.1). An entry of an
//! *older* term on a majority is not:
//!
//! ```text
//!   figure 8          s1 [1][2][4]   (c) s1 leads term 4 and replicates the 2 to a majority.
//!   index 1 2 3       s2 [1][2]      Counting copies, it would commit the 2 now. But s5's log ends
//!                     s3 [1][2]      in term 3: if s1 crashes, s5 can win with the votes of s2, s3
//!                     s4 [1]         and s4, and overwrites the 2.
//!                     s5 [1][3]      Once the 4 is on a majority, s5 cannot win: the 2 is safe.
//! ```
//!
//! So `commit_by_counting` looks at the term of the entry, and a new leader appends a no-op rather
//! than wait for a command of its own term.

mod commit;
mod follower;
mod leader;
pub(super) mod progress;
