//! The speed of the simulator, next to that of the `raft` crate in the same run: `cargo bench`.
//!
//! Each figure is the median of several rounds. The two sides take turns, so that a machine whose
//! speed drifts changes both alike. Compare ratios, not figures, between machines. They differ too:
//! the simulator allocates nothing per event, the crate allocates and moves large messages, and
//! machines differ in how well they do that.

mod history;
mod lab;
mod ours;
mod theirs;

use std::time::Instant;

use raftarium::lab::experiment::Design;

const ROUNDS: usize = 7;
/// Simulated seconds of an idle cluster in each round.
const IDLE_S: u64 = 2_000;
/// Operations of five clients whose history is checked.
const OPERATIONS: u64 = 5_000;
/// Entries that each round replicates.
const ENTRIES: usize = 64 * 400;
/// How long figure 16 may take on one thread, in seconds.
const FIGURE_16_S_MAX: f64 = 5.0;

fn main() {
    // `cargo test --benches` only tests that it runs.
    let is_measured = std::env::args().any(|arg| arg == "--bench");
    let (rounds, idle_s, entries, operations) =
        if is_measured { (ROUNDS, IDLE_S, ENTRIES, OPERATIONS) } else { (1, 10, 640, 200) };
    println!(
        "Five servers, 150 to 300 ms election timeout, 50 ms heartbeat; the median of {rounds} \
         rounds.\n"
    );
    println!("{:<46}{:>12}{:>12}{:>8}", "", "raftarium", "raft", "ratio");
    let idle = |name: &str, checking: bool| {
        let ours = || per_second(idle_s as f64, || ours::idle(idle_s, checking));
        let theirs = || per_second(idle_s as f64, || theirs::idle(idle_s));
        row(name, rounds, ours, theirs);
    };
    idle("idle, checks off (simulated s per s)", false);
    idle("idle, checks on (simulated s per s)", true);
    let recorded = || per_second(idle_s as f64, || ours::idle_in_a_session(idle_s));
    let plain = || per_second(idle_s as f64, || theirs::idle(idle_s));
    row("idle, in a session with undo (s per s)", rounds, recorded, plain);
    for batch in [1, 64] {
        let ours = || per_second(entries as f64, || ours::replicate(entries, batch));
        let theirs = || per_second(entries as f64, || theirs::replicate(entries, batch));
        row(&format!("16-byte entries, {batch} at a time (per s)"), rounds, ours, theirs);
    }
    println!();
    for keys in [10, 3, 1] {
        let recorded = history::Recorded::new(operations, keys);
        let ms = median((0..rounds).map(|_| recorded.check_ms()).collect());
        let name = format!("{} operations checked, {keys} keys (ms)", recorded.operations());
        println!("{name:<46}{ms:>12.2}");
    }
    println!();
    let trials = if is_measured { Design::figure_16().usual_trials() } else { 2 };
    let seconds = median((0..rounds).map(|_| lab::figure_16_s(trials)).collect());
    println!("{:<46}{seconds:>12.2}", "figure 16 on one thread (s)");
    assert!(!is_measured || seconds <= FIGURE_16_S_MAX, "it takes too long");
}

fn row(name: &str, rounds: usize, ours: impl Fn() -> f64, theirs: impl Fn() -> f64) {
    let mut figures: Vec<(f64, f64)> = (0..rounds).map(|_| (ours(), theirs())).collect();
    let ours = median(figures.iter().map(|(ours, _)| *ours).collect());
    let theirs = median(figures.iter().map(|(_, theirs)| *theirs).collect());
    let ratio = median(figures.drain(..).map(|(ours, theirs)| ours / theirs).collect());
    println!("{name:<46}{ours:>12.0}{theirs:>12.0}{ratio:>8.2}");
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn per_second(amount: f64, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    amount / start.elapsed().as_secs_f64()
}
