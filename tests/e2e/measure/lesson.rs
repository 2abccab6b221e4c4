//! Whether a lesson plays at 60 frames a second, with its card beside the stage.

use std::thread;

use serde_json::Value;

use super::budget::{Budget, Figure, report};
use super::cost::{count_processor_time, watch};
use super::frames::{SPAN_S, WARM_UP, percentile};
use super::trace::script_per_frame_ms;
use super::{addresses, close};
use crate::harness::Page;

/// Between its third and its fourth step a second passes: an election beside an old leader.
const LESSON: &str = include_str!("../../../lessons/09-partitions.raft");
/// Simulated time per real time: the second takes longer than the measurement.
const SPEED: f64 = 0.03;

/// Run by `cargo xtask measure`. The page before had no lessons, so nothing is compared.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn a_lesson_plays_at_sixty_frames_a_second() {
    let page = Page::blank();
    page.go_to(&addresses()[0]);
    count_processor_time(&page);
    page.eval(&format!("raftarium.load({})", Value::from(LESSON)));
    page.eval(&format!("raftarium.speed({SPEED})"));
    page.wait_for("document.querySelector('.narration .step')");
    page.eval("raftarium.seek(380000)");
    page.wait_for("document.querySelector('.narration .said')");
    for _ in 0..2 {
        page.eval("document.querySelector('.narration .next').click()");
        thread::sleep(WARM_UP);
    }
    let playing = "raftarium.state().then(({ playing }) => playing)";
    assert_eq!(page.eval(playing), Value::from(true), "it waits before the measurement");
    let watched = watch(&page, SPAN_S);
    let script = script_per_frame_ms(&page, SPAN_S);
    assert_eq!(page.eval(playing), Value::from(true), "it ends before the measurement does");
    close(vec![page]);
    println!("Over {SPAN_S} s at 1280 x 800, without a GPU:");
    let figure = |name: &str, value, budget, unit| Figure {
        name: name.to_owned(),
        values: vec![value],
        budget,
        unit,
    };
    report(&[
        figure("a lesson: frames", watched.frames, Budget::AtLeast(595.0), ""),
        figure("a lesson: script a frame, p95", percentile(&script, 95), Budget::AtMost(4.0), "ms"),
        figure("a lesson: all tasks a frame", watched.task_ms(), Budget::None, "ms"),
    ]);
}
