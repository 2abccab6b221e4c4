//! Who votes, and how that changes (section 6; dissertation, chapter 4).
//!
//! A server uses the latest configuration in its log, committed or not ([`history`]). The danger of
//! a change is the time when some servers use the old configuration and some the new one: if a
//! majority of the old and a majority of the new voters had no server in common, they could elect
//! two leaders in one term. Two ways around that:
//!
//! - **One server at a time.** Majorities of voter sets that differ in one server always overlap,
//!   so the new configuration may be in force at once. This holds only from one *committed*
//!   configuration to the next, and only if the leader has committed an entry of its own term
//!   before it starts a change (the bug of 2015; rule `config-after-commit`).
//! - **Joint consensus**, for several servers at a time. First a joint configuration, in which
//!   every decision takes a majority of the old *and* a majority of the new voters; once that is
//!   committed, the new one.
//!
//! Learners receive entries and do not vote, so that a new server catches up before its vote is
//! needed (dissertation, section 4.2.1). With the option `catch_up`, the leader sees to that itself
//! ([`catch_up`]); without it, a new voter counts as soon as the change is appended.

pub(super) mod catch_up;
pub(super) mod change;
pub(super) mod configuration;
pub(super) mod departed;
pub(super) mod history;
mod reconfiguration;
mod rounds;
