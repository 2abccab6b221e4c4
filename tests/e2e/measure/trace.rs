//! What the main thread does in each frame, by the browser's own trace.
//!
//! It counts processor time, which other programs of the machine hardly change.

use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::{IO, Tracing};
use serde_json::Value;

use crate::harness::Page;

/// What Chromium calls the work of scripts on the main thread. They nest.
const SCRIPT: [&str; 5] =
    ["FunctionCall", "RunMicrotasks", "FireAnimationFrame", "TimerFire", "EventDispatch"];

/// The script of each frame of that many seconds, in milliseconds.
pub fn script_per_frame_ms(page: &Page, seconds: u32) -> Vec<f64> {
    let trace = trace(page, seconds);
    let events = trace["traceEvents"].as_array().expect("a list of trace events");
    let main_thread = events.iter().find(|event| event["name"] == "FireAnimationFrame");
    let main_thread = main_thread.expect("the page draws frames");
    let mut spans: Vec<Span> = events
        .iter()
        .filter(|event| ["pid", "tid"].iter().all(|id| event[id] == main_thread[id]))
        .filter(|event| event["ph"] == "X" && SCRIPT.iter().any(|name| event["name"] == *name))
        .filter_map(Span::of)
        .collect();
    spans.sort_by(|a, b| a.begun_us.total_cmp(&b.begun_us));
    let (first_us, last_us) = (spans[0].begun_us, spans[spans.len() - 1].begun_us);
    let frame_us = 1e6 / 60.0;
    let mut frames = vec![0.0; ((last_us - first_us) / frame_us) as usize + 1];
    let mut until_us = 0.0;
    for span in spans {
        // A nested span counts once.
        let own_us = (span.to_us - span.from_us.max(until_us)).max(0.0);
        frames[((span.begun_us - first_us) / frame_us) as usize] += own_us / 1000.0;
        until_us = span.to_us.max(until_us);
    }
    frames
}

/// When a script began, in real time, and from when to when it ran, in the thread's own time.
struct Span {
    begun_us: f64,
    from_us: f64,
    to_us: f64,
}

impl Span {
    /// None if the browser did not count the thread's time.
    fn of(event: &Value) -> Option<Span> {
        let number = |key: &str| event[key].as_f64();
        let from_us = number("tts")?;
        Some(Span { begun_us: number("ts")?, from_us, to_us: from_us + number("tdur")? })
    }
}

/// The browser's trace of the page over that many seconds.
fn trace(page: &Page, seconds: u32) -> Value {
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
    thread::sleep(Duration::from_secs(seconds.into()));
    page.call(Tracing::End(None));
    let complete = page.event("Tracing.tracingComplete");
    let handle = complete["stream"].as_str().expect("the browser sends a trace");
    let mut text = String::new();
    loop {
        let part = page.call(IO::Read { handle: handle.to_owned(), offset: None, size: None });
        text += &part.data;
        if part.eof {
            return serde_json::from_str(&text).expect("a trace in JSON");
        }
    }
}
