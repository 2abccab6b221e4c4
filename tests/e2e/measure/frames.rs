//! Whether the page keeps 60 frames a second: a crowded stage, a slow processor, a search that
//! runs in its worker.

use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::Emulation;
use serde_json::Value;

use super::budget::{Budget, Figure, report};
use super::cost::{Watched, count_processor_time, watch};
use super::trace::script_per_frame_ms;
use super::{addresses, close};
use crate::harness::Page;

pub const SPAN_S: u32 = 10;
pub const WARM_UP: Duration = Duration::from_secs(3);

/// Nine servers; each round of heartbeats takes longer than ten of them are apart, so that rounds
/// and their replies overlap.
const CROWDED: &str = "\
servers 9
clients 3
latency 250ms..270ms
heartbeat 45ms
election-timeout 4s..5s
timeout s1
load 1/s
";
/// Simulated time per real time at which the crowd is watched: slow enough for the eye.
const CROWDED_SPEED: f64 = 0.2;
/// The messages in flight, on the average of all looks at them.
const CROWD: std::ops::RangeInclusive<f64> = 85.0..=115.0;

/// How many times slower the processor runs.
const THROTTLED: f64 = 4.0;

/// Run by `cargo xtask measure`.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_page_stays_at_sixty_frames_a_second() {
    let addresses = addresses();
    let crowds: Vec<Crowd> = addresses.iter().map(|address| Crowd::at(address)).collect();
    let throttled: Vec<f64> = addresses.iter().map(|address| throttled_frames(address)).collect();
    let searching = Searching::at(&addresses[0]);
    let (experimenting, figure_16_s) = experimenting(&addresses[0]);
    println!("Over {SPAN_S} s at 1280 x 800, without a GPU:");
    let crowd = |name: &str, pick: fn(&Crowd) -> f64, budget, unit| {
        figure(name, crowds.iter().map(pick).collect(), budget, unit)
    };
    report(&[
        crowd("nine servers: messages in flight", |crowd| crowd.messages, Budget::None, ""),
        crowd("nine servers: frames", |crowd| crowd.watched.frames, Budget::AtLeast(595.0), ""),
        crowd(
            "nine servers: script a frame, p95",
            |it| it.script_p95_ms,
            Budget::AtMost(4.0),
            "ms",
        ),
        crowd("nine servers: script a frame, median", |it| it.script_ms, Budget::None, "ms"),
        crowd("nine servers: all tasks a frame", |it| it.watched.task_ms(), Budget::None, "ms"),
        crowd("nine servers, 4 times slower: frames", |it| it.throttled, Budget::None, ""),
        figure("4 times slower: frames", throttled, Budget::AtLeast(550.0), ""),
        figure("searching: frames", vec![searching.frames], Budget::AtLeast(595.0), ""),
        figure("searching: all tasks a frame", vec![searching.task_ms], Budget::None, "ms"),
        figure("the lab at work: frames", vec![experimenting], Budget::AtLeast(595.0), ""),
        figure("figure 16 in the lab", vec![figure_16_s], Budget::AtMost(15.0), "s"),
    ]);
}

fn figure(name: &str, values: Vec<f64>, budget: Budget, unit: &'static str) -> Figure {
    Figure { name: name.to_owned(), values, budget, unit }
}

/// What the crowded stage costs.
struct Crowd {
    messages: f64,
    watched: Watched,
    script_ms: f64,
    script_p95_ms: f64,
    throttled: f64,
}

impl Crowd {
    fn at(address: &str) -> Crowd {
        let page = Page::blank();
        page.go_to(address);
        count_processor_time(&page);
        page.eval(&format!("raftarium.load({})", Value::from(CROWDED)));
        page.eval("raftarium.seek(1200000)");
        page.eval(&format!("raftarium.speed({CROWDED_SPEED})"));
        page.eval("raftarium.play()");
        thread::sleep(WARM_UP);
        let mut counts = vec![in_flight(&page)];
        let watched = watch(&page, SPAN_S);
        counts.push(in_flight(&page));
        let script = script_per_frame_ms(&page, SPAN_S);
        counts.push(in_flight(&page));
        page.call(Emulation::SetCPUThrottlingRate { rate: THROTTLED });
        let throttled = watch(&page, SPAN_S).frames;
        counts.push(in_flight(&page));
        close(vec![page]);
        let messages = counts.iter().sum::<f64>() / counts.len() as f64;
        assert!(CROWD.contains(&messages), "{messages} messages are in flight: {counts:?}");
        let [script_ms, script_p95_ms] = [50, 95].map(|percent| percentile(&script, percent));
        Crowd { messages, watched, script_ms, script_p95_ms, throttled }
    }
}

fn in_flight(page: &Page) -> f64 {
    let count = page.eval("raftarium.state().then(({ messages }) => messages.length)");
    count.as_f64().expect("a number of messages")
}

/// The frames of the opening cluster on a slow processor.
fn throttled_frames(address: &str) -> f64 {
    let page = Page::blank();
    page.go_to(address);
    count_processor_time(&page);
    thread::sleep(WARM_UP);
    page.call(Emulation::SetCPUThrottlingRate { rate: THROTTLED });
    let frames = watch(&page, SPAN_S).frames;
    close(vec![page]);
    frames
}

/// The page while the worker searches for a counterexample. The page before had no search.
struct Searching {
    frames: f64,
    task_ms: f64,
}

impl Searching {
    fn at(address: &str) -> Searching {
        let page = Page::blank();
        page.go_to(address);
        count_processor_time(&page);
        thread::sleep(WARM_UP);
        // No run shrinks as long as one without it.
        page.click("button", "Find a counterexample: dedupe");
        page.wait_for("document.querySelector('.search-row p')");
        let watched = watch(&page, SPAN_S);
        let ended = page.eval("document.querySelector('.search-row p')?.textContent ?? 'ended'");
        println!("After {SPAN_S} s of the search for a counterexample: {ended}");
        close(vec![page]);
        Searching { frames: watched.frames, task_ms: watched.task_ms() }
    }
}

/// The frames of the page while workers run an experiment, and how long all of figure 16 takes.
fn experimenting(address: &str) -> (f64, f64) {
    let page = Page::blank();
    page.go_to(address);
    count_processor_time(&page);
    thread::sleep(WARM_UP);
    page.click("tab", "Lab");
    page.click("button", "Run the experiment");
    let over = "document.querySelector('.lab-progress [role=status]')?.innerText";
    page.wait_for(&format!("({over} ?? '').includes('All 9100 trials ran')"));
    let words = page.eval(over);
    let seconds = words.as_str().and_then(|words| words.split(' ').nth(5)?.parse().ok());
    page.eval(
        "(() => {
            const select = document.querySelector('.lab-form select');
            select.value = 'availability';
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })()",
    );
    page.focus("textbox", "Trials of each series");
    page.type_text("100000");
    page.click("button", "Run the experiment");
    page.wait_for("document.querySelector('.lab-progress progress')?.value > 0");
    page.click("tab", "Sandbox");
    page.click("button", "Play");
    let watched = watch(&page, SPAN_S);
    assert_eq!(
        page.eval("document.querySelectorAll('.lab-progress progress').length"),
        1,
        "it runs to the end of the measurement"
    );
    close(vec![page]);
    (watched.frames, seconds.expect("it says how long it took"))
}

pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() - 1) * percent / 100]
}
