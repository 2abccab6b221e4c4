//! The worker's side: searches as the page asks, and reports.

use crate::lab::{Search, Shrinking};
use crate::ui::platform::worker;

use super::messages::{SearchReport, SearchRequest};

/// How many seeds a search tries, as `raftarium fuzz` does.
const SEEDS: u64 = 10_000;
/// The least time between two reports, in real milliseconds.
const REPORT_MS: f64 = 150.0;

/// In a worker: searches as the page asks, and posts reports.
pub fn serve(request: SearchRequest) {
    let mut last_ms = f64::MIN;
    search(request, &mut |is_last, report| {
        if is_last || worker::now_ms() - last_ms >= REPORT_MS {
            worker::post(&report().to_string());
            last_ms = worker::now_ms();
        }
    });
}

/// Gets a report that is made only if it is posted. The last one must be.
type Post<'a> = &'a mut dyn FnMut(bool, &dyn Fn() -> SearchReport);

/// Searches, shrinks what it finds, and reports how far it has come.
pub fn search(SearchRequest { rule, first_seed }: SearchRequest, post: Post<'_>) {
    let last_seed = first_seed.saturating_add(SEEDS - 1);
    let search = Search { seeds: first_seed..=last_seed, cluster: None, off: vec![rule] };
    let mut schedules = 0;
    let found = search.run_observed(&mut |tally| {
        schedules = tally.schedules();
        let events = tally.events();
        post(false, &|| SearchReport::Searching { schedules, events });
    });
    let Some(seed) = found else {
        return post(true, &|| SearchReport::NotFound { last_seed });
    };
    let shrunk = search.counterexample(seed, &mut |Shrinking { runs, acts, smallest }| {
        post(false, &|| SearchReport::Shrinking {
            seed,
            runs,
            acts: (smallest.acts.len(), acts),
            time_us: smallest.until_us,
            script: smallest.script(&[]).to_string(),
        });
    });
    let Some(found) = shrunk else { return post(true, &|| SearchReport::NotReplayed { seed }) };
    post(true, &|| {
        let harm = found.shrunk.harm.as_ref().unwrap_or(&found.harm);
        SearchReport::Found {
            seed,
            schedules,
            runs: found.shrunk.runs,
            acts: (found.shrunk.recording.acts.len(), found.acts),
            time_us: found.shrunk.recording.until_us,
            harm: harm.text.clone(),
            script: found.script().to_string(),
        }
    });
}
