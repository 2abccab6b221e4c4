//! Links, and the partition of the servers.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Duration, Span};

use super::{percent, server, server_ranges};

/// A range of latencies: `40–60 ms`.
pub fn latency_range(span: Span) -> String {
    let Span { from_us, to_us } = span;
    if from_us == to_us {
        return spaced(from_us);
    }
    match (spaced(from_us).split_once(' '), spaced(to_us).split_once(' ')) {
        (Some((from, unit)), Some((to, same))) if unit == same => format!("{from}–{to} {unit}"),
        _ => format!("{}–{}", spaced(from_us), spaced(to_us)),
    }
}

/// A duration with a space before its unit.
fn spaced(us: u64) -> String {
    let text = Duration(us).to_string();
    let unit = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    format!("{} {}", &text[..unit], &text[unit..])
}

/// `Link S1 to S2`.
pub fn link(a: ServerId, b: ServerId) -> String {
    format!("Link {} to {}", server(a), server(b))
}

/// One direction of a link: `S1 to S2`.
pub fn way(from: ServerId, to: ServerId) -> String {
    format!("{} to {}", server(from), server(to))
}

/// A latency and a loss, as the label of a link: `60 ms, 30 %`.
pub fn own_label(latency: Option<Span>, loss_ppm: Option<u32>) -> String {
    let parts = [latency.map(latency_range), loss_ppm.map(|ppm| format!("loses {}", percent(ppm)))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub const LINK_OWN: &str = "Latency and loss…";
pub const LINK_DEFAULT: &str = "Reset latency and loss";
pub const LINK_LATENCY: &str = "Latency";
pub const LINK_LOSS: &str = "Loss";
pub const BOTH_WAYS: &str = "both ways";
pub const LINK_DIALOG_MEANS: &str =
    "What you set here is this link's own. The word default means the setting of the cluster.";
pub const OWN_LATENCY_MEANS: &str = "the link's own one-way delay";
pub const OWN_LOSS_MEANS: &str = "the link's own share of lost messages";
pub const DIRECTIONS_DIFFER: &str = "the two directions differ: a value sets both";
pub const NOTHING_OWN: &str = "already as the cluster";

pub fn as_the_cluster(value: &str) -> String {
    format!("as the cluster: {value}")
}

// The partition.

pub const PARTITION_MEANS: &str = "Servers in different groups cannot reach each other; clients \
    still reach every server. Click a server on the stage, or choose here.";
pub const PARTITION_ONE: &str = "Put at least one server into another group.";
pub const PARTITION_NONE_NOW: &str = "Now: no partition.";
pub const PARTITION_IS_SO: &str = "The servers are partitioned like this already.";
pub const PARTITION_NO_LEADER: &str = "there is no leader";
pub const PRESET_ISOLATE: &str = "Isolate the leader";
pub const PRESET_LEADER_AND_ONE: &str = "Leader and one | others";
pub const PRESET_LEADER_AND_MAJORITY: &str = "Leader in a majority";
pub const PARTITION_TOO_FEW: &str = "too few servers";

/// The letter of a group, from 0 on.
pub fn group_letter(group: u8) -> char {
    char::from(b'A' + group)
}

pub fn group(group: u8) -> String {
    format!("Group {}", group_letter(group))
}

/// The groups of servers: `S1, S2 | S3–S5`.
pub fn groups(groups: impl IntoIterator<Item = ServerSet>) -> String {
    groups.into_iter().map(server_ranges).collect::<Vec<_>>().join("  |  ")
}

pub fn partition_now(now: impl IntoIterator<Item = ServerSet>) -> String {
    format!("Now: {}", groups(now))
}

/// Pairs of servers: `S1–S3, S2–S3`.
fn pairs(links: &[(ServerId, ServerId)]) -> String {
    let names: Vec<String> =
        links.iter().map(|(a, b)| format!("{} to {}", server(*a), server(*b))).collect();
    names.join(", ")
}

pub fn partition_heals(links: &[(ServerId, ServerId)]) -> String {
    match links {
        [] => "Heals no link.".to_owned(),
        [_] => format!("Heals the link {}.", pairs(links)),
        _ => format!("Heals the links {}.", pairs(links)),
    }
}

pub fn partition_keeps(links: &[(ServerId, ServerId)]) -> String {
    match links {
        [_] => format!("The link {} stays cut.", pairs(links)),
        _ => format!("The links {} stay cut.", pairs(links)),
    }
}

/// Beside a line across the ring, if other links are cut, too.
pub fn line_keeps(count: usize) -> String {
    let cuts = if count == 1 { "cut" } else { "cuts" };
    format!("keeps {count} other {cuts}")
}
