//! Texts about the rules of Raft: their cards, their scenarios, and the search for counterexamples.

use std::fmt;

use crate::raft::Rule;
use crate::sim::Micros;
use crate::ui::state::{SearchPhase, SearchState};

use super::moment;

pub const RULES: &str = "Rules";
pub const RULES_MEANS: &str = "The rule that decided the latest event is marked.";
pub const WITHOUT_IT: &str = "What goes wrong without it";
pub const FIND_COUNTEREXAMPLE: &str = "Find a counterexample";
pub const SEARCH_ON: &str = "Search on";
pub const CANCEL_SEARCH: &str = "Cancel the search";
pub const OPEN_SMALLEST: &str = "Open it as it is";
pub const DISMISS_SEARCH: &str = "Dismiss the search";
pub const ALREADY_SEARCHING: &str = "this search is already running";
pub const SEARCH: &str = "Search for a counterexample";

/// The rule in a few words.
pub fn rule_title(rule: Rule) -> &'static str {
    match rule {
        Rule::PersistVote => "Write the vote first",
        Rule::PersistLog => "Write entries first",
        Rule::OneVote => "One vote per term",
        Rule::Majority => "Majority",
        Rule::UpToDate => "Election restriction",
        Rule::StepDown => "Step down",
        Rule::PrevLogCheck => "Consistency check",
        Rule::ConflictOnly => "Delete only conflicts",
        Rule::CommitOwnTerm => "Commit own term only",
        Rule::RandomTimeout => "Random timeouts",
        Rule::LeaderNoop => "No-op of a new leader",
        Rule::ConfigAfterCommit => "Commit before a membership change",
        Rule::Dedupe => "Apply a command once",
        Rule::ReadQuorum => "Confirm before a read",
    }
}

/// What the rule does and what that protects, in a sentence.
pub fn rule_protects(rule: Rule) -> &'static str {
    match rule {
        Rule::PersistVote => {
            "Term and vote are on disk before the vote leaves, so a server that restarts does not \
             vote twice in a term."
        }
        Rule::PersistLog => {
            "Entries are on disk before they are acknowledged, so a crash loses no committed entry."
        }
        Rule::OneVote => {
            "A server votes for at most one candidate in a term, so at most one wins a majority."
        }
        Rule::Majority => "A majority elects and commits, and any two majorities share a server.",
        Rule::UpToDate => {
            "A vote goes only to a log that is at least as up to date, so every leader has all \
             committed entries."
        }
        Rule::StepDown => {
            "A leader or candidate that sees a higher term becomes a follower, so stale leaders do \
             not stay."
        }
        Rule::PrevLogCheck => {
            "A follower takes entries only if its log matches just before them, so logs with the \
             same last entry are the same."
        }
        Rule::ConflictOnly => {
            "A follower deletes only entries that conflict, so a late message removes nothing that \
             it has acknowledged."
        }
        Rule::CommitOwnTerm => {
            "A leader commits by counting copies only entries of its own term, because a later \
             leader may overwrite older ones."
        }
        Rule::RandomTimeout => {
            "Election timeouts are random, so servers rarely campaign at the same time and split \
             the vote."
        }
        Rule::LeaderNoop => {
            "A new leader appends a no-op, so it soon commits what its predecessors left and knows \
             what is committed."
        }
        Rule::ConfigAfterCommit => {
            "A leader changes the membership only after an entry of its term is committed, so that \
             two changes cannot form majorities without a common server."
        }
        Rule::Dedupe => {
            "A command has a number in its client's session, so a retry is applied only once."
        }
        Rule::ReadQuorum => {
            "A leader hears from a majority before it answers a read, so a deposed leader returns \
             no stale value."
        }
    }
}

/// Where the paper or the dissertation states the rule.
pub fn rule_section(rule: Rule) -> &'static str {
    match rule {
        Rule::PersistVote | Rule::PersistLog | Rule::ConflictOnly => "figure 2",
        Rule::OneVote | Rule::RandomTimeout => "section 5.2",
        Rule::Majority => "sections 5.2, 5.3",
        Rule::UpToDate => "section 5.4.1",
        Rule::StepDown => "section 5.1",
        Rule::PrevLogCheck => "section 5.3",
        Rule::CommitOwnTerm => "section 5.4.2",
        Rule::LeaderNoop | Rule::Dedupe | Rule::ReadQuorum => "section 8",
        Rule::ConfigAfterCommit => "dissertation, section 4.1",
    }
}

/// How often a rule decided.
pub fn decided(count: u32) -> String {
    match count {
        0 => "not yet".to_owned(),
        _ => format!("decided {count}×"),
    }
}

/// How often a rule that is off would have decided.
pub fn was_missing(count: u32) -> String {
    match count {
        0 => "not missed yet".to_owned(),
        _ => format!("missed {count}×"),
    }
}

/// Over the cards, if older events are not recorded any more.
pub fn counted_in(events: usize) -> String {
    format!("Counted in the newest {events} events.")
}

/// On the card of a rule that some servers break.
pub fn off_on(servers: &str) -> String {
    format!("off on {servers}")
}

/// The name of the button that selects the last event that a rule decided.
pub fn last_decision(time_us: Micros, sentence: &str) -> String {
    format!("{}: {sentence}", moment(time_us))
}

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
            "Seed {seed} does harm. Shrinking: {left} of {of} actions left after {runs} tries, \
             {seconds}"
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

pub fn without_rule(rule: Rule) -> String {
    format!("Without `{rule}`:")
}
