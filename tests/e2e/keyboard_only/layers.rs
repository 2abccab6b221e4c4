//! What opens above the page: menus, dialogs, sheets, popovers, and what a violation and a
//! comparison add.

use super::{RUN, enter, judge, open};

/// A run with a violation.
const VIOLATION: &str = include_str!("../../../scenarios/broken/one-vote.raft");

/// The menu of the thing with that attribute.
fn judge_menu(attribute: &str, more: bool) {
    judge(attribute, "[role=menu]", |page| {
        open(page, RUN);
        page.wait_for(&format!("document.querySelector('[{attribute}]')"));
        // Most does not apply to the leader.
        let opener = if more { ".server.leader" } else { "[tabindex=\"0\"]" };
        enter(page, &format!("[{attribute}]{opener}"));
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        if more {
            enter(page, ".menu .more");
            page.wait_for("document.querySelector('.menu .more[aria-expanded=true]')");
            page.press("Home");
        }
    });
}

#[test]
fn the_menus_of_the_stage() {
    judge_menu("data-server", false);
    judge_menu("data-server", true);
    for attribute in ["data-link", "data-client", "data-message"] {
        judge_menu(attribute, false);
    }
}

/// The dialog that a button with that name opens.
fn judge_dialog(button: &str) {
    judge(button, "dialog", |page| {
        open(page, RUN);
        page.focus("button", button);
        page.press("Enter");
        page.wait_for("document.querySelector('dialog[open]')");
        if button == "Export" {
            // A part of the run, so that a button leads back to the whole.
            page.focus("spinbutton", "From, in seconds");
            page.press("ArrowUp");
        }
    });
}

#[test]
fn the_dialogs_share_export_and_compare() {
    for button in ["Share", "Export", "Compare"] {
        judge_dialog(button);
    }
}

#[test]
fn the_dialog_of_settings() {
    judge_dialog("Settings");
}

#[test]
fn the_dialogs_of_help() {
    judge_dialog("Help");
    judge("keys", "dialog", |page| {
        open(page, RUN);
        page.eval("document.querySelector('[data-server]').focus()");
        page.press("?");
        page.wait_for("document.querySelector('dialog[open]')");
    });
}

#[test]
fn the_sheets_beside_the_stage() {
    judge_dialog("Partition");
    judge("link", "dialog", |page| {
        open(page, RUN);
        enter(page, "[data-link][tabindex=\"0\"]");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        page.press("l");
        page.press("Enter");
        page.wait_for("document.querySelector('dialog[open]')");
    });
}

#[test]
fn the_legend_the_verdict_and_the_chips() {
    judge("legend", ".legend-panel", |page| {
        open(page, RUN);
        if page.eval("document.querySelector('.legend-panel')").is_null() {
            enter(page, ".legend-button");
        }
        page.wait_for("document.querySelector('.legend-panel')");
    });
    judge("verdict", "button.verdict, .verdict-popover", |page| {
        open(page, RUN);
        enter(page, "button.verdict");
        page.wait_for("document.querySelector('.verdict-popover:popover-open')");
    });
    judge("chips", ".deviations-popover", |page| {
        open(
            page,
            "rule majority off\nrule one-vote off\nloss 1%\nduplicate 2%\nfifo on\npre-vote on\n\
             check-quorum on\nreads lease\ndisk 5ms\nrouting forward\nretry off\n",
        );
        page.wait_for("document.querySelector('.more-deviations')");
        enter(page, ".more-deviations");
        page.wait_for("document.querySelector('.deviations-popover:popover-open')");
    });
}

#[test]
fn a_violation_and_a_comparison() {
    judge("violation", ".violation", |page| {
        open(page, VIOLATION);
        page.wait_for("document.querySelector('.violation')");
    });
    judge("comparison", ".diagram-tools", |page| {
        open(page, RUN);
        page.focus("button", "Compare");
        page.press("Enter");
        enter(page, "dialog .comparisons button");
        page.wait_for("document.querySelector('.diagram-tools select')");
    });
}
