//! What the panic screen adds to the error: the script that leads to it.
//!
//! The state is global, because the panic hook has no access to the player.

use std::cell::RefCell;

use super::saved_session::SavedSession;
use crate::ui::platform::storage;

thread_local! {
    static SESSION: RefCell<SavedSession> = RefCell::default();
    static ATTEMPT: RefCell<String> = RefCell::default();
}

/// Remembers the session.
pub fn set_session(session: &SavedSession) {
    SESSION.with_borrow_mut(|known| known.clone_from(session));
}

/// Remembers the moment at which the session stands.
pub fn set_moment(time_us: u64) {
    SESSION.with_borrow_mut(|session| session.time_us = time_us);
}

/// Remembers the line that is being executed; empty once it is done.
pub fn set_attempt(line: &str) {
    ATTEMPT.with_borrow_mut(|attempt| line.clone_into(attempt));
}

/// The script of the session, for the panic screen.
///
/// It runs inside the panic hook, so it must not panic: a cell that is borrowed counts as empty.
pub fn session() -> String {
    let known = SESSION.with(|session| session.try_borrow().ok().map(|session| session.clone()));
    let stored = || SavedSession::parse(&storage::read_session(storage::SESSION)?);
    let session = known.filter(|session| !session.text.is_empty()).or_else(stored);
    let Some(SavedSession { text, time_us }) = session else { return String::new() };
    let attempt = ATTEMPT.with(|line| line.try_borrow().map_or(String::new(), |line| line.clone()));
    let then = if attempt.is_empty() { attempt } else { format!("\n# and then: {attempt}") };
    format!("\n\n# The script of your session, at {time_us} us:\n{}{then}", text.trim_end())
}

/// Starts the page over without the session that crashed it.
pub fn start_over() {
    storage::write_session(storage::SESSION, None);
    storage::set_restoring(false);
}
