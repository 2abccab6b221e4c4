//! The state machine: a key-value store with client sessions (section 8; dissertation, 6.3).
//!
//! It is deterministic: servers that apply the same entries in the same order have equal stores
//! and give equal answers (section 2). So sessions live in it, are part of every snapshot, and
//! expire by a count of entries, never by a clock: all servers must forget a session at the same
//! entry, or one of them would apply a retry that the others refuse.

use std::collections::BTreeMap;

use super::command::{Answer, ClientCommand, Op};
use super::types::{ClientId, Index};

/// Ordered maps: `World::hash` walks them, so their order must be the same on every platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Store {
    values: BTreeMap<String, String>,
    sessions: BTreeMap<ClientId, Session>,
}

/// A session that no command has used for so many entries is forgotten. Every server counts the same entries, so that
/// all of them forget at the same one (section 8; dissertation, section 6.3).
pub const SESSION_ENTRIES_MAX: u64 = 1000;

/// What is remembered of a client, so that a retry is applied once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Session {
    /// The index of the entry that used it last.
    used: Index,
    /// The highest serial number that was applied.
    highest: u64,
    /// What is lower may have been applied before the session expired.
    expired_below: u64,
    /// Every lower serial number has been answered.
    answered_below: u64,
    /// The answers that the client may still ask for, by serial number, in order.
    answers: BTreeMap<u64, Answer>,
}

/// What applying a command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was applied now.
    Now(Answer),
    /// It was applied before; this was the answer.
    Before(Answer),
    /// It was applied before, and the client has had its answer.
    Answered,
    /// Its session has expired: it may have been applied before, and nobody knows.
    Expired,
}

/// A piece of a store, as a snapshot carries it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A key and its value.
    Value(String, String),
    /// A client's session.
    Session(ClientId, Session),
}

impl Store {
    /// The keys and their values.
    pub fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    /// The answer to a read.
    pub fn get(&self, key: &str) -> Answer {
        self.values.get(key).map_or(Answer::Nothing, |value| Answer::Value(value.clone()))
    }

    /// What it consists of, in order.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let values = self.values.iter().map(|(key, value)| Item::Value(key.clone(), value.clone()));
        let sessions = self.sessions.iter();
        values.chain(sessions.map(|(client, session)| Item::Session(*client, session.clone())))
    }

    /// The store that consists of these.
    pub fn from_items(items: impl IntoIterator<Item = Item>) -> Store {
        let mut store = Store::default();
        for item in items {
            match item {
                Item::Value(key, value) => drop(store.values.insert(key, value)),
                Item::Session(client, session) => drop(store.sessions.insert(client, session)),
            }
        }
        store
    }

    /// Whether this command of a session has been applied up to that index, and with what answer.
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

    /// Applies the command of the entry at that index; once per serial number where `dedupe` is on.
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

impl Session {
    fn has_expired(&self, index: Index) -> bool {
        index.saturating_sub(self.used) > SESSION_ENTRIES_MAX
    }

    fn remember(&mut self, command: &ClientCommand, index: Index, answer: Answer) {
        if self.has_expired(index) {
            self.answers.clear();
            self.expired_below = self.highest + 1;
        }
        self.used = index;
        self.highest = self.highest.max(command.serial);
        self.answered_below = self.answered_below.max(command.answered_below);
        self.answers.retain(|serial, _| *serial >= self.answered_below);
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
    fn answers_that_the_client_has_are_forgotten_and_still_not_applied_again() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        store.apply(&command(2, 2, set("2")), 1, true);
        assert_eq!(store.apply(&command(1, 1, set("1")), 1, true), Applied::Answered);
        assert_eq!(store.sessions[&ClientId::from_slot(0)].answers.len(), 1);
        assert_eq!(store.get("x"), Answer::Value("2".into()));
    }

    #[test]
    fn a_session_that_was_not_used_for_long_is_forgotten_and_a_retry_is_an_error() {
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
    fn a_store_is_put_together_from_its_items() {
        let mut store = Store::default();
        store.apply(&command(1, 1, set("1")), 1, true);
        let copy = Store::from_items(store.items());
        assert_eq!(copy, store);
        assert_eq!(copy.applied(&command(1, 1, set("1")), 2), Some(Applied::Before(Answer::Ok)));
    }
}
