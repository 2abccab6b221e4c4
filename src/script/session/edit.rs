//! The text of a session, and what becomes of it when lines are changed.

use std::sync::Arc;

use crate::script::lang::parse::{ParseError, parse};
use crate::sim::{Duration, Micros};

use super::Session;
use super::version::{Base, Version};

impl Session {
    /// The script that this session is: run from its start it is the same run.
    pub fn text(&self) -> String {
        let mut text = self.base.text_with(self.run().actions());
        let script = self.run().script();
        if script.judges_answers() {
            let known = self.base.is_start_of(&text).then(|| script.answers());
            let lines = script.answer_lines(self.answers(), &known.unwrap_or_default());
            if !lines.is_empty() {
                begin_by_hand(&mut text);
            }
            lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
        }
        text
    }

    /// The lines of that text with recorded actions, in the order in which they are done.
    pub(super) fn action_lines(&self) -> Vec<u32> {
        self.base.lines_of(self.run().actions())
    }

    /// The script without the recorded actions.
    pub fn own_text(&self) -> &str {
        self.base.own_text()
    }

    /// The text with a `stop` at the present moment if the script is over, so that a run to its end
    /// comes to where the session is.
    pub fn text_to_here(&self) -> String {
        let mut text = self.text();
        let (run, (time_us, after)) = (self.run(), self.run().action_moment());
        let last_us = run.actions().last().map_or(0, |action| action.time_us).max(run.over_us());
        if run.finished() && time_us > last_us {
            begin_by_hand(&mut text);
            let after = after.map_or(String::new(), |after| format!("after {after} "));
            text.push_str(&format!("at {} {after}stop\n", Duration(time_us)));
        }
        text
    }

    /// Replaces a line, or removes it, and runs the script again up to this moment.
    ///
    /// # Errors
    /// If it does not parse or cannot be done any more; nothing has changed then.
    pub fn edit_line(&mut self, number: u32, line: Option<&str>) -> Result<(), String> {
        let text = self.text();
        let mut lines: Vec<&str> = text.lines().collect();
        let at = (number as usize).checked_sub(1).filter(|at| *at < lines.len());
        let Some(at) = at else {
            return Err(format!("there is no line {number}: the last one is {}", lines.len()));
        };
        match line {
            Some(line) => lines[at] = line,
            None => {
                lines.remove(at);
            }
        }
        self.edit(&(lines.join("\n") + "\n"))
    }

    /// Inserts a line after line `number` (0: before the first), and runs the script again up to
    /// this moment.
    ///
    /// # Errors
    /// As [`Session::edit_line`].
    pub fn insert_line(&mut self, number: u32, line: &str) -> Result<(), String> {
        let text = self.text();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert((number as usize).min(lines.len()), line);
        self.edit(&(lines.join("\n") + "\n"))
    }

    /// Replaces the whole text, and runs it up to this moment.
    ///
    /// # Errors
    /// As [`Session::edit_line`].
    pub fn edit(&mut self, text: &str) -> Result<(), String> {
        let script = parse(text).map_err(|errors| ParseError::all(&errors))?;
        let base = Base::new(text, &script);
        let was = self.version();
        let is_same = base.own_text() == self.base.own_text();
        let actions = Arc::new(base.actions().to_vec());
        let version = match is_same {
            true => Version { base: Arc::clone(&was.base), actions },
            false => Version { base: Arc::new(base), actions },
        };
        let (here, revision) = (self.run().position(), self.revision);
        self.change(version, here.time_us);
        if let Some(text) = self.failed_action() {
            self.adopt(was);
            self.timeline.go_to(here);
            self.explain_violations();
            self.revision = revision;
            return Err(text);
        }
        self.add_undo(was);
        if script.judges_answers() {
            self.reader.answers = script.answers();
        }
        Ok(())
    }

    /// Undoes the newest change. False: there is none.
    pub fn undo(&mut self) -> bool {
        let Some(version) = self.undo.pop() else { return false };
        self.redo.push(self.version());
        self.change(version, self.world().now_us());
        true
    }

    /// Redoes the change that was undone last. False: there is none.
    pub fn redo(&mut self) -> bool {
        let Some(version) = self.redo.pop() else { return false };
        self.undo.push(self.version());
        self.change(version, self.world().now_us());
        true
    }

    fn change(&mut self, version: Version, time_us: Micros) {
        self.adopt(version);
        // If the moment is too far it stands as far as it came.
        let _ = self.seek(time_us);
        self.end_us = self.world().now_us();
    }

    /// The first recorded action that could not be done, as `line: text`.
    fn failed_action(&self) -> Option<String> {
        let done = &self.run().actions()[..self.actions_done()];
        let first = done.iter().map(|action| action.line).min()?;
        let failed = self.run().failures().iter().find(|failure| failure.line >= first)?;
        Some(format!("{}: {}", failed.line, failed.text))
    }
}

/// Adds `by-hand` to a text that has none.
fn begin_by_hand(text: &mut String) {
    if text.lines().any(|line| line.split_whitespace().next() == Some("by-hand")) {
        return;
    }
    text.push_str(if text.is_empty() || text.ends_with('\n') { "" } else { "\n" });
    text.push_str("by-hand\n");
}
