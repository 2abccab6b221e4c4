//! What was said in the console: it outlives the panel, which is gone while another tab is in front, and the lines
//! that were typed outlive the page.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::ui::platform::storage;

/// As many answers are shown.
const ANSWERS_MAX: usize = 60;
/// As many lines are kept to be recalled.
const HISTORY_MAX: usize = 100;

thread_local! {
    static KEPT: RefCell<Option<Talk>> = const { RefCell::new(None) };
}

/// A line with its answer.
#[derive(Clone, PartialEq)]
pub struct Exchange {
    /// Counts from the first.
    pub number: usize,
    /// What was typed.
    pub line: String,
    /// What was answered.
    pub answer: String,
    /// Whether it was done.
    pub done: bool,
}

/// What was said so far.
#[derive(Clone, Default, PartialEq)]
pub struct Talk {
    /// The newest first.
    pub exchanges: VecDeque<Exchange>,
    /// The lines to be recalled, the newest first.
    history: VecDeque<String>,
    /// Which of them stands in the field, counted back from the newest.
    recalled: Option<usize>,
}

impl Talk {
    /// What was said in this page, or at least what was typed in an earlier one.
    pub fn remembered() -> Talk {
        KEPT.with_borrow(Option::clone).unwrap_or_else(|| Talk {
            history: storage::read(storage::HISTORY)
                .map(|text| text.lines().take(HISTORY_MAX).map(str::to_owned).collect())
                .unwrap_or_default(),
            ..Talk::default()
        })
    }

    /// Remembers it.
    pub fn remember(self) -> Talk {
        KEPT.set(Some(self.clone()));
        self
    }

    /// With a line more, and its answer.
    pub fn with(&self, line: String, answer: Result<String, String>) -> Talk {
        let mut talk = Talk { recalled: None, ..self.clone() };
        if talk.history.front() != Some(&line) {
            talk.history.push_front(line.clone());
            talk.history.truncate(HISTORY_MAX);
            let lines: Vec<&str> = talk.history.iter().map(String::as_str).collect();
            storage::write(storage::HISTORY, &lines.join("\n"));
        }
        let number = talk.exchanges.front().map_or(0, |newest| newest.number + 1);
        let (done, answer) = match answer {
            Ok(answer) => (true, answer),
            Err(error) => (false, error),
        };
        talk.exchanges.push_front(Exchange { number, line, answer, done });
        talk.exchanges.truncate(ANSWERS_MAX);
        talk
    }

    /// Whether an earlier line stands in the field.
    pub fn recalls(&self) -> bool {
        self.recalled.is_some()
    }

    /// An older line, or a newer one, and what then stands in the field.
    pub fn recall(&self, older: bool) -> (Talk, String) {
        let last = self.history.len().checked_sub(1);
        let recalled = match (older, self.recalled) {
            (true, None) => last.map(|_| 0),
            (true, Some(place)) => last.map(|last| last.min(place + 1)),
            (false, place) => place.and_then(|place| place.checked_sub(1)),
        };
        let line = recalled.and_then(|place| self.history.get(place)).cloned();
        (Talk { recalled, ..self.clone() }, line.unwrap_or_default())
    }
}
