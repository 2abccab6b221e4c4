//! The legend on the page.

use crate::harness::visit;
use crate::session::reload;

const PANEL: &str = "document.querySelector('.legend-panel')";

#[test]
fn the_legend_stays_on_the_page_until_it_is_hidden() {
    visit(|page| {
        page.wait_for(&format!("!{PANEL}"));
        page.click("button", "Legend");
        page.wait_for(PANEL);
        reload(page);
        page.wait_for(PANEL);
        page.click("button", "Hide the legend");
        page.wait_for(&format!("!{PANEL}"));
        reload(page);
        page.wait_for("document.querySelector('[data-server]')");
        assert_eq!(page.eval(&format!("{PANEL} === null")), true);
    });
}

#[test]
fn on_a_phone_the_legend_is_a_sheet() {
    visit(|page| {
        page.resize(390, 844);
        page.wait_for("matchMedia('(max-width: 900px)').matches");
        page.click("button", "Legend");
        page.wait_for("document.querySelector('dialog[aria-label=Legend] dt')");
        assert_eq!(page.eval(&format!("{PANEL} === null")), true);
        let fits = "document.querySelector('dialog').getBoundingClientRect().width <= 390";
        assert_eq!(page.eval(fits), true);
    });
}

#[test]
fn every_sample_is_drawn_and_explained() {
    visit(|page| {
        page.click("button", "Legend");
        page.wait_for(PANEL);
        let empty = "[...document.querySelectorAll('.legend-panel dt')].filter(sample => {
            const parts = [...sample.querySelectorAll('path, circle, rect, td, .mark, .box')];
            return !parts.some(part => { const { width, height } = part.getBoundingClientRect();
                return width + height > 0 }) }).length";
        assert_eq!(page.eval(empty), 0);
        let unexplained = "[...document.querySelectorAll('.legend-panel dd')]
            .filter(text => text.textContent.trim().length < 10).length";
        assert_eq!(page.eval(unexplained), 0);
    });
}

/// Each shape, outline, line and badge that the stage shows is in the legend, too.
#[test]
fn the_legend_knows_everything_that_the_stage_and_the_logs_draw() {
    visit(|page| {
        page.click("button", "Legend");
        page.wait_for(PANEL);
        page.eval(
            "raftarium.load('servers 5\\njoining s5\\nlatency 10ms\\nloss 5%\\nwait leader\\n\
             set x 1\\nwait answer = ok\\nsnapshot leader\\ncrash s4\\npause s3\\n\
             cut s1 -> s2\\nskew s2 1.5\\ndisk 60ms on s2\\nlink s1 <-> s3 latency 80ms\\n\
             run 200ms\\nset y 2 via s2\\nrun 20ms\\n').then(() => raftarium.seek(2000000))",
        );
        let missing = "(() => {
            const classes = root => new Set([...document.querySelectorAll(root)]
                .flatMap(element => [...element.classList]));
            const known = classes('.legend-panel *');
            const drawn = classes('.scene .lines *, .scene .servers *, .scene .client, \
                .scene .talks-to, .scene .redirect, .scene .redirect *, .scene .sides *, \
                .scene .ballot, .logs-zone td, .logs-zone td *');
            // They show where the pointer or the focus is, and hold words for screen readers.
            const plain = ['selected', 'hovered', 'spoken', 'servers', 'isolated', 'empty-cell'];
            return [...drawn].filter(name => !known.has(name) && !plain.includes(name)
                && !/^t[0-6]$/.test(name));
        })()";
        assert_eq!(page.eval(missing), serde_json::json!([]));
    });
}
