//! `raftarium run CHALLENGE --answer ...`: grades the answers of students.

use std::path::Path;

use crate::script::{AnsweredChallenge, ParseError, parse, unfit_challenge};
use crate::sim::Duration;

use super::answer_text::read_answer;
use super::exit_status::ExitStatus;
use super::format::Format;
use super::narration::NarrationReport;
use super::run::{ErrorReport, FileReport, RunReport, to_json};
use super::terminal::{print, print_error, print_parse_errors, read};

const NO_ACTIONS: &str = "this answer has no actions: they stand below `by-hand`, in the file or \
                          the link that the page gives a student";

/// A teacher's script, under which answers run.
struct Challenge {
    name: String,
    text: String,
}

/// Grades each answer. The worst status counts: 1 if one does not win, 2 if one is unusable.
pub(super) fn grade(challenge: &Path, answers: &[String], format: Format) -> ExitStatus {
    let name = challenge.display().to_string();
    let text = match read_challenge(challenge) {
        Ok(text) => text,
        Err(error) => {
            print_error(error);
            return ExitStatus::Unusable;
        }
    };
    let challenge = Challenge { name, text };
    let grades = answers.iter().map(|answer| grade_one(&challenge, answer, format));
    grades.max().unwrap_or(ExitStatus::Success)
}

/// The text of a script that can serve as a challenge.
pub(super) fn read_challenge(path: &Path) -> Result<String, String> {
    let name = path.display();
    let text = read(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let script = parse(&text).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(|error| format!("{name}:{error}")).collect();
        errors.join("\n")
    })?;
    unfit_challenge(&script).map_or(Ok(text), |error| Err(format!("{name}:{error}")))
}

fn grade_one(challenge: &Challenge, name: &str, format: Format) -> ExitStatus {
    let unusable = |errors: &[ParseError]| {
        print_parse_errors(name, errors);
        report_unusable(challenge, name, errors.iter().map(ErrorReport::of_answer), format)
    };
    let text = match read_answer(name) {
        Ok(text) => text,
        Err(error) => {
            print_error(format!("{name}: {error}"));
            let error = ErrorReport { line: 0, column: None, text: error, answer: true };
            return report_unusable(challenge, name, [error].into_iter(), format);
        }
    };
    match AnsweredChallenge::run_to_end(&challenge.text, &text) {
        Ok(answered) => report(challenge, name, &answered, format),
        Err(errors) => unusable(&errors),
    }
}

fn report_unusable(
    challenge: &Challenge,
    name: &str,
    errors: impl Iterator<Item = ErrorReport>,
    format: Format,
) -> ExitStatus {
    if format == Format::Json {
        print(to_json(&FileReport {
            file: &challenge.name,
            answer: Some(name),
            changed: None,
            actions: None,
            ok: false,
            errors: errors.collect(),
            explanations: Vec::new(),
            run: None,
        }));
    }
    ExitStatus::Unusable
}

fn report(
    challenge: &Challenge,
    name: &str,
    answered: &AnsweredChallenge,
    format: Format,
) -> ExitStatus {
    match format {
        Format::Text => print_grade(challenge, name, answered),
        Format::Json => print(to_json(&FileReport::of_answer(&challenge.name, name, answered))),
    }
    if answered.is_won() { ExitStatus::Success } else { ExitStatus::Failure }
}

fn print_grade(challenge: &Challenge, name: &str, answered: &AnsweredChallenge) {
    if answered.actions() == 0 {
        print_error(format!("{name}: {NO_ACTIONS}"));
    }
    for (failure, in_answer) in answered.failures() {
        let file = if in_answer { name } else { &challenge.name };
        print_error(format!("{file}:{}: {}", failure.line, failure.text));
    }
    for breach in answered.breaches() {
        print_error(format!("{name}:{}: {breach}", breach.line));
    }
    for goal in answered.run().goals().filter(|goal| !goal.won) {
        let (file, line, text) = (&challenge.name, goal.line, goal.text);
        let why = goal.condition.failure(answered.run().cluster());
        print_error(format!("{file}:{line}: the goal `{text}` is not reached: {why}"));
    }
    let verdict = if answered.is_won() { "won" } else { "not won" };
    let ((won, count), time) = (answered.goals(), Duration(answered.run().world().now_us()));
    let goals = if count == 1 { "goal" } else { "goals" };
    print(format!("{name}: {verdict}, {won} of {count} {goals}, time {time}"));
}

impl ErrorReport {
    fn of_answer(error: &ParseError) -> ErrorReport {
        let (line, column, text) = (error.line, Some(error.column), error.message());
        ErrorReport { line, column, text, answer: true }
    }
}

impl<'a> FileReport<'a> {
    fn of_answer(file: &'a str, name: &'a str, answered: &AnsweredChallenge) -> FileReport<'a> {
        let failures = answered.failures();
        let ok = failures.is_empty();
        let errors = failures.into_iter().map(|(failure, answer)| ErrorReport {
            line: failure.line,
            column: None,
            text: failure.text,
            answer,
        });
        let narration = NarrationReport::with_breaches(answered.run(), &answered.breaches());
        FileReport {
            file,
            answer: Some(name),
            changed: Some(answered.is_changed()),
            actions: Some(answered.actions()),
            ok,
            errors: errors.collect(),
            explanations: Vec::new(),
            run: Some(RunReport::new(answered.run(), narration)),
        }
    }
}
