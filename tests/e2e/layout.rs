//! What is in sight at which size of the window.

use crate::harness::{Page, visit};

/// Nine servers with long logs: the most that a page has to hold.
const NINE: &str = "servers 9\\nclients 3\\nwait leader\\nset x 1\\nrun 200ms\\n";

fn resize(page: &Page, width: u32, height: u32) {
    page.resize(width, height);
    page.wait_for(&format!("innerWidth === {width} && innerHeight === {height}"));
}

fn show_nine_servers(page: &Page) {
    page.eval(&format!("raftarium.load('{NINE}')"));
    assert_eq!(page.eval("raftarium.run()")["ok"], true);
    page.wait_for("document.querySelectorAll('.server').length === 9");
}

/// Whether the page as a whole needs no scrolling.
const NO_SCROLL: &str = "(e => e.scrollWidth <= innerWidth && e.scrollHeight <= innerHeight)\
                         (document.documentElement)";

/// Whether the elements of these selectors lie whole in the window, at least so large.
fn in_sight(selector: &str, width: u32, height: u32) -> String {
    format!(
        "[...document.querySelectorAll('{selector}')].length > 0 &&
         [...document.querySelectorAll('{selector}')].every(element => {{
             const box = element.getBoundingClientRect();
             return box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 0.5 &&
                 box.bottom <= innerHeight + 0.5 && box.width >= {width} && box.height >= {height};
         }})"
    )
}

/// The ring lies in the stage, and nothing of it is cut off.
const RING_FITS: &str = "(stage => [...document.querySelectorAll('.server .body, .client rect')]
    .every(shape => {
        const box = shape.getBoundingClientRect();
        return box.left >= stage.left && box.right <= stage.right && box.top >= stage.top &&
            box.bottom <= stage.bottom;
    }))(document.querySelector('.stage').getBoundingClientRect())";

#[test]
fn a_desktop_shows_every_zone_without_scrolling() {
    visit(|page| {
        for (width, height) in [(1440, 900), (1280, 800), (1024, 768), (1920, 1080)] {
            resize(page, width, height);
            page.wait_for(NO_SCROLL);
            for zone in [".stage", ".logs-zone", ".tabs-zone", ".timeline-zone", ".command-row"] {
                page.wait_for(&in_sight(zone, 300, 50));
            }
        }
        show_nine_servers(page);
        for (width, height) in [(1440, 900), (1280, 800)] {
            resize(page, width, height);
            page.wait_for(NO_SCROLL);
            page.wait_for(RING_FITS);
            page.wait_for(&in_sight(".tabs-zone", 300, 150));
        }
    });
}

#[test]
fn a_phone_shows_the_ring_and_the_logs() {
    visit(|page| {
        for (width, height) in [(390, 844), (844, 390), (360, 640)] {
            resize(page, width, height);
            page.wait_for(NO_SCROLL);
            page.wait_for(RING_FITS);
            page.wait_for(&in_sight(".stage", 200, 150));
            page.wait_for(&in_sight(".logs-zone", 200, 60));
            page.wait_for(&in_sight(".command-line input, .play, .track-of-time", 80, 20));
        }
    });
}

#[test]
fn a_panel_opens_as_a_sheet_on_a_phone() {
    visit(|page| {
        resize(page, 390, 844);
        let panel = "getComputedStyle(document.querySelector('.tab-panel')).display";
        page.wait_for_value(panel, "none");
        page.click("tab", "Servers");
        page.wait_for(&in_sight("table[aria-label=Servers]", 300, 100));
        page.click("button", "Close the panel");
        page.wait_for_value(panel, "none");
        page.click("tab", "Clients");
        page.wait_for_value(panel, "block");
        page.press("Escape");
        page.wait_for_value(panel, "none");
    });
}

#[test]
fn a_tablet_shows_every_zone_without_scrolling() {
    visit(|page| {
        resize(page, 768, 1024);
        page.wait_for(NO_SCROLL);
        for zone in [".stage", ".logs-zone", ".tabs-zone", ".timeline-zone"] {
            page.wait_for(&in_sight(zone, 600, 60));
        }
        page.wait_for(RING_FITS);
    });
}

#[test]
fn large_zoom_and_text_spacing_cut_nothing_off() {
    visit(|page| {
        // 1280 x 800 at 400 %, and at 200 %.
        for (width, height) in [(320, 200), (640, 400), (320, 568)] {
            resize(page, width, height);
            page.wait_for("document.documentElement.scrollWidth <= innerWidth");
        }
        resize(page, 1280, 800);
        page.eval(
            "(sheet => { sheet.replaceSync('* { line-height: 1.5 !important; \
               letter-spacing: 0.12em !important; word-spacing: 0.16em !important }'); \
               document.adoptedStyleSheets = [sheet] })(new CSSStyleSheet())",
        );
        page.wait_for(NO_SCROLL);
        page.wait_for(&in_sight(".command-row button, .controls button", 24, 24));
    });
}

#[test]
fn the_slider_has_a_track_and_the_diagram_is_a_sheet_on_a_phone() {
    visit(|page| {
        page.eval("raftarium.load('timeout s1\\nrun 100ms\\n')");
        page.eval("raftarium.run()");
        for (width, height) in [(390, 844), (844, 390)] {
            resize(page, width, height);
            page.wait_for(
                "(canvas => canvas.width > 100 && canvas.getContext('2d')
                    .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value))
                 (document.querySelector('.overview canvas'))",
            );
            let before = page.eval("document.querySelector('.stage').clientHeight");
            page.click("button", "Diagram as a sheet");
            page.wait_for(&in_sight(".diagram", 300, 120));
            page.wait_for(&in_sight(".play, .track-of-time", 80, 20));
            page.wait_for("document.querySelector('.diagram-strip').width > 300");
            assert_eq!(page.eval("document.querySelector('.stage').clientHeight"), before);
            page.press("Escape");
            page.wait_for("!document.querySelector('.diagram').checkVisibility()");
        }
    });
}

#[test]
fn a_banner_moves_nothing() {
    visit(|page| {
        for (width, height) in [(1280, 800), (390, 844)] {
            resize(page, width, height);
            let stage = "JSON.stringify(document.querySelector('.stage').getBoundingClientRect())";
            let before = page.eval(stage);
            page.eval(&format!("void (location.hash = '1nonsense{width}')"));
            page.wait_for("document.querySelector('.banner')");
            assert_eq!(page.eval(stage), before);
            page.wait_for(&in_sight(".banner", 200, 30));
            page.click("button", "Dismiss");
            page.wait_for("!document.querySelector('.banner')");
        }
    });
}
