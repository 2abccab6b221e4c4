//! What a search found, shrunk, as a script: the same for the command line and the page.

use crate::raft::Rule;
use crate::script::Script;

use super::harm::Harm;
use super::recording::{Recording, record};
use super::search::Search;
use super::shrink::{Preserve, Shrunk, shrink_observed, size};

/// A schedule that does harm.
#[derive(Clone, Debug)]
pub struct Counterexample {
    pub seed: u64,
    /// The harm that the whole schedule does.
    pub harm: Harm,
    /// The number of actions of the whole schedule, up to its harm.
    pub acts: usize,
    pub shrunk: Shrunk,
    /// The rules that were off in the search.
    off: Vec<Rule>,
}

/// How far shrinking has come.
#[derive(Clone, Copy, Debug)]
pub struct Shrinking<'a> {
    /// The number of recordings tried.
    pub runs: u32,
    /// The number of actions of the whole schedule.
    pub acts: usize,
    /// The smallest recording so far.
    pub smallest: &'a Recording,
}

impl Search {
    /// The schedule of a seed that does harm, shrunk. `None` if no script replays it. Calls
    /// `observe` after each recording that shrinking tried.
    pub fn counterexample(
        &self,
        seed: u64,
        observe: &mut dyn FnMut(Shrinking<'_>),
    ) -> Option<Counterexample> {
        let (recording, harm) = record(&self.schedule(seed))?;
        let preserve = match self.cluster {
            Some(_) => Preserve::Cluster,
            None => Preserve::RulesOff(self.off.clone()),
        };
        let acts = recording.acts.len();
        let (mut runs, mut smallest) = (0, recording.clone());
        let shrunk = shrink_observed(recording, &preserve, &mut |best| {
            runs += 1;
            if size(best) < size(&smallest) {
                smallest = best.clone();
            }
            observe(Shrinking { runs, acts, smallest: &smallest });
        });
        Some(Counterexample { seed, harm, acts, shrunk, off: self.off.clone() })
    }
}

impl Counterexample {
    /// The script that replays it, with comments that say where it comes from.
    pub fn script(&self) -> Script {
        let off: Vec<&str> = self.off.iter().map(|rule| rule.name()).collect();
        let off = match off.as_slice() {
            [] => "every rule on".to_owned(),
            off => format!("off: {}", off.join(", ")),
        };
        let Counterexample { seed, harm, acts, shrunk, .. } = self;
        let left = shrunk.recording.acts.len();
        let mut comments = vec![
            format!("Found by `raftarium fuzz`, {off}: seed {seed} {harm}."),
            format!("Shrunk to {left} of the {acts} actions of that schedule. Now:"),
        ];
        comments.extend(shrunk.harm.iter().map(|harm| harm.text.replace('\n', " ")));
        shrunk.recording.script(&comments)
    }
}
