//! What it costs to pan and to zoom the diagram of a long run.

use super::budget::{Budget, Figure, report};
use super::close;
use super::cost::{count_processor_time, metric};
use crate::harness::{Page, site};

const SCRIPT: &str = "servers 5\\nseed 3\\nload 400/s\\n";
const TIME_US: u64 = 45_000_000;
/// Each of them is an event when it arrives.
const MESSAGES: u64 = 100_000;
const FRAMES: u32 = 600;

/// In each frame the wheel turns once over the middle of the diagram: sideways at first, then in
/// and out. Resolves with the milliseconds that all frames took.
const TURN: &str = "new Promise(done => {
    const track = document.querySelector('.diagram-track');
    const rect = track.getBoundingClientRect();
    const [clientX, clientY] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    let frame = 0, start;
    const turn = now => {
        start ??= now;
        if (frame === FRAMES) return done(now - start);
        const half = frame % 100 < 50 ? 1 : -1;
        const move = frame < FRAMES / 2
            ? { deltaX: 40 * half, deltaY: 0 } : { deltaX: 0, deltaY: 60 * half };
        track.dispatchEvent(new WheelEvent('wheel',
            { ...move, clientX, clientY, bubbles: true, cancelable: true }));
        frame += 1;
        requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
})";

/// Run by `cargo xtask measure`. The page before had no diagram, so nothing is compared.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_diagram_of_a_long_run_moves_and_zooms_at_sixty_frames_a_second() {
    let page = Page::blank();
    page.go_to(&site::url());
    count_processor_time(&page);
    page.eval(&format!("raftarium.load('{SCRIPT}')"));
    page.eval(&format!("raftarium.seek({TIME_US})"));
    let newest = page.eval(
        "raftarium.state().then(({ messages }) => Math.max(...messages.map(({ id }) => id)))",
    );
    println!("The diagram of a run of {} s with {newest} messages:", TIME_US / 1_000_000);
    assert!(newest.as_u64() >= Some(MESSAGES), "{newest}");
    page.click("button", "Whole run");
    page.wait_for("Number(document.querySelector('.diagram-now').dataset.usPerPx) > 20000");
    let before_s = metric(&page, "ScriptDuration");
    let turn = TURN.replace("FRAMES", &FRAMES.to_string());
    let took_ms = page.eval(&turn).as_f64().expect("milliseconds");
    let script_ms = (metric(&page, "ScriptDuration") - before_s) * 1000.0 / f64::from(FRAMES);
    let figure = |name: &str, value, budget, unit| Figure {
        name: name.to_owned(),
        values: vec![value],
        budget,
        unit,
    };
    let rate = f64::from(FRAMES) * 1000.0 / took_ms;
    close(vec![page]);
    report(&[
        figure("frames a second, moving and zooming", rate, Budget::AtLeast(58.0), ""),
        figure("script in a frame", script_ms, Budget::AtMost(8.0), "ms"),
    ]);
}
