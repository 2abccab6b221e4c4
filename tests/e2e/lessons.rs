//! Lessons from their first step to their goal: by keyboard alone, by touch, and in a frame.

use raftarium::script::ShareLink;
use serde_json::{Value, json};

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, visit, visit_at, wait_until};

const LESSON: &str = include_str!("../../lessons/02-terms-and-elections.raft");
const TITLE: &str = "Terms and elections";

/// The number of the step and of all steps.
const PLACE: &str = "document.querySelector('.narration-head .quiet').innerText.match(/\\d+/g)
    .slice(0, 2).map(Number)";

fn place(page: &Page) -> (u64, u64) {
    let place = page.eval(PLACE);
    let number = |at: usize| place.get(at).and_then(Value::as_u64).expect("a number");
    (number(0), number(1))
}

/// Goes on with `press` until the last step. Next has the focus at every step.
fn walk(page: &Page, press: impl Fn()) {
    let (mut number, count) = place(page);
    assert!(count > 10, "{count} steps");
    while number < count {
        let before = number;
        let advanced = wait_until(|| {
            press();
            number = place(page).0;
            number > before
        });
        assert!(advanced, "step {before} of {count} leads nowhere");
        page.wait_for("document.querySelector('.narration').innerText.length > 0");
    }
}

const DONE: &str = "document.querySelector('.story-end')?.innerText.includes('every goal')";

#[test]
fn a_lesson_is_completed_by_keyboard_alone() {
    visit(|page| {
        page.tab_to("e.role === 'tab' && e.innerText === 'Sandbox'");
        page.press("ArrowRight");
        page.press("ArrowRight");
        page.wait_for("document.querySelector('.gallery-item')");
        page.tab_to(&format!("e.innerText === {}", json!(TITLE)));
        page.press("Enter");
        page.wait_for("document.activeElement.matches('.narration .next')");
        // A prediction: Shift+Tab would lead to the choices, so does Tab from the text.
        page.press("Enter");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 2 of')");
        page.press("Enter");
        page.wait_for("document.querySelector('.choices')");
        page.tab_to("e.closest('.choices')?.querySelector('li:last-child button') === e");
        page.press("Enter");
        page.wait_for("document.querySelector('.answered')?.innerText.includes('You were right')");
        page.wait_for("document.activeElement.matches('.narration .next')");
        walk(page, || page.press("Enter"));
        page.tab_to("e.getAttribute('aria-label') === 'Command'");
        page.type_text("timeout s5");
        page.press("Enter");
        page.wait_for(DONE);
    });
}

#[test]
fn a_lesson_is_completed_by_touch_on_a_phone() {
    visit(|page| {
        page.resize(390, 844);
        page.tap_starting("tab", "Lessons");
        page.wait_for("document.querySelector('.gallery-item')");
        page.tap_starting("button", TITLE);
        page.wait_for("document.querySelector('.narration .said')");
        walk(page, || page.tap_starting("button", "Next"));
        // What is not allowed is disabled, and says why.
        page.tap_starting("button", "Heal");
        page.wait_for("document.querySelector('.below').innerText.includes('timeout')");
        page.tap_starting("button", "S5");
        page.tap_starting("menuitem", "Time out");
        page.wait_for(DONE);
        let fits = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(page.eval(fits), json!(true));
    });
}

#[test]
fn a_lesson_is_completed_in_a_frame() {
    let link = ShareLink { text: LESSON.to_owned(), time_us: 0 };
    let fragment = link.fragment().expect("a link");
    visit_at("", |page| {
        page.resize(900, 560);
        page.go(&format!("?embed=1#{fragment}"));
        page.wait_for("document.querySelector('.narration .said')");
        assert_eq!(place(page).0, 1);
        walk(page, || page.click("button", "Next"));
        page.click_starting("button", "S5");
        page.click_starting("menuitem", "Time out");
        page.wait_for(DONE);
        let fits = "document.documentElement.scrollWidth <= innerWidth
            && document.documentElement.scrollHeight <= innerHeight";
        assert_eq!(page.eval(fits), json!(true));
    });
}

#[test]
fn back_and_next_stay_where_they_are() {
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(LESSON)));
        page.wait_for("document.querySelector('.narration .said')");
        let at = "(({ x, y }) => [x, y].map(Math.round).join())(
            document.querySelector('.narration .next').getBoundingClientRect())";
        let place = page.eval(at);
        for _ in 0..12 {
            page.click("button", "Next");
            page.eval("new Promise(done => setTimeout(done, 60))");
            assert_eq!(page.eval(at), place);
        }
    });
}

#[test]
fn axe_finds_nothing_in_a_lesson() {
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(LESSON)));
        page.wait_for("document.querySelector('.narration .said')");
        nothing_is_found_here(page, "text");
        page.resize(1280, 800);
        walk(page, || page.click("button", "Next"));
        page.click("button", "Hint");
        nothing_is_found_here(page, "goals");
        page.resize(1280, 800);
        page.eval("raftarium.exec('timeout s5')");
        page.wait_for(DONE);
        nothing_is_found_here(page, "end");
    });
}
