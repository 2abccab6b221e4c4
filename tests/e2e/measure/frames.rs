//! Whether the page keeps 60 frames a second: a crowded stage, and a slow processor.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, IO, Tracing};
use serde_json::Value;

use super::budget::{Budget, Figure, report};
use super::cost::frames;
use super::{addresses, close};
use crate::harness::{Page, wait_until};

const SPAN_S: u32 = 10;
const WARM_UP: Duration = Duration::from_secs(3);

/// Nine servers; each round of heartbeats takes longer than ten of them are apart, so that rounds
/// and their replies overlap.
const CROWDED: &str = "\
servers 9
clients 3
latency 250ms..270ms
heartbeat 45ms
election-timeout 4s..5s
timeout s1
load 4/s
";
/// Simulated time per real time at which the crowd is watched: slow enough for the eye.
const CROWDED_SPEED: f64 = 0.2;
const CROWD: u64 = 100;

/// How many times slower the processor runs.
const THROTTLED: f64 = 4.0;

/// What Chromium calls the work of scripts on the main thread. They nest.
const SCRIPT: [&str; 5] =
    ["FunctionCall", "RunMicrotasks", "FireAnimationFrame", "TimerFire", "EventDispatch"];

/// Run by `cargo xtask measure`.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_page_stays_at_sixty_frames_a_second() {
    let mut crowded: [Vec<f64>; 3] = Default::default();
    let mut throttled: [Vec<f64>; 2] = Default::default();
    for address in addresses() {
        let page = Page::blank();
        page.go_to(&address);
        page.eval(&format!("raftarium.load({})", Value::from(CROWDED)));
        page.eval("raftarium.seek(1200000)");
        page.eval(&format!("raftarium.speed({CROWDED_SPEED})"));
        page.eval("raftarium.play()");
        thread::sleep(WARM_UP);
        assert!(in_flight(&page) >= CROWD, "only {} messages are in flight", in_flight(&page));
        crowded[0].push(frames(&page, SPAN_S));
        let per_frame_ms = script_per_frame_ms(&page);
        crowded[1].push(percentile(&per_frame_ms, 95));
        crowded[2].push(percentile(&per_frame_ms, 50));
        assert!(in_flight(&page) >= CROWD, "only {} messages are in flight", in_flight(&page));
        page.call(Emulation::SetCPUThrottlingRate { rate: THROTTLED });
        throttled[1].push(frames(&page, SPAN_S));
        close(vec![page]);

        let page = Page::blank();
        page.go_to(&address);
        thread::sleep(WARM_UP);
        page.call(Emulation::SetCPUThrottlingRate { rate: THROTTLED });
        throttled[0].push(frames(&page, SPAN_S));
        close(vec![page]);
    }
    println!(
        "Over {SPAN_S} s at 1280 x 800, without a GPU; nine servers, {CROWD} messages in flight:"
    );
    let figure = |name: &str, values: &Vec<f64>, budget, unit| Figure {
        name: name.to_owned(),
        values: values.clone(),
        budget,
        unit,
    };
    report(&[
        figure("nine servers: frames", &crowded[0], Budget::AtLeast(595.0), ""),
        figure("nine servers: script a frame, p95", &crowded[1], Budget::AtMost(4.0), "ms"),
        figure("nine servers: script a frame, median", &crowded[2], Budget::None, "ms"),
        figure("four times slower: frames", &throttled[0], Budget::AtLeast(550.0), ""),
        figure("nine servers, four times slower: frames", &throttled[1], Budget::None, ""),
    ]);
}

fn in_flight(page: &Page) -> u64 {
    let count = page.eval("raftarium.state().then(({ messages }) => messages.length)");
    count.as_u64().expect("a number of messages")
}

/// The script of each frame of [`SPAN_S`] seconds, in milliseconds, by the browser's own trace.
fn script_per_frame_ms(page: &Page) -> Vec<f64> {
    let trace = trace(page);
    let events = trace["traceEvents"].as_array().expect("a list of trace events");
    let number = |event: &Value, key: &str| event[key].as_f64().unwrap_or_default();
    let main_thread = events.iter().find(|event| event["name"] == "FireAnimationFrame");
    let main_thread = main_thread.expect("the page draws frames")["tid"].clone();
    let mut spans: Vec<(f64, f64)> = events
        .iter()
        .filter(|event| event["tid"] == main_thread && event["ph"] == "X")
        .filter(|event| SCRIPT.iter().any(|name| event["name"] == *name))
        .map(|event| (number(event, "ts"), number(event, "ts") + number(event, "dur")))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first_us, last_us) = (spans[0].0, spans[spans.len() - 1].1);
    let frame_us = 1e6 / 60.0;
    let mut frames = vec![0.0; ((last_us - first_us) / frame_us) as usize + 1];
    let mut until_us = 0.0;
    for (from_us, to_us) in spans {
        // A nested span counts once.
        let own_us = (to_us - from_us.max(until_us)).max(0.0);
        frames[((from_us - first_us) / frame_us) as usize] += own_us / 1000.0;
        until_us = to_us.max(until_us);
    }
    frames
}

/// The browser's trace of the page over [`SPAN_S`] seconds.
fn trace(page: &Page) -> Value {
    let complete = Arc::new((Mutex::new(None), Condvar::new()));
    let listener = complete.clone();
    page.listen(move |event: &Event| {
        if let Event::TracingComplete(event) = event {
            let stream = event.params.stream.clone();
            *listener.0.lock().unwrap_or_else(PoisonError::into_inner) = stream;
            listener.1.notify_all();
        }
    });
    page.call(Tracing::Start {
        categories: Some("devtools.timeline".into()),
        options: None,
        buffer_usage_reporting_interval: None,
        transfer_mode: Some(Tracing::StartTransfer_modeOption::ReturnAsStream),
        stream_format: None,
        stream_compression: None,
        trace_config: None,
        perfetto_config: None,
        tracing_backend: None,
    });
    thread::sleep(Duration::from_secs(SPAN_S.into()));
    page.call(Tracing::End(None));
    let stream = || complete.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(wait_until(|| stream().is_some()), "the browser sends no trace");
    let handle = stream().expect("it was found");
    let mut text = String::new();
    loop {
        let part = page.call(IO::Read { handle: handle.clone(), offset: None, size: None });
        text += &part.data;
        if part.eof {
            return serde_json::from_str(&text).expect("a trace in JSON");
        }
    }
}

fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() - 1) * percent / 100]
}
