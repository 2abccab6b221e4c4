//! One trial of an experiment.

use crate::sim::Span;

use super::chance::trial_seed;
use super::custom::ScriptTrial;
use super::figure_16;
use super::meter::Values;
use super::split_votes::SplitVoteCase;
use super::wide_area;

/// What the trials of a series do.
#[derive(Clone, Debug, PartialEq)]
pub enum Trial {
    /// Election timeouts from this range, as in figure 16.
    Election(Span),
    /// The number of servers that are down.
    WideArea(usize),
    SplitVote(SplitVoteCase),
    Script(Box<ScriptTrial>),
}

/// What one trial measured: the values of each column, or why there are none.
pub type TrialResult = Result<Vec<Vec<f64>>, String>;

impl Trial {
    /// The most trials of a batch. The page reads the values of a batch between two frames, and a
    /// script may measure thousands in one trial.
    pub(super) fn batch_max(&self) -> u32 {
        match self {
            Trial::Script(_) => 4,
            Trial::Election(_) | Trial::WideArea(_) | Trial::SplitVote(_) => 2_000,
        }
    }

    /// Runs a trial of an experiment with this seed. It depends on nothing else.
    pub fn run(&self, seed: u64, number: u32) -> TrialResult {
        let seed = trial_seed(seed, number);
        let ms = |time_us: u64| -> Values { vec![vec![time_us as f64 / 1e3]] };
        match self {
            Trial::Election(timeout) => {
                Ok(ms(figure_16::time_without_leader(*timeout, seed).map_err(str::to_owned)?))
            }
            Trial::WideArea(down) => {
                let missing = "no leader lasts within ten minutes";
                Ok(ms(wide_area::lasting_leader_us(*down, seed).ok_or(missing)?))
            }
            Trial::SplitVote(case) => {
                let (splits, first) = case.run(seed).ok_or("nothing happens")?;
                Ok(vec![vec![f64::from(splits)], vec![first]])
            }
            Trial::Script(script) => script.run(seed),
        }
    }
}
