//! axe-core finds nothing in any view and dialog: WCAG 2.2 A and AA, and its best practices; light
//! and dark, 1280 and 320 CSS pixels wide.

use serde_json::Value;

use crate::cluster::visit_with_leader;
use crate::harness::Page;

const AXE: &str = include_str!("vendor/axe.min.js");

/// The looks and widths in which each view is judged.
const LOOKS: [&str; 2] = ["light", "dark"];
const SIZES: [(u32, u32); 2] = [(1280, 800), (320, 640)];

/// The findings of axe-core in what is visible, each with its elements. Below a modal dialog, all
/// is inert, and was judged before it opened.
const FINDINGS: &str = "axe.run(document.querySelector('dialog:modal') ?? document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
}).then(({ violations }) => violations.map(({ id, nodes }) => {
    const element = ({ target, any, all }) =>
        `${target} (${[...any, ...all].map(({ message }) => message).join('; ')})`;
    return `${id}: ${nodes.slice(0, 4).map(element).join(' | ')}`;
}))";

/// Opens and closes a view, and its name.
struct View {
    name: String,
    open: String,
    close: &'static str,
}

/// What opens something on top of the page: all buttons that say so.
const OPENERS: &str =
    "[...document.querySelectorAll('[aria-haspopup]')].filter(e => e.checkVisibility())";

/// Closes what is open, as Escape does.
const CLOSE: &str = "document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close())";

/// Leaves a gallery, so that the other tabs are there again.
const SANDBOX: &str = "document.querySelector('.sections [role=tab]').click()";

fn views(page: &Page) -> Vec<View> {
    let names = |list: &str, name: &str| -> Vec<String> {
        let names = page.eval(&format!("{list}.map(e => {name})"));
        let names = names.as_array().expect("a list of names");
        names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
    };
    let tabs = "[...document.querySelectorAll('[role=tab]')].filter(e => e.checkVisibility())";
    let label = "e.getAttribute('aria-label') ?? e.textContent.trim()";
    let mut views = Vec::new();
    for (kind, list, close) in [("tab", tabs, SANDBOX), ("popup", OPENERS, CLOSE)] {
        for (index, name) in names(list, label).iter().enumerate() {
            let open = format!(
                "{list}[{index}].dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))"
            );
            views.push(View { name: format!("{kind} {name}"), open, close });
        }
    }
    views
}

fn findings(page: &Page, view: &str) -> Vec<String> {
    let findings = page.eval(FINDINGS);
    let findings = findings.as_array().expect("a list of findings");
    findings
        .iter()
        .map(|finding| format!("{view}: {}", finding.as_str().unwrap_or_default()))
        .collect()
}

/// Judges each view of the page as it stands.
fn judge(page: &Page, state: &str) -> Vec<String> {
    let mut found = Vec::new();
    page.eval("raftarium.pause()");
    for look in LOOKS {
        page.prefer("prefers-color-scheme", look);
        for (width, height) in SIZES {
            page.resize(width, height);
            page.eval(
                "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))",
            );
            let views = views(page);
            assert!(views.len() >= 10, "only {} views were found", views.len());
            for View { name, open, close } in views {
                page.eval(&format!("{open}, null"));
                page.eval("new Promise(done => setTimeout(done, 60))");
                found.extend(findings(page, &format!("{state}, {look}, {width}, {name}")));
                page.eval(&format!("{close}, null"));
                page.press("Escape");
            }
        }
    }
    found
}

/// Judges the page as it stands, in each look and width.
pub fn nothing_is_found_here(page: &Page, state: &str) {
    page.eval(&format!("{AXE}; null"));
    let mut found = Vec::new();
    for look in LOOKS {
        page.prefer("prefers-color-scheme", look);
        for (width, height) in SIZES {
            page.resize(width, height);
            page.eval("new Promise(done => setTimeout(done, 100))");
            found.extend(findings(page, &format!("{state}, {look}, {width}")));
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

fn nothing_is_found(state: &str, script: Option<&str>) {
    visit_with_leader(|page, _, _| {
        page.eval(&format!("{AXE}; null"));
        if let Some(script) = script {
            page.eval(&format!("raftarium.load({})", Value::from(script)));
            page.eval("raftarium.run()");
        }
        let found = judge(page, state);
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn axe_finds_nothing_in_the_opening_cluster() {
    nothing_is_found("opening", None);
}

#[test]
fn axe_finds_nothing_mid_election_and_partitioned() {
    let script = "latency 15ms..25ms\nclients 2\nset x 1\nrun 700ms\npartition s1,s2 | s3,s4,s5\n\
                  loss 20%\nrule majority off\nskew s4 2\nhold all vote\nwhen leader do stop\n\
                  crash s5\ntimeout s2\nrun 30ms\n";
    nothing_is_found("partitioned", Some(script));
}

#[test]
fn axe_finds_nothing_in_a_violation() {
    let script = include_str!("../../scenarios/broken/one-vote.raft");
    nothing_is_found("violation", Some(script));
}

#[test]
fn axe_finds_nothing_while_the_page_is_presented() {
    visit_with_leader(|page, _, _| {
        page.eval("raftarium.pause()");
        page.click("button", "Present");
        page.wait_for("document.documentElement.dataset.present === 'on'");
        let tabs = page.eval("document.querySelectorAll('.tabs [role=tab]').length");
        for index in 0..tabs.as_u64().expect("a number") {
            page.resize(1280, 800);
            page.eval(&format!("document.querySelectorAll('.tabs [role=tab]')[{index}].click()"));
            let name = "document.querySelector('.tabs [aria-selected=true]').textContent";
            nothing_is_found_here(page, &format!("presented, {}", page.eval(name)));
        }
    });
}
