//! Explains violations by running a copy again with everything recorded.

use crate::check::Explanation;
use crate::script::lang::ast::Script;
use crate::sim::Recorder;

use super::Run;

/// How many events a replay keeps. A violation that took longer is explained from the newest ones.
const EVENTS_MAX: usize = 40_000;
/// The most events between the checkpoint that a replay begins at and the violation.
pub(in crate::script) const REPLAY_MAX: u64 = 200_000;

impl Run {
    /// Runs a script again up to its violation number `count`, and explains each.
    pub fn explain(script: Script, seed: Option<u64>, count: usize) -> Vec<Explanation> {
        let mut recorder = Recorder::keeping(EVENTS_MAX);
        let run = Run::with_seed(script, seed, &mut recorder);
        explain_ahead(run, 0, count, &mut recorder)
    }

    /// Explains the violations `from..count` of this run, which comes to them later.
    pub(in crate::script) fn explain_later(&self, from: usize, count: usize) -> Vec<Explanation> {
        explain_ahead(self.clone(), from, count, &mut Recorder::keeping(EVENTS_MAX))
    }
}

fn explain_ahead(
    mut run: Run,
    from: usize,
    count: usize,
    recorder: &mut Recorder,
) -> Vec<Explanation> {
    let mut explanations = Vec::new();
    loop {
        let violations = run.cluster().violations();
        for violation in violations.iter().skip(from + explanations.len()) {
            explanations.push(Explanation::of(violation, run.world(), recorder.journal()));
        }
        if from + explanations.len() >= count || !run.step(recorder) {
            return explanations;
        }
    }
}
