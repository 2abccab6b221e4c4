//! Lessons from their first step to their goal: by keyboard alone, by touch, and in a frame; and
//! all of them step by step.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use raftarium::script::{Narration, ShareLink, parse};
use serde_json::{Value, json};

use crate::accessibility::nothing_is_found_here;
use crate::cluster::wait_for_state;
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

/// The lessons of the course in order: the names of their files, and the scripts.
pub fn lessons() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let files = fs::read_dir(folder).expect("a folder of lessons");
    let paths = files.map(|file| file.expect("an entry").path());
    let scripts = paths.filter(|path| path.extension().is_some_and(|ext| ext == "raft"));
    let named = scripts.map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a script"))
    });
    named.collect()
}

/// Opens a narrated script and goes through it: at each step one press of Next, or the right answer
/// of a question, leads to the next one. `look` gets the number of each step, where time waits.
pub fn walk_through(page: &Page, script: &str, look: impl Fn(u64)) {
    let parsed = parse(script).expect("a script");
    let steps = parsed.story().filter_map(|(_, narration)| match narration {
        Narration::Say(_) => Some(None),
        Narration::Ask { answer, .. } => Some(Some(*answer)),
        _ => None,
    });
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval("raftarium.speed(2)");
    for (answer, number) in steps.zip(1..) {
        let is_here = format!("{PLACE}[0] === {number}");
        page.wait_for(&format!("document.querySelector('.narration .step') && {is_here}"));
        wait_for_state(page, "!state.playing");
        look(number);
        if number < place(page).1 {
            let selector = match answer {
                Some(answer) => format!(".choices li:nth-child({answer}) button"),
                None => ".narration .next".to_owned(),
            };
            page.eval(&format!("document.querySelector({}).click()", json!(selector)));
        }
    }
    let (number, count) = place(page);
    assert_eq!(number, count);
}

/// Each step of each lesson is one press away from the one before, violations or not, and every
/// right answer is confirmed.
#[test]
fn every_lesson_is_walked_through_with_next_alone() {
    let lessons = lessons();
    assert_eq!(lessons.len(), 14);
    visit(|page| {
        for (name, script) in &lessons {
            walk_through(page, script, |step| {
                let wrong = page.eval("!!document.querySelector('.answered.wrong')");
                assert_eq!(wrong, json!(false), "{name}, step {step}");
                let shown = page.eval("document.querySelector('.narration').innerText");
                let shown = shown.as_str().unwrap_or_default();
                assert!(!shown.contains("]("), "{name}, step {step}: {shown}");
            });
        }
    });
}

/// The numbers of all entries are in view, as in figure 7 of the paper.
#[test]
fn a_lesson_shows_all_entries_of_its_logs_where_there_is_room() {
    let script = &lessons()["06-consistency-and-repair"];
    visit(|page| {
        page.resize(1440, 900);
        page.eval(&format!("raftarium.load({})", Value::from(script.as_str())));
        let columns = "[...document.querySelectorAll('.logs thead th')].slice(1)
            .map(e => e.innerText).join()";
        page.wait_for(&format!("{columns}.startsWith('1,2,3') && {columns}.includes(',12')"));
        page.wait_for(
            "(s => s.scrollWidth <= s.clientWidth)(document.querySelector('.logs-scroll'))",
        );
    });
}

#[test]
fn the_end_of_a_lesson_leads_to_the_next_one() {
    visit(|page| {
        page.click("tab", "Lessons");
        page.wait_for("document.querySelector('.gallery-item')");
        page.click("button", TITLE);
        page.wait_for("document.querySelector('.narration .said')");
        walk(page, || page.click("button", "Next"));
        page.eval("raftarium.exec('timeout s5')");
        page.wait_for(DONE);
        page.wait_for("document.querySelector('.next-lesson')");
        page.click("button", "Next lesson: Split votes and random timeouts");
        page.wait_for("document.querySelector('.narration h2').innerText.startsWith('Split')");
        assert_eq!(place(page).0, 1);
        page.wait_for("document.activeElement.matches('.narration .next')");
    });
}

#[test]
fn what_a_lesson_does_not_allow_is_disabled_with_that_reason() {
    let reason = "Only timeout is allowed here.";
    let disabled = |selector: &str| {
        format!("document.querySelector('{selector}')?.getAttribute('aria-disabled') === 'true'")
    };
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(LESSON)));
        page.wait_for("document.querySelector('.narration .said')");
        walk(page, || page.click("button", "Next"));
        page.click("tab", "Rules");
        page.wait_for(&disabled("[data-rule=majority] .switch"));
        let described = "(e => document.getElementById(e.getAttribute('aria-describedby'))
            .innerText)(document.querySelector('[data-rule=majority] .switch'))";
        assert_eq!(page.eval(described), json!(reason));
        page.focus("textbox", "Command");
        page.type_text("crash s1");
        page.wait_for(&disabled(".command-line [type=submit]"));
        page.wait_for(&format!("document.querySelector('.below').innerText === '{reason}'"));
        page.click("tab", "Console");
        page.focus("textbox", "Console");
        page.type_text("crash s1");
        page.wait_for(&disabled(".console-form [type=submit]"));
        page.click("tab", "Clients");
        page.wait_for(&disabled(".command-form [type=submit]"));
        page.click("button", "Settings");
        page.wait_for(&disabled("[data-setting^=pre-vote] .switch"));
        page.wait_for(&format!(
            "document.querySelector('[data-setting^=pre-vote] p').innerText === '{reason}'"
        ));
        page.press("Escape");
        // What is allowed is not.
        page.eval("document.querySelector('.command-line input').value = ''");
        page.focus("textbox", "Command");
        page.type_text("timeout s5");
        page.wait_for("!document.querySelector('.command-line [type=submit]').ariaDisabled");
        page.press("Enter");
        page.wait_for(DONE);
    });
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
        for part in ["choices", "answered"] {
            let is_here = format!("document.querySelector('.narration .{part}')");
            assert!(wait_until(|| {
                page.click("button", "Next");
                page.eval(&format!("!!{is_here}")) == json!(true)
            }));
            nothing_is_found_here(page, part);
            page.resize(1280, 800);
        }
        walk(page, || page.click("button", "Next"));
        page.click("button", "Hint");
        nothing_is_found_here(page, "goals");
        page.resize(1280, 800);
        page.eval("raftarium.exec('timeout s5')");
        page.wait_for(DONE);
        nothing_is_found_here(page, "end");
    });
}
