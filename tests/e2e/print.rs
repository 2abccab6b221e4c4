//! The page on paper: one sheet of A4 with the stage, the logs and the timeline, light.

use headless_chrome::protocol::cdp::{Emulation, Page as Cdp};
use serde_json::Value;

use crate::harness::{Page, visit};
use crate::lab;

/// How many pages the printed page has.
fn printed_pages(page: &Page) -> usize {
    let pdf = page.call(Cdp::PrintToPDF {
        landscape: None,
        display_header_footer: None,
        print_background: Some(true),
        scale: None,
        paper_width: None,
        paper_height: None,
        margin_top: None,
        margin_bottom: None,
        margin_left: None,
        margin_right: None,
        page_ranges: None,
        header_template: None,
        footer_template: None,
        prefer_css_page_size: Some(true),
        transfer_mode: None,
        generate_document_outline: None,
        generate_tagged_pdf: Some(false),
    });
    assert!(pdf.data.len() > 20_000, "{} characters of a PDF", pdf.data.len());
    let bytes = page.eval(&format!("atob('{}')", pdf.data));
    let text = bytes.as_str().expect("a PDF");
    assert!(text.starts_with("%PDF"));
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

#[test]
fn the_page_prints_on_one_sheet() {
    visit(|page| {
        page.eval("raftarium.load('wait leader\\nset x 1\\nrun 300ms\\n')");
        page.eval("raftarium.run()");
        assert_eq!(printed_pages(page), 1);
        // The sheet is empty again afterwards.
        assert_eq!(page.eval("document.querySelectorAll('.print-sheet svg').length"), 0);
    });
}

/// How many of these elements are visible.
fn shown(page: &Page, selector: &str) -> Value {
    page.eval(&format!(
        "[...document.querySelectorAll('{selector}')]
            .filter(element => element.checkVisibility()).length"
    ))
}

fn print_media(page: &Page) {
    page.call(Emulation::SetEmulatedMedia { media: Some("print".into()), features: None });
}

#[test]
fn the_sheet_is_light_and_has_no_controls() {
    visit(|page| {
        page.eval("raftarium.load('wait leader\\nset x 1\\nrun 300ms\\n')");
        page.eval("raftarium.run()");
        page.eval("document.documentElement.dataset.theme = 'dark'");
        print_media(page);
        page.eval("dispatchEvent(new Event('beforeprint'))");
        let shown = |selector| shown(page, selector);
        assert_eq!(shown(".print-sheet svg"), 2);
        assert_eq!(shown(".logs-zone"), 1);
        for hidden in ["header", ".stage", ".controls", ".tabs-zone", "button", "input"] {
            assert_eq!(shown(hidden), 0, "{hidden}");
        }
        let ground = "getComputedStyle(document.body).backgroundColor";
        assert_eq!(page.eval(ground), "rgb(255, 255, 255)");
        assert_eq!(page.eval("getComputedStyle(document.documentElement).colorScheme"), "light");
        page.eval("dispatchEvent(new Event('afterprint'))");
        assert_eq!(shown(".print-sheet svg"), 0);
    });
}

#[test]
fn the_lab_prints_its_results() {
    visit(|page| {
        lab::open(page);
        lab::run_split_votes(page);
        assert_eq!(printed_pages(page), 1);
        print_media(page);
        for (selector, count) in [("#lab h3", 1), ("#lab .plot", 1), ("#lab table", 1)] {
            assert_eq!(shown(page, selector), count, "{selector}");
        }
        for hidden in ["header", ".stage", ".logs-zone", ".print-sheet", "button", "select"] {
            assert_eq!(shown(page, hidden), 0, "{hidden}");
        }
    });
}
