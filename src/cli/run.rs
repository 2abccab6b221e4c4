//! `raftarium run`: runs scripts to their ends and reports which expectations failed.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::check::Explanation;
use crate::script::{Budget, ParseError, Run, Script, parse};
use crate::sim::{Duration, Recorder};

use super::answer::grade;
use super::exit_status::ExitStatus;
use super::explanation::{ExplanationReport, print_explanation};
use super::format::Format;
use super::narration::{NarrationReport, narration_text};
use super::progress::{ProgressLine, STEPS_PER_LOOK};
use super::terminal::{print, print_error, print_parse_errors, read};
use super::trace::TraceFile;

/// Run scripts and report failed expectations
///
/// With --answer, FILE is a challenge, and each answer is graded: the actions of the answer are
/// done under the challenge's own script, so only what the challenge allows and asks for counts.
///
/// Exit status: 0 if every expectation held, 1 if one failed, 2 if a script does not parse (nothing
/// runs then) or an option is invalid. With --answer: 0 if every answer wins, 1 if one does not, 2
/// if one cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium run election.raft
  raftarium run tests/*.raft --format json
  raftarium run election.raft --seed 7 --hash
  raftarium run election.raft --trace events.jsonl
  raftarium run challenge.raft --answer answers/*.raft --format json
  echo 'wait leader' | raftarium run -")]
pub(super) struct RunOptions {
    /// The scripts to run, one after the other; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The random seed, instead of the scripts' own
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Write every event to OUT, one JSON object per line
    #[arg(long, value_name = "OUT")]
    trace: Option<PathBuf>,
    /// The form of the report; json prints one line per file, with time and hash
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Grade these answers to the challenge FILE: files with a script or a link, or links
    #[arg(long = "answer", value_name = "FILE|LINK", num_args = 1..,
          conflicts_with_all = ["seed", "trace", "hash"])]
    answers: Vec<String>,
    /// Print `time=<us> hash=<16 hex digits>` last: the hash of the whole cluster
    #[arg(long)]
    hash: bool,
}

/// A script and its name in messages.
struct Source {
    name: String,
    script: Script,
}

/// Runs all files, or none if one of them does not parse.
pub(super) fn run(options: &RunOptions) -> ExitStatus {
    if !options.answers.is_empty() {
        let [challenge] = &options.files[..] else {
            print_error("expected one challenge to grade answers for, found several files");
            return ExitStatus::Unusable;
        };
        return grade(challenge, &options.answers, options.format);
    }
    let Some(sources) = read_all(options) else { return ExitStatus::Unusable };
    let mut trace = match options.trace.as_deref().map(|path| open_trace(path, sources.len())) {
        Some(Ok(trace)) => Some(trace),
        Some(Err(error)) => {
            print_error(error);
            return ExitStatus::Unusable;
        }
        None => None,
    };
    let mut status = ExitStatus::Success;
    for source in sources {
        status = status.max(run_one(source, options, trace.as_mut()));
    }
    if let Some(Err(error)) = trace.map(TraceFile::finish) {
        print_error(format!("the trace cannot be written: {error}"));
        return ExitStatus::Unusable;
    }
    status
}

fn open_trace(path: &Path, files: usize) -> Result<TraceFile, String> {
    TraceFile::create(path, files > 1)
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()))
}

/// Reads and parses every file. Reports every error and returns `None` if a file is unusable.
fn read_all(options: &RunOptions) -> Option<Vec<Source>> {
    let mut sources = Vec::new();
    for path in &options.files {
        let name = path.display().to_string();
        match read(path) {
            Ok(text) => match parse(&text) {
                Ok(script) => sources.push(Source { name, script }),
                Err(errors) => report_unusable(&name, &errors, options.format),
            },
            Err(error) => print_error(format!("{name}: cannot be read: {error}")),
        }
    }
    (sources.len() == options.files.len()).then_some(sources)
}

fn run_one(source: Source, options: &RunOptions, trace: Option<&mut TraceFile>) -> ExitStatus {
    let Source { name, script } = source;
    let mut recorder = if trace.is_some() { Recorder::detailed() } else { Recorder::off() };
    let mut run = Run::with_seed(script, options.seed, &mut recorder);
    let mut progress = ProgressLine::new();
    match trace {
        Some(trace) => {
            trace.begin();
            trace.follow(&name, recorder.journal());
            while !run.finished() {
                run.step(&mut recorder);
                trace.follow(&name, recorder.journal());
                progress.show(&name, &run);
            }
        }
        None => {
            let budget = Budget { steps: STEPS_PER_LOOK, ..Budget::UNLIMITED };
            while !run.finished() {
                run.finish_within(budget, &mut recorder);
                progress.show(&name, &run);
            }
        }
    }
    progress.clear();
    let explanations = explain(&run, options.seed);
    match options.format {
        Format::Text => print_summary(&name, &run, &explanations, options.hash),
        Format::Json => print(to_json(&FileReport::new(&name, &run, &explanations))),
    }
    if run.report().ok { ExitStatus::Success } else { ExitStatus::Failure }
}

/// Explains the violations that made the script fail.
fn explain(run: &Run, seed: Option<u64>) -> Vec<Explanation> {
    let is_failure = |explanation: &Explanation| {
        run.failures().iter().any(|failure| failure.property == Some(explanation.property))
    };
    if run.failures().iter().all(|failure| failure.property.is_none()) {
        return Vec::new();
    }
    let found = run.cluster().violations().len();
    let mut explanations = Run::explain(run.script().clone(), seed, found);
    explanations.retain(is_failure);
    explanations
}

fn print_summary(name: &str, run: &Run, explanations: &[Explanation], with_hash: bool) {
    for (_, narration) in run.narration() {
        print(narration_text(narration));
    }
    let report = run.report();
    for failure in &report.failures {
        print_error(format!("{name}:{}: {}", failure.line, failure.text));
        let explained = |found: &&Explanation| failure.property == Some(found.property);
        explanations.iter().filter(explained).for_each(print_explanation);
    }
    if let Some(line) = goals_line(run) {
        print(line);
    }
    let world = run.world();
    let (time, expectations) = (Duration(world.now_us()), count_expectations(report.expectations));
    match report.failures.len() {
        0 => print(format!("{name}: ok, {expectations}, time {time}")),
        failed => print(format!("{name}: {failed} failed, {expectations}, time {time}")),
    }
    if with_hash {
        print(format!("time={} hash={:016x}", world.now_us(), world.hash()));
    }
}

/// What came of the goals; `None` without goals.
fn goals_line(run: &Run) -> Option<String> {
    let verdict = if run.is_won()? { "won" } else { "not won" };
    let (reached, count) = (run.goals().filter(|goal| goal.won).count(), run.goals().count());
    Some(format!("Goals: {reached} of {count} reached, {verdict}"))
}

fn count_expectations(expectations: u32) -> String {
    match expectations {
        1 => "1 expectation".to_owned(),
        count => format!("{count} expectations"),
    }
}

/// The report of one file as JSON. Its keys are a contract.
#[derive(Serialize)]
pub(super) struct FileReport<'a> {
    pub file: &'a str,
    /// The answer that was graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'a str>,
    /// Whether something but the actions differs between the answer and the challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<bool>,
    /// How many actions the answer has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<usize>,
    pub ok: bool,
    pub errors: Vec<ErrorReport>,
    /// Why properties were violated, if that is a failure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<ExplanationReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<RunReport>,
}

#[derive(Serialize)]
pub(super) struct ErrorReport {
    pub line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    pub text: String,
    /// Whether the line is one of the answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub answer: bool,
}

#[derive(Serialize)]
pub(super) struct RunReport {
    expectations: u32,
    #[serde(flatten)]
    narration: NarrationReport,
    /// In microseconds.
    time: u64,
    hash: String,
}

impl RunReport {
    pub fn new(run: &Run, narration: NarrationReport) -> RunReport {
        RunReport {
            expectations: run.report().expectations,
            narration,
            time: run.world().now_us(),
            hash: format!("{:016x}", run.world().hash()),
        }
    }
}

impl<'a> FileReport<'a> {
    fn new(file: &'a str, run: &Run, explanations: &[Explanation]) -> FileReport<'a> {
        let report = run.report();
        let errors = report.failures.iter().map(|failure| ErrorReport {
            line: failure.line,
            column: None,
            text: failure.text.clone(),
            answer: false,
        });
        let outcome = RunReport::new(run, NarrationReport::new(run));
        FileReport {
            file,
            answer: None,
            changed: None,
            actions: None,
            ok: report.ok,
            errors: errors.collect(),
            explanations: explanations.iter().map(ExplanationReport::of).collect(),
            run: Some(outcome),
        }
    }
}

fn report_unusable(name: &str, errors: &[ParseError], format: Format) {
    print_parse_errors(name, errors);
    if format == Format::Json {
        let errors = errors.iter().map(|error| ErrorReport {
            line: error.line,
            column: Some(error.column),
            text: error.message(),
            answer: false,
        });
        print(to_json(&FileReport {
            file: name,
            answer: None,
            changed: None,
            actions: None,
            ok: false,
            errors: errors.collect(),
            explanations: Vec::new(),
            run: None,
        }));
    }
}

pub(super) fn to_json(report: &FileReport<'_>) -> String {
    serde_json::to_string(report).expect("strings and numbers are always JSON")
}
