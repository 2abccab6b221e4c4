//! What time travel costs in the page: its speed with everything recorded, the duration of a seek,
//! and the memory that an hour of simulated time needs.

use super::budget::{Budget, Figure, report};
use super::cost::{KEEP_MEMORY, memory};
use super::{addresses, close, median};
use crate::harness::Page;
use headless_chrome::protocol::cdp::Performance;
use raftarium::script::{Halt, Session};
use serde_json::Value;

/// The opening cluster.
const IDLE: &str = "latency 15ms..25ms\n";
/// Ten commands a second, half of them writes to five keys. The log is never compacted.
const LOADED: &str = "latency 15ms..25ms\nload 10/s\n";
const SECOND_US: u64 = 1_000_000;
const HOUR_S: u64 = 3_600;
/// Seeks per figure.
const SEEKS: u64 = 100;
/// Rounds per median of a speed.
const ROUNDS: u64 = 5;
/// The length of a round in simulated seconds.
const ROUND_S: u64 = 500;

/// Run by `cargo xtask measure`.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn time_travel_stays_within_its_budgets() {
    let pages: Vec<Page> = addresses().iter().map(|address| open_page(address)).collect();
    let mut figures = vec![
        speed(&pages, "simulated s per s, idle", IDLE, Budget::AtLeast(5_000.0)),
        speed(&pages, "simulated s per s, load 10/s", LOADED, Budget::None),
    ];
    for (events, limit_ms) in [(10_000, 100.0), (1_000_000, 500.0)] {
        for (cluster, script) in [("idle", IDLE), ("load 10/s", LOADED)] {
            let end_us = moment_of_event(script, events);
            let took: Vec<_> = pages.iter().map(|page| seeks(page, script, end_us)).collect();
            let figure = |percent: usize, budget| Figure {
                name: format!("seek in {events} events, {cluster}, p{percent}"),
                values: took.iter().map(|took| took[(took.len() - 1) * percent / 100]).collect(),
                budget,
                unit: "ms",
            };
            figures.push(figure(50, Budget::None));
            figures.push(figure(95, Budget::AtMost(limit_ms)));
        }
    }
    close(pages);
    // New pages, because WebAssembly never returns memory.
    let held = addresses().iter().map(|address| memory_after_an_hour(address)).collect();
    figures.push(Figure {
        name: "memory after an hour and 20 seeks".into(),
        values: held,
        budget: Budget::AtMost(64.0),
        unit: "MiB",
    });
    report(&figures);
}

fn open_page(address: &str) -> Page {
    let page = Page::blank();
    page.before_each_start(KEEP_MEMORY);
    page.call(Performance::Enable { time_domain: None });
    page.go_to(address);
    page.eval("raftarium.pause()");
    page
}

fn memory_after_an_hour(address: &str) -> f64 {
    let page = open_page(address);
    load(&page, LOADED);
    for minutes in (5..=60).step_by(5) {
        seek_ms(&page, minutes * 60 * SECOND_US);
        if minutes % 15 == 0 {
            println!("after {minutes} simulated minutes: {}", memory(&page));
        }
    }
    for number in 0..20 {
        seek_ms(&page, random(number, HOUR_S * SECOND_US));
    }
    let held = memory(&page);
    println!("after 20 seeks: {held}");
    close(vec![page]);
    held.total() / 1_048_576.0
}

fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
}

fn seek_ms(page: &Page, time_us: u64) -> f64 {
    let took = page.eval(&format!(
        "(async () => {{ const start = performance.now(); await raftarium.seek({time_us}); \
         return performance.now() - start }})()"
    ));
    took.as_f64().expect("a number of milliseconds")
}

/// The median of some rounds; each continues where the last one ended.
fn speed(pages: &[Page], name: &str, script: &str, budget: Budget) -> Figure {
    pages.iter().for_each(|page| load(page, script));
    let mut speeds = vec![Vec::new(); pages.len()];
    for round in 1..=ROUNDS {
        for (speeds, page) in speeds.iter_mut().zip(pages) {
            speeds.push(ROUND_S as f64 * 1_000.0 / seek_ms(page, round * ROUND_S * SECOND_US));
        }
    }
    let values = speeds.into_iter().map(median).collect();
    Figure { name: name.to_owned(), values, budget, unit: "" }
}

/// The durations of seeks to random moments of a run, in milliseconds, sorted.
fn seeks(page: &Page, script: &str, end_us: u64) -> Vec<f64> {
    load(page, script);
    seek_ms(page, end_us);
    let mut took: Vec<f64> =
        (0..SEEKS).map(|number| seek_ms(page, random(number, end_us))).collect();
    took.sort_by(f64::total_cmp);
    took
}

/// The same sequence of pseudorandom numbers below `limit` in every run.
fn random(number: u64, limit: u64) -> u64 {
    let mut mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ (mixed >> 32)) % limit
}

/// When that many events have happened. The page runs the same simulation.
fn moment_of_event(script: &str, events: u64) -> u64 {
    let mut session = Session::open(script).expect("it is a script");
    while session.world().event() < events {
        let next_us = session.world().now_us() + SECOND_US / 10;
        assert_eq!(session.run_until(next_us), Halt::Reached);
    }
    session.world().now_us()
}
