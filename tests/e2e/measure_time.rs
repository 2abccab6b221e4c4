//! What time travel costs in the page: how fast it runs with everything recorded, how long a seek takes,
//! and how much memory an hour of simulated time needs.

use crate::budget::{Figure, Limit, table};
use crate::harness::Page;
use crate::measure::{KEEP_MEMORY, memory};
use headless_chrome::protocol::cdp::Performance;
use raftarium::script::{Halt, Session};
use serde_json::Value;

/// The cluster that a visitor meets.
const DEFAULT: &str = "latency 15ms..25ms\n";
/// The same under load: ten commands a second, half of them writes to five keys. The log is never
/// compacted, so that it holds all of them.
const LOADED: &str = "latency 15ms..25ms\nload 10/s\n";
const SECOND_US: u64 = 1_000_000;
const HOUR_S: u64 = 3_600;
/// How many seeks a figure is made of.
const SEEKS: u64 = 100;
/// How many rounds a speed is the median of.
const ROUNDS: usize = 5;
/// How long a round runs, in simulated seconds.
const ROUND_S: u64 = 500;

/// Run by `cargo xtask measure`, alone: another test beside it would take its time.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn time_travel_keeps_within_its_budgets() {
    let page = Page::blank();
    page.before_each_start(KEEP_MEMORY);
    page.call(Performance::Enable { time_domain: None });
    page.go("");
    page.eval("raftarium.pause()");
    let figure = |name, value, limit, unit| Figure { name, value, limit, unit };
    let mut figures = Vec::new();
    let speeds = [("idle", DEFAULT, 5_000.0), ("under load", LOADED, 0.0)];
    for (name, script, least) in speeds {
        let speed = speed(&page, script);
        println!("{name}: {speed:.0} simulated seconds a second, with recording");
        if least > 0.0 {
            figures.push(figure("simulated s a s", speed, Limit::AtLeast(least), "idle"));
        }
    }
    for (events, limit_ms) in [(10_000, 100.0), (1_000_000, 500.0)] {
        for (name, script) in [("idle", DEFAULT), ("load 10/s", LOADED)] {
            let end_us = moment_of_event(script, events);
            let took = seeks(&page, script, end_us);
            let at = |percent: usize| took[(took.len() - 1) * percent / 100];
            println!(
                "{name}, {events} events ({} s): seeks take {:.1} ms in the middle, {:.1} ms at the 95th \
                 percentile, {:.1} ms at most",
                end_us / SECOND_US,
                at(50),
                at(95),
                at(100)
            );
            let what =
                if events == 10_000 { "seek in 10,000, p95" } else { "seek in 1,000,000, p95" };
            figures.push(figure(what, at(95), Limit::AtMost(limit_ms), "ms"));
        }
    }
    // A page of its own: memory is never given back.
    page.go("?hour");
    page.eval("raftarium.pause()");
    open(&page, LOADED);
    for minutes in (5..=60).step_by(5) {
        seek_ms(&page, minutes * 60 * SECOND_US);
        if minutes % 15 == 0 {
            println!("after {minutes} simulated minutes: {}", memory(&page));
        }
    }
    for place in 0..20 {
        seek_ms(&page, random(place, HOUR_S * SECOND_US));
    }
    let held = memory(&page);
    println!("after 20 seeks: {held}");
    figures.push(figure(
        "memory after an hour",
        held.total() / 1_048_576.0,
        Limit::AtMost(64.0),
        "MiB",
    ));
    let troubles = page.troubles();
    page.close();
    println!("\n{}", table(&figures));
    assert!(troubles.is_empty(), "the page said: {troubles:#?}");
    assert!(figures.iter().all(Figure::kept), "over budget");
}

fn open(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
}

/// How long a seek takes, in milliseconds.
fn seek_ms(page: &Page, time_us: u64) -> f64 {
    let took = page.eval(&format!(
        "(async () => {{ const began = performance.now(); await raftarium.seek({time_us}); \
         return performance.now() - began }})()"
    ));
    took.as_f64().expect("a number of milliseconds")
}

/// Simulated seconds a second, the median of some rounds. Each round goes on where the last one ended.
fn speed(page: &Page, script: &str) -> f64 {
    open(page, script);
    let mut speeds: Vec<f64> = (1..=ROUNDS as u64)
        .map(|round| ROUND_S as f64 * 1_000.0 / seek_ms(page, round * ROUND_S * SECOND_US))
        .collect();
    speeds.sort_by(f64::total_cmp);
    speeds[ROUNDS / 2]
}

/// How long seeks to random moments of a run take, in milliseconds, in order.
fn seeks(page: &Page, script: &str, end_us: u64) -> Vec<f64> {
    open(page, script);
    seek_ms(page, end_us);
    let mut took: Vec<f64> = (0..SEEKS).map(|place| seek_ms(page, random(place, end_us))).collect();
    took.sort_by(f64::total_cmp);
    took
}

/// A number below the limit that looks like chance.
fn random(place: u64, limit: u64) -> u64 {
    let mut mixed = (place + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed ^ (mixed >> 32)) % limit
}

/// When that many events have happened: the page does what is done here.
fn moment_of_event(script: &str, events: u64) -> u64 {
    let mut session = Session::open(script).expect("it is a script");
    while session.world().event() < events {
        let next_us = session.world().now_us() + SECOND_US / 10;
        assert_eq!(session.run_until(next_us), Halt::Reached);
    }
    session.world().now_us()
}
