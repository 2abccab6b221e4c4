//! What the page costs while its opening cluster runs, by the browser's own count.

use super::budget::{Budget, Figure, report};
use super::{addresses, close, median};
use crate::harness::Page;
use headless_chrome::protocol::cdp::{HeapProfiler, Performance};
use std::env;
use std::fmt;
use std::thread;
use std::time::Duration;

/// Enough to start the page and elect a leader.
const WARM_UP: Duration = Duration::from_secs(5);
const SPAN_S: u32 = 10;
/// Each figure is the median of this many pages.
const ROUNDS: usize = 3;
/// Caches and uncollected garbage may change the memory by this much over the last nine of ten
/// minutes.
const FLAT_BYTES: f64 = 1_048_576.0;

/// Stores the program's memory where a test can measure it.
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

/// Run by `cargo xtask measure`.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_page_stays_within_its_budgets() {
    let addresses = addresses();
    let mut costs: Vec<Vec<Cost>> = addresses.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (costs, address) in costs.iter_mut().zip(&addresses) {
            let page = open(address);
            costs.push(Cost::of(&page));
            close(vec![page]);
        }
    }
    println!("Over {SPAN_S} s at 1280 x 800, without a GPU, processor time, median of {ROUNDS}:");
    let figure = |name: &str, pick: fn(&Cost) -> f64, budget, unit| Figure {
        name: name.to_owned(),
        values: costs.iter().map(|costs| median(costs.iter().map(pick).collect())).collect(),
        budget,
        unit,
    };
    let (script, tasks) = (Budget::TimesAtMost(1.5), Budget::TimesAtMost(1.2));
    let mut figures = vec![
        figure("script", |cost| cost.watched.script_s, script, "s"),
        figure("all tasks of the main thread", |cost| cost.watched.task_s, tasks, "s"),
        figure("of that, style", |cost| cost.watched.style_s, Budget::None, "s"),
        figure("of that, layout", |cost| cost.watched.layout_s, Budget::None, "s"),
        figure("frames drawn", |cost| cost.watched.frames, Budget::AtLeast(595.0), ""),
        figure("memory", |cost| cost.memory_bytes / 1_048_576.0, Budget::None, "MiB"),
    ];
    if env::var_os("RAFTARIUM_MEASURE_LONG").is_some() {
        figures.push(growth(&addresses[0]));
    }
    report(&figures);
}

fn open(address: &str) -> Page {
    let page = Page::blank();
    page.before_each_start(KEEP_MEMORY);
    page.go_to(address);
    count_processor_time(&page);
    thread::sleep(WARM_UP);
    page
}

/// The cost of [`SPAN_S`] seconds.
struct Cost {
    watched: Watched,
    memory_bytes: f64,
}

impl Cost {
    fn of(page: &Page) -> Self {
        // Collects the garbage of the start.
        memory(page);
        let watched = watch(page, SPAN_S);
        Self { watched, memory_bytes: memory(page).total() }
    }
}

/// What the main thread did while it was watched, in seconds of processor time.
pub struct Watched {
    pub script_s: f64,
    pub style_s: f64,
    pub layout_s: f64,
    pub task_s: f64,
    pub frames: f64,
}

impl Watched {
    /// All tasks of a frame, on the average, in milliseconds.
    pub fn task_ms(&self) -> f64 {
        self.task_s * 1000.0 / self.frames
    }
}

/// Has the browser count the main thread's own time: other programs take none of it.
pub fn count_processor_time(page: &Page) {
    let time_domain = Some(Performance::EnableTime_domainOption::ThreadTicks);
    page.call(Performance::Enable { time_domain });
}

/// Watches the page for that many seconds; [`count_processor_time`] comes first.
pub fn watch(page: &Page, seconds: u32) -> Watched {
    const NAMES: [&str; 4] =
        ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration"];
    let before = NAMES.map(|name| metric(page, name));
    let frames = frames(page, seconds);
    let after = NAMES.map(|name| metric(page, name));
    let [script_s, style_s, layout_s, task_s] =
        [0, 1, 2, 3].map(|place: usize| after[place] - before[place]);
    Watched { script_s, style_s, layout_s, task_s, frames }
}

/// Watches the memory for ten minutes; the first one is a warm-up.
fn growth(address: &str) -> Figure {
    let page = open(address);
    let mut samples = Vec::new();
    for minute_third in 0..=30 {
        if minute_third > 0 {
            thread::sleep(Duration::from_secs(20));
        }
        let memory = memory(&page);
        println!("after {:>3} s: {memory}", minute_third * 20);
        samples.push(memory.total());
    }
    close(vec![page]);
    Figure {
        name: "memory, minute 1 to 10".into(),
        values: vec![samples[30] - samples[3]],
        budget: Budget::AtMost(FLAT_BYTES),
        unit: "bytes",
    }
}

/// Counts the frames that the browser gives the page.
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

/// Seconds that the main thread has spent so far, or bytes.
pub fn metric(page: &Page, name: &str) -> f64 {
    let metrics = page.call(Performance::GetMetrics(None)).metrics;
    let found = metrics.iter().find(|metric| metric.name == name);
    found.unwrap_or_else(|| panic!("Chromium no longer counts {name}")).value
}

/// The page's memory in bytes, after a garbage collection.
pub struct Memory {
    js: f64,
    wasm: f64,
}

impl Memory {
    pub fn total(&self) -> f64 {
        self.js + self.wasm
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let kib = |bytes: f64| bytes / 1024.0;
        write!(f, "JavaScript {:.0} KiB, program {:.0} KiB", kib(self.js), kib(self.wasm))
    }
}

/// The page must have been opened with [`KEEP_MEMORY`] and the performance domain enabled.
pub fn memory(page: &Page) -> Memory {
    page.call(HeapProfiler::CollectGarbage(None));
    let wasm = page.eval("window.__memory.buffer.byteLength");
    Memory {
        js: metric(page, "JSHeapUsedSize"),
        wasm: wasm.as_f64().expect("the size of the program's memory"),
    }
}
