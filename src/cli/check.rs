//! `raftarium check`: reads traces back, and checks the properties over them.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::check::{Property, TRACE_VERSION, TraceChecker, TraceHeader, TraceLine};

use super::exit_status::ExitStatus;
use super::format::Format;
use super::terminal::{print, print_error};

/// Check the safety properties over a trace
///
/// Exit status: 0 if all properties hold, 1 if one is broken, 2 if a trace cannot be read or is not
/// valid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium run election.raft --trace events.jsonl
  raftarium check events.jsonl
  raftarium check events.jsonl --format json
  cat events.jsonl | raftarium check -")]
pub(super) struct CheckOptions {
    /// The traces to check, one after the other; `-` reads standard input
    #[arg(required = true, value_name = "TRACE")]
    traces: Vec<PathBuf>,
    /// The form of the report; json prints one line per trace
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The fields that are arrays.
const LISTS: [&str; 10] = [
    "servers",
    "why",
    "changes",
    "invoked",
    "answered",
    "appended",
    "entries",
    "voters",
    "old_voters",
    "learners",
];

/// Why a trace is not valid, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// 0: the whole file.
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    pub text: String,
}

/// The first broken property of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    pub property: &'static str,
    pub line: u64,
    /// The number of the event in the trace, if it has one.
    pub event: Option<u64>,
    pub text: String,
}

/// The outcome for one trace. Its keys are a contract.
#[derive(Debug, Serialize)]
struct TraceReport<'a> {
    file: &'a str,
    ok: bool,
    errors: Vec<Problem>,
    /// How many events were checked.
    events: u64,
    broken: Option<Broken>,
    /// The properties that hold.
    hold: Vec<&'static str>,
    /// The properties that the trace says too little about.
    not_judged: Vec<&'static str>,
}

/// Checks all traces, and reports each.
pub(super) fn check(options: &CheckOptions) -> ExitStatus {
    let mut status = ExitStatus::Success;
    for path in &options.traces {
        let name = path.display().to_string();
        let mut reader = TraceReader::default();
        let outcome = match open(path) {
            Ok(input) => reader.read(input),
            Err(error) => Err(Problem::at(0, format!("cannot be read: {error}"))),
        };
        status = status.max(report(&name, &reader, outcome, options.format));
    }
    status
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(File::open(path)?)))
}

impl Problem {
    fn at(line: u64, text: String) -> Problem {
        Problem { line, column: None, text }
    }

    /// Without the place in the error's own text: to serde_json, each line is the first.
    fn of_json(line: u64, error: &serde_json::Error) -> Problem {
        let text = error.to_string();
        let text = text.rsplit_once(" at line ").map_or(&*text, |(text, _)| text);
        let column = Some(error.column()).filter(|column| *column > 0);
        Problem { line, column, text: text.to_owned() }
    }
}

/// Reads the lines of a trace, and checks them.
#[derive(Debug, Default)]
pub struct TraceReader {
    /// The run of the newest line; a trace may hold several, one after the other.
    checker: TraceChecker,
    file: Option<String>,
    /// The properties that were judged in any run.
    judged: Vec<Property>,
    events: u64,
    has_header: bool,
}

impl TraceReader {
    /// Reads up to the first broken property.
    ///
    /// # Errors
    /// The first line that is not valid.
    pub fn read(&mut self, mut input: impl BufRead) -> Result<Option<Broken>, Problem> {
        let mut text = Vec::new();
        for number in 1.. {
            text.clear();
            let length = input.read_until(b'\n', &mut text);
            let length = length.map_err(|error| Problem::at(number, error.to_string()))?;
            if length == 0 {
                break;
            }
            let line = text.trim_ascii_end();
            if !line.is_empty()
                && let Some(broken) = self.take(number, line)?
            {
                return Ok(Some(broken));
            }
        }
        self.note_judged();
        if self.has_header {
            Ok(None)
        } else {
            Err(Problem::at(1, "expected the first line of a trace".to_owned()))
        }
    }

    fn take(&mut self, number: u64, text: &[u8]) -> Result<Option<Broken>, Problem> {
        if !self.has_header {
            let header: TraceHeader = parse(number, text)?;
            self.has_header = true;
            return check_header(&header).map_err(|text| Problem::at(number, text)).map(|()| None);
        }
        let line: TraceLine = parse(number, text)?;
        if line.file != self.file {
            self.note_judged();
            self.checker = TraceChecker::default();
            self.file.clone_from(&line.file);
        }
        self.events += 1;
        let found = line.check_fields().and_then(|()| self.checker.take(&line));
        let found = found.map_err(|text| Problem::at(number, text))?;
        Ok(found.map(|(property, text)| Broken {
            property: property.name(),
            line: number,
            event: line.id,
            text,
        }))
    }

    fn note_judged(&mut self) {
        let judged = Property::ALL.into_iter().filter(|property| self.checker.judges(*property));
        self.judged.extend(judged);
    }

    /// The names of the properties that were judged, or of the others.
    fn properties(&self, judged: bool) -> Vec<&'static str> {
        let chosen = |property: &Property| self.judged.contains(property) == judged;
        Property::ALL.into_iter().filter(chosen).map(Property::name).collect()
    }
}

fn parse<T: DeserializeOwned>(number: u64, text: &[u8]) -> Result<T, Problem> {
    let invalid = |error| Problem::of_json(number, &error);
    let parsed = serde_json::from_slice(text).map_err(invalid)?;
    // To serde, an array is as good as an object: its items are the fields in order.
    let value: Value = serde_json::from_slice(text).map_err(invalid)?;
    match array_of_fields(&value, None) {
        Some(found) => Err(Problem::at(number, found)),
        None => Ok(parsed),
    }
}

/// An array where an object belongs. All arrays of a trace are in an object, and none is in an
/// array.
fn array_of_fields(value: &Value, list: Option<&str>) -> Option<String> {
    match value {
        Value::Object(fields) => fields.iter().find_map(|(name, field)| match field {
            Value::Array(items) if LISTS.contains(&&**name) => {
                items.iter().find_map(|item| array_of_fields(item, Some(name)))
            }
            Value::Array(_) => Some(format!("expected no array in `{name}`")),
            _ => array_of_fields(field, None),
        }),
        Value::Array(_) => Some(match list {
            Some(name) => format!("expected an object in `{name}`, found an array"),
            None => "expected an object, found an array".to_owned(),
        }),
        _ => None,
    }
}

fn check_header(header: &TraceHeader) -> Result<(), String> {
    if header.trace != "raft" {
        return Err(format!("expected \"trace\":\"raft\", found \"{}\"", header.trace));
    }
    if header.version != TRACE_VERSION {
        return Err(format!(
            "this trace has version {}; this program reads version {TRACE_VERSION}",
            header.version
        ));
    }
    Ok(())
}

fn report(
    name: &str,
    reader: &TraceReader,
    outcome: Result<Option<Broken>, Problem>,
    format: Format,
) -> ExitStatus {
    let status = match &outcome {
        Ok(None) => ExitStatus::Success,
        Ok(Some(_)) => ExitStatus::Failure,
        Err(_) => ExitStatus::Unusable,
    };
    let is_ok = status == ExitStatus::Success;
    let names = |judged| if is_ok { reader.properties(judged) } else { Vec::new() };
    let (hold, not_judged) = (names(true), names(false));
    match &outcome {
        Ok(None) if format == Format::Text => {
            print_holding(name, reader.events, &hold, &not_judged)
        }
        Ok(None) => {}
        Ok(Some(Broken { property, line, text, .. })) => {
            print_error(format!("{name}:{line}: {property} is broken: {text}"));
        }
        Err(Problem { line: 0, text, .. }) => print_error(format!("{name}: {text}")),
        Err(Problem { line, column: Some(column), text }) => {
            print_error(format!("{name}:{line}:{column}: {text}"));
        }
        Err(Problem { line, text, .. }) => print_error(format!("{name}:{line}: {text}")),
    }
    if format == Format::Json {
        let (broken, errors) = match outcome {
            Ok(broken) => (broken, Vec::new()),
            Err(problem) => (None, vec![problem]),
        };
        let report = TraceReport {
            file: name,
            ok: is_ok,
            errors,
            events: reader.events,
            broken,
            hold,
            not_judged,
        };
        print(serde_json::to_string(&report).expect("strings and numbers are always JSON"));
    }
    status
}

fn print_holding(name: &str, events: u64, hold: &[&str], not_judged: &[&str]) {
    let of_all = match (hold, not_judged) {
        (_, []) => "all properties hold".to_owned(),
        ([], _) => "the trace says too little to judge any property".to_owned(),
        _ => format!("{} hold; not judged: {}", hold.join(", "), not_judged.join(", ")),
    };
    let events = if events == 1 { "1 event".to_owned() } else { format!("{events} events") };
    print(format!("{name}: ok, {events}, {of_all}"));
}
