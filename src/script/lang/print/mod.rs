//! Prints the tree as text that parses to the same tree.

mod acts;
mod conditions;
mod settings;

use std::fmt::{self, Display, Write};

use crate::sim::{Act, Duration, Setting};

use super::ast::{AnswerChoice, Narration, ScheduledAction, Script, Statement, Target};
use crate::script::condition::Condition;

impl Display for Script {
    /// One statement per line; a gap in the line numbers becomes a blank line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = 0;
        for line in &self.lines {
            if before > 0 && line.number > before + 1 {
                f.write_char('\n')?;
            }
            before = line.number;
            match (&line.statement, &line.comment) {
                (Some(statement), Some(comment)) => writeln!(f, "{statement} #{comment}")?,
                (Some(statement), None) => writeln!(f, "{statement}")?,
                (None, comment) => writeln!(f, "#{}", comment.as_deref().unwrap_or_default())?,
            }
        }
        Ok(())
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Set(setting) => write!(f, "{setting}"),
            Statement::Given(given) => settings::write_given(f, given),
            Statement::Joining(servers) => write!(f, "joining {servers}"),
            Statement::Learners(servers) => write!(f, "learners {servers}"),
            Statement::Act(act) => acts::write(f, act),
            Statement::Run(time_us) => write!(f, "run {}", Duration(*time_us)),
            Statement::Settle { within } => {
                f.write_str("settle")?;
                write_within(f, *within)
            }
            Statement::Wait { condition, within } => {
                write!(f, "wait {condition}")?;
                write_within(f, *within)
            }
            Statement::At { time_us, after, action } => {
                write!(f, "at {} ", Duration(*time_us))?;
                after.map_or(Ok(()), |after| write!(f, "after {after} "))?;
                action.fmt(f)
            }
            Statement::ByHand => f.write_str("by-hand"),
            Statement::Answers(choices) => {
                f.write_str("answers")?;
                choices.iter().try_for_each(|choice| write!(f, " {choice}"))
            }
            Statement::Claim { possible: true } => f.write_str("claim possible"),
            Statement::Claim { possible: false } => f.write_str("claim impossible"),
            Statement::Every { period_us, action, times } => {
                write!(f, "every {} {action}", Duration(*period_us))?;
                times.map_or(Ok(()), |times| write!(f, " times {times}"))
            }
            Statement::When { again, condition, action } => {
                let when = if *again { "whenever" } else { "when" };
                write!(f, "{when} {condition} do {action}")
            }
            Statement::Stop => f.write_str("stop"),
            Statement::Expect(condition) => write!(f, "expect {condition}"),
            Statement::Narration(narration) => narration.fmt(f),
        }
    }
}

fn write_within(f: &mut fmt::Formatter<'_>, within: Option<u64>) -> fmt::Result {
    within.map_or(Ok(()), |within_us| write!(f, " within {}", Duration(within_us)))
}

impl Display for ScheduledAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScheduledAction::Act(act) => acts::write(f, act),
            ScheduledAction::Stop => f.write_str("stop"),
            ScheduledAction::Begin(statement) => statement.fmt(f),
        }
    }
}

impl Display for Narration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Narration::Title(text) => write!(f, "title {}", QuotedText(text)),
            Narration::Section(text) => write!(f, "section {}", QuotedText(text)),
            Narration::Level(level) => write!(f, "level {}", level.name()),
            Narration::Misconception(text) => write!(f, "misconception {}", QuotedText(text)),
            Narration::Chapter(text) => write!(f, "chapter {}", QuotedText(text)),
            Narration::Say(text) => write!(f, "say {}", QuotedText(text)),
            Narration::Ask { question, choices, answer } => {
                write!(f, "ask {}", QuotedText(question))?;
                choices.iter().try_for_each(|choice| write!(f, " {choice}"))?;
                write!(f, " answer {answer}")
            }
            Narration::Point(target) => write!(f, "point {target}"),
            Narration::Goal(condition, text) => write!(f, "goal {condition} {}", QuotedText(text)),
            Narration::Score(least, text) => write!(f, "score {least} {}", QuotedText(text)),
            Narration::Possible(possible, text) => {
                write!(f, "possible {} {}", if *possible { "yes" } else { "no" }, QuotedText(text))
            }
            Narration::Allow(verbs) => write!(f, "allow {}", verbs.join(" ")),
            Narration::Budget(verb, times) => write!(f, "budget {verb} {times}"),
            Narration::Hint(text) => write!(f, "hint {}", QuotedText(text)),
        }
    }
}

impl Display for AnswerChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        QuotedText(&self.text).fmt(f)?;
        self.condition.iter().try_for_each(|condition| write!(f, " if {condition}"))
    }
}

impl Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Server(server) => server.fmt(f),
            Target::Link(a, b) => write!(f, "link {a} {b}"),
            Target::Log(server) => write!(f, "log {server}"),
            Target::Timeline => f.write_str("timeline"),
            Target::Console => f.write_str("console"),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, clause) in self.clauses.iter().enumerate() {
            if place > 0 {
                f.write_str(" and ")?;
            }
            clause.fmt(f)?;
        }
        Ok(())
    }
}

/// An action as a line of the language.
pub fn act_line(act: &Act) -> String {
    fmt_to_string(|f| acts::write(f, act))
}

/// A setting as a line of the language.
pub fn setting_line(setting: &Setting) -> String {
    setting.to_string()
}

fn fmt_to_string(write: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result) -> String {
    struct With<F>(F);
    impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> Display for With<F> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            (self.0)(f)
        }
    }
    With(write).to_string()
}

/// A quoted text.
struct QuotedText<'a>(&'a str);

impl Display for QuotedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for letter in self.0.chars() {
            match letter {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                letter => f.write_char(letter)?,
            }
        }
        f.write_char('"')
    }
}

/// A key or a value, quoted only if necessary: if it would not parse without quotes, or parse as
/// one of the reserved words.
struct Bare<'a>(&'a str, &'a [&'a str]);

impl Display for Bare<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |letter: char| {
            letter.is_ascii_alphanumeric()
                || !letter.is_ascii() && !letter.is_whitespace()
                || "_-.:/@+%".contains(letter)
        };
        let Bare(word, reserved) = self;
        if !word.is_empty() && word.chars().all(plain) && !reserved.contains(word) {
            f.write_str(word)
        } else {
            QuotedText(word).fmt(f)
        }
    }
}
