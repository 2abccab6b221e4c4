//! `raftarium lab`: runs an experiment on all cores, and prints what it measured.

mod designs;
mod progress;

use std::num::NonZeroUsize;
use std::thread;

use clap::{Args, Subcommand, ValueEnum};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::lab::experiment::{
    Experiment, ExperimentResults, ResultTable, TableCell, TrialTally, plot_svg, run_on_threads,
};

use self::designs::{
    AvailabilityOptions, CustomOptions, ElectionsOptions, SplitVotesOptions, WideAreaOptions,
};
use super::exit_status::ExitStatus;
use super::terminal::{print, print_error};

/// Repeat published measurements, and measure clusters of one's own
///
/// An experiment runs many trials, each with a seed of its own, and prints a row per series. The
/// same seed gives the same figures, whatever the number of threads.
///
/// Exit status: 0 if all trials measured something, 1 if some failed, 2 if FILE does not parse or
/// an option is invalid.
#[derive(Debug, Args)]
pub(super) struct LabOptions {
    #[command(subcommand)]
    experiment: Experiments,
}

#[derive(Debug, Subcommand)]
enum Experiments {
    Elections(ElectionsOptions),
    WideArea(WideAreaOptions),
    SplitVotes(SplitVotesOptions),
    Availability(AvailabilityOptions),
    Run(CustomOptions),
}

/// What all experiments have.
#[derive(Debug, Args)]
struct CommonOptions {
    /// How many trials each series has; the usual number depends on the experiment
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    trials: Option<u32>,
    /// The seed from which those of the trials are drawn
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many threads run trials; by default all cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// The form of the result: a table, or a plot
    #[arg(long, value_enum, default_value_t = LabFormat::Csv)]
    format: LabFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LabFormat {
    /// Comma-separated values with a header
    Csv,
    /// An array of objects
    Json,
    /// A plot
    Svg,
}

pub(super) fn lab(options: &LabOptions) -> ExitStatus {
    let (common, design, title) = match &options.experiment {
        Experiments::Elections(options) => {
            (&options.common, options.design(), "Time without a leader")
        }
        Experiments::WideArea(options) => {
            (&options.common, options.design(), "Elections in a wide-area network")
        }
        Experiments::SplitVotes(options) => (&options.common, options.design(), "Split votes"),
        Experiments::Availability(options) => {
            (&options.common, options.design(), "A minute in which the leader crashes every 5 s")
        }
        Experiments::Run(options) => (&options.common, options.design(), options.title()),
    };
    let prepared = design.and_then(|design| {
        let trials = common.trials.unwrap_or(design.usual_trials());
        let experiment = Experiment { design, trials, seed: common.seed };
        let series = experiment.series()?;
        Ok((experiment, series))
    });
    let (experiment, series) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            print_error(error);
            return ExitStatus::Unusable;
        }
    };
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = common.jobs.map_or_else(cores, usize::from);
    let tally = TrialTally::default();
    let trials = series.iter().map(|series| u64::from(series.trials)).sum();
    let results =
        progress::shown(&tally, trials, || run_on_threads(experiment, &series, threads, &tally));
    print_results(&results, common.format, title);
    report_failures(&results)
}

fn print_results(results: &ExperimentResults, format: LabFormat, title: &str) {
    match format {
        LabFormat::Csv => print(ResultTable::new(results).csv().trim_end()),
        LabFormat::Json => {
            let rows = JsonRows(&ResultTable::new(results));
            print(serde_json::to_string(&rows).expect("texts and numbers are always JSON"));
        }
        LabFormat::Svg => print(plot_svg(results, title).trim_end()),
    }
}

fn report_failures(results: &ExperimentResults) -> ExitStatus {
    let mut status = ExitStatus::Success;
    for series in results.series.iter().filter(|series| series.failed > 0) {
        let failure = series.failure.as_deref().unwrap_or_default();
        let (name, failed, done) = (&series.name, series.failed, series.done);
        print_error(format!("{name}: {failed} of {done} trials failed, the first: {failure}"));
        status = ExitStatus::Failure;
    }
    status
}

/// The rows as objects, whose keys are the columns in their order.
struct JsonRows<'a>(&'a ResultTable);

struct JsonRow<'a>(&'a [&'static str], &'a [TableCell]);

impl Serialize for JsonRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.0.rows.len()))?;
        self.0
            .rows
            .iter()
            .try_for_each(|row| rows.serialize_element(&JsonRow(&self.0.columns, row)))?;
        rows.end()
    }
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0.iter().zip(self.1) {
            match cell {
                TableCell::Text(text) => fields.serialize_entry(name, text)?,
                TableCell::Count(count) => fields.serialize_entry(name, count)?,
                // As many digits as the table shows.
                TableCell::Number(number) => {
                    let shown = cell.to_string().parse::<f64>().unwrap_or(*number);
                    fields.serialize_entry(name, &shown)?;
                }
                TableCell::Missing => fields.serialize_entry(name, &())?,
            }
        }
        fields.end()
    }
}
