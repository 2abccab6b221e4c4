//! The cluster of a first visit, and the script of a cluster with other settings.

use crate::raft::ServerSet;
use crate::sim::{Duration, Settings};

use crate::script::{ParseError, Session};

/// The links are slow enough for the eye to follow a message. Everything else is as in the paper.
pub const SCRIPT: &str = "latency 15ms..25ms\n";

/// How long before the first election timeout the page opens, in simulated microseconds: an eighth
/// of a second of real time at the pace at the start.
const LEAD_US: u64 = 8_000;

/// The cluster of a script shortly before its first election, so that nobody waits for a timer.
pub fn before_first_election(script: &str) -> Result<Session, String> {
    let mut session = Session::open(script).map_err(|errors| ParseError::all(&errors))?;
    let first_us = {
        let world = session.world();
        let timers = world.servers().iter().filter_map(|server| server.election_timer());
        timers.map(|timer| timer.due_us).min()
    };
    if let Some(first_us) = first_us {
        let _ = session.run_until(first_us.saturating_sub(LEAD_US));
    }
    Ok(session)
}

/// The head of a script for a cluster with these settings, as far as the page offers them, and with
/// `spare` servers outside the configuration.
pub fn script_of(settings: &Settings, spare: usize) -> String {
    let mut script = format!(
        "servers {}\nclients {}\nseed {}\nlatency {}\nloss {}%\n",
        settings.servers + spare,
        settings.clients,
        settings.seed,
        settings.latency,
        f64::from(settings.loss_ppm) / 10_000.0,
    );
    let never = || "never".to_string();
    let election = settings.election_timeout.map_or_else(never, |span| span.to_string());
    let heartbeat = settings.heartbeat_us.map_or_else(never, |us| Duration(us).to_string());
    script.push_str(&format!("election-timeout {election}\nheartbeat {heartbeat}\n"));
    let on = |on: bool| if on { "on" } else { "off" };
    let every =
        settings.snapshot_every.map_or_else(|| "off".to_string(), |every| every.to_string());
    script.push_str(&format!(
        "pre-vote {}\ncheck-quorum {}\nreads {}\nsnapshot-every {every}\n",
        on(settings.pre_vote),
        on(settings.check_quorum),
        settings.reads.name(),
    ));
    if *settings.catch_up {
        script.push_str("catch-up on\n");
    }
    let spare =
        ServerSet::first(settings.servers + spare).difference(ServerSet::first(settings.servers));
    if !spare.is_empty() {
        script.push_str(&format!("joining {spare}\n"));
    }
    script
}
