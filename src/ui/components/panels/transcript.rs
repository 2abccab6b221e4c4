//! The lines that were typed into the console and the command row, their answers, and the history
//! of lines to recall. The history outlives the page.

use std::collections::VecDeque;

use crate::ui::platform::storage;

const EXCHANGES_MAX: usize = 60;
const HISTORY_MAX: usize = 100;

/// A line and its answer.
#[derive(Clone, PartialEq)]
pub struct Exchange {
    /// Counts up from the first.
    pub number: usize,
    pub line: String,
    /// The answer or the error.
    pub answer: String,
    pub succeeded: bool,
}

#[derive(Clone, Default, PartialEq)]
pub struct Transcript {
    /// The newest first.
    pub exchanges: VecDeque<Exchange>,
    /// The lines to recall, the newest first.
    history: VecDeque<String>,
    /// The index in the history of the line that is in the field.
    recalled: Option<usize>,
}

impl Transcript {
    /// An empty transcript with the history of earlier pages.
    pub fn load() -> Transcript {
        let history = storage::read(storage::HISTORY)
            .map(|text| text.lines().take(HISTORY_MAX).map(str::to_owned).collect())
            .unwrap_or_default();
        Transcript { history, ..Transcript::default() }
    }

    /// With one more line and its answer. Stores the history.
    pub fn with(&self, line: String, answer: Result<String, String>) -> Transcript {
        let mut transcript = Transcript { recalled: None, ..self.clone() };
        if transcript.history.front() != Some(&line) {
            transcript.history.push_front(line.clone());
            transcript.history.truncate(HISTORY_MAX);
            let lines: Vec<&str> = transcript.history.iter().map(String::as_str).collect();
            storage::write(storage::HISTORY, &lines.join("\n"));
        }
        let number = transcript.exchanges.front().map_or(0, |newest| newest.number + 1);
        let (succeeded, answer) = match answer {
            Ok(answer) => (true, answer),
            Err(error) => (false, error),
        };
        transcript.exchanges.push_front(Exchange { number, line, answer, succeeded });
        transcript.exchanges.truncate(EXCHANGES_MAX);
        transcript
    }

    /// Whether a line of the history is in the field.
    pub fn is_recalling(&self) -> bool {
        self.recalled.is_some()
    }

    /// Recalls an older or a newer line. Also returns the line, which is empty past the newest.
    pub fn recall(&self, older: bool) -> (Transcript, String) {
        let last = self.history.len().checked_sub(1);
        let recalled = match (older, self.recalled) {
            (true, None) => last.map(|_| 0),
            (true, Some(index)) => last.map(|last| last.min(index + 1)),
            (false, index) => index.and_then(|index| index.checked_sub(1)),
        };
        let line = recalled.and_then(|index| self.history.get(index)).cloned();
        (Transcript { recalled, ..self.clone() }, line.unwrap_or_default())
    }
}
