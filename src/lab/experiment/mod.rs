//! Experiments: many runs of our own Raft, each with a seed of its own, and what they measured.
//!
//! - `figure_16`: how long a cluster is without a leader. `wide_area`: the same far apart.
//! - `split_votes`: how often votes split, beside the closed form.
//! - `availability`: a cluster under load whose leader crashes. It is an experiment of one's own as
//!   `custom` runs them: a script, settings that vary, and quantities (`quantity`), which a `meter`
//!   measures.
//! - `trial` runs one of them from its seed (`chance`). `command` is how to repeat them.
//! - `results` collects what trials measured, in any order. `threads` runs them on many.
//! - `distribution`, `table` and `plot` sum it up; `picture` draws the plots as a file.
//!
//! Nothing is recorded while a trial runs: a trial is a world that is stepped.

mod availability;
mod chance;
mod command;
mod custom;
mod distribution;
mod figure_16;
mod meter;
mod picture;
mod plot;
mod point_columns;
mod quantity;
mod results;
mod split_votes;
mod table;
mod threads;
mod timeout_range;
mod trial;
mod value_axis;
mod wide_area;

use crate::script::{Script, parse};
use crate::sim::Span;

pub use availability::Against;
pub use custom::ScriptTrial;
pub use distribution::{Distribution, PublishedCurve, QUANTILES};
pub use figure_16::{PUBLISHED_RANGES, PublishedRange, published};
pub use picture::{
    PLOT_COLORS, POINT_RADIUS, legend_name, name_turn, path, plot_dashes, plot_svg, square,
};
pub use plot::{Plot, PlotLine, PlotSize, PlotSource, plots};
pub use quantity::Quantity;
pub use results::{Batch, BatchResult, ExperimentResults, SeriesResults};
pub use split_votes::SplitVoteCase;
pub use table::{ResultTable, TableCell};
pub use threads::{TrialTally, run_on_threads};
pub use timeout_range::timeout_range;
pub use trial::{Trial, TrialResult};
pub use value_axis::number;
pub use wide_area::{PUBLISHED_ELECTIONS, PublishedElections};

/// The published experiment had that many trials of a range without any spread, and ten times as
/// many of the others: each takes long.
pub const TRIALS_WITHOUT_SPREAD: u32 = 100;

/// What to find out.
#[derive(Clone, Debug, PartialEq)]
pub enum Design {
    /// Figure 16, with these ranges of election timeouts.
    Elections(Vec<Span>),
    /// With none, one and two servers down.
    WideArea,
    SplitVotes(Vec<SplitVoteCase>),
    Availability(Against),
    Custom {
        script: Box<Script>,
        /// The settings of each series; see [`ScriptTrial::new`].
        variants: Vec<String>,
        quantities: Vec<Quantity>,
    },
}

impl Design {
    /// Figure 16 as it was published.
    pub fn figure_16() -> Design {
        Design::Elections(PUBLISHED_RANGES.iter().map(PublishedRange::timeout).collect())
    }

    /// As on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Design::Elections(_) => "elections",
            Design::WideArea => "wide-area",
            Design::SplitVotes(_) => "split-votes",
            Design::Availability(_) => "availability",
            Design::Custom { .. } => "run",
        }
    }

    /// How many trials of a series give figures that hold.
    pub fn usual_trials(&self) -> u32 {
        match self {
            Design::Elections(_) => 1_000,
            Design::WideArea => 10_000,
            // The standard error of a share of .5 is then .0016.
            Design::SplitVotes(_) => 100_000,
            Design::Availability(_) => 20,
            Design::Custom { .. } => 100,
        }
    }
}

/// What to find out, how often, and from which seed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    pub design: Design,
    /// Of each series; of a range of timeouts without any spread, a tenth, but at least 100.
    pub trials: u32,
    pub seed: u64,
}

/// Trials that differ in their seeds only.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialSeries {
    pub name: String,
    pub trial: Trial,
    pub trials: u32,
}

impl Experiment {
    /// The names of the columns that each trial measures.
    pub fn columns(&self) -> Vec<&'static str> {
        match &self.design {
            Design::Elections(_) | Design::WideArea => vec!["time"],
            Design::SplitVotes(_) => vec!["split", "first-timeout"],
            Design::Availability(_) => {
                AVAILABILITY_QUANTITIES.iter().map(|quantity| quantity.name()).collect()
            }
            Design::Custom { quantities, .. } => {
                quantities.iter().map(|quantity| quantity.name()).collect()
            }
        }
    }

    /// Its series, in order.
    ///
    /// # Errors
    /// If a variant does not fit its script.
    pub fn series(&self) -> Result<Vec<TrialSeries>, String> {
        let trials = self.trials;
        let series = |name: String, trial| TrialSeries { name, trial, trials };
        Ok(match &self.design {
            Design::Elections(timeouts) => {
                let of_range = |timeout: &Span| TrialSeries {
                    name: timeout.to_string(),
                    trial: Trial::Election(*timeout),
                    trials: trials_of(*timeout, trials),
                };
                timeouts.iter().map(of_range).collect()
            }
            Design::WideArea => {
                let name = |down| format!("{down} of {} down", wide_area::SERVERS);
                let down = 0..PUBLISHED_ELECTIONS.len();
                down.map(|down| series(name(down), Trial::WideArea(down))).collect()
            }
            Design::SplitVotes(cases) => {
                let of_case = |case: &SplitVoteCase| {
                    let (servers, down, latency) = (case.servers, case.down, case.latency());
                    let name = format!("{servers} servers, {down} down, latency {latency}");
                    series(name, Trial::SplitVote(*case))
                };
                cases.iter().map(of_case).collect()
            }
            Design::Availability(against) => {
                let script =
                    parse(availability::SCRIPT).map_err(|_| "the script does not parse")?;
                let variants = against.variants().iter().map(|variant| (*variant).to_owned());
                let variants: Vec<String> = variants.collect();
                script_series(&script, &variants, &AVAILABILITY_QUANTITIES, trials)?
            }
            Design::Custom { script, variants, quantities } => {
                script_series(script, variants, quantities, trials)?
            }
        })
    }
}

/// The columns of [`Design::Availability`], in their order.
const AVAILABILITY_QUANTITIES: [Quantity; 4] = [
    Quantity::Availability,
    Quantity::CommitLatency,
    Quantity::AnswerLatency,
    Quantity::Leaderless,
];

/// A range without any spread has a tenth of the trials, as in the published experiment, but never
/// less than the published number of them.
fn trials_of(timeout: Span, trials: u32) -> u32 {
    if timeout.from_us < timeout.to_us {
        return trials;
    }
    trials.min((trials / 10).max(TRIALS_WITHOUT_SPREAD))
}

fn script_series(
    script: &Script,
    variants: &[String],
    quantities: &[Quantity],
    trials: u32,
) -> Result<Vec<TrialSeries>, String> {
    let plain = [String::new()];
    let variants = if variants.is_empty() { &plain[..] } else { variants };
    let series = variants.iter().map(|variant| {
        let trial = Trial::Script(Box::new(ScriptTrial::new(script, variant, quantities)?));
        let name = if variant.is_empty() { "as written".to_owned() } else { variant.clone() };
        Ok(TrialSeries { name, trial, trials })
    });
    series.collect()
}
