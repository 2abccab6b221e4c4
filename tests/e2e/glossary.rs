//! The glossary, and its terms in other texts.

use crate::harness::{Page, visit};
use crate::session::wait_for_text;

/// Whether the sentence of the first term in the help is shown.
const SHOWN: &str = "document.querySelector('dialog .term-tip:popover-open') !== null";
const TERM: &str = "document.querySelector('dialog .term button')";

fn open_help(page: &Page) {
    page.click("button", "Help");
    page.wait_for(TERM);
}

fn middle(page: &Page, element: &str) -> (f64, f64) {
    let at = page.eval(&format!(
        "(r => [r.x + r.width / 2, r.y + r.height / 2])({element}.getBoundingClientRect())"
    ));
    (at[0].as_f64().expect("a number"), at[1].as_f64().expect("a number"))
}

#[test]
fn a_term_explains_itself_to_the_keyboard_and_escape_hides_the_sentence() {
    visit(|page| {
        open_help(page);
        assert_eq!(page.eval(SHOWN), false);
        page.tab_to("e.closest('.term')");
        page.wait_for(SHOWN);
        // A screen reader reads the sentence as the description of the term.
        let described = "document.getElementById(document.activeElement
            .getAttribute('aria-describedby')).textContent.length > 20";
        assert_eq!(page.eval(described), true);
        page.press("Escape");
        page.wait_for(&format!("!({SHOWN})"));
        assert_eq!(page.eval("document.querySelector('dialog[aria-label=Help]') !== null"), true);
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
    });
}

#[test]
fn the_pointer_may_move_onto_the_sentence() {
    visit(|page| {
        open_help(page);
        let term = middle(page, TERM);
        page.move_to(term);
        page.wait_for(SHOWN);
        let tip = middle(page, "document.querySelector('dialog .term-tip:popover-open')");
        page.move_to(tip);
        assert_eq!(page.eval(SHOWN), true);
        page.move_to((3.0, 3.0));
        page.wait_for(&format!("!({SHOWN})"));
    });
}

#[test]
fn a_tap_opens_the_sentence_inside_the_view() {
    visit(|page| {
        page.resize(390, 844);
        page.eval(
            "document.querySelectorAll('header button').forEach(button =>
            button.textContent === 'Help' && button.click())",
        );
        page.wait_for(TERM);
        let (x, y) = middle(page, TERM);
        page.tap(x, y);
        page.wait_for(SHOWN);
        let inside = "(r => r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight)
            (document.querySelector('.term-tip:popover-open').getBoundingClientRect())";
        assert_eq!(page.eval(inside), true);
    });
}

#[test]
fn no_term_stands_inside_a_button_or_twice_in_a_paragraph() {
    visit(|page| {
        open_help(page);
        let nested = "document.querySelectorAll('button .term, a .term, [role=option] .term')";
        assert_eq!(page.eval(&format!("{nested}.length")), 0);
        let twice = "[...document.querySelectorAll('dialog p, dialog li')].filter(text => {
            const tips = [...text.querySelectorAll('.term-tip')].map(tip => tip.textContent);
            return new Set(tips).size < tips.length }).length";
        assert_eq!(page.eval(twice), 0);
    });
}

#[test]
fn the_glossary_is_searched() {
    visit(|page| {
        open_help(page);
        page.click("button", "Glossary");
        page.wait_for("document.querySelectorAll('dialog dfn').length > 80");
        page.focus("searchbox", "Search the glossary");
        page.type_text("joint");
        page.wait_for("document.querySelectorAll('dialog dfn').length < 8");
        wait_for_text(page, "dialog .glossary", "joint configuration");
        page.type_text(" nonsense");
        wait_for_text(page, "dialog [role=status]", "No term matches");
        page.press("Escape");
        page.wait_for("!document.querySelector('dialog')");
    });
}
