//! The state machine: a key-value store with client sessions (section 8; dissertation, 6.3).
//!
//! It is deterministic: servers that apply the same entries in the same order have equal stores
//! and give equal answers (section 2). So sessions live in it, are part of every snapshot, and
//! expire by a count of entries, never by a clock: all servers must forget a session at the same
//! entry, or one of them would apply a retry that the others refuse.

use std::collections::BTreeMap;

use super::entry::{Answer, ClientCommand, Op};
use super::types::{ClientId, Index};

/// Ordered maps: `World::hash` walks them, so their order must be the same on every platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Store {
    values: BTreeMap<String, String>,
    sessions: BTreeMap<ClientId, ClientSession>,
}

/// A session expires when no command has used it for this number of entries (dissertation,
/// section 6.3).
pub const SESSION_ENTRIES_MAX: u64 = 1000;

/// What the state machine remembers of a client, so that a retry is applied once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct ClientSession {
    /// The index of the entry that used the session last.
    last_used: Index,
    /// The highest serial number that was applied.
    highest: u64,
    /// Commands with smaller serial numbers may have been applied before the session expired.
    expired_below: u64,
    /// The client has the answers of all smaller serial numbers.
    answered_below: u64,
    /// The answers that the client may still ask for, by serial number.
    answers: BTreeMap<u64, Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// This call applied it.
    Now(Answer),
    /// It was applied before, with this answer.
    Before(Answer),
    /// It was applied before, and the client has its answer.
    Answered,
    /// Its session has expired, so nobody knows whether it was applied before. An error is the only
    /// safe answer: applying it could be the second time.
    Expired,
}

/// The unit in which snapshots travel (the paper's figure 13 has bytes).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StoreItem {
    Value(String, String),
    Session(ClientId, ClientSession),
}

impl Store {
    pub fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    pub fn get(&self, key: &str) -> Answer {
        self.values.get(key).map_or(Answer::Nothing, |value| Answer::Value(value.clone()))
    }

    /// Everything in it, in a fixed order: values, then sessions.
    pub fn items(&self) -> impl Iterator<Item = StoreItem> {
        let values =
            self.values.iter().map(|(key, value)| StoreItem::Value(key.clone(), value.clone()));
        let sessions = self.sessions.iter();
        values.chain(sessions.map(|(client, session)| StoreItem::Session(*client, session.clone())))
    }

    /// The reverse of `items`.
    pub fn from_items(items: impl IntoIterator<Item = StoreItem>) -> Store {
        let mut store = Store::default();
        for item in items {
            match item {
                StoreItem::Value(key, value) => drop(store.values.insert(key, value)),
                StoreItem::Session(client, session) => drop(store.sessions.insert(client, session)),
            }
        }
        store
    }

    /// How a session that has seen the entries up to `index` would answer this command; `None` if
    /// it is new.
    pub fn applied(&self, command: &ClientCommand, index: Index) -> Option<Applied> {
        let session = self.sessions.get(&command.client)?;
        if session.has_expired(index) {
            return (command.serial <= session.highest).then_some(Applied::Expired);
        }
        if command.serial < session.answered_below {
            return Some(Applied::Answered);
        }
        match session.answers.get(&command.serial) {
            Some(answer) => Some(Applied::Before(answer.clone())),
            None => (command.serial < session.expired_below).then_some(Applied::Expired),
        }
    }

    /// Applies the command of the entry at `index`. With `dedupe` on, a serial number is applied
    /// once.
    pub fn apply(&mut self, command: &ClientCommand, index: Index, dedupe: bool) -> Applied {
        if dedupe && let Some(applied) = self.applied(command, index) {
            return applied;
        }
        let answer = self.perform(&command.op);
        if dedupe {
            let session = self.sessions.entry(command.client).or_default();
            session.remember(command, index, answer.clone());
        }
        Applied::Now(answer)
    }

    fn perform(&mut self, op: &Op) -> Answer {
        match op {
            Op::Set { key, value } => {
                self.set(key, value);
                Answer::Ok
            }
            Op::Get { key } => self.get(key),
            Op::Delete { key } => {
                self.values.remove(key);
                Answer::Ok
            }
            Op::Cas { key, old, new } => {
                if self.values.get(key) != Some(old) {
                    return Answer::Failed;
                }
                self.set(key, new);
                Answer::Ok
            }
        }
    }

    /// Keeps the allocations of a key that it overwrites: load tests write the same keys again.
    fn set(&mut self, key: &str, value: &str) {
        match self.values.get_mut(key) {
            Some(held) => value.clone_into(held),
            None => drop(self.values.insert(key.to_owned(), value.to_owned())),
        }
    }
}

impl ClientSession {
    fn has_expired(&self, index: Index) -> bool {
        index.saturating_sub(self.last_used) > SESSION_ENTRIES_MAX
    }

    fn remember(&mut self, command: &ClientCommand, index: Index, answer: Answer) {
        if self.has_expired(index) {
            self.answers.clear();
            self.expired_below = self.highest + 1;
        }
        self.last_used = index;
        self.highest = self.highest.max(command.serial);
        self.answered_below = self.answered_below.max(command.answered_below);
        while let Some(oldest) = self.answers.first_entry()
            && *oldest.key() < self.answered_below
        {
            oldest.remove();
        }
        self.answers.entry(command.serial).or_insert(answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(serial: u64, answered_below: u64, op: Op) -> ClientCommand {
        let client = ClientId::from_slot(0);
        ClientCommand { client, serial, answered_below, op }
    }

    fn set(value: &str) -> Op {
        Op::Set { key: "x".into(), value: value.into() }
    }

    fn cas(old: &str, new: &str) -> Op {
        Op::Cas { key: "x".into(), old: old.into(), new: new.into() }
    }

    #[test]
    fn a_retry_gets_the_first_answer_and_changes_nothing() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        let swap = command(2, 1, cas("1", "2"));
        assert_eq!(store.apply(&swap, 1, true), Applied::Now(Answer::Ok));
        assert_eq!(store.apply(&swap, 1, true), Applied::Before(Answer::Ok));
        assert_eq!(store.get("x"), Answer::Value("2".into()));
    }

    #[test]
    fn without_the_rule_a_retry_is_applied_again() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, false);
        let swap = command(2, 1, cas("1", "2"));
        assert_eq!(store.apply(&swap, 1, false), Applied::Now(Answer::Ok));
        assert_eq!(store.apply(&swap, 1, false), Applied::Now(Answer::Failed));
    }

    #[test]
    fn overlapping_commands_of_one_client_may_be_applied_in_any_order() {
        let mut store = Store::default();
        assert_eq!(store.apply(&command(3, 1, set("3")), 1, true), Applied::Now(Answer::Ok));
        assert_eq!(store.apply(&command(1, 1, set("1")), 1, true), Applied::Now(Answer::Ok));
        assert_eq!(store.apply(&command(3, 1, set("3")), 1, true), Applied::Before(Answer::Ok));
        assert_eq!(store.get("x"), Answer::Value("1".into()));
    }

    #[test]
    fn acknowledged_answers_are_dropped_and_their_commands_not_applied_again() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        store.apply(&command(2, 2, set("2")), 1, true);
        assert_eq!(store.apply(&command(1, 1, set("1")), 1, true), Applied::Answered);
        assert_eq!(store.sessions[&ClientId::from_slot(0)].answers.len(), 1);
        assert_eq!(store.get("x"), Answer::Value("2".into()));
    }

    #[test]
    fn an_unused_session_expires_and_a_retry_is_an_error() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        let late = SESSION_ENTRIES_MAX + 2;
        assert_eq!(
            store.applied(&command(1, 1, set("1")), late - 1),
            Some(Applied::Before(Answer::Ok))
        );
        assert_eq!(store.apply(&command(1, 1, set("1")), late, true), Applied::Expired);
        assert_eq!(store.apply(&command(2, 1, set("2")), late, true), Applied::Now(Answer::Ok));
        assert_eq!(store.apply(&command(1, 1, set("1")), late + 1, true), Applied::Expired);
        assert_eq!(store.get("x"), Answer::Value("2".into()));
    }

    #[test]
    fn items_rebuild_an_equal_store() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        let copy = Store::from_items(store.items());
        assert_eq!(copy, store);
        assert_eq!(copy.applied(&command(1, 1, set("1")), 2), Some(Applied::Before(Answer::Ok)));
    }
}
