//! A challenge all the way, by keyboard alone: made in the page, opened by its link, solved, the
//! answer graded by the command line, and packed for a learning platform.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs, process};

use raftarium::script::ShareLink;
use serde_json::Value;

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, site, visit};

/// S1 leads, and S3 has crashed by the person's action.
const RUN: &str = "title \"Old\"\nservers 3\nelection-timeout never\nlatency 10ms\ntimeout s1\n\
                   run 100ms\nsay \"Old text.\"\n";

fn raftarium(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_raftarium");
    Command::new(program).args(arguments).current_dir(folder).output().expect("the program starts")
}

/// Opens the dialog from Share, at a moment of a run with an action.
fn open_dialog(page: &Page) {
    page.eval(&format!("raftarium.load({})", Value::from(RUN)));
    page.eval("raftarium.run()");
    page.eval("raftarium.exec('crash s3')");
    // Time runs from the first action on.
    page.eval("raftarium.pause()");
    page.eval("raftarium.seek(350000)");
    page.tab_to("e.innerText === 'Share'");
    page.press("Enter");
    page.tab_to("e.innerText === 'Make a challenge from this moment'");
    page.press("Enter");
    page.wait_for("document.querySelector('dialog[aria-label=\"Make a challenge\"]')");
}

fn tab_to_field(page: &Page, name: &str) {
    page.tab_to(&format!(
        "e.matches('input, select, textarea') && (e.getAttribute('aria-label')
            ?? e.labels?.[0]?.innerText.split('\\n')[0].trim()) === {}",
        Value::from(name)
    ));
}

fn enter(page: &Page, name: &str, text: &str) {
    tab_to_field(page, name);
    page.type_text(text);
}

/// Adds the goal that S2 leads, and allows `timeout` once.
fn fill_in(page: &Page) {
    enter(page, "Title", "Another \"leader\"");
    enter(page, "Task", "Make S2 the leader.");
    tab_to_field(page, "Server");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.tab_to("e.innerText === 'Add the goal'");
    page.press("Enter");
    page.wait_for("document.querySelector('.chosen-goals code').innerText === 'leader s2'");
    tab_to_field(page, "timeout");
    page.press(" ");
    enter(page, "timeout, at most", "1");
    enter(page, "Hint", "Who may campaign?");
    page.tab_to("e.type === 'submit' && e.innerText === 'Make a challenge'");
    page.press("Enter");
}

const LINK: &str = "document.querySelector('.made-challenge input[aria-label=Link]').value";

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn a_challenge_goes_all_the_way_by_keyboard_alone() {
    let folder = env::temp_dir().join(format!("raftarium-challenge-{}", process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let mut link = String::new();
    visit(|page| {
        open_dialog(page);
        fill_in(page);
        page.wait_for("document.querySelector('.made-challenge')");
        nothing_is_found_here(page, "the challenge that was made");
        link = text(&page.eval(LINK));
    });
    let challenge = ShareLink::read(&link).expect("a link");
    assert_eq!(challenge.time_us, 350_000);
    let expected = "title \"Another \\\"leader\\\"\"\nservers 3\nelection-timeout never\n\
        latency 10ms..10ms\ntimeout s1\nrun 100ms\ncrash s3\nrun 250ms\n\
        say \"Make S2 the leader.\"\ngoal leader s2 \"S2 leads.\"\nallow timeout\n\
        budget timeout 1\nhint \"Who may campaign?\"\n";
    assert_eq!(challenge.text, expected);
    fs::write(folder.join("challenge.raft"), &challenge.text).expect("the challenge is written");

    let mut answer = String::new();
    visit(|page| {
        page.go(&link[link.find('#').expect("a fragment")..]);
        page.wait_for("document.querySelector('.narration h2').innerText === 'Another \"leader\"'");
        page.wait_for("document.querySelector('.goals').innerText.includes('S2 leads.')");
        page.wait_for("raftarium.hash().then(({ time }) => time === 350000)");
        // What is not allowed is refused with the reason.
        page.tab_to("e.getAttribute('aria-label') === 'Command'");
        page.type_text("crash s1");
        page.press("Enter");
        page.wait_for("document.body.innerText.includes('only timeout is allowed here')");
        page.eval("document.activeElement.value = ''");
        page.type_text("timeout s2");
        page.press("Enter");
        page.wait_for("raftarium.script().then(text => text.includes('timeout s2'))");
        page.tab_to("e.getAttribute('aria-label') === 'Command'");
        page.type_text("run 300ms");
        page.press("Enter");
        page.wait_for("document.querySelector('.story-end')?.innerText.includes('every goal')");
        page.tab_to("e.innerText === 'Copy your answer'");
        page.eval("navigator.clipboard.writeText = async text => { window.copied = text; }, null");
        page.press("Enter");
        page.wait_for("window.copied");
        nothing_is_found_here(page, "a challenge that is won");
        answer = text(&page.eval("window.copied"));
    });
    let graded =
        raftarium(&folder, &["run", "challenge.raft", "--format", "json", "--answer", &answer]);
    let report: Value = serde_json::from_slice(&graded.stdout).expect("a report");
    assert_eq!(graded.status.code(), Some(0), "{report}");
    assert_eq!((&report["run"]["won"], &report["changed"]), (&true.into(), &false.into()));

    let page = fs::canonicalize(site::dist()).expect("the page");
    let page = page.to_str().expect("a path").to_owned();
    let packed = raftarium(
        &folder,
        &["pack", "challenge.raft", "--scorm", "--page", &page, "-o", "challenge.zip"],
    );
    assert_eq!(packed.status.code(), Some(0), "{}", String::from_utf8_lossy(&packed.stderr));
    let file = fs::File::open(folder.join("challenge.zip")).expect("a package");
    let mut zip = zip::ZipArchive::new(file).expect("a zip file");
    assert!(zip.by_name("imsmanifest.xml").is_ok() && zip.by_name("exercise-1.html").is_ok());
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn wrong_terms_are_reported_and_every_condition_can_be_chosen() {
    visit(|page| {
        open_dialog(page);
        page.click("button", "Make a challenge");
        page.wait_for("document.querySelector('dialog .wrong').innerText === 'Add a goal first.'");
        nothing_is_found_here(page, "a challenge without a goal");
        let kinds = "[...document.querySelector('.new-goal select').options].length";
        let count = page.eval(kinds).as_u64().expect("a number");
        for _ in 0..count {
            page.click("button", "Add the goal");
            page.focus("combobox", "Condition");
            page.press("ArrowDown");
        }
        // The last one needs a condition of one's own.
        page.wait_for("document.querySelectorAll('.chosen-goals li').length === 8");
        nothing_is_found_here(page, "a challenge with all goals");
        page.focus("textbox", "Condition in the language");
        page.type_text("leadr s1");
        page.click("button", "Add the goal");
        page.click("button", "Make a challenge");
        page.wait_for(
            "document.querySelector('dialog .wrong').innerText.includes('did you mean leader')",
        );
        page.click("button", "Remove the goal: This holds: leadr s1.");
        page.wait_for("document.querySelectorAll('.chosen-goals li').length === 8");
        page.click("button", "Make a challenge");
        page.wait_for("document.querySelector('.made-challenge')");
        let link = text(&page.eval(LINK));
        let script = ShareLink::read(&link).expect("a link").text;
        for goal in [
            "goal leader \"One server leads.\"",
            "goal no leader \"No server leads.\"",
            "goal commit all >= 1 \"Every live server has committed index 1.\"",
            "goal value x = 1 \"x is 1 on every live server.\"",
            "goal violated election-safety \"Election Safety is violated.\"",
            "goal safe \"No safety property is violated.\"",
            "goal alive all \"Every server is alive.\"",
            "goal agree \"All live servers have committed the same.\"",
        ] {
            assert!(script.contains(goal), "{goal} in {script}");
        }
        // It opens from the dialog, too.
        page.click("button", "Open the challenge");
        page.wait_for("document.querySelector('.goals li')");
        page.wait_for("raftarium.hash().then(({ time }) => time === 350000)");
    });
}
