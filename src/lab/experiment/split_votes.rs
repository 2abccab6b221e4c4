//! How often the first election of a cluster splits the vote, beside the closed form.
//!
//! **The closed form.** Of n servers f are down, and s = n - f remain. Their timeouts are uniform
//! over a range, and a message takes l, counted in lengths of that range. The server with the
//! shortest timeout campaigns first; the servers whose timers fire within l after it have not heard
//! of it, and vote for themselves. With c candidates the first gets at most s - c + 1 votes, which
//! is less than a majority, floor(n/2) + 1, from c = s - floor(n/2) + 1 on. With fewer, all other
//! servers hear of the first candidate before the others, vote for it, and it wins.
//!
//! So the vote splits if the c-th smallest of s uniform timeouts is at most l above the smallest.
//! The distance of these order statistics has a Beta(c - 1, s - c + 2) distribution, whose
//! distribution function at l is the sum over k from c - 1 to s of C(s, k) l^k (1 - l)^(s - k).
//! (Section 9.2 of the dissertation is about it.) The shortest of s timeouts is on average
//! 1/(s + 1) of the range above its lower end.

use crate::raft::{Role, SERVERS_MAX};
use crate::sim::{Changes, MILLION, Micros, SECOND, Settings, Setup, Span, World};

use super::wide_area::crash_last;

/// The length of the range of timeouts.
const RANGE_US: Micros = SECOND;
/// The shortest timeout: longer than any election of the first term.
const SHORTEST_US: Micros = 4 * SECOND;

/// A cluster whose first election may split the vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitVoteCase {
    /// From 2 to 9 servers.
    pub servers: usize,
    /// How many of them are down; fewer than half.
    pub down: usize,
    /// The one-way latency in millionths of the range of timeouts, less than all of it.
    pub latency_ppm: u32,
}

impl SplitVoteCase {
    /// # Errors
    /// If there is no such cluster, or if it cannot elect a leader.
    pub fn new(servers: usize, down: usize, latency_ppm: u32) -> Result<SplitVoteCase, String> {
        if !(2..=SERVERS_MAX).contains(&servers) {
            return Err(format!("expected 2 to {SERVERS_MAX} servers, found {servers}"));
        }
        if 2 * down >= servers {
            return Err(format!(
                "with {down} of {servers} servers down there is no majority; expected at most {}",
                (servers - 1) / 2
            ));
        }
        if latency_ppm >= MILLION {
            return Err("expected a latency below 1, as a share of the range of timeouts".into());
        }
        Ok(SplitVoteCase { servers, down, latency_ppm })
    }

    pub fn latency(&self) -> f64 {
        f64::from(self.latency_ppm) / f64::from(MILLION)
    }

    /// The probability that the first election splits, in closed form.
    pub fn closed_form(&self) -> f64 {
        let remaining = self.servers - self.down;
        let candidates = remaining - self.servers / 2 + 1;
        let latency = self.latency();
        (candidates - 1..=remaining)
            .map(|k| {
                let others = (remaining - k) as i32;
                choose(remaining, k) * latency.powi(k as i32) * (1.0 - latency).powi(others)
            })
            .sum()
    }

    /// The expected first timeout as a share of the range.
    pub fn expected_first_timeout(&self) -> f64 {
        1.0 / (self.servers - self.down + 1) as f64
    }

    /// Runs one trial: whether the vote splits, and the first timeout as a share of the range.
    pub(super) fn run(&self, seed: u64) -> Option<(bool, f64)> {
        let latency_us = u64::from(self.latency_ppm) * RANGE_US / u64::from(MILLION);
        let settings = Settings {
            servers: self.servers,
            seed,
            clients: 0,
            election_timeout: Some(Span::new(SHORTEST_US, SHORTEST_US + RANGE_US)),
            heartbeat_us: Some(SHORTEST_US / 2),
            latency: Span::new(latency_us, latency_us),
            ..Settings::default()
        };
        let mut changes = Changes::new(false);
        let mut world = World::new(&Setup { settings, ..Setup::default() }, &mut changes);
        crash_last(&mut world, self.down, &mut changes);
        let mut first_us = None;
        while world.step(&mut changes) {
            let first_us = *first_us.get_or_insert(world.now_us());
            let first = (first_us - SHORTEST_US) as f64 / RANGE_US as f64;
            for server in changes.touched().iter().map(|id| world.server(id)) {
                match (server.node().role(), server.node().current_term()) {
                    (Role::Leader, _) => return Some((false, first)),
                    (_, 2..) => return Some((true, first)),
                    _ => {}
                }
            }
        }
        None
    }
}

/// The number of ways to choose `k` of `n`.
fn choose(n: usize, k: usize) -> f64 {
    (0..k.min(n - k)).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_gives_the_dissertations_figures() {
        for (down, expected) in [(0, 0.0086), (1, 0.0523), (2, 0.2710)] {
            let case = SplitVoteCase::new(5, down, 100_000).expect("a majority is up");
            assert!((case.closed_form() - expected).abs() < 5e-5, "{down} down");
        }
    }

    #[test]
    fn a_cluster_without_a_majority_is_refused() {
        let error = SplitVoteCase::new(4, 2, 0).expect_err("two of four are no majority");
        assert!(error.contains("at most 1"), "{error}");
        assert!(SplitVoteCase::new(10, 0, 0).is_err());
        assert!(SplitVoteCase::new(3, 0, MILLION).is_err());
    }
}
