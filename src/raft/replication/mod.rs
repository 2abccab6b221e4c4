//! Log replication (sections 5.3 and 5.4): the two ends of AppendEntries, and what is committed.

mod commit;
mod follower;
mod leader;
pub(super) mod progress;
