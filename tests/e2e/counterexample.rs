//! The search for a counterexample in a worker: progress, cancel, and what it opens.

use raftarium::script::{Run, parse};
use raftarium::sim::Recorder;

use crate::harness::{Page, visit};

const SEARCH: &str = "document.querySelector('.search-row p')?.textContent ?? ''";

fn text(page: &Page, js: &str) -> String {
    page.eval(js).as_str().expect("a text").to_owned()
}

/// A card grows when its rule decides, so the cluster rests until the click.
fn search_without(page: &Page, rule: &str) {
    page.eval("raftarium.pause()");
    page.click("button", &format!("Find a counterexample: {rule}"));
    page.wait_for("document.querySelector('.search-row')");
}

#[test]
fn a_search_opens_what_it_found_at_the_moment_of_the_violation() {
    visit(|page| {
        search_without(page, "persist-vote");
        page.wait_for(&format!("({SEARCH}).includes('Found with seed 78')"));
        page.wait_for("document.querySelector('.verdict.bad')");
        let banner = text(page, "document.querySelector('.banner').innerText");
        assert!(banner.starts_with("A counterexample: with `persist-vote` off"), "{banner}");
        // The found script is shown, and replays natively.
        assert_eq!(
            page.eval("document.querySelector('.tabs [aria-selected=true]').textContent"),
            "Script"
        );
        let script = text(page, "raftarium.script()");
        let parsed = parse(&script).unwrap_or_else(|errors| panic!("{script}: {errors:?}"));
        let mut run = Run::new(parsed, &mut Recorder::off());
        let report = run.finish(&mut Recorder::off());
        assert!(report.ok, "{script}\n{:?}", report.failures);
        let found = &run.cluster().violations()[0];
        assert_eq!(page.eval("(async () => (await raftarium.state()).time)()"), found.time_us);
        assert!(banner.contains(&found.text), "{banner}");

        page.click("button", "Search on");
        page.wait_for(&format!("/Found with seed (79|[89]\\d|\\d{{3,}})/.test({SEARCH})"));
        page.click("button", "Dismiss the search");
        page.wait_for(&format!("({SEARCH}) === ''"));
    });
}

#[test]
fn a_long_search_blocks_nothing_and_is_cancelled() {
    visit(|page| {
        search_without(page, "dedupe");
        page.eval("raftarium.play()");
        page.wait_for(&format!("({SEARCH}).includes('Shrinking')"));
        page.assert_it_draws();
        page.click("button", "Cancel the search");
        page.wait_for(&format!("({SEARCH}) === ''"));
        page.wait_for("document.activeElement.matches('[data-rule=dedupe] .find')");
        let script = text(page, "raftarium.script()");
        assert!(!script.contains("rule"), "the session is the same: {script}");
    });
}

#[test]
fn a_search_is_opened_before_it_is_shrunk() {
    visit(|page| {
        search_without(page, "dedupe");
        page.click("button", "Open it as it is");
        page.wait_for("document.querySelector('.banner')?.innerText.includes('not shrunk')");
        let script = text(page, "raftarium.script()");
        assert!(
            script.contains("rule dedupe off") && script.contains("expect violated"),
            "{script}"
        );
        page.wait_for("document.querySelector('.verdict.bad')");
        assert_eq!(text(page, SEARCH), "");
    });
}
