//! What the card of a challenge says and offers around the task: claims, the solution, the next
//! challenge, and beginning again. axe finds nothing in any of it.

use std::fs;
use std::path::Path;

use raftarium::script::ShareLink;
use serde_json::{Value, json};

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, visit, visit_at};
use crate::session::reload;

const TO_SOLVE: &str = "Two leaders at once, legally";
const PATH: &str = "challenges/elections/two-leaders.raft";
const IN_PARTS: &str = "One crash, one cut, and all stands still";
const TO_DECIDE: &str = "8: A leader that removes itself";

const WON: &str = "document.querySelector('.story-end .done')?.innerText.includes('every goal')";

fn script(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("a script")
}

fn gallery(page: &Page) {
    page.click("tab", "Challenges");
    page.wait_for("document.querySelector('.gallery-item')");
}

fn open(page: &Page, title: &str) {
    gallery(page);
    page.click("button", title);
    page.wait_for("document.querySelector('.narration .step')");
}

/// What the gallery says of the progress in a challenge.
fn progress(page: &Page, title: &str) -> Value {
    gallery(page);
    page.eval(&format!(
        "[...document.querySelectorAll('.gallery-item')]
            .find(item => item.querySelector('button').innerText === {})
            .querySelector('b')?.innerText ?? ''",
        json!(title)
    ))
}

fn act(page: &Page, line: &str) {
    page.eval(&format!("raftarium.exec({})", json!(line)));
}

fn solve(page: &Page) {
    act(page, "partition s1,s5 | s2,s3,s4");
    act(page, "timeout s2");
    page.wait_for(WON);
}

/// An element of the card stands within the part of the card that is seen.
fn is_in_sight(selector: &str) -> String {
    format!(
        "(() => {{
            const body = document.querySelector('.narration-body').getBoundingClientRect();
            const it = document.querySelector({})?.getBoundingClientRect();
            return it && it.top >= body.top - 1 && it.bottom <= body.bottom + 1;
        }})()",
        json!(selector)
    )
}

fn show_all_hints(page: &Page) {
    for left in ["2", "1", "0"] {
        page.click("button", "Hint");
        let shown = format!("'{left} left'");
        page.wait_for(&format!("document.querySelector('.hint-row').innerText.includes({shown})"));
    }
}

#[test]
fn what_you_ask_for_and_reach_comes_into_sight_on_a_small_screen() {
    visit(|page| {
        page.resize(390, 844);
        open(page, TO_SOLVE);
        page.click("button", "It cannot be done");
        page.wait_for(&is_in_sight(".claim .wrong"));
        page.click("button", "It cannot be done");
        show_all_hints(page);
        page.wait_for(&is_in_sight(".hint-row"));
        page.eval("document.querySelector('.narration-body').scrollTop = 0");
        solve(page);
        page.wait_for(&is_in_sight(".story-end .done"));
        page.wait_for(&is_in_sight(".next-lesson"));
    });
}

#[test]
fn a_won_challenge_says_why_and_leads_to_the_next() {
    visit(|page| {
        open(page, TO_SOLVE);
        solve(page);
        let why = "document.querySelector('.story-end').innerText";
        page.wait_for(&format!("{why}.includes('one leader for each term')"));
        // There is nothing to claim any more.
        assert!(!page.has("button", "It cannot be done"));
        page.wait_for("document.querySelector('.next-lesson')");
        let name = page.eval("document.querySelector('.next-lesson').innerText");
        let title = name.as_str().and_then(|name| name.strip_prefix("Next challenge: "));
        let title = title.expect("the next challenge").to_owned();
        page.click("button", name.as_str().expect("a name"));
        let heading = "document.querySelector('.narration h2').innerText";
        page.wait_for(&format!("{heading} === {}", json!(title)));
        page.wait_for("document.activeElement.matches('.narration .next')");
        assert_eq!(progress(page, TO_SOLVE), json!("✓ done"));
    });
}

/// Opens by a link, not from the gallery.
#[test]
fn a_challenge_that_a_link_opens_has_its_solution_and_its_progress() {
    let link = ShareLink { text: script(PATH), time_us: 0 };
    let fragment = format!("#{}", link.fragment().expect("a link").trim_start_matches('#'));
    visit_at(&fragment, |page| {
        page.wait_for("document.querySelector('.narration')");
        page.eval("raftarium.run()");
        show_all_hints(page);
        page.wait_for(
            "[...document.querySelectorAll('.hint-row button')]
                .some(e => e.innerText === 'Show a solution')",
        );
        solve(page);
        page.wait_for("document.querySelector('.next-lesson')");
        assert_eq!(progress(page, TO_SOLVE), json!("✓ done"));
    });
}

/// Who opens the answer of somebody else has solved nothing.
#[test]
fn an_answer_that_a_link_opens_solves_nothing_for_you() {
    let answer = script("challenges/solutions/two-leaders.raft");
    let link = ShareLink { text: script(PATH) + &answer, time_us: 1_500_000 };
    let fragment = format!("#{}", link.fragment().expect("a link").trim_start_matches('#'));
    visit_at(&fragment, |page| {
        page.wait_for(WON);
        page.wait_for("document.querySelector('.next-lesson')");
        assert_eq!(progress(page, TO_SOLVE), json!(""));
    });
}

#[test]
fn a_challenge_survives_a_reload_and_a_reset() {
    visit(|page| {
        open(page, TO_SOLVE);
        act(page, "timeout s2");
        page.wait_for(
            "[...document.querySelectorAll('[data-server]')]
                .some(e => e.getAttribute('aria-label')?.startsWith('S2, leader'))",
        );
        reload(page);
        page.wait_for("document.querySelector('.trial')?.innerText.includes('timeout (0 left)')");
        show_all_hints(page);
        assert!(page.has("button", "Show a solution"));
        page.click("button", "Reset");
        page.wait_for("document.querySelector('.trial')?.innerText.includes('timeout (1 left)')");
        assert_eq!(progress(page, TO_SOLVE), json!("begun"));
        page.click("tab", "Sandbox");
        solve(page);
        assert_eq!(progress(page, TO_SOLVE), json!("✓ done"));
    });
}

#[test]
fn an_attempt_that_failed_is_tried_again() {
    visit(|page| {
        open(page, TO_SOLVE);
        act(page, "timeout s2");
        page.click("button", "Try again");
        page.wait_for("document.querySelector('.trial').innerText.includes('timeout (1 left)')");
        solve(page);
    });
}

fn decide(page: &Page, choices: [usize; 3]) {
    page.click("button", "Next");
    for (number, choice) in (2..).zip(choices) {
        page.wait_for(&format!(
            "document.querySelector('.narration-head').innerText.includes('Step {number} of 5')
                && document.querySelector('.choices')"
        ));
        page.eval(&format!("document.querySelectorAll('.choices button')[{}].click()", choice - 1));
    }
    page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 5 of 5')");
}

#[test]
fn a_row_of_questions_that_is_lost_starts_over() {
    visit(|page| {
        open(page, TO_DECIDE);
        decide(page, [1, 2, 1]);
        page.wait_for("document.querySelector('.score').innerText.includes('0 of them rightly')");
        assert_eq!(page.eval(WON), Value::Null);
        nothing_is_found_here(page, "score card, lost");
        page.resize(1280, 800);
        page.click("button", "Start over");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 1 of')");
        page.wait_for("document.activeElement.matches('.narration .next')");
        decide(page, [2, 1, 2]);
        page.wait_for(WON);
        nothing_is_found_here(page, "score card, won");
        page.resize(1280, 800);
        assert_eq!(progress(page, TO_DECIDE), json!("✓ done"));
        nothing_is_found_here(page, "gallery with a solved challenge");
    });
}

#[test]
fn axe_finds_nothing_from_the_task_to_the_end() {
    visit(|page| {
        gallery(page);
        nothing_is_found_here(page, "gallery");
        page.resize(1280, 800);
        open(page, IN_PARTS);
        nothing_is_found_here(page, "task");
        page.resize(1280, 800);
        page.click("button", "Hint");
        nothing_is_found_here(page, "hint");
        page.resize(1280, 800);
        page.click("button", "It cannot be done");
        page.wait_for("document.querySelector('.claim .wrong')");
        nothing_is_found_here(page, "wrong claim");
        page.resize(1280, 800);
        page.click("button", "It cannot be done");
        act(page, "crash leader");
        page.wait_for("document.querySelectorAll('.goals .won').length === 1");
        page.wait_for("document.querySelector('.trial').innerText.includes('crash (0 left)')");
        nothing_is_found_here(page, "goals partly met, a budget spent");
        page.resize(1280, 800);
        act(page, "cut s1 <-> s2");
        page.eval("raftarium.seek(7000000)");
        page.wait_for(WON);
        page.wait_for("document.querySelector('.next-lesson')");
        nothing_is_found_here(page, "won");
    });
}
