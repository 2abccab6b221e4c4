//! The experiments of `raftarium lab`, with their options.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use crate::lab::experiment::{Against, Design, Quantity, SplitVoteCase, timeout_range};
use crate::script::{Script, Statement, parse};
use crate::sim::{MILLION, Span};

use super::super::terminal::read;
use super::CommonOptions;

/// Figure 16 of the paper: the time without a leader after a crash
///
/// Five servers whose logs differ; the leader crashes between two heartbeats. Prints a row per
/// range of election timeouts, in milliseconds. A range without any spread has a tenth of the
/// trials, as in the paper, but at least 100 or as many as you ask for.
#[derive(Debug, Args)]
#[command(
    visible_alias = "figure-16",
    after_help = "Examples:
  raftarium lab elections
  raftarium lab elections --timeout 150ms..155ms --timeout 12ms..24ms --trials 200
  raftarium lab elections --format svg > figure-16.svg"
)]
pub(super) struct ElectionsOptions {
    /// A range of election timeouts; can be repeated. By default the ten of the figure
    #[arg(long = "timeout", value_name = "A..B", value_parser = timeout_range)]
    timeouts: Vec<Span>,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

/// Elections of servers that are far apart: section 9.4 of the dissertation
///
/// Five servers, 30 to 40 ms apart, with none, one or two of them down, until the first leader that
/// lasts.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium lab wide-area
  raftarium lab wide-area --trials 1000 --format json")]
pub(super) struct WideAreaOptions {
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

/// How often the first election splits the vote, beside the closed form
///
/// Runs every combination of sizes, servers down and latencies that leaves a majority.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium lab split-votes
  raftarium lab split-votes --servers 3,5,7,9 --down 0,1 --latency 0.05,0.1,0.2")]
pub(super) struct SplitVotesOptions {
    /// Sizes of clusters, 2 to 9
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_value = "5")]
    servers: Vec<usize>,
    /// How many servers are down
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_value = "0,1,2")]
    down: Vec<usize>,
    /// One-way latencies as shares of the range of election timeouts
    #[arg(long, value_name = "L,...", value_delimiter = ',', default_value = "0.05,0.1,0.2")]
    latency: Vec<f64>,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

/// Availability and latency of a cluster under load whose leader crashes every five seconds
///
/// The availability is the share of commands that are answered within a second.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium lab availability
  raftarium lab availability --against servers --trials 50
  raftarium lab availability --against latency --format svg > latency.svg")]
pub(super) struct AvailabilityOptions {
    /// What the series differ in
    #[arg(long, value_parser = against_parser(), default_value = "loss")]
    against: Against,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

/// An experiment of your own: a script, settings that vary, and what to measure
///
/// Each trial runs the script to its end with another seed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium lab run crash.raft --measure last-wait
  raftarium lab run crash.raft --vary 'pre-vote off' --vary 'pre-vote on' --measure terms
  raftarium lab run load.raft --vary 'loss 5%; latency 30ms..40ms' --measure commit-latency")]
pub(super) struct CustomOptions {
    /// The script; `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The settings of a series, as lines of the language with `;` between them; can be repeated
    #[arg(long = "vary", value_name = "SETTING")]
    variants: Vec<String>,
    /// What to measure; can be repeated
    #[arg(long = "measure", value_parser = quantity_parser(), default_value = "last-wait")]
    quantities: Vec<Quantity>,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

fn quantity_parser() -> impl TypedValueParser<Value = Quantity> {
    let values = Quantity::ALL.map(|quantity| {
        clap::builder::PossibleValue::new(quantity.name()).help(quantity.meaning())
    });
    PossibleValuesParser::new(values)
        .try_map(|name| Quantity::named(&name).ok_or("no such quantity"))
}

fn against_parser() -> impl TypedValueParser<Value = Against> {
    PossibleValuesParser::new(Against::ALL.map(Against::name))
        .try_map(|name| Against::named(&name).ok_or("no such setting"))
}

impl ElectionsOptions {
    pub fn design(&self) -> Result<Design, String> {
        if self.timeouts.is_empty() {
            return Ok(Design::figure_16());
        }
        Ok(Design::Elections(self.timeouts.clone()))
    }
}

impl WideAreaOptions {
    pub fn design(&self) -> Result<Design, String> {
        Ok(Design::WideArea)
    }
}

impl SplitVotesOptions {
    pub fn design(&self) -> Result<Design, String> {
        let mut cases = Vec::new();
        let mut refused = None;
        for &servers in &self.servers {
            for &down in &self.down {
                for &latency in &self.latency {
                    match case(servers, down, latency) {
                        Ok(case) => cases.push(case),
                        // Of a list, some may not fit: nine servers can spare four, three cannot.
                        Err(error) => refused = refused.or(Some((down, error))),
                    }
                }
            }
        }
        match refused {
            Some((down, error)) if down == 0 || cases.is_empty() => Err(error),
            _ => Ok(Design::SplitVotes(cases)),
        }
    }
}

fn case(servers: usize, down: usize, latency: f64) -> Result<SplitVoteCase, String> {
    if !(0.0..1.0).contains(&latency) {
        return Err(format!("expected a latency from 0 to below 1, found {latency}"));
    }
    SplitVoteCase::new(servers, down, (latency * f64::from(MILLION)).round() as u32)
}

impl AvailabilityOptions {
    pub fn design(&self) -> Result<Design, String> {
        Ok(Design::Availability(self.against))
    }
}

impl CustomOptions {
    pub fn design(&self) -> Result<Design, String> {
        let script = Box::new(self.script()?);
        let (variants, quantities) = (self.variants.clone(), self.quantities.clone());
        Ok(Design::Custom { script, variants, quantities })
    }

    fn script(&self) -> Result<Script, String> {
        let name = self.file.display();
        let text = read(&self.file).map_err(|error| format!("{name}: cannot be read: {error}"))?;
        let script = parse(&text).map_err(|errors| {
            let errors: Vec<String> =
                errors.iter().map(|error| format!("{name}:{error}")).collect();
            errors.join("\n")
        })?;
        let waits = |(_, statement): (u32, &Statement)| matches!(statement, Statement::Wait { .. });
        if self.quantities.contains(&Quantity::LastWait) && !script.statements().any(waits) {
            return Err(format!(
                "{name}: `last-wait` measures a `wait`, and the script has none; add one, or \
                 choose another quantity with --measure"
            ));
        }
        Ok(script)
    }

    /// The name of the plot: that of its first quantity.
    pub fn title(&self) -> &'static str {
        self.quantities.first().map_or("", |quantity| quantity.name())
    }
}
