//! Servers are written `S1` in prose. Keys and values stay as you typed them.

use serde_json::Value;

use crate::harness::{Page, visit};

fn run(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    assert_eq!(page.eval("raftarium.run()")["ok"], true, "{script}");
}

/// The text of a panel.
fn panel(page: &Page, tab: &str) -> String {
    page.click("tab", tab);
    page.wait_for(&format!(
        "document.querySelector('.tabs [aria-selected=true]').textContent === '{tab}'"
    ));
    let text = page.eval("document.querySelector('.tab-panel').innerText");
    text.as_str().expect("a text").to_owned()
}

#[test]
fn a_key_that_is_named_like_a_server_is_not_rewritten() {
    visit(|page| {
        run(
            page,
            "servers 3\nlatency 15ms\nwait leader\nset s1 s2\nwait answer = ok\nget s1\n\
             run 300ms\n",
        );
        page.wait_for("document.querySelector('.logs-zone').innerText.includes('s1←s2')");
        assert!(panel(page, "Clients").contains("set s1 s2"));
        assert!(panel(page, "Stores").contains("s1"));
        assert!(panel(page, "Events").contains("C1 sends s1←s2"));
        assert!(panel(page, "Script").contains("set s1 s2"));
        let all = page.eval("document.body.innerText");
        let all = all.as_str().expect("a text");
        for wrong in ["S1←", "←S2", "set S1", "get S1"] {
            assert!(!all.contains(wrong), "{wrong}");
        }
    });
}

#[test]
fn a_configuration_names_its_servers() {
    visit(|page| {
        run(
            page,
            "servers 4\njoining s4\nlatency 15ms\nwait leader\nrun 200ms\nadd s4\nrun 300ms\n",
        );
        page.click_starting("button", "S1 entry 2, term 1");
        page.wait_for("document.querySelector('.inspector-title')");
        let all = page.eval("document.body.innerText");
        let all = all.as_str().expect("a text");
        assert!(all.contains("configuration S1, S2, S3 and S4"), "{all}");
        assert!(!all.contains("{1") && !all.contains("1234"), "{all}");
    });
}
