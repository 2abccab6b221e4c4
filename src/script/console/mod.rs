//! The console: runs one line of the language now and answers in plain words. It also knows
//! commands of other Raft tools.

mod complete;
mod help;

use crate::raft::{Op, ServerId, ServerSet};
use crate::sim::{Act, Duration, Micros, SECOND, Servers};

use crate::script::condition::Condition;
use crate::script::lang::ast::{DEFAULT_WITHIN_US, Narration, Statement};
use crate::script::lang::parse::{nearest, parse_statement, words};
use crate::script::lang::words::CONSOLE_WORDS;
use crate::script::run::{Budget, Halt, Run, not_done};
use crate::script::session::Timeline;
pub use complete::{Completion, Completions, complete};
pub use help::{HelpTopic, topics};
use help::{help, help_for};

/// The longest that `suspend` can pause a server, in seconds.
const SUSPEND_MAX_S: u64 = 1_000_000;

impl Timeline {
    /// Runs a line as if it had been typed into the console.
    ///
    /// # Errors
    /// If the line does not parse, cannot be executed, or an expectation fails.
    pub fn exec(&mut self, line: &str) -> Result<String, String> {
        if let Some(answer) = self.exec_command(line) {
            return answer;
        }
        let world = self.run().world();
        let parsed = parse_statement(line, world.servers().len(), world.clients().len());
        match parsed {
            Ok(Some(statement)) => self.exec_statement(statement),
            Ok(None) => Ok(String::new()),
            Err(mut error) => {
                if error.suggestion.is_none() && error.expected == "a statement" {
                    let word = line.split_whitespace().next().unwrap_or_default();
                    error.suggestion = nearest(word, CONSOLE_WORDS.iter().map(|usage| usage.verb))
                        .map(str::to_owned);
                }
                Err(format!("column {}: {}", error.column, error.message()))
            }
        }
    }

    /// Runs a line that begins with a console command; `None` if it does not.
    fn exec_command(&mut self, line: &str) -> Option<Result<String, String>> {
        let words = match words(line) {
            Ok(words) => words,
            Err(_) => return None,
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Some(match words[..] {
            ["help"] => Ok(help()),
            ["help", word] => help_for(word),
            ["status"] => Ok(self.status()),
            ["getleader"] => Ok(self.describe_leader()),
            ["setval" | "write", key, value] => {
                self.request(Op::Set { key: key.to_owned(), value: value.to_owned() })
            }
            ["getval" | "read", key] => self.request(Op::Get { key: key.to_owned() }),
            ["connect", server] => self.exec_connect(server),
            ["suspend", seconds] if !seconds.starts_with('s') => match seconds.parse::<u64>() {
                Ok(seconds) if (1..=SUSPEND_MAX_S).contains(&seconds) => {
                    self.suspend(seconds * SECOND)
                }
                _ => return None,
            },
            [word, ..] => {
                let usage = CONSOLE_WORDS.iter().find(|usage| usage.verb == word)?;
                // `suspend s1` is a statement of the language.
                if word == "suspend" {
                    return None;
                }
                Err(format!("expected `{}`", usage.form()))
            }
            [] => return None,
        })
    }

    fn exec_statement(&mut self, statement: Statement) -> Result<String, String> {
        match statement {
            statement if statement.must_stand_at_head() => Err(format!(
                "`{statement}` belongs at the head of a script, before time 0: edit the script"
            )),
            Statement::Run(time_us) => {
                let until_us = self.run().world().now_us().saturating_add(time_us);
                let halt = self.run_until_or_fail(until_us, Budget::CALL)?;
                Ok(self.describe_halt(halt))
            }
            Statement::Settle { within } => {
                let within_us = within.unwrap_or(DEFAULT_WITHIN_US);
                match self.run_until_reached(within_us, Run::is_settled)? {
                    Some(halt) => Ok(self.describe_halt(halt)),
                    None => Err(self.run().unrest(within_us)),
                }
            }
            Statement::Wait { condition, within } => self.exec_wait(&condition, within),
            Statement::Expect(condition) => {
                self.run().expect(&condition).map(|()| "it holds".to_owned())
            }
            Statement::Narration(narration) => Ok(narration_text(&narration)),
            Statement::ByHand => {
                Err("`by-hand` is for scripts; your actions are recorded anyway".into())
            }
            Statement::Answers(_) | Statement::Claim { .. } => {
                Err("this is for scripts, below `by-hand`".into())
            }
            Statement::Stop => Ok("`stop` is for scripts; use Pause instead".into()),
            Statement::Act(act) => {
                self.exec_act(&act)?;
                Ok(format!("{}, {}", act.title(), self.moment()))
            }
            statement => {
                let line = statement.to_string();
                self.begin(statement)?;
                Ok(format!("done: `{line}`, {}", self.moment()))
            }
        }
    }

    fn exec_wait(
        &mut self,
        condition: &Condition,
        within: Option<Micros>,
    ) -> Result<String, String> {
        let within_us = within.unwrap_or(DEFAULT_WITHIN_US);
        match self.run_until_reached(within_us, |run| condition.holds(run.cluster()))? {
            Some(halt) => Ok(self.describe_halt(halt)),
            None => Err(self.run().late(condition, within_us)),
        }
    }

    fn exec_act(&mut self, act: &Act) -> Result<(), String> {
        self.act(act).map_err(|error| not_done(act, error))
    }

    /// Goes on for that long at most, as [`Timeline::run_until_holds`].
    fn run_until_reached(
        &mut self,
        within_us: Micros,
        is_reached: impl Fn(&Run) -> bool,
    ) -> Result<Option<Halt>, String> {
        self.run_until_holds(self.run().world().now_us().saturating_add(within_us), is_reached)
    }

    /// The time, and what stopped it.
    fn describe_halt(&self, halt: Halt) -> String {
        match halt {
            Halt::Reached | Halt::Step => self.moment(),
            Halt::Breakpoint { line: 0 } => format!("stopped, {}", self.moment()),
            Halt::Breakpoint { line } => format!("stopped by line {line}, {}", self.moment()),
            Halt::Violation => {
                let violation = self.run().cluster().violations().last();
                violation.map_or(self.moment(), crate::script::condition::describe_violation)
            }
        }
    }

    fn moment(&self) -> String {
        format!("time is {}", Duration(self.run().world().now_us()))
    }

    /// Sends a command and runs until it is answered.
    fn request(&mut self, op: Op) -> Result<String, String> {
        let via = self.connected().map(Servers::from);
        self.exec_act(&Act::Request { op, via, by: None })?;
        let sent = self.run().world().newest_operation();
        let Some((client, serial)) = sent.map(|(client, operation)| (client, operation.serial()))
        else {
            return Err("the command was not sent".into());
        };
        let answer = |run: &Run| {
            let operation = run.world().clients()[client.slot()].operation(serial);
            operation.and_then(|operation| operation.answered.clone())
        };
        self.run_until_reached(DEFAULT_WITHIN_US, |run| answer(run).is_some())?;
        match answer(self.run()) {
            Some((_, answer)) => Ok(answer.to_string()),
            None => Err(format!("no answer yet, {}", self.moment())),
        }
    }

    fn exec_connect(&mut self, server: &str) -> Result<String, String> {
        let known = self.run().world().server_ids();
        let found = known.iter().find(|id| id.to_string() == server);
        match found {
            Some(id) => {
                self.connect(id);
                Ok(format!("connected to {id:#}"))
            }
            None => Err(format!("expected one of {known}, found `{server}`")),
        }
    }

    fn suspend(&mut self, time_us: Micros) -> Result<String, String> {
        let Some(id) = self.connected() else {
            return Err(
                "no server is connected: type `connect s1` first, or `pause s1 for 3s`".into()
            );
        };
        let act = Act::Pause(Servers::Named(ServerSet::only(id)), Some(time_us));
        self.exec_act(&act)?;
        Ok(format!("{}, {}", act.title(), self.moment()))
    }

    fn describe_leader(&self) -> String {
        match self.run().world().leader() {
            Some(leader) => {
                let term = self.run().world().server(leader).node().current_term();
                format!("{leader:#} leads in term {term}")
            }
            None => "no leader".into(),
        }
    }

    fn status(&self) -> String {
        let servers = self.run().world().server_ids();
        let lines: Vec<String> = servers.iter().map(|id| self.status_of(id)).collect();
        lines.join("\n")
    }

    fn status_of(&self, id: ServerId) -> String {
        let server = self.run().world().server(id);
        let node = server.node();
        let state = match (server.is_alive(), server.is_paused()) {
            (false, _) => "crashed",
            (true, true) => "paused",
            (true, false) => node.role().name(),
        };
        let vote = node.voted_for().map_or("none".to_owned(), |vote| format!("{vote:#}"));
        format!(
            "{id:#}: {state}, term {}, vote {vote}, last index {}, commit {}, applied {}",
            node.current_term(),
            node.log().last_index(),
            node.commit_index(),
            node.last_applied()
        )
    }
}

fn narration_text(narration: &Narration) -> String {
    match narration {
        Narration::Title(text)
        | Narration::Misconception(text)
        | Narration::Chapter(text)
        | Narration::Say(text)
        | Narration::Hint(text) => text.clone(),
        other => other.to_string(),
    }
}
