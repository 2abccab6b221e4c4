//! Parses narration: text for the reader, and the terms of a challenge.

use crate::script::lang::ast::{AnswerChoice, Level, Narration, Statement, Target};
use crate::script::lang::words::{Group, verbs};

use super::Parser;
use super::cursor::Parsed;
use super::servers::SERVER_NAMES;
use super::statements::TIMES_MAX;

/// How `possible` says whether the goals can be reached.
fn yes_or_no(possible: bool) -> &'static str {
    if possible { "yes" } else { "no" }
}

/// How `claim` says it.
fn possible_or_not(possible: bool) -> &'static str {
    if possible { "possible" } else { "impossible" }
}

const CHOICE: &str = "a choice in quotes";

impl Parser<'_> {
    pub fn narration(&mut self, verb: &str) -> Parsed<Option<Narration>> {
        const TEXT: &str = "a text in quotes";
        Ok(Some(match verb {
            "title" => Narration::Title(self.text(TEXT)?),
            "section" => Narration::Section(self.text(TEXT)?),
            "level" => Narration::Level(self.choice(&Level::ALL, Level::name, "")?),
            "misconception" => Narration::Misconception(self.text(TEXT)?),
            "chapter" => Narration::Chapter(self.text(TEXT)?),
            "say" => Narration::Say(self.text(TEXT)?),
            "ask" => self.ask()?,
            "point" => Narration::Point(self.target()?),
            "goal" => {
                self.follows = &["and"];
                Narration::Goal(self.condition()?, self.text(TEXT)?)
            }
            "score" => {
                let least = self.number(1, TIMES_MAX)? as u32;
                Narration::Score(least, self.text(TEXT)?)
            }
            "possible" => {
                let possible = self.choice(&[true, false], yes_or_no, "")?;
                Narration::Possible(possible, self.text(TEXT)?)
            }
            "allow" => {
                let mut allowed = vec![self.verb()?];
                while self.cursor.peek().is_some() {
                    allowed.push(self.verb()?);
                }
                Narration::Allow(allowed)
            }
            "budget" => Narration::Budget(self.verb()?, self.number(0, TIMES_MAX)? as u32),
            "hint" => Narration::Hint(self.text(TEXT)?),
            _ => return Ok(None),
        }))
    }

    /// `"..." "choice" [if COND] "choice" [if COND] ... answer N`
    fn ask(&mut self) -> Parsed<Narration> {
        let question = self.text("a question in quotes")?;
        self.follows = &["and"];
        let mut choices = vec![self.answer_choice()?];
        self.follows = &["and", "answer"];
        choices.push(self.answer_choice()?);
        while self.cursor.peek().is_some_and(|word| word.quoted) {
            choices.push(self.answer_choice()?);
        }
        self.cursor.offer(CHOICE.into(), &[]);
        self.cursor.require("answer")?;
        let answer = self.number(1, choices.len() as u64)? as u32;
        let conditions = choices.iter().filter(|choice| choice.condition.is_some()).count();
        if conditions > 0 && conditions < choices.len() {
            let expected = "a condition for every choice, or for none";
            return Err(self.cursor.wrong_statement(expected.into()));
        }
        Ok(Narration::Ask { question, choices, answer })
    }

    /// `N...`
    pub fn answers(&mut self) -> Parsed<Statement> {
        let mut choices = vec![self.number(0, TIMES_MAX)? as u32];
        while self.cursor.peek().is_some() {
            choices.push(self.number(0, TIMES_MAX)? as u32);
        }
        Ok(Statement::Answers(choices))
    }

    /// `possible|impossible`
    pub fn claim(&mut self) -> Parsed<Statement> {
        let possible = self.choice(&[true, false], possible_or_not, "")?;
        Ok(Statement::Claim { possible })
    }

    /// `"choice" [if COND]`
    fn answer_choice(&mut self) -> Parsed<AnswerChoice> {
        let text = self.text(CHOICE)?;
        let condition = if self.cursor.keyword("if") { Some(self.condition()?) } else { None };
        Ok(AnswerChoice { text, condition })
    }

    /// `SERVER|link A B|log SERVER|timeline|console`
    fn target(&mut self) -> Parsed<Target> {
        if self.cursor.keyword("link") {
            let from = self.server()?;
            return Ok(Target::Link(from, self.other_server(from)?));
        }
        if self.cursor.keyword("log") {
            return Ok(Target::Log(self.server()?));
        }
        if self.cursor.keyword("timeline") {
            return Ok(Target::Timeline);
        }
        if self.cursor.keyword("console") {
            return Ok(Target::Console);
        }
        self.cursor.catch("", &SERVER_NAMES);
        let looks_like_server = |text: &str| text.starts_with(['s', 'S']) && text.len() == 2;
        match self.cursor.peek() {
            Some(word) if looks_like_server(&word.text) => self.server().map(Target::Server),
            _ => Err(self.missing("a server such as `s1`")),
        }
    }

    /// The first word of a statement that is not narration.
    fn verb(&mut self) -> Parsed<String> {
        let known = verbs(|group| group != Group::Narration);
        match self.cursor.peek() {
            Some(word) if !word.quoted && known.contains(&&*word.text) => {
                self.cursor.take(&word);
                Ok(word.text.into_owned())
            }
            _ => {
                self.cursor.offer("the first word of a statement".into(), &known);
                Err(self.cursor.unexpected())
            }
        }
    }
}
