//! Elections in a wide-area network (the dissertation's section 9.4).
//!
//! Five servers with a one-way latency of 30 to 40 ms and election timeouts of 300 to 600 ms, from
//! fresh timers on; disks and processors take no time. A trial measures until the first leader
//! wins that then lasts 16 rounds of heartbeats.
//!
//! Our means are 428, 468 and 621 ms with none, one and two servers down. The dissertation says
//! two things about them. Its text has round numbers: about 475 ms with one server down, about
//! 650 ms with two. Its figure marks the average on each curve: at 430, 469 and 632 ms. Ours are
//! within 2 % of the figure, and with two down 4.5 % less than the text.
//!
//! The rules leave no room for more. With two servers down a leader needs all three votes, so the
//! vote splits if a second timer fires within one latency of the first, in 31 % of the elections,
//! and each split costs one more timeout. A simulation of these rules without our core has the
//! same three means, to the millisecond. Published and ours restart an election timer on the same
//! occasions: when a campaign begins, a vote is granted, or the leader is heard.

use crate::raft::{Role, ServerId, ServerSet, Term};
use crate::sim::{Act, Changes, MS, Micros, SECOND, Servers, Settings, Setup, Span, World};

/// The number of servers.
pub(super) const SERVERS: usize = 5;
const LATENCY: Span = Span { from_us: 30 * MS, to_us: 40 * MS };
const TIMEOUT: Span = Span { from_us: 300 * MS, to_us: 600 * MS };
/// As in figure 16, half of the shortest timeout.
const HEARTBEAT_US: Micros = TIMEOUT.from_us / 2;
/// How many rounds a leader must last.
const ROUNDS: u64 = 16;
const LIMIT_US: Micros = 600 * SECOND;

/// What the dissertation says about the elections with some servers down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedElections {
    /// The mean that the text states, in milliseconds.
    pub stated_mean: Option<f64>,
    /// Within how many milliseconds 99.9 % of the elections end, by the text.
    pub stated_p999: Option<f64>,
    /// The average that the figure marks on the curve: where it lies, in milliseconds, and the
    /// share of elections that take no longer.
    pub marked_mean: (f64, f64),
}

/// By the number of servers down. Figure 9.10 of the dissertation marks the averages.
pub const PUBLISHED_ELECTIONS: [PublishedElections; 3] = [
    PublishedElections { stated_mean: None, stated_p999: None, marked_mean: (430.0, 0.658) },
    PublishedElections {
        stated_mean: Some(475.0),
        stated_p999: Some(1_500.0),
        marked_mean: (469.0, 0.730),
    },
    PublishedElections {
        stated_mean: Some(650.0),
        stated_p999: Some(3_000.0),
        marked_mean: (632.0, 0.682),
    },
];

/// Runs one trial: when the first lasting leader wins, in microseconds.
pub(super) fn lasting_leader_us(down: usize, seed: u64) -> Option<Micros> {
    let settings = Settings {
        servers: SERVERS,
        seed,
        clients: 0,
        election_timeout: Some(TIMEOUT),
        heartbeat_us: Some(HEARTBEAT_US),
        latency: LATENCY,
        ..Settings::default()
    };
    let mut changes = Changes::new(false);
    let mut world = World::new(&Setup { settings, ..Setup::default() }, &mut changes);
    crash_last(&mut world, down, &mut changes);
    let mut won: Option<(ServerId, Term, Micros)> = None;
    while world.now_us() < LIMIT_US && world.step(&mut changes) {
        let leads = |id: &ServerId| world.server(*id).node().role() == Role::Leader;
        let leader = changes.touched().iter().find(leads);
        if let Some((leader, term, since_us)) = won {
            let node = world.server(leader).node();
            if node.role() != Role::Leader || node.current_term() != term {
                won = None;
            } else if world.now_us() >= since_us + ROUNDS * HEARTBEAT_US {
                return Some(since_us);
            }
        }
        if let Some(leader) = leader {
            let term = world.server(leader).node().current_term();
            if won.is_none_or(|(_, newest, _)| newest < term) {
                won = Some((leader, term, world.now_us()));
            }
        }
    }
    None
}

/// Crashes the last servers, so that they never start.
pub(super) fn crash_last(world: &mut World, down: usize, changes: &mut Changes) {
    let servers = world.servers().len();
    let last: ServerSet = (servers - down..servers).map(ServerId::from_slot).collect();
    if !last.is_empty() {
        // It names servers that exist.
        let _ = world.act(&Act::Crash(Servers::Named(last)), None, changes);
    }
}
