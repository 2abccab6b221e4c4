//! The session is a script: what is done by hand becomes its lines, and it is kept, shared and opened.

use std::time::Duration;

use headless_chrome::browser::tab::ModifierKey;
use serde_json::Value;

use crate::cluster::{state, visit_with_leader, wait_for_state};
use crate::harness::{Page, visit, visit_at};

const SOON: Duration = Duration::from_secs(10);

/// The names of the lines in the Script tab.
const LINES: &str =
    "[...document.querySelectorAll('.script-line .line')].map(e => e.getAttribute('aria-label'))";

/// The name of the line that holds this, once there is one.
fn line_with(page: &Page, part: &str) -> String {
    page.wait_for(&format!("{LINES}.some(line => line.includes({}))", Value::from(part)), SOON);
    let name = page.eval(&format!("{LINES}.find(line => line.includes({}))", Value::from(part)));
    name.as_str().expect("a name").to_owned()
}

fn has_no_line_with(page: &Page, part: &str) {
    page.wait_for(&format!("!{LINES}.some(line => line.includes({}))", Value::from(part)), SOON);
}

fn wait_for_text(page: &Page, selector: &str, part: &str) {
    let text = format!("document.querySelector({})?.textContent", Value::from(selector));
    page.wait_for(&format!("{text}?.includes({})", Value::from(part)), SOON);
}

/// Loads a script, paused at its beginning, and shows it.
fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.click("tab", "Script");
}

fn reload(page: &Page) {
    page.eval("window.left = true; void location.reload()");
    page.wait_for("!window.left && document.querySelector('h1') && 'raftarium' in window", SOON);
}

fn hash(page: &Page) -> Value {
    page.eval("raftarium.hash()")
}

fn script(page: &Page) -> String {
    page.eval("raftarium.script()").as_str().expect("a text").to_owned()
}

/// Gives the page a file, by its field or by a drop.
fn give_file(page: &Page, how: &str, name: &str, kind: &str, content: &str) {
    page.eval(&format!(
        "(() => {{ const transfer = new DataTransfer();
            transfer.items.add(new File([{}], {}, {{ type: {} }}));
            {how} }})()",
        Value::from(content),
        Value::from(name),
        Value::from(kind)
    ));
}

const DROP: &str = "for (const kind of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));";
const CHOOSE: &str = "const field = document.querySelector('input[type=file]');
    field.files = transfer.files; field.dispatchEvent(new Event('change', { bubbles: true }));";

#[test]
fn a_crash_becomes_a_line_that_can_be_taken_back_and_done_again() {
    visit_with_leader(|page, leader, _| {
        page.click("tab", "Script");
        line_with(page, "latency");
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.click("menuitem", "Crash");
        page.click("tab", "Script");
        let line = line_with(page, &format!("crash {leader}"));
        assert!(line.starts_with("Line 3, done: at "), "{line}");
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        page.press_with("z", &[ModifierKey::Ctrl]);
        wait_for_text(page, ".notice", &format!("crash {leader}"));
        wait_for_text(page, ".notice", "Taken back");
        has_no_line_with(page, "crash");
        assert!(
            state(page)["servers"].as_array().expect("a list").iter().all(|s| s["alive"] == true)
        );
        page.press_with("z", &[ModifierKey::Ctrl, ModifierKey::Shift]);
        line_with(page, &format!("crash {leader}"));
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        page.click("button", "Undo");
        has_no_line_with(page, "crash");
        page.click("button", "Undo");
        wait_for_text(page, ".notice", "Nothing was done by hand");
    });
}

#[test]
fn a_line_is_changed_added_and_removed_by_keyboard() {
    visit(|page| {
        load(page, "servers 3\nwait leader\nrun 1s\ncrash s1\nrun 1s\n");
        page.eval("raftarium.seek(3000000)");
        line_with(page, "Line 4, done: crash s1");
        let before = hash(page);
        page.focus("button", "Line 4, done: crash s1");
        page.press("Enter");
        page.wait_for("document.activeElement.getAttribute('aria-label') === 'Line 4'", SOON);
        page.eval("document.activeElement.value = 'crahs s2'");
        page.press("Enter");
        wait_for_text(page, ".line-editor .wrong", "4:1");
        wait_for_text(page, ".line-editor .wrong", "`crash`");
        assert_eq!(page.eval("document.activeElement.value"), "crahs s2");
        assert_eq!(hash(page), before);
        page.press("Escape");
        page.wait_for("document.activeElement.dataset.line === '4'", SOON);
        page.press("Enter");
        page.wait_for("document.activeElement.value === 'crash s1'", SOON);
        page.eval("document.activeElement.value = 'crash s2'");
        page.press("Enter");
        line_with(page, "Line 4, done: crash s2");
        let alive = "['s1', 's3'].every(id => state.servers.find(s => s.id === id).alive)";
        wait_for_state(page, &format!("{alive} && state.time === 3000000"));
        page.click("button", "Add a line below line 5");
        page.wait_for("document.activeElement.getAttribute('aria-label') === 'New line'", SOON);
        page.type_text("crash s3");
        page.press("Enter");
        line_with(page, "Line 6, done: crash s3");
        page.focus("button", "Remove line 6");
        page.press("Enter");
        has_no_line_with(page, "crash s3");
        // The focus is not lost with the line.
        page.wait_for("document.activeElement.dataset.do === 'undo'", SOON);
        page.press("Enter");
        line_with(page, "crash s3");
    });
}

#[test]
fn the_whole_text_is_edited_and_every_wrong_line_is_told() {
    visit(|page| {
        load(page, "servers 3\nrun 1s\n");
        page.click("button", "Edit as text");
        page.wait_for("document.activeElement.value === 'servers 3\\nrun 1s\\n'", SOON);
        page.eval("document.activeElement.value = 'servers 3\\ncrahs s1\\nrun\\n'");
        page.click("button", "Apply");
        wait_for_text(page, ".text-editor .wrong", "2:1");
        wait_for_text(page, ".text-editor .wrong", "3:4");
        assert_eq!(script(page), "servers 3\nrun 1s\n");
        page.eval("document.querySelector('textarea').value = 'servers 4\\nrun 1s\\n'");
        page.click("button", "Apply");
        line_with(page, "servers 4");
        wait_for_state(page, "state.servers.length === 4");
    });
}

#[test]
fn a_trigger_of_the_form_is_recorded_and_a_breakpoint_stops() {
    visit(|page| {
        load(page, "servers 3\n");
        page.eval("document.querySelector('.trigger summary').focus()");
        page.press("Enter");
        page.focus("combobox", "Condition");
        page.type_text("leadr");
        page.press("Tab");
        page.type_text("stop");
        page.press("Enter");
        wait_for_text(page, ".trigger .wrong", "`leader`");
        page.eval("document.querySelector('.trigger input').value = 'leader'");
        page.press("Enter");
        wait_for_text(page, ".trigger .told", "Set.");
        let line = line_with(page, "when leader do stop");
        assert!(line.starts_with("Line 3, done: at 0"), "{line}");
        page.eval("raftarium.speed(2)");
        page.eval("raftarium.play()");
        wait_for_state(page, "!state.playing && state.servers.some(s => s.role === 'leader')");
        wait_for_text(page, ".notice", "Stopped by line 3: at 0");
        line_with(page, "Line 3, stopped here");
        let stopped_us = state(page)["time"].as_u64().expect("a time");
        page.click("button", "Play");
        wait_for_state(page, &format!("state.time > {stopped_us}"));
        line_with(page, "Line 3, done");
    });
}

#[test]
fn a_session_is_saved_and_opened_again_by_the_field() {
    visit(|page| {
        load(page, "servers 3\nwait leader\n");
        page.eval("raftarium.seek(2000000)");
        page.eval("raftarium.exec('crash s2')");
        page.eval("raftarium.seek(2500000)");
        let (saved_text, there) = (script(page), hash(page));
        page.eval(
            "const make = URL.createObjectURL;
             URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) }; null",
        );
        page.click("button", "Share");
        page.click("button", "Save as file");
        wait_for_text(page, "dialog [role=status]", "raftarium.raft");
        assert_eq!(page.eval("window.saved.text()"), saved_text.as_str());
        page.eval("raftarium.load('servers 1\\n')");
        give_file(page, CHOOSE, "raftarium.raft", "", &saved_text);
        wait_for_text(page, ".tell", "raftarium.raft, at 0.000 s, paused");
        assert!(!page.has("button", "Save as file"), "the dialog is still open");
        page.eval("raftarium.seek(2500000)");
        assert_eq!(hash(page), there);
        page.click("button", "Bring back what was there");
        wait_for_state(page, "state.servers.length === 1");
    });
}

#[test]
fn a_file_is_dropped_and_what_is_no_script_is_refused() {
    visit(|page| {
        load(page, "servers 2\n");
        let before = hash(page);
        let refused = [
            ("photo.png", "image/png", "x", "image/png"),
            ("odd.raft", "", "servers 3\0", "is no text"),
            ("wrong.raft", "text/plain", "servers 3\ncrahs s1\nrun\n", "3:4"),
            ("huge.raft", "", &"#".repeat(1_200_000), "1.2 MB"),
        ];
        for (name, kind, content, told) in refused {
            give_file(page, DROP, name, kind, content);
            wait_for_text(page, ".tell.bad", name);
            wait_for_text(page, ".tell.bad", told);
            assert_eq!(hash(page), before, "{name}");
        }
        assert_eq!(page.eval("document.documentElement.dataset.drop"), "");
        page.click("button", "Dismiss");
        page.wait_for("!document.querySelector('.tell')", SOON);
        give_file(page, DROP, "crash.raft", "", "servers 3\ncrash s1\n");
        wait_for_text(page, ".tell", "crash.raft");
        wait_for_state(page, "state.servers.length === 3 && !state.playing");
    });
}

#[test]
fn a_link_shows_the_same_moment_in_a_fresh_tab() {
    visit(|page| {
        load(page, "servers 3\nlatency 15ms..25ms\n");
        page.eval("raftarium.seek(1234567)");
        page.eval("raftarium.exec('crash leader')");
        page.eval("raftarium.seek(3210000)");
        page.eval("raftarium.play()");
        page.click("button", "Share");
        page.wait_for("document.querySelector('[aria-label=Link]')?.value", SOON);
        assert_eq!(state(page)["playing"], false);
        let there = hash(page);
        page.focus("textbox", "Link");
        let selected =
            "(e => e.selectionEnd - e.selectionStart === e.value.length)(document.activeElement)";
        page.wait_for(selected, SOON);
        let link = page.eval("document.activeElement.value");
        let link = link.as_str().expect("a link").to_owned();
        let (_, fragment) = link.split_once('#').expect("a fragment");
        visit_at(&format!("#{fragment}"), |other| {
            other.wait_for("document.querySelector('.tell')", SOON);
            assert_eq!(hash(other), there);
            assert_eq!(state(other)["playing"], false);
            // What is done now is not what the address says.
            other.eval("raftarium.exec('restart all')");
            other.wait_for("location.hash === ''", SOON);
            other.eval(&format!("void (location.hash = {})", Value::from(fragment)));
            other.wait_for(
                "(await raftarium.hash()).hash === HASH"
                    .replace("HASH", &there["hash"].to_string())
                    .as_str(),
                SOON,
            );
        });
    });
}

#[test]
fn a_broken_link_is_told_and_what_was_there_stays() {
    for (fragment, told) in [("#1abc", "damaged"), ("#9zzz", "version 9"), ("#hello", "no link")] {
        visit_at(fragment, |page| {
            wait_for_text(page, ".tell.bad", told);
            wait_for_state(page, "state.playing && state.servers.length === 5");
            page.eval("void (location.hash = '1nonsense')");
            wait_for_text(page, ".tell.bad", "damaged");
            page.click("button", "Dismiss");
            page.wait_for("!document.querySelector('.tell')", SOON);
            wait_for_state(page, "state.playing");
        });
    }
}

#[test]
fn a_link_that_would_run_for_ever_does_not_hang_the_page() {
    visit(|page| {
        load(page, "servers 9\nevery 1us set x 1\n");
        page.eval("raftarium.seek(3000000000).catch(error => null)");
        let reached_us = state(page)["time"].as_u64().expect("a time");
        assert!((1..3_000_000_000).contains(&reached_us), "{reached_us}");
        page.click("tab", "Events");
        page.click("tab", "Script");
        line_with(page, "every 1us");
    });
}

#[test]
fn a_reload_keeps_what_was_done_and_new_starts_afresh() {
    visit_with_leader(|page, leader, _| {
        reload(page);
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
        assert!(!page.eval("document.querySelector('.tell') !== null").as_bool().expect("a bool"));
        page.eval("raftarium.pause()");
        page.eval(&format!("raftarium.exec('crash {leader}')"));
        let there = hash(page);
        reload(page);
        wait_for_text(page, ".tell", "your last session");
        assert_eq!(hash(page), there);
        assert_eq!(state(page)["playing"], false);
        page.click("button", "New");
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
        page.click("button", "Bring back what was there");
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        assert_eq!(hash(page), there);
        page.click("tab", "Script");
        page.click("button", "New");
        wait_for_state(page, "state.playing");
        reload(page);
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
    });
}

#[test]
fn a_session_that_broke_the_page_is_told_and_not_run() {
    let page = Page::blank();
    page.before_each_start(
        "if (!window.name) { window.name = 'seen'; sessionStorage['raftarium.restoring'] = '1';
             localStorage['raftarium.session'] = '1000000\\nservers 4\\n'; }",
    );
    page.go("");
    wait_for_text(&page, ".tell.bad", "servers 4");
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    page.click("tab", "Script");
    page.click("button", "Bring back");
    wait_for_state(&page, "state.servers.length === 4 && state.time === 1000000");
    assert_eq!(page.troubles(), Vec::<String>::new());
    page.close();
}

#[test]
fn a_page_that_breaks_down_shows_the_script_and_can_start_afresh() {
    let page = Page::blank();
    page.go("");
    page.eval("raftarium.load('servers 4\\n')");
    page.before_each_start(
        "if (!window.name) new MutationObserver(() => document.querySelector('#app')?.remove())
             .observe(document, { childList: true, subtree: true })",
    );
    page.eval("void location.reload()");
    page.wait_for("document.querySelector('#panic:not([hidden])')", SOON);
    wait_for_text(&page, "#panic-detail", "servers 4");
    page.eval("window.name = 'seen'");
    page.click("button", "Start afresh");
    page.wait_for("'raftarium' in window", SOON);
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    page.close();
}

#[test]
fn without_storage_everything_else_works() {
    let page = Page::blank();
    page.before_each_start(
        "for (const name of ['localStorage', 'sessionStorage'])
             Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })",
    );
    page.go("");
    load(&page, "servers 3\n");
    page.eval("raftarium.exec('crash s1')");
    line_with(&page, "crash s1");
    page.click("button", "Undo");
    has_no_line_with(&page, "crash s1");
    page.click("button", "New");
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    reload(&page);
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    assert_eq!(page.troubles(), Vec::<String>::new());
    page.close();
}

#[test]
fn a_full_storage_stops_nothing() {
    let page = Page::blank();
    page.before_each_start(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    );
    page.go("");
    page.eval("raftarium.exec('crash s1')");
    page.click("tab", "Script");
    line_with(&page, "crash s1");
    assert_eq!(page.troubles(), Vec::<String>::new());
    page.close();
}

#[test]
fn a_violation_shows_the_script_that_leads_to_it() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrule one-vote off\\nrule majority off\\n')");
        page.eval("raftarium.exec('partition s1 | s2,s3')");
        page.eval("raftarium.seek(3000000)");
        wait_for_text(page, ".violation summary", "What you did so far: 1 act");
        wait_for_text(page, ".violation pre", "partition s1");
        page.click("button", "Start again");
        wait_for_state(page, "state.playing && state.violations.length === 0");
    });
}
