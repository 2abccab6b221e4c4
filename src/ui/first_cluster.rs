//! The cluster of a first visit, and the script of a cluster with other settings.

use crate::raft::{Rule, ServerSet};
use crate::sim::{Setting, Settings};

use crate::script::{ParseError, Session};

/// The links are slow enough for the eye to follow a message. Everything else is at its default.
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

/// The head of a script for a cluster with these settings and more servers: learners, and spare
/// ones outside the configuration.
pub fn script_of(settings: &Settings, learners: usize, spare: usize) -> String {
    let Settings { servers: voters, clients, seed, .. } = *settings;
    let servers = voters + learners + spare;
    let mut script = format!("servers {servers}\nclients {clients}\nseed {seed}\n");
    for setting in settings.live() {
        let mut plain = Settings::default();
        plain.apply(&setting);
        if plain != Settings::default() {
            script.push_str(&format!("{setting}\n"));
        }
    }
    let all = ServerSet::first(servers);
    for server in all.iter() {
        if let own @ Some(_) = settings.own_disks[server.slot()] {
            script.push_str(&format!("{}\n", Setting::DiskOf { server, own }));
        }
    }
    for rule in Rule::ALL {
        let off = all.iter().filter(|id| !settings.rules[id.slot()].on(rule));
        let off: ServerSet = off.collect();
        if off == all {
            script.push_str(&format!("rule {rule} off\n"));
        } else {
            off.iter().for_each(|id| script.push_str(&format!("rule {rule} off on {id}\n")));
        }
    }
    let after = |count: usize| ServerSet::first(servers).difference(ServerSet::first(count));
    let joining = after(voters + learners);
    let learning = after(voters).difference(joining);
    for (verb, set) in [("learners", learning), ("joining", joining)] {
        if !set.is_empty() {
            script.push_str(&format!("{verb} {set}\n"));
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_cluster_gets_every_setting_of_the_old_one() {
        let script = "servers 4\nclients 2\nseed 9\nelection-timeout 1s..2s\nheartbeat never\n\
            latency 1ms..2ms\nloss 5%\nduplicate 0.5%\nfifo on\ndisk 1ms..3ms\n\
            client-timeout never\nretry off\nrouting forward\nreads lease\npre-vote on\n\
            check-quorum on\ncatch-up on\nsnapshot-every 9\nmax-entries 3\nmax-inflight 2\n\
            disk 40ms on s3\nrule majority off\nrule dedupe off on s2\n";
        let session = Session::open(script).expect("it parses");
        assert_eq!(script_of(session.world().settings(), 0, 0), script);
        let settings = Settings { servers: 3, ..Settings::default() };
        let script = script_of(&settings, 2, 1);
        assert_eq!(script, "servers 6\nclients 1\nseed 1\nlearners s4,s5\njoining s6\n");
        assert!(Session::open(&script).is_ok());
    }
}
