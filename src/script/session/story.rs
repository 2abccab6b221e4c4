//! A narrated run, from step to step. What the reader chose is kept here. It changes nothing
//! that happens.

use std::sync::Arc;

use crate::script::lang::ast::{Script, Statement};
use crate::script::lang::parse::parse_statement;
use crate::script::run::{Budget, Halt, Limits, Permissions, Position, ReaderAnswers, Run};
use crate::sim::Micros;

use super::Session;
use super::version::Version;

const START: Position = Position { steps: 0, time_us: 0 };

/// What the reader of a narrated run chose and asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reader {
    pub answers: ReaderAnswers,
    hints: usize,
}

impl Reader {
    /// The reader whose answers stand in the script.
    pub fn of(script: &Script) -> Reader {
        Reader { answers: script.answers(), hints: 0 }
    }
}

impl Session {
    /// As [`Session::run_until_within`], and halts at each step of the story.
    pub fn play_until_within(&mut self, time_us: Micros, budget: Budget) -> Halt {
        let limits = self.run().limits(budget);
        let limits = Limits { halts_at_steps: true, ..limits };
        let halt = self.timeline.run_until_within(time_us, limits);
        if let Some(Halt::Breakpoint { line }) = halt {
            self.stopped = Some((line, self.run().position().steps));
        }
        self.note_end();
        halt.unwrap_or(Halt::Reached)
    }

    /// Goes ahead to the next step, or to the end of the flow. False: there is no step ahead.
    ///
    /// # Errors
    /// If too much would have to happen first.
    pub fn next_step(&mut self) -> Result<bool, String> {
        let number = self.run().step_number();
        self.go_on_until(|run| run.step_number() > number && run.is_at_step())?;
        Ok(self.run().step_number() > number)
    }

    /// Goes back to the step before this one, or to this one if time has passed since. False:
    /// there is nothing before.
    pub fn previous_step(&mut self) -> bool {
        let back = usize::from(self.run().is_at_step() && !self.run().has_left_story());
        let position = self.run().step_position(back);
        if let Some(position) = position {
            self.timeline.go_to(position);
            self.explain_violations();
        }
        position.is_some()
    }

    /// Goes to the first step of the chapter that begins in that line.
    ///
    /// # Errors
    /// If too much would have to happen first.
    pub fn go_to_chapter(&mut self, line: u32) -> Result<(), String> {
        self.return_to_story();
        if self.run().has_shown(line) {
            self.timeline.go_to(START);
        }
        self.go_on_until(|run| run.has_shown(line))?;
        self.next_step().map(|_| ())
    }

    /// Goes to the step of that number, from 1, or to the last one.
    ///
    /// # Errors
    /// If too much would have to happen first.
    pub fn go_to_step(&mut self, number: usize) -> Result<(), String> {
        self.go_on_until(|run| run.step_number() >= number && run.is_at_step())
    }

    /// Goes to shortly before the first recorded action, if that is ahead.
    pub fn go_to_first_action(&mut self) {
        const SHORTLY_US: Micros = 20_000;
        let first = self.run().actions().first().map(|action| action.time_us);
        let before_us = first.map_or(0, |time_us| time_us.saturating_sub(SHORTLY_US));
        if before_us > self.world().now_us() {
            self.run_until(before_us);
        }
    }

    /// Goes to that moment as [`Session::seek`] does. If the story waits there, it stands at the
    /// first step. What follows in the same moment has not happened yet, unless it was seen before:
    /// the diagram would give the answers away.
    ///
    /// # Errors
    /// If too much would have to happen first; it then stands as far as it came.
    pub fn seek_in_story(&mut self, time_us: Micros) -> Result<(), String> {
        let now_us = self.world().now_us();
        if time_us == now_us && self.run().is_at_step() && !self.run().has_left_story() {
            return Ok(());
        }
        if time_us > now_us && self.run().script().has_steps() {
            let limits = self.run().limits(Budget::CALL);
            if self.seek(time_us - 1).is_err() {
                return Err(self.timeline.too_far(limits, time_us));
            }
            let limits = Limits { halts_at_steps: true, ..self.run().limits(Budget::CALL) };
            let halt = self.timeline.run_until_within(time_us, limits);
            self.note_end();
            if halt == Some(Halt::Step) && !self.run().has_left_story() {
                return Ok(());
            }
        }
        let reached = self.seek(time_us);
        self.stand_at_step();
        reached
    }

    /// After a journey to a moment at which the story waits, stands at the first step there.
    fn stand_at_step(&mut self) {
        let first = self.run().first_step_now();
        if let Some(position) = first.filter(|_| !self.run().has_left_story()) {
            self.timeline.go_to(position);
            self.explain_violations();
        }
    }

    /// At the start of a narrated run, goes to its first step if that comes at once. What follows
    /// it in the same moment has not happened yet: the diagram would give the answers away.
    pub fn begin_story(&mut self) {
        if self.run().position() == START && self.run().script().has_steps() {
            self.play_until_within(0, Budget::CALL);
            self.end_us = 0;
        }
    }

    /// Goes back to the newest step of the story. What the reader did since becomes a branch.
    pub fn return_to_story(&mut self) {
        if self.action_count() == 0 {
            return;
        }
        let position = self.run().step_position(0).unwrap_or(START);
        let (version, left) = (self.version(), self.run().position());
        let diagram = self.timeline.diagram.clone();
        self.branch_off(version.clone(), left, diagram);
        self.add_undo(version);
        self.adopt(Version { base: Arc::clone(&self.base), actions: Arc::default() });
        self.timeline.go_to(position);
        self.end_us = self.world().now_us();
        self.note_end();
    }

    fn go_on_until(&mut self, is_there: impl Fn(&Run) -> bool + Copy) -> Result<(), String> {
        let is_there = |run: &Run| is_there(run) || run.is_flow_over();
        // A `stop` is no step.
        while let Some(Halt::Breakpoint { .. }) =
            self.timeline.run_until_holds(Micros::MAX, is_there)?
        {}
        self.note_end();
        Ok(())
    }

    /// Why the reader may not do that line now.
    pub fn line_refusal(&self, line: &str) -> Option<String> {
        let permissions = self.run().permissions();
        if permissions == Permissions::default() {
            return None;
        }
        let verb = match line.split_whitespace().next()? {
            "setval" | "write" => "set".to_owned(),
            "getval" | "read" => "get".to_owned(),
            // `suspend 3` and `suspend s1` both pause.
            "suspend" => "pause".to_owned(),
            _ => {
                let (servers, clients) =
                    (self.world().servers().len(), self.world().clients().len());
                let statement = parse_statement(line, servers, clients).ok()??;
                if let Statement::Act(act) = &statement {
                    return permissions.refusal_of(act);
                }
                // What takes time or only asks is no action.
                let is_action = !matches!(
                    statement,
                    Statement::Run(_)
                        | Statement::Wait { .. }
                        | Statement::Settle { .. }
                        | Statement::Expect(_)
                        | Statement::Narration(_)
                        | Statement::ByHand
                        | Statement::Stop
                );
                is_action.then(|| statement.verb())?
            }
        };
        permissions.refusal(&verb)
    }

    /// Keeps the reader's choice for the `ask` in that line. Where right answers are a goal, the
    /// first choice counts.
    pub fn choose(&mut self, line: u32, choice: u32) {
        let is_final = self.run().script().has_score();
        let kept = self.reader.answers.choices.entry(line).or_insert(choice);
        if !is_final {
            *kept = choice;
        }
    }

    /// The reader's choice for the `ask` in that line.
    pub fn choice(&self, line: u32) -> Option<u32> {
        self.reader.answers.choices.get(&line).copied()
    }

    /// The reader's choices, with the lines of the questions.
    pub fn choices(&self) -> impl Iterator<Item = (u32, u32)> {
        self.reader.answers.choices.iter().map(|(line, choice)| (*line, *choice))
    }

    /// Keeps whether the reader claims that the goals cannot be reached.
    pub fn claim(&mut self, impossible: bool) {
        self.reader.answers.claims_impossible = impossible;
    }

    /// What the reader answered so far.
    pub fn answers(&self) -> &ReaderAnswers {
        &self.reader.answers
    }

    /// Whether the reader has won.
    pub fn is_won(&self) -> bool {
        self.run().is_won_with(self.answers()) == Some(true)
    }

    /// Shows one hint more.
    pub fn show_hint(&mut self) {
        self.reader.hints += 1;
    }

    /// How many hints the reader asked for.
    pub fn hints_shown(&self) -> usize {
        self.reader.hints
    }
}
