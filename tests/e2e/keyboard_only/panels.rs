//! The panels beside the stage, each with something in it.

use crate::harness::Page;

use super::{RUN, enter, judge, open};

fn show_tab(page: &Page, name: &str) {
    page.eval("document.querySelector('.tabs [role=tab][tabindex=\"0\"]').focus()");
    for _ in 0..10 {
        let focused = page.eval("document.activeElement.textContent.trim()");
        if focused.as_str().is_some_and(|focused| focused.starts_with(name)) {
            page.press("Enter");
            page.wait_for("document.activeElement.ariaSelected === 'true'");
            return;
        }
        page.press("ArrowRight");
    }
    panic!("no tab {name}");
}

/// A panel, with something selected that fills it.
fn judge_panel(tab: &'static str, prepare: impl Fn(&Page)) {
    judge(tab, ".tabs-zone", |page| {
        open(page, RUN);
        prepare(page);
        show_tab(page, tab);
    });
}

#[test]
fn the_inspector_of_each_thing() {
    for selection in ["s2", "s1-s3", "s1-entry-2", "c1-operation-1", "c1"] {
        judge_panel("Inspect", |page| {
            // The address changes, although it may name the same thing already.
            page.eval(&format!(
                "(async () => {{
                    history.replaceState(null, '', location.pathname);
                    location.hash = new URL(await raftarium.link()).hash + '&select={selection}';
                }})()"
            ));
            page.wait_for("document.querySelector('.inspector-title')");
        });
    }
}

#[test]
fn the_events_and_their_details() {
    judge_panel("Events", |_| ());
    judge("Event", ".event-details", |page| {
        open(page, RUN);
        show_tab(page, "Events");
        enter(page, ".events > .event:not(.round) > button");
        page.wait_for("document.querySelector('.event-details')");
    });
}

#[test]
fn the_panels_of_servers_clients_stores_and_script() {
    for tab in ["Servers", "Clients", "Stores", "Script"] {
        judge_panel(tab, |_| ());
    }
}

#[test]
fn the_panels_of_branches_and_of_the_console() {
    judge_panel("Branches", |page| {
        page.eval("raftarium.seek(200000)");
        page.eval("raftarium.exec('crash s1')");
    });
    judge_panel("Console", |page| drop(page.eval("raftarium.exec('crash s2')")));
}
