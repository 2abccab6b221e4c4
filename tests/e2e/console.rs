//! The console as a person uses it: suggestions by keyboard and by mouse, history, help.

use std::time::Duration;

use headless_chrome::browser::tab::ModifierKey;
use serde_json::{Value, json};

use crate::harness::{Page, visit};

const FIELD: &str = "document.querySelector('[aria-label=Console][type=text]')";
const SOON: Duration = Duration::from_secs(5);

fn open(page: &Page) {
    page.eval("raftarium.pause()");
    page.click("tab", "Console");
    page.focus("textbox", "Console");
}

fn value(page: &Page) -> Value {
    page.eval(&format!("{FIELD}.value"))
}

fn options(page: &Page) -> Value {
    page.eval("[...document.querySelectorAll('[role=option] code')].map(code => code.textContent)")
}

fn wait(page: &Page, condition: &str) {
    page.wait_for(condition, SOON);
}

fn wait_for_value(page: &Page, text: &str) {
    wait(page, &format!("{FIELD}.value === {text:?}"));
}

fn wait_for_list(page: &Page, open: bool) {
    let state = format!("document.querySelector('[role=combobox]').ariaExpanded === '{open}'");
    wait(
        page,
        &format!("{state} && (document.querySelector('[role=listbox]') !== null) === {open}"),
    );
}

/// The newest line and its answer.
fn newest(page: &Page) -> (String, String) {
    let text = |selector| {
        let text = page.eval(&format!("document.querySelector('.talk li {selector}').textContent"));
        text.as_str().expect("a text").to_owned()
    };
    (text("code"), text("pre"))
}

fn say(page: &Page, line: &str) -> String {
    page.type_text(line);
    page.press("Enter");
    wait_for_value(page, "");
    let (asked, answer) = newest(page);
    assert_eq!(asked, line);
    answer
}

#[test]
fn words_are_chosen_by_keyboard() {
    visit(|page| {
        open(page);
        page.type_text("cra");
        wait_for_list(page, true);
        assert_eq!(options(page), json!(["crash"]));
        let chosen = format!("{FIELD}.getAttribute('aria-activedescendant')");
        assert_eq!(page.eval(&chosen), Value::Null, "nothing is chosen unasked");
        page.press("ArrowDown");
        wait(page, &format!("document.getElementById({chosen})?.ariaSelected === 'true'"));
        page.press("Enter");
        wait_for_value(page, "crash ");
        assert!(options(page).as_array().is_some_and(|all| all.contains(&json!("s5"))));
        // The last of them from below.
        page.press("ArrowUp");
        wait(page, "document.querySelector('[aria-selected=true] code')?.textContent === 's5'");
        page.press("Tab");
        wait_for_value(page, "crash s5");
        wait_for_list(page, false);
        page.press("Enter");
        wait_for_value(page, "");
        assert!(newest(page).1.starts_with("Crash of s5"));
        assert_eq!(page.eval("raftarium.state().then(state => state.servers[4].alive)"), false);
    });
}

/// Nobody is trapped: while nothing is chosen, Tab and Shift and Tab go where they always go.
#[test]
fn tab_leaves_the_field_and_escape_closes_the_list() {
    visit(|page| {
        open(page);
        page.type_text("re");
        wait_for_list(page, true);
        page.press("Tab");
        wait_for_list(page, false);
        assert_eq!(page.eval("document.activeElement.textContent"), "Do");
        page.press_with("Tab", &[ModifierKey::Shift]);
        assert_eq!(page.eval(&format!("document.activeElement === {FIELD}")), true);
        page.press("End");
        page.type_text("s");
        wait_for_list(page, true);
        page.press("ArrowDown");
        page.press("Escape");
        wait_for_list(page, false);
        assert_eq!(value(page), "res", "what was typed stays");
        page.press("ArrowDown");
        wait_for_list(page, true);
        page.press_with("Tab", &[ModifierKey::Shift]);
        wait_for_list(page, false);
        assert_eq!(page.eval("document.activeElement.getAttribute('role')"), "tabpanel");
    });
}

#[test]
fn a_word_is_taken_by_a_click_and_the_list_covers_nothing() {
    for (width, height) in [(1280, 800), (320, 640)] {
        visit(|page| {
            page.resize(width, height);
            open(page);
            page.type_text("rule ");
            wait_for_list(page, true);
            let places = page.eval(&format!(
                "(() => {{ const list = document.querySelector('[role=listbox]').getBoundingClientRect();
                   const field = {FIELD}.getBoundingClientRect();
                   return [field.top >= 0, list.top >= field.bottom, list.bottom <= innerHeight + 1, list.left >= 0, list.right <= innerWidth] }})()"
            ));
            assert_eq!(places, json!([true, true, true, true, true]), "{width} by {height}");
            page.click_starting("option", "one-vote");
            wait_for_value(page, "rule one-vote ");
            assert_eq!(page.eval(&format!("document.activeElement === {FIELD}")), true);
            assert_eq!(options(page), json!(["on", "off"]));
        });
    }
}

#[test]
fn a_word_in_the_midst_of_a_line_is_completed() {
    visit(|page| {
        open(page);
        page.type_text("when  do crash s1");
        page.eval(&format!("{FIELD}.setSelectionRange(5, 5)"));
        page.type_text("lead");
        wait_for_list(page, true);
        assert_eq!(options(page), json!(["leader", "leaders"]));
        page.press("ArrowDown");
        page.press("Enter");
        wait_for_value(page, "when leader do crash s1");
        assert_eq!(
            page.eval(&format!("{FIELD}.selectionStart")),
            11,
            "the caret is after the word"
        );
    });
}

#[test]
fn earlier_lines_come_back_after_another_tab_and_after_another_visit() {
    visit(|page| {
        open(page);
        say(page, "status");
        say(page, "getleader");
        page.click("tab", "Events");
        page.click("tab", "Console");
        page.focus("textbox", "Console");
        assert_eq!(newest(page).0, "getleader", "the answers are still there");
        page.press("ArrowUp");
        wait_for_value(page, "getleader");
        page.press("ArrowUp");
        wait_for_value(page, "status");
        page.press("ArrowUp");
        wait_for_value(page, "status");
        page.press("ArrowDown");
        wait_for_value(page, "getleader");
        page.press("ArrowDown");
        wait_for_value(page, "");
        page.eval(
            "localStorage.setItem('raftarium.console', Array.from({ length: 150 }, (_, place) => `help ${place}`).join('\\n'))",
        );
        page.go("?again");
        open(page);
        say(page, "getleader");
        page.press("ArrowUp");
        wait_for_value(page, "getleader");
        page.press("ArrowUp");
        wait_for_value(page, "help 0");
        let kept = page.eval("localStorage.getItem('raftarium.console').split('\\n').length");
        assert_eq!(kept, 100);
    });
}

#[test]
fn help_and_wrong_words_are_answered_in_plain_words() {
    visit(|page| {
        open(page);
        let help = say(page, "help");
        assert!(help.contains("crash") && help.contains("prev-log-check") && help.contains('\n'));
        assert!(say(page, "help prev-log-check").contains("without it: logs diverge"));
        assert!(say(page, "help leader").contains("for example: expect leader"));
        assert!(say(page, "crsh s1").ends_with("did you mean `crash`?"));
        assert!(say(page, "help crsh").ends_with("did you mean `crash`?"));
        page.type_text("run ");
        wait(
            page,
            "document.querySelector('.usage')?.textContent.includes('a duration such as 50ms')",
        );
    });
}

/// A frame in a sandbox may not submit a form, and gets no event of it: so a line is done without.
#[test]
fn a_line_is_done_without_the_browser_submitting_a_form() {
    visit(|page| {
        open(page);
        page.eval(
            "window.got = []; addEventListener('submit', event => got.push(event.isTrusted))",
        );
        say(page, "status");
        page.type_text("getleader");
        page.click("button", "Do");
        wait_for_value(page, "");
        assert_eq!(newest(page).0, "getleader");
        assert_eq!(page.eval("got"), json!([false, false]));
    });
}

/// The words of other tools, and that what they do is part of the session.
#[test]
fn words_of_other_tools_do_what_they_say_and_are_replayed() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nelection-timeout never\\n')");
        open(page);
        assert_eq!(say(page, "getleader"), "no leader");
        assert!(say(page, "getval x").starts_with("no answer yet"));
        assert!(say(page, "suspend 3").starts_with("no server is connected"));
        assert!(
            say(page, "timeout s1").starts_with("Election timeout") || !newest(page).1.is_empty()
        );
        say(page, "settle");
        assert_eq!(say(page, "getleader"), "s1 leads in term 1");
        assert_eq!(say(page, "connect s2"), "connected to s2");
        say(page, "beat s1");
        assert_eq!(say(page, "setval x 3"), "ok");
        assert_eq!(say(page, "getval x"), "3");
        assert_eq!(say(page, "write x 4"), "ok");
        assert!(say(page, "suspend 1").starts_with("Pause of s2"));
        assert!(say(page, "status").contains("s2: paused"));
        say(page, "crash s2");
        // The client goes on to another server, once the crashed one does not answer.
        assert_eq!(say(page, "read x"), "4");
        let same = page.eval(
            "(async () => {
                 const [script, before] = [await raftarium.script(), await raftarium.hash()];
                 await raftarium.load(script);
                 await raftarium.seek(before.time);
                 const after = await raftarium.hash();
                 return [before, after];
             })()",
        );
        assert_eq!(same[0], same[1]);
    });
}
