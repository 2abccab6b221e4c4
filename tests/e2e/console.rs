//! The console: suggestions by keyboard and mouse, history, help.

use headless_chrome::browser::tab::ModifierKey;
use serde_json::{Value, json};

use crate::harness::{Page, visit};

const FIELD: &str = "document.querySelector('[aria-label=Console][type=text]')";
const OPTIONS: &str =
    "[...document.querySelectorAll('[role=option] code')].map(code => code.textContent)";

fn open(page: &Page) {
    page.eval("raftarium.pause()");
    page.click("tab", "Console");
    page.focus("textbox", "Console");
}

fn value(page: &Page) -> Value {
    page.eval(&format!("{FIELD}.value"))
}

fn wait_for_options(page: &Page, words: Value) {
    page.wait_for_value(OPTIONS, words);
}

fn wait_for_text(page: &Page, text: &str) {
    page.wait_for_value(&format!("{FIELD}.value"), text);
}

fn wait_for_list(page: &Page, open: bool) {
    let state = format!("document.querySelector('[role=combobox]').ariaExpanded === '{open}'");
    page.wait_for(&format!(
        "{state} && (document.querySelector('[role=listbox]') !== null) === {open}"
    ));
}

/// The newest line and its answer.
fn newest(page: &Page) -> (String, String) {
    let text = |selector| {
        let text =
            page.eval(&format!("document.querySelector('.transcript li {selector}').textContent"));
        text.as_str().expect("a text").to_owned()
    };
    (text("code"), text("pre"))
}

fn enter(page: &Page, line: &str) -> String {
    page.type_text(line);
    page.press("Enter");
    wait_for_text(page, "");
    page.wait_for_value("document.querySelector('.transcript li code')?.textContent ?? null", line);
    newest(page).1
}

#[test]
fn words_are_chosen_by_keyboard() {
    visit(|page| {
        open(page);
        page.type_text("cra");
        wait_for_list(page, true);
        wait_for_options(page, json!(["crash"]));
        let chosen = format!("{FIELD}.getAttribute('aria-activedescendant')");
        assert_eq!(page.eval(&chosen), Value::Null, "no word is chosen yet");
        page.press("ArrowDown");
        page.wait_for(&format!("document.getElementById({chosen})?.ariaSelected === 'true'"));
        page.press("Enter");
        wait_for_text(page, "crash ");
        page.wait_for(&format!("{OPTIONS}.includes('s5')"));
        // The last of them from below.
        page.press("ArrowUp");
        page.wait_for("document.querySelector('[aria-selected=true] code')?.textContent === 's5'");
        page.press("Tab");
        wait_for_text(page, "crash s5");
        wait_for_list(page, false);
        page.press("Enter");
        wait_for_text(page, "");
        page.wait_for(
            "document.querySelector('.transcript li pre')?.textContent.startsWith('Crash S5')",
        );
        assert_eq!(page.eval("raftarium.state().then(state => state.servers[4].alive)"), false);
    });
}

/// While no word is chosen, Tab and Shift+Tab move the focus as everywhere else.
#[test]
fn tab_leaves_the_field_and_escape_closes_the_list() {
    visit(|page| {
        open(page);
        page.type_text("re");
        wait_for_list(page, true);
        page.press("Tab");
        wait_for_list(page, false);
        assert_eq!(page.eval("document.activeElement.textContent"), "Run");
        page.press_with("Tab", &[ModifierKey::Shift]);
        assert_eq!(page.eval(&format!("document.activeElement === {FIELD}")), true);
        page.press("End");
        page.type_text("s");
        wait_for_list(page, true);
        page.press("ArrowDown");
        page.press("Escape");
        wait_for_list(page, false);
        assert_eq!(value(page), "res", "the typed text stays");
        page.press("ArrowDown");
        wait_for_list(page, true);
        page.press_with("Tab", &[ModifierKey::Shift]);
        wait_for_list(page, false);
        assert_eq!(page.eval("document.activeElement.getAttribute('role')"), "tabpanel");
    });
}

#[test]
fn a_click_takes_a_word_and_the_list_covers_nothing() {
    for (width, height) in [(1280, 800), (320, 640)] {
        visit(|page| {
            page.resize(width, height);
            open(page);
            page.type_text("rule ");
            wait_for_list(page, true);
            let fits = page.eval(&format!(
                "(() => {{
                     const box = element => element.getBoundingClientRect();
                     const list = box(document.querySelector('[role=listbox]'));
                     const field = box({FIELD});
                     return [field.top >= 0, list.top >= field.bottom,
                             list.bottom <= innerHeight + 1,
                             list.left >= 0, list.right <= innerWidth] }})()"
            ));
            assert_eq!(fits, json!([true, true, true, true, true]), "{width} by {height}");
            page.click_starting("option", "one-vote");
            wait_for_text(page, "rule one-vote ");
            assert_eq!(page.eval(&format!("document.activeElement === {FIELD}")), true);
            wait_for_options(page, json!(["on", "off"]));
        });
    }
}

#[test]
fn a_word_inside_a_line_is_completed() {
    visit(|page| {
        open(page);
        page.type_text("when  do crash s1");
        page.eval(&format!("{FIELD}.setSelectionRange(5, 5)"));
        page.type_text("lead");
        wait_for_list(page, true);
        wait_for_options(page, json!(["leader", "leaders"]));
        page.press("ArrowDown");
        page.press("Enter");
        wait_for_text(page, "when leader do crash s1");
        assert_eq!(
            page.eval(&format!("{FIELD}.selectionStart")),
            11,
            "the caret is after the word"
        );
    });
}

#[test]
fn the_history_survives_another_tab_and_another_visit() {
    visit(|page| {
        open(page);
        enter(page, "status");
        enter(page, "getleader");
        page.click("tab", "Events");
        page.click("tab", "Console");
        page.focus("textbox", "Console");
        assert_eq!(newest(page).0, "getleader", "the answers are still there");
        page.press("ArrowUp");
        wait_for_text(page, "getleader");
        page.press("ArrowUp");
        wait_for_text(page, "status");
        page.press("ArrowUp");
        wait_for_text(page, "status");
        page.press("ArrowDown");
        wait_for_text(page, "getleader");
        page.press("ArrowDown");
        wait_for_text(page, "");
        page.eval(
            "localStorage.setItem('raftarium.console',
                 Array.from({ length: 150 }, (_, number) => `help ${number}`).join('\\n'))",
        );
        page.go("?again");
        open(page);
        enter(page, "getleader");
        page.press("ArrowUp");
        wait_for_text(page, "getleader");
        page.press("ArrowUp");
        wait_for_text(page, "help 0");
        let kept = page.eval("localStorage.getItem('raftarium.console').split('\\n').length");
        assert_eq!(kept, 100);
    });
}

#[test]
fn help_and_wrong_words_get_an_explanation() {
    visit(|page| {
        open(page);
        let help = enter(page, "help");
        assert!(help.contains("crash") && help.contains("prev-log-check") && help.contains('\n'));
        assert!(enter(page, "help prev-log-check").contains("without it: logs diverge"));
        assert!(enter(page, "help leader").contains("for example: expect leader"));
        assert!(enter(page, "crsh s1").ends_with("did you mean `crash`?"));
        assert!(enter(page, "help crsh").ends_with("did you mean `crash`?"));
        page.type_text("run ");
        page.wait_for(
            "document.querySelector('.usage')?.textContent.includes('a duration such as 50ms')",
        );
    });
}

/// A sandboxed frame may not submit a form and gets no submit event, so a line runs without one.
#[test]
fn a_line_runs_without_the_browser_submitting_a_form() {
    visit(|page| {
        open(page);
        page.eval(
            "window.got = []; addEventListener('submit', event => got.push(event.isTrusted))",
        );
        enter(page, "status");
        page.type_text("getleader");
        page.click("button", "Run");
        wait_for_text(page, "");
        assert_eq!(newest(page).0, "getleader");
        assert_eq!(page.eval("got"), json!([false, false]));
    });
}

/// The words of other tools work, and are recorded in the session.
#[test]
fn words_of_other_tools_work_and_are_replayed() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nelection-timeout never\\n')");
        open(page);
        assert_eq!(enter(page, "getleader"), "no leader");
        assert!(enter(page, "getval x").starts_with("no answer yet"));
        assert!(enter(page, "suspend 3").starts_with("no server is connected"));
        assert!(
            enter(page, "timeout s1").starts_with("Election timeout") || !newest(page).1.is_empty()
        );
        enter(page, "settle");
        assert_eq!(enter(page, "getleader"), "S1 leads in term 1");
        assert_eq!(enter(page, "connect s2"), "connected to S2");
        enter(page, "beat s1");
        assert_eq!(enter(page, "setval x 3"), "ok");
        assert_eq!(enter(page, "getval x"), "3");
        assert_eq!(enter(page, "write x 4"), "ok");
        assert!(enter(page, "suspend 1").starts_with("Pause S2"));
        assert!(enter(page, "status").contains("S2: paused"));
        enter(page, "crash s2");
        // The client goes on to another server, once the crashed one does not answer.
        assert_eq!(enter(page, "read x"), "4");
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
