//! Settings as lines of the script language.

use std::fmt;

use crate::sim::settings::{Setting, Settings};
use crate::sim::time::Duration;

impl Settings {
    /// The settings that may change while the cluster runs, with their values, in the order of the
    /// manual. Not the rules and the disks that each server has for itself.
    pub fn live(&self) -> Vec<Setting> {
        vec![
            Setting::ElectionTimeout(self.election_timeout),
            Setting::Heartbeat(self.heartbeat_us),
            Setting::Latency(self.latency),
            Setting::Loss(self.loss_ppm),
            Setting::Duplicate(self.duplicate_ppm),
            Setting::Fifo(self.fifo),
            Setting::Disk(self.disk),
            Setting::ClientTimeout(self.client_timeout_us),
            Setting::Retry(self.retry),
            Setting::Routing(self.routing),
            Setting::Reads(self.reads),
            Setting::PreVote(self.pre_vote),
            Setting::CheckQuorum(self.check_quorum),
            Setting::CatchUp(*self.catch_up),
            Setting::SnapshotEvery(self.snapshot_every),
            Setting::MaxEntries(self.max_entries),
            Setting::MaxInflight(self.max_inflight),
        ]
    }
}

impl fmt::Display for Setting {
    /// As a line of the script language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Setting::Servers(count) => write!(f, "servers {count}"),
            Setting::Seed(seed) => write!(f, "seed {seed}"),
            Setting::Clients(count) => write!(f, "clients {count}"),
            Setting::ElectionTimeout(Some(span)) => write!(f, "election-timeout {span}"),
            Setting::ElectionTimeout(None) => f.write_str("election-timeout never"),
            Setting::Heartbeat(period_us) => write!(f, "heartbeat {}", or_never(*period_us)),
            Setting::Latency(span) => write!(f, "latency {span}"),
            Setting::Loss(ppm) => write!(f, "loss {}", percent(*ppm)),
            Setting::Duplicate(ppm) => write!(f, "duplicate {}", percent(*ppm)),
            Setting::Fifo(on) => write!(f, "fifo {}", switch(*on)),
            Setting::Disk(span) => write!(f, "disk {span}"),
            Setting::DiskOf { server, own: Some(own) } if own.from_us == own.to_us => {
                write!(f, "disk {} on {server}", Duration(own.from_us))
            }
            Setting::DiskOf { server, own: Some(own) } => write!(f, "disk {own} on {server}"),
            Setting::DiskOf { server, own: None } => write!(f, "disk default on {server}"),
            Setting::ClientTimeout(time_us) => write!(f, "client-timeout {}", or_never(*time_us)),
            Setting::Retry(on) => write!(f, "retry {}", switch(*on)),
            Setting::Routing(routing) => write!(f, "routing {}", routing.name()),
            Setting::Reads(reads) => write!(f, "reads {}", reads.name()),
            Setting::PreVote(on) => write!(f, "pre-vote {}", switch(*on)),
            Setting::CheckQuorum(on) => write!(f, "check-quorum {}", switch(*on)),
            Setting::CatchUp(on) => write!(f, "catch-up {}", switch(*on)),
            Setting::SnapshotEvery(Some(count)) => write!(f, "snapshot-every {count}"),
            Setting::SnapshotEvery(None) => f.write_str("snapshot-every off"),
            Setting::MaxEntries(count) => write!(f, "max-entries {count}"),
            Setting::MaxInflight(count) => write!(f, "max-inflight {count}"),
            Setting::Rule { rule, on, server: None } => write!(f, "rule {rule} {}", switch(*on)),
            Setting::Rule { rule, on, server: Some(server) } => {
                write!(f, "rule {rule} {} on {server}", switch(*on))
            }
            Setting::Preset(preset) => write!(f, "preset {}", preset.name()),
        }
    }
}

fn switch(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn or_never(time_us: Option<u64>) -> String {
    time_us.map_or("never".to_owned(), |time_us| Duration(time_us).to_string())
}

/// Parts per million as an exact percentage.
pub(super) fn percent(ppm: u32) -> String {
    let (whole, rest) = (ppm / 10_000, ppm % 10_000);
    match rest {
        0 => format!("{whole}%"),
        _ => format!("{whole}.{}%", format!("{rest:04}").trim_end_matches('0')),
    }
}
