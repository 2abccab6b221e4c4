//! `raftarium fuzz`: searches for a schedule that does harm, and writes it as a short script.

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

use crate::lab::{Counterexample, Search, Tally};
use crate::raft::Rule;
use crate::script::parse;
use crate::sim::Setup;

use super::exit_status::ExitStatus;
use super::terminal::{print, print_error, read};

/// How often a long search reports its progress.
const PROGRESS_EVERY: Time = Time::from_secs(1);

/// Search random schedules for harm, and write a script that replays it
///
/// A schedule crashes and pauses servers, cuts links, delays, holds and loses messages, skews
/// clocks, changes settings and the membership, and sends client commands, all drawn from its seed.
/// Then the cluster is made whole and left alone for ten election timeouts. Harm is a violated
/// property, or a whole cluster left alone that has no leader or leaves a command without an
/// answer. The schedule of the lowest seed that does harm is shrunk to a short script; `raftarium
/// run` replays it.
///
/// Exit status: 0 if no harm was found, 1 if some was found, 2 if FILE does not parse or an option
/// is invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium fuzz
  raftarium fuzz --rule majority
  raftarium fuzz --rule persist-log --seeds 1..500 --out lost.raft
  raftarium fuzz cluster.raft --rule dedupe > twice.raft
  echo 'servers 3' | raftarium fuzz -")]
pub(super) struct FuzzOptions {
    /// A script whose head describes the cluster of every schedule, except for the seed; `-` reads
    /// standard input. Without FILE, each schedule draws its own cluster
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The range of seeds, both ends included
    #[arg(long, value_name = "A..B", default_value = "1..10000")]
    seeds: Seeds,
    /// Turn this rule off in every schedule; can be repeated
    #[arg(long = "rule", value_name = "NAME", value_parser = rule_parser())]
    rules: Vec<Rule>,
    /// Write the script to FILE instead of standard output
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

pub(super) fn fuzz(options: &FuzzOptions) -> ExitStatus {
    let cluster = match options.file.as_deref().map(read_cluster) {
        Some(Err(errors)) => {
            print_error(errors);
            return ExitStatus::Unusable;
        }
        cluster => cluster.and_then(Result::ok),
    };
    let mut off = options.rules.clone();
    off.sort();
    off.dedup();
    let search = Search { seeds: options.seeds.0.clone(), cluster, off };
    let (seed, summary) = run_search(&search);
    // Standard output holds only the script.
    match (seed, &options.out) {
        (Some(_), None) => print_error(summary),
        _ => print(summary),
    }
    match seed {
        Some(seed) => write_script(&search, seed, options.out.as_deref()),
        None => {
            let (first, last) = (search.seeds.start(), search.seeds.end());
            print(format!("no harm found in seeds {first}..{last}"));
            ExitStatus::Success
        }
    }
}

/// The cluster that the head of a script describes.
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
        print_error(format!(
            "{name}:{number}: only the head of the script is used, as the cluster of every \
             schedule; \
             statements from this line on are ignored"
        ));
    }
    Ok(script.setup())
}

/// Searches on all cores. Returns the seed that was found, and a summary.
fn run_search(search: &Search) -> (Option<u64>, String) {
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
    let abandoned = match tally.abandoned() {
        0 => String::new(),
        count => format!(" ({count} abandoned after too many events)"),
    };
    let summary = format!(
        "{schedules} schedules{abandoned} with {events} events in {seconds:.2} s: {} schedules/s, \
         {} \
         events/s",
        per_second(schedules),
        per_second(events)
    );
    (found, summary)
}

/// Writes the harm of a seed as a script.
fn write_script(search: &Search, seed: u64, out: Option<&Path>) -> ExitStatus {
    let Some(found) = search.counterexample(seed, &mut |_| {}) else {
        print_error(format!("seed {seed} does harm, but no script replays it; please report this"));
        return ExitStatus::Failure;
    };
    let script = found.script().to_string();
    let Counterexample { harm, acts, shrunk, .. } = found;
    print_error(format!(
        "seed {seed} {harm}: shrunk to {} of {acts} actions in {} runs",
        shrunk.recording.acts.len(),
        shrunk.runs
    ));
    let written = out.map_or(Ok(()), |path| {
        fs::write(path, &script)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display()))
    });
    if out.is_none() || written.is_err() {
        // The result of a long search must not be lost.
        let _ = io::stdout().write_all(script.as_bytes());
    }
    match written {
        Ok(()) => ExitStatus::Failure,
        Err(error) => {
            print_error(error);
            ExitStatus::Unusable
        }
    }
}
