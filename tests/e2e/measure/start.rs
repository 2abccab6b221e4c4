//! How long a visitor waits: from the navigation to the first frame with the cluster, and to the
//! first leader.

use super::budget::{Budget, Figure, report};
use super::{addresses, close, median};
use crate::harness::Page;
use std::thread;
use std::time::Duration;

const LOADS: usize = 12;
/// The browser saves its compiled code some seconds after it has optimised it.
const CODE_CACHE_DELAY: Duration = Duration::from_secs(15);

/// Notes when the servers and the leader are on the screen: a timer set in a frame runs after it is
/// drawn.
const WATCH: &str = "
    window.shown = {};
    const selectors = {
        cluster: '[aria-label^=\"S1, \"]',
        leader: '[aria-label^=\"S\"][aria-label*=\", leader, term\"]',
    };
    const look = () => {
        for (const [name, selector] of Object.entries(selectors)) {
            if (!(name in shown) && document.querySelector(selector)) {
                shown[name] = null;
                setTimeout(() => shown[name] = performance.now());
            }
        }
        if (!shown.leader) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// Run by `cargo xtask measure`.
#[test]
#[ignore = "a measurement: cargo xtask measure"]
fn the_cluster_appears_and_elects_a_leader_in_time() {
    let addresses = addresses();
    let mut cold: Vec<Vec<Shown>> = vec![Vec::new(); addresses.len()];
    for _ in 0..LOADS {
        for (shown, address) in cold.iter_mut().zip(&addresses) {
            let page = Page::blank();
            page.before_each_start(WATCH);
            shown.push(load(&page, address));
            page.close();
        }
    }
    let pages: Vec<Page> = addresses.iter().map(|address| fill_cache(address)).collect();
    let mut warm: Vec<Vec<Shown>> = vec![Vec::new(); addresses.len()];
    for _ in 0..LOADS {
        for (shown, (page, address)) in warm.iter_mut().zip(pages.iter().zip(&addresses)) {
            page.navigate("about:blank");
            shown.push(load(page, address));
        }
    }
    close(pages);
    println!("Median of {LOADS} loads each, from the navigation, at 1280 x 800:");
    let figure = |name: &str, loads: &[Vec<Shown>], pick: fn(&Shown) -> f64, budget| Figure {
        name: name.to_owned(),
        values: loads.iter().map(|loads| median(loads.iter().map(pick).collect())).collect(),
        budget,
        unit: "s",
    };
    report(&[
        figure("first frame, empty cache", &cold, |shown| shown.cluster_s, Budget::None),
        figure("first leader, empty cache", &cold, |shown| shown.leader_s, Budget::AtMost(2.0)),
        figure("first frame, second visit", &warm, |shown| shown.cluster_s, Budget::None),
        figure("first leader, second visit", &warm, |shown| shown.leader_s, Budget::AtMost(2.0)),
    ]);
}

/// Seconds from the navigation.
#[derive(Clone, Copy)]
struct Shown {
    cluster_s: f64,
    leader_s: f64,
}

fn load(page: &Page, address: &str) -> Shown {
    page.go_to(address);
    page.wait_for("shown.leader");
    let seconds = |name: &str| page.eval(&format!("shown.{name} / 1000")).as_f64().expect("a time");
    Shown { cluster_s: seconds("cluster"), leader_s: seconds("leader") }
}

/// Visits the page long enough for the browser to cache the compiled program.
fn fill_cache(address: &str) -> Page {
    let page = Page::in_own_browser();
    page.before_each_start(WATCH);
    for _ in 0..2 {
        load(&page, address);
        thread::sleep(CODE_CACHE_DELAY);
    }
    page
}
