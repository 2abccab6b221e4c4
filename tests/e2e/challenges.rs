//! Challenges: solved, claimed to be impossible, and decided, by keyboard alone.

use headless_chrome::browser::tab::ModifierKey;
use serde_json::json;

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, visit};

const TO_SOLVE: &str = "Two leaders at once, legally";
const IMPOSSIBLE: &str = "Two leaders of one term";
const TO_DECIDE: &str = "You are S2: a follower decides";
/// The decisions of Raft there, as its solution has them.
const DECISIONS: &str = include_str!("../../challenges/solutions/you-are-s2.raft");

const DONE: &str = "document.querySelector('.story-end .done')";

fn decisions() -> Vec<usize> {
    let line = DECISIONS.lines().find_map(|line| line.strip_prefix("answers ")).expect("answers");
    line.split(' ').map(|choice| choice.parse().expect("a number")).collect()
}

fn open(page: &Page, title: &str) {
    page.tab_to("e.closest('.sections') && e.ariaSelected === 'true'");
    page.press("Home");
    for _ in 0..3 {
        page.press("ArrowRight");
    }
    page.wait_for("document.querySelector('.gallery-item')");
    page.tab_to(&format!("e.innerText === {}", json!(title)));
    page.press("Enter");
    page.wait_for("document.querySelector('.narration .step')");
}

fn type_line(page: &Page, line: &str) {
    page.tab_to("e.getAttribute('aria-label') === 'Command'");
    page.type_text(line);
    page.press("Enter");
}

/// What the gallery says of the progress in a challenge.
fn progress(page: &Page, title: &str) -> String {
    page.click("tab", "Challenges");
    page.wait_for("document.querySelector('.gallery-item')");
    let item = format!(
        "[...document.querySelectorAll('.gallery-item')]
            .find(item => item.querySelector('button').innerText === {})
            .querySelector('b')?.innerText ?? ''",
        json!(title)
    );
    page.eval(&item).as_str().expect("a text").to_owned()
}

#[test]
fn a_challenge_is_solved_by_keyboard_alone_and_stays_solved() {
    visit(|page| {
        open(page, TO_SOLVE);
        page.wait_for("document.querySelector('.trial')?.innerText.includes('timeout (1 left)')");
        // What is not allowed says so.
        type_line(page, "crash s1");
        page.wait_for("document.querySelector('.below').innerText.includes('are allowed here')");
        page.press_with("a", &[ModifierKey::Ctrl]);
        type_line(page, "partition s1,s5 | s2,s3,s4");
        type_line(page, "timeout s2");
        page.wait_for(&format!("{DONE}?.innerText.includes('every goal')"));
        page.wait_for("document.querySelector('.trial').innerText.includes('timeout (0 left)')");
        assert_eq!(progress(page, TO_SOLVE), "✓ done");
        page.go("");
        assert_eq!(progress(page, TO_SOLVE), "✓ done");
    });
}

#[test]
fn the_claim_that_it_cannot_be_done_wins_by_keyboard_alone() {
    visit(|page| {
        open(page, IMPOSSIBLE);
        page.tab_to("e.innerText === 'It cannot be done'");
        page.press("Enter");
        page.wait_for(&format!("{DONE}?.innerText.includes('You are right')"));
        page.wait_for("document.activeElement.ariaPressed === 'true'");
        assert_eq!(progress(page, IMPOSSIBLE), "✓ done");
    });
}

#[test]
fn a_wrong_claim_is_refuted_and_taken_back() {
    visit(|page| {
        open(page, "A stale read");
        page.click("button", "It cannot be done");
        page.wait_for("document.querySelector('.claim').innerText.includes('It can be done')");
        assert_eq!(page.eval(&format!("{DONE} === null")), json!(true));
        page.click("button", "It cannot be done");
        page.wait_for("!document.querySelector('.claim').innerText.includes('It can be done')");
        assert_eq!(progress(page, "A stale read"), "begun");
    });
}

#[test]
fn you_are_s2_is_completed_by_keyboard_alone() {
    visit(|page| {
        open(page, TO_DECIDE);
        page.tab_to("e.matches('.narration .next')");
        page.press("Enter");
        for (number, choice) in (2..).zip(decisions()) {
            let place = format!("'Step {number} of 12'");
            page.wait_for(&format!(
                "document.querySelector('.narration-head').innerText.includes({place})"
            ));
            let nth = format!("document.querySelectorAll('.choices button')[{}]", choice - 1);
            // The choices stand before Next, which has the focus.
            page.tab_back_to(&format!("e === {nth}"));
            page.press("Enter");
        }
        page.wait_for(&format!("{DONE}?.innerText.includes('every goal')"));
        let score = "document.querySelector('.score').innerText";
        assert_eq!(page.eval(score), json!("You answered 10 questions, 10 of them rightly."));
        assert_eq!(progress(page, TO_DECIDE), "✓ done");
    });
}

#[test]
fn the_first_decision_counts() {
    visit(|page| {
        open(page, TO_DECIDE);
        page.click("button", "Next");
        page.wait_for("document.querySelector('.choices')");
        page.click("button", "Deny it, and stay in term 3");
        page.wait_for("document.querySelector('.answered.wrong')");
        page.click("button", "Back");
        page.wait_for("document.querySelector('.choices [aria-pressed=true]')");
        page.click("button", "Deny it, and enter term 4");
        page.wait_for("document.querySelector('.below').innerText.includes('first choice')");
        let chosen = "document.querySelector('.choices [aria-pressed=true]').innerText";
        assert!(page.eval(chosen).as_str().expect("a text").contains("stay in term 3"));
    });
}

#[test]
fn a_solution_is_shown_after_the_hints_and_solves_nothing_for_you() {
    visit(|page| {
        open(page, TO_SOLVE);
        assert!(!page.has("button", "Show a solution"));
        for _ in 0..3 {
            page.click("button", "Hint");
        }
        page.click("button", "Show a solution");
        page.wait_for(&format!("{DONE}?.innerText.includes('every goal')"));
        // The solution is nobody's answer.
        assert!(!page.has("button", "Copy your answer"));
        assert_eq!(progress(page, TO_SOLVE), "begun");
    });
}

#[test]
fn axe_finds_nothing_in_a_challenge() {
    visit(|page| {
        open(page, "Elections without end, and pre-vote");
        page.click("button", "Hint");
        nothing_is_found_here(page, "goals");
        page.resize(1280, 800);
        page.click("button", "It cannot be done");
        page.wait_for(DONE);
        nothing_is_found_here(page, "claim");
        page.resize(1280, 800);
        open(page, TO_DECIDE);
        page.click("button", "Next");
        page.wait_for("document.querySelector('.choices')");
        nothing_is_found_here(page, "decision");
    });
}
