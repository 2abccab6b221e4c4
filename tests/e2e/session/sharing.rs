//! Links and files: shared, opened, dropped, rejected.

use serde_json::Value;

use crate::cluster::{state, wait_for_state};
use crate::harness::{Page, visit, visit_at};

use super::{hash, line_with, load, reload, script, wait_for_text};

/// Gives the page a file, through its field or by a drop.
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
    document.body.dispatchEvent(new DragEvent(kind,
        { dataTransfer: transfer, bubbles: true, cancelable: true }));";
const CHOOSE: &str = "const field = document.querySelector('input[type=file]');
    field.files = transfer.files; field.dispatchEvent(new Event('change', { bubbles: true }));";

#[test]
fn a_saved_session_opens_again_through_the_field() {
    visit(|page| {
        load(page, "servers 3\nwait leader\n");
        page.eval("raftarium.seek(2000000)");
        page.eval("raftarium.exec('crash s2')");
        page.eval("raftarium.seek(2500000)");
        let (saved_text, there) = (script(page), hash(page));
        page.eval(
            "const make = URL.createObjectURL;
             URL.createObjectURL = blob => {
                 window.saved = blob;
                 return make.call(URL, blob);
             };
             null",
        );
        page.click("button", "Share");
        page.click("button", "Save as a file");
        wait_for_text(page, "dialog [role=status]", "raftarium.raft");
        assert_eq!(page.eval("window.saved.text()"), saved_text.as_str());
        page.eval("raftarium.load('servers 1\\n')");
        give_file(page, CHOOSE, "raftarium.raft", "", &saved_text);
        wait_for_text(page, ".banner", "Opened raftarium.raft, paused at 0.000 s");
        assert!(!page.has("button", "Save as a file"), "the dialog is still open");
        page.eval("raftarium.seek(2500000)");
        assert_eq!(hash(page), there);
        page.click("button", "Restore the previous session");
        wait_for_state(page, "state.servers.length === 1");
    });
}

#[test]
fn a_dropped_file_opens_unless_it_is_no_script() {
    visit(|page| {
        load(page, "servers 2\n");
        let before = hash(page);
        let rejected = [
            ("photo.png", "image/png", "x", "image/png"),
            ("odd.raft", "", "servers 3\0", "is not text"),
            ("wrong.raft", "text/plain", "servers 3\ncrahs s1\nrun\n", "3:4"),
            ("huge.raft", "", &"#".repeat(1_200_000), "1.2 MB"),
        ];
        for (name, kind, content, reason) in rejected {
            give_file(page, DROP, name, kind, content);
            wait_for_text(page, ".banner.bad", name);
            wait_for_text(page, ".banner.bad", reason);
            assert_eq!(hash(page), before, "{name}");
        }
        assert_eq!(page.eval("document.documentElement.dataset.drop"), "");
        page.click("button", "Dismiss");
        page.wait_for("!document.querySelector('.banner')");
        give_file(page, DROP, "crash.raft", "", "servers 3\ncrash s1\n");
        wait_for_text(page, ".banner", "crash.raft");
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
        page.wait_for("document.querySelector('[aria-label=Link]')?.value");
        assert_eq!(state(page)["playing"], false);
        let there = hash(page);
        page.focus("textbox", "Link");
        let selected =
            "(e => e.selectionEnd - e.selectionStart === e.value.length)(document.activeElement)";
        page.wait_for(selected);
        let link = page.eval("document.activeElement.value");
        let link = link.as_str().expect("a link").to_owned();
        let (_, fragment) = link.split_once('#').expect("a fragment");
        visit_at(&format!("#{fragment}"), |other| {
            other.wait_for("document.querySelector('.banner')");
            assert_eq!(hash(other), there);
            assert_eq!(state(other)["playing"], false);
            // After an action the address no longer describes the page.
            other.eval("raftarium.exec('restart all')");
            other.wait_for("location.hash === ''");
            other.eval(&format!("void (location.hash = {})", Value::from(fragment)));
            other.wait_for(
                "(await raftarium.hash()).hash === HASH"
                    .replace("HASH", &there["hash"].to_string())
                    .as_str(),
            );
        });
    });
}

#[test]
fn a_broken_link_is_reported_and_changes_nothing() {
    for (fragment, reason) in
        [("#1abc", "damaged"), ("#9zzz", "version 9"), ("#hello", "not a link")]
    {
        visit_at(fragment, |page| {
            wait_for_text(page, ".banner.bad", reason);
            wait_for_state(page, "state.playing && state.servers.length === 5");
            page.eval("void (location.hash = '1nonsense')");
            wait_for_text(page, ".banner.bad", "damaged");
            page.click("button", "Dismiss");
            page.wait_for("!document.querySelector('.banner')");
            wait_for_state(page, "state.playing");
        });
    }
}

#[test]
fn an_endless_link_does_not_hang_the_page() {
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
fn a_script_too_long_for_a_link_is_shared_as_a_file() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\n# ' + 'x'.repeat(201000) + '\\n')");
        page.click("button", "Share");
        wait_for_text(page, "dialog .wrong", "200000");
        assert!(page.has("button", "Save as a file") && !page.has("textbox", "Link"));
    });
}

#[test]
fn a_link_sets_the_saved_session_aside_and_is_not_saved_itself() {
    visit(|page| {
        let link = page.eval("raftarium.load('servers 4\\n').then(() => raftarium.link())");
        let link = link.as_str().expect("a link").to_owned();
        page.eval("raftarium.load('servers 2\\n')");
        page.eval(&format!(
            "window.left = true; location.href = {}; location.reload()",
            Value::from(link)
        ));
        page.wait_for("!window.left && document.querySelector('.banner')");
        wait_for_state(page, "state.servers.length === 4");
        reload(page);
        wait_for_state(page, "state.servers.length === 4");
        page.click("button", "Restore the previous session");
        wait_for_state(page, "state.servers.length === 2");
        assert_eq!(page.eval("location.hash"), "");
        // A broken link restores the saved session.
        page.eval("window.left = true; location.hash = '1abc'; location.reload()");
        page.wait_for("!window.left && document.querySelector('.banner.bad')");
        wait_for_state(page, "state.servers.length === 2 && !state.playing");
    });
}

#[test]
fn a_run_pauses_while_share_is_open_and_goes_on_afterwards() {
    visit(|page| {
        page.eval("raftarium.play()");
        page.click("button", "Share");
        page.wait_for("document.querySelector('[aria-label=Link]')?.value");
        assert_eq!(state(page)["playing"], false);
        page.click("button", "Close Share");
        wait_for_state(page, "state.playing");
        // A run that was paused before stays paused.
        page.eval("raftarium.pause()");
        page.click("button", "Share");
        page.wait_for("document.querySelector('[aria-label=Link]')?.value");
        page.click("button", "Close Share");
        page.wait_for("!document.querySelector('dialog')");
        assert_eq!(state(page)["playing"], false);
    });
}
