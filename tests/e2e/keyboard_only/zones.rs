//! The zones of the page that are always there, in a large window and on a phone.

use super::{RUN, judge, open};

#[test]
fn header_stage_and_command_row() {
    judge("page", "header, .stage-zone", |page| open(page, RUN));
}

#[test]
fn logs_rules_and_timeline() {
    judge("page", ".logs-zone, .rules-zone, .timeline-zone", |page| {
        open(page, RUN);
        // Away from the present, so that a button leads back.
        page.eval("document.querySelector('.diagram-track').focus()");
        page.press("PageUp");
    });
}

#[test]
fn a_phone() {
    judge("phone", "header, .stage-zone, .timeline-zone", |page| {
        page.resize(390, 844);
        page.wait_for("innerWidth === 390");
        open(page, RUN);
    });
}
