//! The galleries of scenarios and lessons.

use serde_json::json;

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, visit, visit_with_script};

/// The number of cards in sight.
const CARDS: &str = "document.querySelectorAll('.gallery-item').length";

fn open_gallery(page: &Page, section: &str) {
    page.click("tab", section);
    page.wait_for("document.querySelector('.gallery-item')");
}

#[test]
fn a_scenario_is_found_by_a_word_and_opens_at_its_first_step() {
    visit(|page| {
        open_gallery(page, "Scenarios");
        assert!(page.eval(CARDS).as_u64().is_some_and(|count| count >= 40));
        page.focus("searchbox", "Search scenarios");
        page.type_text("figure 8");
        page.wait_for(&format!("{CARDS} < 10"));
        page.eval("document.querySelector('.gallery-item button').click()");
        page.wait_for("document.querySelector('.narration .said, .narration .asked')");
        page.wait_for("document.activeElement.matches('.narration .next')");
        assert!(page.has("tab", "Sandbox") && !page.has("searchbox", "Search scenarios"));
    });
}

#[test]
fn every_picture_of_a_gallery_can_be_shown() {
    visit(|page| {
        for section in ["Scenarios", "Lessons", "Challenges"] {
            open_gallery(page, section);
            page.eval(
                "document.querySelectorAll('.gallery img').forEach(i => i.loading = 'eager')",
            );
            page.wait_for(
                "[...document.querySelectorAll('.gallery img')].every(i => i.naturalWidth > 0)",
            );
        }
    });
}

#[test]
fn the_gallery_remembers_how_far_one_came_and_the_lesson_continues_there() {
    visit(|page| {
        let open = || {
            open_gallery(page, "Lessons");
            page.click("button", "Terms and elections");
            page.wait_for("document.querySelector('.narration .step')");
        };
        open();
        page.click("button", "Next");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 2 of')");
        page.click("button", "Next");
        page.click("button", "Next");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 3 of')");
        page.click("tab", "Lessons");
        page.wait_for(
            "[...document.querySelectorAll('.gallery-item b')]
                .some(b => b.innerText.startsWith('step 3 of'))",
        );
        // A reload keeps the place, too.
        page.go("");
        page.wait_for("document.querySelector('.narration-head')?.innerText.includes('Step 3 of')");
        page.eval("raftarium.load('servers 3')");
        page.wait_for("!document.querySelector('.narration')");
        open();
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 3 of')");
    });
}

#[test]
fn a_scenario_from_the_card_of_a_rule_keeps_its_progress() {
    visit(|page| {
        page.click("button", "What goes wrong without it: one-vote");
        page.wait_for("document.querySelector('.narration .said')");
        page.click("button", "Next");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 2 of')");
        open_gallery(page, "Scenarios");
        let shown = "[...document.querySelectorAll('.gallery-item')]
            .find(e => e.innerText.startsWith('Two votes in one term'))?.innerText ?? ''";
        page.wait_for(&format!("({shown}).includes('step 2 of')"));
    });
}

#[test]
fn the_scenario_of_a_rule_ends_with_the_same_run_with_the_rule() {
    visit(|page| {
        page.click("button", "What goes wrong without it: one-vote");
        page.wait_for("document.querySelector('.narration .said')");
        page.eval("raftarium.speed(2)");
        for step in 2..=5 {
            page.click("button", "Next");
            page.wait_for(&format!(
                "document.querySelector('.narration-head').innerText.includes('Step {step} of 5')"
            ));
        }
        page.wait_for("document.querySelector('.with-the-rule')");
        page.click("button", "Compare with the same run with the rule one-vote");
        page.wait_for("document.querySelector('.below').innerText.includes('rule one-vote on')");
        // With the rule there is no second leader: the runs differ.
        page.wait_for("document.querySelector('.below').innerText.includes('differ')");
    });
}

#[test]
fn a_gallery_works_where_storage_is_denied() {
    let deny = "for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('denied'); } });";
    visit_with_script(deny, |page| {
        open_gallery(page, "Lessons");
        page.click("button", "Terms and elections");
        page.wait_for("document.querySelector('.narration .said')");
        page.click("button", "Next");
        page.wait_for("document.querySelector('.narration-head').innerText.includes('Step 2 of')");
    });
}

#[test]
fn the_first_view_fetches_nothing_of_the_galleries() {
    visit(|page| {
        let fetched = "performance.getEntriesByType('resource').map(entry => entry.name)
            .filter(name => /catalogue|lessons|challenges|scenarios|pictures/.test(name)).length";
        assert_eq!(page.eval(fetched), json!(0));
    });
}

#[test]
fn axe_finds_nothing_in_the_galleries() {
    visit(|page| {
        for section in ["Scenarios", "Lessons", "Challenges"] {
            open_gallery(page, section);
            nothing_is_found_here(page, section);
            page.resize(1280, 800);
        }
    });
}
