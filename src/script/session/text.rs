//! A session is a script: its text, and what becomes of it when lines are changed.

use std::fmt::Write;
use std::sync::Arc;

use crate::script::by_hand::{Hand, hands_of};
use crate::script::lang::ast::{Script, Statement};
use crate::script::lang::parse::{ParseError, parse};
use crate::sim::{Duration, Micros};

use super::{Hands, Session, Version};

/// The script that a session was opened with.
#[derive(Debug)]
pub(super) struct Base {
    /// With a line break at its end.
    text: String,
    script: Arc<Script>,
    /// How many bytes of the text come before `by-hand`.
    own_len: usize,
    /// What stands below it.
    hands: Vec<Arc<Hand>>,
}

impl Base {
    pub fn new(text: &str, script: &Script) -> Base {
        let mut text = text.to_owned();
        let marked = script.statements().find(|(_, said)| **said == Statement::ByHand);
        let own_len = marked.map_or(text.len(), |(number, _)| {
            text.split_inclusive('\n').take(number as usize - 1).map(str::len).sum()
        });
        if marked.is_some() && !text.ends_with('\n') {
            text.push('\n');
        }
        Base { hands: hands_of(script), text, script: Arc::new(script.clone()), own_len }
    }

    pub fn script(&self) -> Script {
        (*self.script).clone()
    }

    /// The line of each of these things that were done by hand, in the text with them.
    fn lines_of(&self, hands: &[Arc<Hand>]) -> Vec<u32> {
        let is_known = !self.hands.is_empty() && hands.starts_with(&self.hands);
        let (known, before) = match is_known {
            true => (&self.hands[..], self.text.lines().count()),
            false => (&[][..], self.text[..self.own_len].lines().count() + 1),
        };
        let more = before + 1..=before + hands.len() - known.len();
        known.iter().map(|hand| hand.line).chain(more.map(|line| line as u32)).collect()
    }

    /// The script with these things done by hand.
    fn text_with(&self, hands: &[Arc<Hand>]) -> String {
        if hands == self.hands {
            return self.text.clone();
        }
        let known = self.hands.len();
        let rest = hands.strip_prefix(&self.hands[..]).filter(|_| known > 0);
        let (mut text, rest) = match rest {
            Some(rest) => (self.text.clone(), rest),
            None => {
                let mut text = self.text[..self.own_len].to_owned();
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                if !hands.is_empty() {
                    text.push_str("by-hand\n");
                }
                (text, hands)
            }
        };
        for hand in rest {
            // Writing to a text does not fail.
            let _ = writeln!(text, "{hand}");
        }
        text
    }
}

impl Session {
    /// The script that this session is: run from its start it is the same run.
    pub fn text(&self) -> String {
        self.base.text_with(&self.runner.hands)
    }

    /// The lines of that text in which things done by hand stand, in the order in which they are done.
    pub(super) fn hand_lines(&self) -> Vec<u32> {
        self.base.lines_of(&self.runner.hands)
    }

    /// The same, but for its end: where the flow of the script is over, a `stop` stands at this moment, so that
    /// a run to the end comes to where the session is.
    pub fn text_to_here(&self) -> String {
        let mut text = self.text();
        let (runner, (time_us, after)) = (&self.runner, self.runner.spot());
        let last_us = runner.hands.last().map_or(0, |hand| hand.time_us).max(runner.over_us);
        if runner.finished() && time_us > last_us {
            if runner.hands.is_empty() {
                text.push_str(if text.is_empty() || text.ends_with('\n') { "" } else { "\n" });
                text.push_str("by-hand\n");
            }
            let after = after.map_or(String::new(), |after| format!("after {after} "));
            text.push_str(&format!("at {} {after}stop\n", Duration(time_us)));
        }
        text
    }

    /// Puts other text in place of a line, or takes the line out, and runs it all again up to this moment.
    ///
    /// # Errors
    /// Where it does not parse or cannot be done any more; nothing has changed then.
    pub fn edit_line(&mut self, number: u32, line: Option<&str>) -> Result<(), String> {
        let text = self.text();
        let mut lines: Vec<&str> = text.lines().collect();
        let place = (number as usize).checked_sub(1).filter(|place| *place < lines.len());
        let Some(place) = place else {
            return Err(format!("there is no line {number}: the script has {}", lines.len()));
        };
        match line {
            Some(line) => lines[place] = line,
            None => {
                lines.remove(place);
            }
        }
        self.edit(&(lines.join("\n") + "\n"))
    }

    /// Puts a line after that one, or before the first one where the number is 0, as [`Session::edit_line`].
    ///
    /// # Errors
    /// As [`Session::edit_line`].
    pub fn insert_line(&mut self, number: u32, line: &str) -> Result<(), String> {
        let text = self.text();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert((number as usize).min(lines.len()), line);
        self.edit(&(lines.join("\n") + "\n"))
    }

    /// Puts another text in place of the whole, and runs it up to this moment.
    ///
    /// # Errors
    /// As [`Session::edit_line`].
    pub fn edit(&mut self, text: &str) -> Result<(), String> {
        let script = parse(text).map_err(|errors| ParseError::all(&errors))?;
        let base = Base::new(text, &script);
        let was = self.version();
        let is_same = base.text[..base.own_len] == self.base.text[..self.base.own_len];
        let hands: Hands = Arc::new(base.hands.clone());
        let version = match is_same {
            true => Version { base: Arc::clone(&was.base), hands },
            false => Version { base: Arc::new(base), hands },
        };
        let (here, revision) = (self.place(), self.revision);
        self.change(version, here.time_us);
        if let Some(text) = self.hand_that_fails() {
            self.adopt(was);
            self.go_to_place(here);
            self.revision = revision;
            return Err(text);
        }
        self.remember(was);
        Ok(())
    }

    /// Takes the last change back. False: there is none.
    pub fn undo(&mut self) -> bool {
        let Some(version) = self.before.pop() else { return false };
        self.after.push(self.version());
        self.change(version, self.world().now_us());
        true
    }

    /// Does again what was undone. False: nothing was.
    pub fn redo(&mut self) -> bool {
        let Some(version) = self.after.pop() else { return false };
        self.before.push(self.version());
        self.change(version, self.world().now_us());
        true
    }

    fn change(&mut self, version: Version, time_us: Micros) {
        self.adopt(version);
        // Where it is too far it stands as far as it came.
        let _ = self.seek(time_us);
        self.end_us = self.world().now_us();
    }

    /// What was done by hand and cannot be done any more.
    fn hand_that_fails(&self) -> Option<String> {
        let done = &self.runner.hands[..self.runner.hands_done];
        let first = done.iter().map(|hand| hand.line).min()?;
        let failed = self.runner.failures().iter().find(|failure| failure.line >= first)?;
        Some(format!("{}: {}", failed.line, failed.text))
    }
}
