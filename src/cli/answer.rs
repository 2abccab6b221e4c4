//! `raftarium run CHALLENGE --answer ...`: grades the answers of students.

use std::fs;
use std::path::Path;

use crate::script::{
    AnsweredChallenge, ParseError, Script, ShareLink, Statement, parse, unfit_challenge,
};
use crate::sim::Duration;

use super::exit_status::ExitStatus;
use super::format::Format;
use super::narration::NarrationReport;
use super::run::{ErrorReport, FileReport, RunReport, to_json};
use super::terminal::{print, print_error, print_parse_errors, read};

/// A teacher's script.
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

/// The script of an answer: a file with a script or a link, or a link itself.
fn read_answer(name: &str) -> Result<String, String> {
    let path = Path::new(name);
    if name != "-" && fs::metadata(path).is_err() {
        let not_link = |error| format!("is neither a file nor a link: {error}");
        return ShareLink::read(name).map(|link| text_to_moment(&link)).map_err(not_link);
    }
    let text = read(path).map_err(|error| format!("cannot be read: {error}"))?;
    // A link is a single word, and no script.
    let word = text.trim().trim_start_matches('\u{feff}');
    let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
    match (is_word && parse(&text).is_err()).then(|| ShareLink::read(word)) {
        Some(link) => link.map(|link| text_to_moment(&link)),
        None => Ok(text),
    }
}

/// The script of a link, up to the time at which the link opens.
fn text_to_moment(link: &ShareLink) -> String {
    let is_recorded =
        |script: Script| script.statements().any(|(_, statement)| *statement == Statement::ByHand);
    let by_hand = if parse(&link.text).is_ok_and(is_recorded) { "" } else { "by-hand\n" };
    let line_break = if link.text.ends_with('\n') { "" } else { "\n" };
    format!("{}{line_break}{by_hand}at {} stop\n", link.text, Duration(link.time_us))
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
            ok,
            errors: errors.collect(),
            explanations: Vec::new(),
            run: Some(RunReport::new(answered.run(), narration)),
        }
    }
}
