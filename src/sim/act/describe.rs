//! Acts and their parts in plain words, for the event list.

use std::fmt;

use crate::raft::{ClientId, ServerSet};

use super::{Act, Count, Ends, Filter, Servers};
use crate::sim::time::Duration;

impl Act {
    /// What it does, as a short sentence. Servers and clients have their names in the language.
    pub fn title(&self) -> String {
        match self {
            Act::Set(_) => "Change a setting".to_owned(),
            Act::Crash(servers) => format!("Crash {}", phrase(servers)),
            Act::Restart(servers) => format!("Restart {}", phrase(servers)),
            Act::Pause(servers, Some(for_us)) => {
                format!("Pause {} for {}", phrase(servers), Duration(*for_us))
            }
            Act::Pause(servers, None) => format!("Pause {}", phrase(servers)),
            Act::Resume(servers) => format!("Resume {}", phrase(servers)),
            Act::Wipe(servers) => format!("Wipe {} disk", possessive(servers)),
            Act::Skew(servers, milli) => {
                let (whole, rest) = (milli / 1000, milli % 1000);
                format!("Run {} clock {whole}.{rest:03} times as fast", possessive(servers))
            }
            Act::Timeout(servers) => format!("You fired {} election timer", possessive(servers)),
            Act::Beat(servers) => format!("You fired {} heartbeat timer", possessive(servers)),
            Act::Isolate(servers) => format!("Isolate {}", phrase(servers)),
            Act::Snapshot(servers) => format!("Take a snapshot of {}", phrase(servers)),
            Act::Transfer(to) => format!("Transfer leadership to {}", phrase(to)),
            Act::Add { server, learner: false } => format!("Add {}", phrase(server)),
            Act::Add { server, learner: true } => format!("Add {} as a learner", phrase(server)),
            Act::Remove(server) => format!("Remove {}", phrase(server)),
            Act::Promote(server) => format!("Promote {} to voter", phrase(server)),
            Act::Members(servers) => format!("Make {} the voters", phrase(servers)),
            Act::Request { op, by, .. } => {
                format!("{} sends {op}", by.unwrap_or(ClientId::from_slot(0)))
            }
            Act::Load(Some(load)) => {
                format!("Send {} commands a second from all clients", load.rate_per_s)
            }
            Act::Load(None) => "Stop the load".to_owned(),
            Act::Inject(inject) => {
                format!("Inject a {} from {} at {}", inject.kind, inject.from, inject.to)
            }
            _ => self.network_title(),
        }
    }

    fn network_title(&self) -> String {
        match self {
            Act::Cut { from, to, both: true } => format!("Cut the links between {from} and {to}"),
            Act::Cut { from, to, .. } => format!("Cut the links from {from} to {to}"),
            Act::Partition(groups) => {
                let groups: Vec<String> = groups.iter().map(Servers::to_string).collect();
                format!("Partition {}", groups.join(" | "))
            }
            Act::Heal(Some((from, to))) => format!("Heal the links between {from} and {to}"),
            Act::Intercept(fate, count, filter) => {
                let which = match count {
                    Count::Next(1) => format!("the next {}", messages(filter, "message")),
                    Count::Next(count) => {
                        format!("the next {count} {}", messages(filter, "messages"))
                    }
                    Count::All => format!("all {}", messages(filter, "messages")),
                };
                format!("{} {which}", capitalize(fate.name()))
            }
            Act::Release(_, filter) => format!("Release held {}", messages(filter, "messages")),
            Act::Discard(_, filter) => format!("Discard held {}", messages(filter, "messages")),
            _ => "Heal all links".to_owned(),
        }
    }
}

/// The servers as part of a sentence.
fn phrase(servers: &Servers) -> String {
    match servers {
        Servers::Named(named) => named.to_string(),
        Servers::All => "all servers".to_owned(),
        Servers::Leader => "the leader".to_owned(),
        Servers::Followers => "the followers".to_owned(),
        Servers::Others => "the other servers".to_owned(),
    }
}

fn possessive(servers: &Servers) -> String {
    let phrase = phrase(servers);
    if phrase.ends_with("ers") { format!("{phrase}'") } else { format!("{phrase}'s") }
}

/// As in "append messages from s1".
fn messages(filter: &Filter, noun: &str) -> String {
    let Filter { kind, from, to } = filter;
    let ends = Filter { kind: None, from: from.clone(), to: to.clone() };
    match kind {
        Some(kind) => format!("{kind} {noun}{ends}"),
        None => format!("{noun}{ends}"),
    }
}

/// With a capital letter, to begin a sentence.
pub(in crate::sim) fn capitalize(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

impl fmt::Display for Servers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Servers::Named(servers) => servers.fmt(f),
            Servers::All => f.write_str("all"),
            Servers::Leader => f.write_str("leader"),
            Servers::Followers => f.write_str("followers"),
            Servers::Others => f.write_str("others"),
        }
    }
}

impl fmt::Display for Ends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ends::Servers(servers) => servers.fmt(f),
            Ends::Mixed(servers, clients) => write_mixed(f, *servers, clients),
        }
    }
}

fn write_mixed(
    f: &mut fmt::Formatter<'_>,
    servers: ServerSet,
    clients: &[ClientId],
) -> fmt::Result {
    let servers = servers.iter().map(|server| server.to_string());
    let names: Vec<String> = clients.iter().map(ClientId::to_string).chain(servers).collect();
    f.write_str(&names.join(","))
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Next(count) => write!(f, "next {count}"),
            Count::All => f.write_str("all"),
        }
    }
}

impl fmt::Display for Filter {
    /// With a space before each part, to follow other words; empty if it matches all messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = self.kind {
            write!(f, " {kind}")?;
        }
        if let Some(from) = &self.from {
            write!(f, " from {from}")?;
        }
        if let Some(to) = &self.to {
            write!(f, " to {to}")?;
        }
        Ok(())
    }
}
