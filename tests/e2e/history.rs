//! The clients' history in the tab Clients.

use serde_json::Value;

use crate::harness::visit;

#[test]
fn a_stale_read_stands_out_and_its_bar_opens_its_journey() {
    let script = include_str!("../../scenarios/broken/read-quorum.raft");
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(script)));
        page.eval("raftarium.run()");
        page.click("tab", "Clients");
        page.wait_for("document.querySelectorAll('.history-bar').length === 3");
        assert_eq!(page.eval("document.querySelectorAll('.history-bar.proof').length"), 1);
        let stale = "document.querySelector('.history-bar.unexplained')";
        let name = page.eval(&format!("{stale}.getAttribute('aria-label')"));
        let name = name.as_str().expect("a name").to_owned();
        assert!(name.contains("get x") && name.contains("fits no order"), "{name}");
        // The write ends where the read begins, or before.
        let gap = page.eval(
            "document.querySelector('.history-bar.unexplained').getBoundingClientRect().left -\
             document.querySelector('.history-bar.proof').getBoundingClientRect().left",
        );
        assert!(gap.as_f64().is_some_and(|gap| gap > 0.0), "{gap}");
        page.tab_to("e.matches('.history-bar')");
        page.press("End");
        page.wait_for(&format!("document.activeElement === {stale}"));
        page.press("Enter");
        page.wait_for("/get x/.test(document.querySelector('.inspector-title').textContent)");
    });
}
