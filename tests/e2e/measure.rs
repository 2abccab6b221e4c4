//! What the page costs while its default cluster runs, by the browser's own count.

use crate::budget::{Figure, Limit, table};
use crate::harness::Page;
use headless_chrome::protocol::cdp::{HeapProfiler, Performance};
use std::env;
use std::thread;
use std::time::Duration;

/// The time before the measurement: the page starts, a leader is elected.
const WARM_UP: Duration = Duration::from_secs(5);
const SPAN_S: u32 = 10;
/// The memory may move by this much over the last two of three minutes and count
/// as flat: caches and garbage not yet collected.
const FLAT_BYTES: f64 = 1_048_576.0;

/// Keeps the program's memory at hand, which the page itself does not show.
pub const KEEP_MEMORY: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const original = WebAssembly[name];
        WebAssembly[name] = async (...args) => {
            const made = await original.apply(WebAssembly, args);
            const memory = (made.instance ?? made).exports?.memory;
            if (memory) window.__memory = memory;
            return made;
        };
    }";

/// Run by `cargo xtask measure`, alone: another test beside it would count too.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_page_keeps_within_its_budgets() {
    let page = Page::blank();
    page.before_each_start(KEEP_MEMORY);
    page.go("");
    page.call(Performance::Enable { time_domain: None });
    thread::sleep(WARM_UP);
    let mut figures = cost(&page);
    if env::var_os("RAFTARIUM_MEASURE_LONG").is_some() {
        figures.push(growth(&page));
    }
    let troubles = page.troubles();
    page.close();
    println!("{}", table(&figures));
    assert!(troubles.is_empty(), "the page said: {troubles:#?}");
    assert!(figures.iter().all(Figure::kept), "over budget");
}

/// The cost of ten seconds.
fn cost(page: &Page) -> Vec<Figure> {
    let memory_start = memory(page);
    let before = Metrics::of(page);
    let frames = frames(page, SPAN_S);
    let after = Metrics::of(page);
    let memory_end = memory(page);
    println!("Over {SPAN_S} s at 1280 x 800, without a GPU:");
    println!("memory: {memory_start} at the start, {memory_end} at the end");
    let figure = |name, value, limit, unit| Figure { name, value, limit, unit };
    vec![
        figure("script", after.script_s - before.script_s, Limit::AtMost(0.5), "s"),
        figure(
            "all tasks of the main thread",
            after.task_s - before.task_s,
            Limit::AtMost(1.5),
            "s",
        ),
        figure("frames drawn", frames, Limit::AtLeast(595.0), ""),
    ]
}

/// Watches the memory for three minutes; the first is for warming up.
fn growth(page: &Page) -> Figure {
    let mut samples = Vec::new();
    for minute_third in 0..=9 {
        if minute_third > 0 {
            thread::sleep(Duration::from_secs(20));
        }
        let memory = memory(page);
        println!("after {:>3} s: {memory}", minute_third * 20);
        samples.push(memory.total());
    }
    Figure {
        name: "memory, minute 1 to 3",
        value: samples[9] - samples[3],
        limit: Limit::AtMost(FLAT_BYTES),
        unit: "bytes",
    }
}

/// Counts the frames that the page is given.
fn frames(page: &Page, seconds: u32) -> f64 {
    let count = format!(
        "new Promise(done => {{
            let frames = 0, start;
            const frame = now => {{
                start ??= now;
                if (now - start >= {seconds}000) done(frames);
                else {{ frames += 1; requestAnimationFrame(frame); }}
            }};
            requestAnimationFrame(frame);
        }})"
    );
    page.eval(&count).as_f64().expect("a number of frames")
}

/// Seconds that the main thread has spent so far.
struct Metrics {
    script_s: f64,
    task_s: f64,
}

impl Metrics {
    fn of(page: &Page) -> Self {
        Self { script_s: metric(page, "ScriptDuration"), task_s: metric(page, "TaskDuration") }
    }
}

fn metric(page: &Page, name: &str) -> f64 {
    let metrics = page.call(Performance::GetMetrics(None)).metrics;
    let found = metrics.iter().find(|metric| metric.name == name);
    found.unwrap_or_else(|| panic!("Chromium no longer counts {name}")).value
}

/// What the page holds, in bytes, with the garbage collected.
pub struct Memory {
    js: f64,
    wasm: f64,
}

impl Memory {
    pub fn total(&self) -> f64 {
        self.js + self.wasm
    }
}

impl std::fmt::Display for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let kib = |bytes: f64| bytes / 1024.0;
        write!(f, "JavaScript {:.0} KiB, program {:.0} KiB", kib(self.js), kib(self.wasm))
    }
}

pub fn memory(page: &Page) -> Memory {
    page.call(HeapProfiler::CollectGarbage(None));
    let wasm = page.eval("window.__memory.buffer.byteLength");
    Memory {
        js: metric(page, "JSHeapUsedSize"),
        wasm: wasm.as_f64().expect("the size of the program's memory"),
    }
}
