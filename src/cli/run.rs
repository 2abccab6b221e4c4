//! `raftarium run`: scripts to their end, with what they expected and what was found.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::script::{Narration, ParseError, Runner, Script, parse};
use crate::sim::{Duration, Recorder};

use super::Outcome;
use super::progress::{Progress, STEPS_A_LOOK};
use super::terminal::{complain, read, tell};
use super::trace::Trace;

/// Run scripts, and say where something else came out than they expected
///
/// Exits with 0 where every expectation held, with 1 where one failed, and with 2 where a script does
/// not parse or an option is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium run election.raft
  raftarium run tests/*.raft --format json
  raftarium run election.raft --seed 7 --hash
  raftarium run election.raft --trace events.jsonl
  echo 'wait leader' | raftarium run -")]
pub(super) struct Options {
    /// Scripts to run, one after the other; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The seed of all chance, in place of the scripts' own
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Write every event there, one JSON object a line
    #[arg(long, value_name = "OUT")]
    trace: Option<PathBuf>,
    /// How to tell the outcome; json is one object a line for each file, with time and hash in it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print `time=<us> hash=<16 hex digits>` of the whole world last
    #[arg(long)]
    hash: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A script with the name that messages give it.
struct Source {
    name: String,
    script: Script,
}

/// Runs all files, or none where one of them does not parse.
pub(super) fn run(options: &Options) -> Outcome {
    let Some(sources) = read_all(options) else { return Outcome::Unusable };
    let mut trace = match options.trace.as_deref().map(|path| open_trace(path, sources.len())) {
        Some(Ok(trace)) => Some(trace),
        Some(Err(error)) => {
            complain(error);
            return Outcome::Unusable;
        }
        None => None,
    };
    let mut outcome = Outcome::Fine;
    for source in sources {
        outcome = outcome.max(run_one(source, options, trace.as_mut()));
    }
    if let Some(Err(error)) = trace.map(Trace::finish) {
        complain(format!("the trace cannot be written: {error}"));
        return Outcome::Unusable;
    }
    outcome
}

fn open_trace(path: &Path, files: usize) -> Result<Trace, String> {
    Trace::create(path, files > 1)
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()))
}

/// Reads and parses every file; `None`, with all that is wrong told, where one is unusable.
fn read_all(options: &Options) -> Option<Vec<Source>> {
    let mut sources = Vec::new();
    for path in &options.files {
        let name = path.display().to_string();
        match read(path) {
            Ok(text) => match parse(&text) {
                Ok(script) => sources.push(Source { name, script }),
                Err(errors) => tell_parse_errors(&name, &errors, options.format),
            },
            Err(error) => complain(format!("{name}: cannot be read: {error}")),
        }
    }
    (sources.len() == options.files.len()).then_some(sources)
}

fn run_one(source: Source, options: &Options, trace: Option<&mut Trace>) -> Outcome {
    let Source { name, script } = source;
    let mut recorder = if trace.is_some() { Recorder::on() } else { Recorder::off() };
    let mut runner = Runner::with_seed(script, options.seed, &mut recorder);
    let mut progress = Progress::new();
    match trace {
        Some(trace) => {
            trace.begin();
            trace.follow(&name, recorder.journal());
            while !runner.finished() {
                runner.step_event(&mut recorder);
                trace.follow(&name, recorder.journal());
                progress.show(&name, &runner);
            }
        }
        None => {
            while !runner.finished() {
                runner.run_on(STEPS_A_LOOK, &mut recorder);
                progress.show(&name, &runner);
            }
        }
    }
    progress.clear();
    match options.format {
        Format::Text => tell_in_words(&name, &runner, options.hash),
        Format::Json => tell(to_json(&Told::new(&name, &runner))),
    }
    if runner.report().ok { Outcome::Fine } else { Outcome::Failed }
}

fn tell_in_words(name: &str, runner: &Runner, with_hash: bool) {
    for (_, narration) in runner.narration() {
        tell(in_words(narration));
    }
    let report = runner.report();
    for failure in &report.failures {
        complain(format!("{name}:{}: {}", failure.line, failure.text));
    }
    let world = runner.world();
    let (time, expectations) = (Duration(world.now_us()), counted(report.expectations));
    match report.failures.len() {
        0 => tell(format!("{name}: ok, {expectations}, time {time}")),
        failed => tell(format!("{name}: {failed} failed, {expectations}, time {time}")),
    }
    if with_hash {
        tell(format!("time={} hash={:016x}", world.now_us(), world.hash()));
    }
}

fn counted(expectations: u32) -> String {
    match expectations {
        1 => "1 expectation".to_owned(),
        count => format!("{count} expectations"),
    }
}

/// A narration as a reader of the command line gets it.
fn in_words(narration: &Narration) -> String {
    match narration {
        Narration::Title(text) => format!("{text}\n{}", "=".repeat(text.chars().count())),
        Narration::Say(text) => text.clone(),
        Narration::Ask { question, choices, answer } => {
            let mut text = question.clone();
            for (place, choice) in choices.iter().enumerate() {
                text += &format!("\n  {}. {choice}", place + 1);
            }
            text + &format!("\n  (answer: {answer})")
        }
        Narration::Point(target) => format!("(look at: {target})"),
        Narration::Goal(condition, text) => format!("Goal: {text} ({condition})"),
        Narration::Allow(verbs) => format!("Allowed: {}", verbs.join(" ")),
        Narration::Budget(verb, times) => format!("Allowed: {verb}, {times} times"),
        Narration::Hint(text) => format!("Hint: {text}"),
    }
}

/// The outcome of one file, as JSON tells it.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    ok: bool,
    errors: Vec<Wrong>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<Run>,
}

#[derive(Serialize)]
struct Wrong {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    text: String,
}

#[derive(Serialize)]
struct Run {
    expectations: u32,
    narration: Vec<Said>,
    /// In microseconds.
    time: u64,
    hash: String,
}

#[derive(Serialize)]
struct Said {
    line: u32,
    text: String,
}

impl<'a> Told<'a> {
    fn new(file: &'a str, runner: &Runner) -> Told<'a> {
        let report = runner.report();
        let errors = report.failures.iter().map(|failure| Wrong {
            line: failure.line,
            column: None,
            text: failure.text.clone(),
        });
        let narration = runner.narration();
        let said = narration.map(|(line, narration)| Said { line, text: in_words(narration) });
        let run = Run {
            expectations: report.expectations,
            narration: said.collect(),
            time: runner.world().now_us(),
            hash: format!("{:016x}", runner.world().hash()),
        };
        Told { file, ok: report.ok, errors: errors.collect(), run: Some(run) }
    }
}

fn tell_parse_errors(name: &str, errors: &[ParseError], format: Format) {
    tell_parse_errors_in_words(name, errors);
    if format == Format::Json {
        let errors = errors.iter().map(|error| Wrong {
            line: error.line,
            column: Some(error.column),
            text: error.message(),
        });
        tell(to_json(&Told { file: name, ok: false, errors: errors.collect(), run: None }));
    }
}

/// To standard error, a line an error.
pub(super) fn tell_parse_errors_in_words(name: &str, errors: &[ParseError]) {
    for error in errors {
        complain(format!("{name}:{error}"));
    }
}

fn to_json(told: &Told<'_>) -> String {
    serde_json::to_string(told).expect("strings and numbers are always JSON")
}
