//! `raftarium fuzz`: looks for a schedule that violates a property, and writes it as a short script.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration as Time, Instant};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use crate::check::Violation;
use crate::lab::{Keep, Search, Shrunk, Tally, record, shrink};
use crate::raft::Rule;
use crate::script::parse;
use crate::sim::{Duration, Setup};

use super::Outcome;
use super::terminal::{complain, read, tell};

/// How often a long search says how far it is.
const PROGRESS_EVERY: Time = Time::from_secs(1);

/// Search schedules of faults and commands for a violation, and write the first one found as a script
///
/// A schedule crashes and pauses servers, cuts links, delays, holds and loses messages, skews clocks,
/// changes the membership, and lets clients send commands, all drawn from its seed. The lowest seed that
/// violates a property is made as short as it gets; the script replays it by `raftarium run`.
///
/// Exits with 0 where no violation was found, with 1 where one was, and with 2 where FILE does not parse or
/// an option is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium fuzz
  raftarium fuzz --rule majority
  raftarium fuzz --rule persist-log --seeds 1..500 --out lost.raft
  raftarium fuzz cluster.raft --rule dedupe > twice.raft
  echo 'servers 3' | raftarium fuzz -")]
pub(super) struct Options {
    /// A script whose head is the cluster of every schedule, all but its seed; `-` is standard input.
    /// Without it each schedule draws its own cluster
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The seeds of the schedules, the first and the last
    #[arg(long, value_name = "A..B", default_value = "1..10000")]
    seeds: Seeds,
    /// Switch that rule off in every schedule; may be given again
    #[arg(long = "rule", value_name = "NAME", value_parser = rule_parser())]
    rules: Vec<Rule>,
    /// Write the script there and not to standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
}

fn rule_parser() -> impl TypedValueParser<Value = Rule> {
    let named = |name: String| Rule::ALL.into_iter().find(|rule| rule.name() == name);
    PossibleValuesParser::new(Rule::ALL.map(Rule::name))
        .try_map(move |name| named(name).ok_or("no such rule"))
}

/// A range of seeds, both ends included.
#[derive(Clone, Debug)]
struct Seeds(RangeInclusive<u64>);

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Seeds, String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let number = |text: &str| {
            text.parse::<u64>()
                .map_err(|_| format!("expected seeds such as `1..500`, found `{text}`"))
        };
        let (first, last) = (number(first)?, number(last)?);
        if first > last {
            return Err(format!("expected the lower seed first, as in `{last}..{first}`"));
        }
        Ok(Seeds(first..=last))
    }
}

/// Searches, shrinks and writes.
pub(super) fn fuzz(options: &Options) -> Outcome {
    let cluster = match options.file.as_deref().map(read_cluster) {
        Some(Err(errors)) => {
            complain(errors);
            return Outcome::Unusable;
        }
        cluster => cluster.and_then(Result::ok),
    };
    let mut off = options.rules.clone();
    off.sort();
    off.dedup();
    let search = Search { seeds: options.seeds.0.clone(), cluster, off };
    let (seed, summary) = look(&search);
    // A script on standard output stands there alone.
    match (seed, &options.out) {
        (Some(_), None) => complain(summary),
        _ => tell(summary),
    }
    match seed {
        Some(seed) => write_up(&search, seed, options.out.as_deref()),
        None => {
            tell(format!("no violation found in seeds {}", in_words(&search.seeds)));
            Outcome::Fine
        }
    }
}

/// The cluster at the head of a script; or what is wrong with it.
fn read_cluster(path: &Path) -> Result<Setup, String> {
    let name = path.display();
    let text = read(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let script = parse(&text).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(|error| format!("{name}:{error}")).collect();
        errors.join("\n")
    })?;
    if let Some(line) = script.lines[script.head_len..].iter().find(|line| line.statement.is_some())
    {
        let number = line.number;
        complain(format!(
            "{name}:{number}: only the head of the script is used, as the cluster of every schedule; \
             what it does from this line on is left out"
        ));
    }
    Ok(script.setup())
}

fn in_words(seeds: &RangeInclusive<u64>) -> String {
    format!("{}..{}", seeds.start(), seeds.end())
}

/// Searches on all cores; the seed that was found, and how much was run.
fn look(search: &Search) -> (Option<u64>, String) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let tally = Tally::default();
    let begun = Instant::now();
    let found = thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        if io::stderr().is_terminal() {
            let tally = &tally;
            let total = (search.seeds.end() - search.seeds.start()).saturating_add(1);
            scope.spawn(move || {
                while is_done.recv_timeout(PROGRESS_EVERY) == Err(RecvTimeoutError::Timeout) {
                    let schedules = tally.schedules();
                    let _ = write!(io::stderr(), "\r{schedules} of {total} schedules");
                }
                let _ = write!(io::stderr(), "\r\x1b[K");
            });
        }
        let found = search.run(threads, &tally);
        drop(done);
        found
    });
    let seconds = begun.elapsed().as_secs_f64().max(1e-6);
    let (schedules, events) = (tally.schedules(), tally.events());
    let per_second = |count: u64| (count as f64 / seconds).round() as u64;
    let given_up = match tally.given_up() {
        0 => String::new(),
        count => format!(" ({count} given up, since too much happened in them)"),
    };
    let summary = format!(
        "{schedules} schedules{given_up} with {events} events in {seconds:.2} s: {} schedules/s, {} events/s",
        per_second(schedules),
        per_second(events)
    );
    (found, summary)
}

/// Writes what was found as a script.
fn write_up(search: &Search, seed: u64, out: Option<&Path>) -> Outcome {
    let Some((recording, violation)) = record(&search.chaos(seed)) else {
        complain(format!(
            "seed {seed} violates a property, but no script replays it; please report this"
        ));
        return Outcome::Failed;
    };
    let acts = recording.acts.len();
    let keep = match search.cluster {
        Some(_) => Keep::Cluster,
        None => Keep::Off(search.off.clone()),
    };
    let shrunk = shrink(recording, &keep);
    let comments = comments(search, seed, &violation, acts, &shrunk);
    let script = shrunk.recording.script(&comments).to_string();
    complain(format!(
        "{}: {} of {acts} acts are left after {} runs",
        found(seed, &violation),
        shrunk.recording.acts.len(),
        shrunk.runs
    ));
    let written = out.map_or(Ok(()), |path| {
        fs::write(path, &script)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display()))
    });
    if out.is_none() || written.is_err() {
        // What a long search has found is not to be lost.
        let _ = io::stdout().write_all(script.as_bytes());
    }
    match written {
        Ok(()) => Outcome::Failed,
        Err(error) => {
            complain(error);
            Outcome::Unusable
        }
    }
}

fn found(seed: u64, violation: &Violation) -> String {
    let Violation { property, time_us, .. } = violation;
    format!("seed {seed} violates {property} at {}", Duration(*time_us))
}

/// What the script's first lines say of where it comes from.
fn comments(
    search: &Search,
    seed: u64,
    violation: &Violation,
    acts: usize,
    shrunk: &Shrunk,
) -> Vec<String> {
    let off: Vec<&str> = search.off.iter().map(|rule| rule.name()).collect();
    let off = match off.as_slice() {
        [] => "every rule on".to_owned(),
        off => format!("off: {}", off.join(", ")),
    };
    let left = shrunk.recording.acts.len();
    let mut comments = vec![
        format!("Found by `raftarium fuzz`, {off}: {}.", found(seed, violation)),
        format!("{left} of the {acts} acts of that schedule are left, and violate it, too:"),
    ];
    comments.extend(shrunk.violation.iter().map(|violation| violation.text.replace('\n', " ")));
    comments
}
