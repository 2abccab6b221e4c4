//! Texts about the rules of Raft: their cards, their scenarios, and the search for counterexamples.

use std::fmt;

use crate::raft::Rule;
use crate::ui::state::{SearchPhase, SearchState};

pub const SCENARIO_NOT_TEXT: &str = "The site answers with something other than a script.";
pub const COUNTEREXAMPLE_WRONG: &str = "The counterexample cannot be opened. Nothing has changed.";

/// The scenario that shows what goes wrong without a rule has been opened.
pub fn opened_broken(rule: Rule) -> String {
    let without = rule.without();
    format!("This scenario shows what goes wrong without `{rule}`: {without}. Press Play.")
}

pub fn scenario_wrong(rule: Rule) -> String {
    format!(
        "The scenario of `{rule}` cannot be opened. Nothing has changed. Check your connection and \
         try again; the folder `scenarios` must stand beside the page."
    )
}

/// What a search found, and what is shown.
pub struct FoundCounterexample<'a> {
    pub rule: Rule,
    pub seed: u64,
    /// The number of scripts that shrinking tried.
    pub runs: u32,
    /// The number of actions left, and that of the whole schedule.
    pub acts: (usize, usize),
    pub harm: &'a str,
}

impl fmt::Display for FoundCounterexample<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FoundCounterexample { rule, seed, runs, acts: (left, of), harm } = self;
        write!(
            f,
            "A counterexample: with `{rule}` off, the schedule of seed {seed} does harm. {harm}. \
             Shrunk from {of} to {left} actions in {runs} runs. You see the moment of the harm; go \
             back in time to see how it came about."
        )
    }
}

/// The person ended shrinking early.
pub fn unshrunk(rule: Rule) -> String {
    format!(
        "A counterexample to `{rule}`, not shrunk to the end. You see the moment of the harm; go \
         back in time to see how it came about."
    )
}

/// The browser allows no worker here.
pub fn no_worker(rule: Rule, first_seed: u64, error: &str) -> String {
    let seeds = match first_seed {
        1 => String::new(),
        _ => format!(" --seeds {first_seed}..{}", first_seed + 9_999),
    };
    format!(
        "The search needs a thread of its own, and the browser allows none here, as in a sandboxed \
         frame ({error}). Open the page in a tab of its own, or run `raftarium fuzz --rule \
         {rule}{seeds}` on the command line."
    )
}

pub fn search_crashed(error: &str) -> String {
    let error = if error.is_empty() { "the browser gives no reason" } else { error };
    format!("The search has failed: {error}. Reload the page and try again.")
}

pub fn not_replayed(seed: u64) -> String {
    format!("The schedule of seed {seed} does harm, but no script replays it. Please report this.")
}

/// How far a search has come, in a sentence.
pub fn search_phase(state: &SearchState) -> String {
    let seconds = format!("{}.{} s", state.elapsed_ms / 1_000, state.elapsed_ms / 100 % 10);
    match &state.phase {
        SearchPhase::Starting => "Starting a search…".to_owned(),
        SearchPhase::Searching { schedules, events } => {
            format!("Searching: {schedules} schedules with {events} events, {seconds}")
        }
        SearchPhase::Shrinking { seed, runs, acts: (left, of) } => format!(
            "Seed {seed} does harm. Shrinking: {left} of {of} actions left, {runs} runs, {seconds}"
        ),
        SearchPhase::Found { seed, schedules: 1 } => {
            format!("Found with seed {seed}, the first schedule, in {seconds}")
        }
        SearchPhase::Found { seed, schedules } => {
            format!("Found with seed {seed} after {schedules} schedules, in {seconds}")
        }
        SearchPhase::NotFound { last_seed } => {
            let first_seed = state.first_seed;
            format!("No harm in the schedules of seeds {first_seed} to {last_seed}, {seconds}")
        }
        SearchPhase::Failed(why) => why.clone(),
    }
}
