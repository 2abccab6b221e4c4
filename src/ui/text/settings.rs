//! The settings dialog. What a setting does is the help of its word in the language.

use crate::raft::{Reads, Rule, ServerId, ServerSet};
use crate::script::USAGES;
use crate::sim::{Duration, Preset, Routing};

use super::{server, servers};

pub const SETTINGS_LIVE: &str = "These change the running cluster at once. Each change is an \
    action: it is recorded, and you can undo it. Times are written as 150us, 50ms or 1.5s, ranges \
    as 150ms..300ms.";
pub const SETTINGS_NEW: &str = "These are fixed once a cluster runs, so they create a new one with \
    the settings above. It replaces this cluster with its logs and events.";
pub const LEARNERS_MEANS: &str =
    "More servers that receive the log without a vote (learners). Nine servers in all.";
pub const SPARE_MEANS: &str = "More servers that are not in the configuration yet (joining): add \
    them later from their menus.";
pub const SEED_MEANS: &str =
    "The random seed. The same settings, seed and actions give the same run.";
pub const NOT_A_VALUE: &str = "Enter a value as in the example.";
pub const GIVEN_MEANS: &str = "The state of a server at time 0, its term, vote and log, is set by \
    a line such as given s1 term 3 log 1 1 2 at the head of a script.";
pub const SEARCH_SETTINGS: &str = "Search settings";
pub const NO_SETTING: &str = "No setting matches. Clear the search to see all.";
pub const CLOCK_MEANS: &str = "How fast this clock runs: 1 is true time, 0.1 to 10 are possible.";
pub const OWN_DISK_MEANS: &str = "How long a write of this server takes until it is stable. The \
    word default means the setting disk of the cluster.";
pub const LINKS_OWN: &str = "A link may have latency and loss of its own: click it on the stage.";

/// A part of the settings dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingSection {
    Timers,
    Elections,
    Network,
    Clients,
    Storage,
    Rules,
    Clocks,
}

impl SettingSection {
    /// From top to bottom.
    pub const ALL: [SettingSection; 7] = [
        SettingSection::Timers,
        SettingSection::Elections,
        SettingSection::Network,
        SettingSection::Clients,
        SettingSection::Storage,
        SettingSection::Rules,
        SettingSection::Clocks,
    ];

    pub fn title(self) -> &'static str {
        match self {
            SettingSection::Timers => "Timers",
            SettingSection::Elections => "Elections and membership",
            SettingSection::Network => "Network",
            SettingSection::Clients => "Clients",
            SettingSection::Storage => "Log and disk",
            SettingSection::Rules => "Rules of Raft",
            SettingSection::Clocks => "Clocks",
        }
    }
}

/// What a setting for the head of a script does.
pub fn help_of(verb: &str) -> &'static str {
    USAGES.iter().find(|usage| usage.verb == verb).map_or("", |usage| usage.what)
}

pub fn clock_of(id: ServerId) -> String {
    format!("Clock of {}", server(id))
}

pub fn disk_of(id: ServerId) -> String {
    format!("Disk of {}", server(id))
}

/// What a preset sets, and where its values come from.
pub fn preset_means(preset: Preset) -> String {
    let (span, heartbeat_us) = preset.timing();
    let source = match preset {
        Preset::Paper => {
            "section 9.3 of the paper recommends this range, and names no interval of heartbeats"
        }
        Preset::Testing => "the test values of a five-node key-value store",
        Preset::Production => "the production values of the same store",
        Preset::FastapiRaft => "the defaults of FastAPI-Raft",
    };
    format!("election timeout {span}, heartbeat {}: {source}", Duration(heartbeat_us))
}

pub fn reads_means(reads: Reads) -> &'static str {
    match reads {
        Reads::Local => "any server answers from its state machine; the value may be stale",
        Reads::Leader => "a leader answers without confirming that it still leads; may be stale",
        Reads::Log => "the read becomes an entry in the log",
        Reads::Lease => "a leader answers at once under a lease, which relies on true clocks",
        Reads::ReadIndex => "a leader answers after a majority confirmed that it still leads",
    }
}

pub fn routing_means(routing: Routing) -> &'static str {
    match routing {
        Routing::Redirect => "a follower names the leader, and the client goes there",
        Routing::Forward => "a follower forwards the request to the leader",
        Routing::Leader => "each request goes straight to the live leader",
    }
}

/// What a rule says and prevents, and the servers on which alone it is off.
pub fn rule_means(rule: Rule, off: Option<ServerSet>) -> String {
    let off = off.map_or_else(String::new, |off| format!(" Off on {}.", servers(off)));
    format!("{}. Without it: {}.{off}", rule.statement(), rule.without())
}
