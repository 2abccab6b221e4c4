//! The search that the page's worker runs: it finds harm without each rule, says how far it has
//! come, and gives the script that `raftarium fuzz` gives.

use raftarium::lab::Search;
use raftarium::raft::Rule;
use raftarium::script::{Run, Session, parse};
use raftarium::sim::Recorder;
use raftarium::ui::counterexample::{SearchReport, SearchRequest, search};
use raftarium::ui::player::broken_rule_file;

fn reports(rule: Rule, first_seed: u64) -> Vec<SearchReport> {
    let mut reports = Vec::new();
    search(SearchRequest { rule, first_seed }, &mut |_, report| reports.push(report()));
    reports
}

#[test]
fn a_counterexample_to_each_rule_is_found_and_replays() {
    for rule in Rule::ALL {
        // It shrinks for long, and the browser tests search for it.
        if rule == Rule::Dedupe {
            continue;
        }
        let found = reports(rule, 1).pop();
        let Some(SearchReport::Found { seed, time_us, acts: (left, of), script, .. }) = found
        else {
            panic!("{rule}: {found:?}");
        };
        assert!(left <= of, "{rule}");
        let off = format!("rule {rule} off\n");
        assert!(script.contains(&off), "{rule}: {script}");
        let replay = |text: &str| {
            let script = parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
            Run::new(script, &mut Recorder::off()).finish(&mut Recorder::off()).ok
        };
        assert!(replay(&script), "{rule}: {script}");
        assert!(!replay(&script.replace(&off, "")), "{rule} prevents it: {script}");
        // The page opens it at the moment of the harm.
        let mut session = Session::open(&script).expect("a script");
        session.seek(time_us).expect("not far");
        let violated = session.cluster().violations().first().map(|found| found.time_us);
        let is_safety = script.contains("expect violated");
        assert_eq!(violated.is_some(), is_safety, "{rule}: {script}");
        assert!(violated.is_none_or(|at_us| at_us == time_us), "{rule}");
        let search = Search { seeds: 1..=10_000, cluster: None, off: vec![rule] };
        let same = search.counterexample(seed, &mut |_| {}).expect("it is recorded");
        assert_eq!(same.script().to_string(), script, "{rule}");
    }
}

#[test]
fn a_search_says_how_far_it_has_come_and_goes_on_from_a_seed() {
    let reports = reports(Rule::PersistVote, 70);
    assert!(matches!(reports[0], SearchReport::Searching { schedules: 1, .. }));
    let shrinks = |report: &&SearchReport| matches!(report, SearchReport::Shrinking { .. });
    let acts = reports.iter().filter(shrinks).map(|report| match report {
        SearchReport::Shrinking { acts: (left, _), .. } => *left,
        _ => usize::MAX,
    });
    let acts: Vec<usize> = acts.collect();
    assert!(acts.len() > 10 && acts.is_sorted_by(|a, b| a >= b), "it only gets smaller: {acts:?}");
    let Some(SearchReport::Found { seed, schedules, .. }) = reports.last() else {
        panic!("{:?}", reports.last());
    };
    assert_eq!((*seed, *schedules), (78, 9));
}

#[test]
fn the_page_fetches_files_that_stand_in_the_project() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for rule in Rule::ALL {
        let file = broken_rule_file(rule);
        assert!(root.join(&file).is_file(), "{file}");
    }
    let page = std::fs::read_to_string(root.join("index.html")).expect("index.html");
    assert!(page.contains(r#"rel="copy-dir" href="scenarios""#), "the build copies them");
}
