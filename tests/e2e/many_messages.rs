//! A hundred messages in flight: each is a button that moves by itself.

use serde_json::Value;

use crate::harness::{Page, visit};

/// Nine servers whose rounds of heartbeats overlap.
const CROWDED: &str = "servers 9\nlatency 250ms\nheartbeat 45ms\nelection-timeout 4s..5s\n\
     timeout s1\n";
const BUTTONS: &str = "[...document.querySelectorAll('.flight[data-message]')]";

fn show_a_hundred(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(CROWDED)));
    page.eval("raftarium.seek(2000000)");
    page.wait_for(&format!("{BUTTONS}.length > 80"));
}

#[test]
fn each_moves_by_an_animation_of_its_own_and_has_a_name() {
    visit(|page| {
        show_a_hundred(page);
        page.wait_for(&format!("{BUTTONS}.every(button => button.getAnimations().length === 1)"));
        let named = format!("{BUTTONS}.every(it => /S\\d to S\\d, term 1/.test(it.ariaLabel))");
        assert_eq!(page.eval(&named), true);
        // Half of the way takes 125 ms of simulated time.
        let places = format!(
            "JSON.stringify({BUTTONS}.map(it => [it.dataset.message,
                 Math.round(it.getBoundingClientRect().left)]).slice(0, 5))"
        );
        let before = page.eval(&places);
        page.eval("raftarium.speed(0.02)");
        page.eval("raftarium.play()");
        page.wait_for(&format!("{places} !== {before}"));
    });
}

#[test]
fn one_that_no_other_covers_opens_its_menu() {
    visit(|page| {
        show_a_hundred(page);
        let id = page.eval(&format!(
            "{BUTTONS}.find(button => {{
                const rect = button.getBoundingClientRect();
                const at = [rect.left + rect.width / 2, rect.top + rect.height / 2];
                return document.elementFromPoint(...at)?.closest('.flight') === button;
            }}).dataset.message"
        ));
        let id = id.as_str().expect("a message that can be clicked").to_owned();
        page.eval(&format!("document.querySelector('[data-message=\"{id}\"]').click()"));
        page.wait_for("document.querySelector('[role=menu]')?.innerText.includes('Drop')");
    });
}

#[test]
fn the_elements_of_messages_that_arrived_show_nothing() {
    visit(|page| {
        show_a_hundred(page);
        let few = "servers 3\nlatency 20ms\nelection-timeout never\ntimeout s1\n";
        page.eval(&format!("raftarium.load({})", Value::from(few)));
        page.eval("raftarium.seek(10000)");
        page.wait_for(&format!("{BUTTONS}.length === 2"));
        let shown = "[...document.querySelectorAll('.flights > *')]
            .filter(element => element.checkVisibility()).length";
        page.wait_for_value(shown, 2);
    });
}
