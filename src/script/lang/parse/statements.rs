//! Parses statements: flow and checks.

use crate::script::lang::ast::{ScheduledAction, Statement};
use crate::script::lang::words::{Group, verbs};
use crate::sim::Act;

use super::Parser;
use super::cursor::Parsed;
use super::messages::ordinal_in;

/// The largest count of `times` and `budget`.
pub(super) const TIMES_MAX: u64 = 1_000_000_000;

impl Parser<'_> {
    /// A statement, up to the end of the line or its comment.
    pub fn statement(&mut self) -> Parsed<Statement> {
        let statement = self.statement_here()?;
        self.cursor.end()?;
        Ok(statement)
    }

    fn statement_here(&mut self) -> Parsed<Statement> {
        let Some(verb) = self.cursor.peek().filter(|word| !word.quoted) else {
            return Err(self.missing("a statement"));
        };
        self.cursor.take(&verb);
        let (verb_at, verb): (usize, &str) = (verb.at, &verb.text);
        Ok(match verb {
            "given" => Statement::Given(Box::new(self.given()?)),
            "joining" => Statement::Joining(self.named_servers()?),
            "learners" => Statement::Learners(self.named_servers()?),
            "run" => Statement::Run(self.duration(0)?),
            "settle" => Statement::Settle { within: self.within()? },
            "wait" => {
                self.follows = &["and", "within"];
                Statement::Wait { condition: self.condition()?, within: self.within()? }
            }
            "at" => self.at(false)?,
            "by-hand" => Statement::ByHand,
            "answers" => self.answers()?,
            "claim" => self.claim()?,
            "every" => self.every()?,
            "when" => self.when(false)?,
            "whenever" => self.when(true)?,
            "expect" => {
                self.follows = &["and"];
                Statement::Expect(self.condition()?)
            }
            "stop" => Statement::Stop,
            _ => return self.act_or_narration(verb, verb_at),
        })
    }

    fn act_or_narration(&mut self, verb: &str, verb_at: usize) -> Parsed<Statement> {
        if let Some(narration) = self.narration(verb)? {
            return Ok(Statement::Narration(narration));
        }
        if let Some(act) = self.act_or_setting(verb)? {
            return Ok(match act {
                Act::Set(setting) => Statement::Set(setting),
                act => Statement::Act(act),
            });
        }
        self.cursor.back_to(verb_at);
        self.cursor.offer("a statement".into(), &verbs(|_| true));
        Err(self.cursor.unexpected())
    }

    fn act_or_setting(&mut self, verb: &str) -> Parsed<Option<Act>> {
        // `duplicate 5%` is a setting, `duplicate next 5` and `duplicate 2nd held` are actions.
        let percent = |text: &str| {
            text.starts_with(|letter: char| letter.is_ascii_digit()) && ordinal_in(text).is_none()
        };
        let is_order =
            verb == "duplicate" && !self.cursor.peek().is_some_and(|word| percent(&word.text));
        if !is_order && let Some(setting) = self.setting(verb)? {
            return Ok(Some(Act::Set(setting)));
        }
        self.act(verb)
    }

    /// `[within D]`
    fn within(&mut self) -> Parsed<Option<u64>> {
        if self.cursor.keyword("within") { self.duration(1).map(Some) } else { Ok(None) }
    }

    /// `T [after N] ACTION`, where the action may also start an `every`, `when` or `whenever`.
    fn at(&mut self, is_within: bool) -> Parsed<Statement> {
        let time_us = self.duration(0)?;
        let mut next = self.cursor.peek().filter(|word| !word.quoted);
        let mut after = None;
        self.cursor.catch("", &["every", "when", "whenever"]);
        if next.as_ref().is_some_and(|word| word.text == "after") && !is_within {
            self.cursor.next();
            after = Some(self.number(0, u64::from(u32::MAX))? as u32);
            next = self.cursor.peek().filter(|word| !word.quoted);
        }
        let begins = match next.as_ref().map_or("", |word| &word.text) {
            "every" => Parser::every,
            "when" => |parser: &mut Self| parser.when(false),
            "whenever" => |parser: &mut Self| parser.when(true),
            "at" if !is_within => |parser: &mut Self| parser.at(true),
            _ => return Ok(Statement::At { time_us, after, action: self.action()? }),
        };
        self.cursor.next();
        let action = ScheduledAction::Begin(Box::new(begins(self)?));
        Ok(Statement::At { time_us, after, action })
    }

    /// `D ACTION [times N]`
    fn every(&mut self) -> Parsed<Statement> {
        let period_us = self.duration(1)?;
        self.follows = &["times"];
        let action = self.action()?;
        let times = match self.cursor.keyword("times") {
            true => Some(self.number(1, TIMES_MAX)? as u32),
            false => None,
        };
        Ok(Statement::Every { period_us, action, times })
    }

    /// `COND do ACTION`
    fn when(&mut self, again: bool) -> Parsed<Statement> {
        self.follows = &["and", "do"];
        let condition = self.condition()?;
        self.cursor.require("do")?;
        self.follows = &[];
        Ok(Statement::When { again, condition, action: self.action()? })
    }

    /// An action, a setting that may change later, or `stop`.
    fn action(&mut self) -> Parsed<ScheduledAction> {
        if self.cursor.keyword("stop") {
            return Ok(ScheduledAction::Stop);
        }
        if let Some(verb) = self.cursor.peek().filter(|word| !word.quoted) {
            self.cursor.take(&verb);
            match self.act_or_setting(&verb.text)? {
                Some(Act::Set(setting)) if !setting.is_live() => {}
                Some(act) => return Ok(ScheduledAction::Act(act)),
                None => {}
            }
            self.cursor.back_to(verb.at);
        }
        let known = verbs(|group| matches!(group, Group::Act | Group::Setting));
        self.cursor.offer("an action such as `crash s1`".into(), &known);
        Err(self.cursor.unexpected())
    }

    /// Whether the line ends here, or continues with the statement around this part.
    pub fn ends_here(&mut self) -> bool {
        let Some(word) = self.cursor.peek() else { return true };
        let continues = word.quoted || self.follows.iter().any(|keyword| word.is(keyword));
        if !continues {
            for keyword in self.follows {
                self.cursor.offer(format!("`{keyword}`").into(), &[keyword]);
            }
        }
        continues
    }
}
