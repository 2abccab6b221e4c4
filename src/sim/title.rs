//! Acts and their parts in plain words, for the event log.

use std::fmt;

use crate::raft::{ClientId, ServerSet};

use super::act::{Act, Count, Ends, Filter, Servers};
use super::time::Duration;

impl Act {
    /// What is done, in one sentence.
    pub fn title(&self) -> String {
        match self {
            Act::Set(_) => "A setting changes".to_owned(),
            Act::Crash(servers) => format!("Crash of {servers}"),
            Act::Restart(servers) => format!("Restart of {servers}"),
            Act::Pause(servers, Some(for_us)) => {
                format!("Pause of {servers} for {}", Duration(*for_us))
            }
            Act::Pause(servers, None) => format!("Pause of {servers}"),
            Act::Resume(servers) => format!("{servers} goes on"),
            Act::Wipe(servers) => format!("The disk of {servers} is wiped"),
            Act::Skew(servers, milli) => {
                format!(
                    "The clock of {servers} runs {}.{:03} times as fast",
                    milli / 1000,
                    milli % 1000
                )
            }
            Act::Timeout(servers) => format!("The election timer of {servers} is made to fire"),
            Act::Beat(servers) => format!("The heartbeat timer of {servers} is made to fire"),
            Act::Cut { from, to, both: true } => format!("The links of {from} and {to} are cut"),
            Act::Cut { from, to, both: false } => format!("The links from {from} to {to} are cut"),
            Act::Partition(groups) => {
                let groups: Vec<String> = groups.iter().map(Servers::to_string).collect();
                format!("Partition: {}", groups.join(" | "))
            }
            Act::Isolate(servers) => format!("{servers} is cut off from the others"),
            Act::Heal(None) => "All links are healed".to_owned(),
            Act::Heal(Some((from, to))) => format!("The links of {from} and {to} are healed"),
            Act::Order(fate, count, filter) => {
                format!("Order to {} {count}{filter}", fate.name())
            }
            Act::Release(_, filter) => format!("Held messages are released{filter}"),
            Act::Discard(_, filter) => format!("Held messages are discarded{filter}"),
            Act::Inject(inject) => {
                format!("A late {} from {} appears at {}", inject.kind, inject.from, inject.to)
            }
            Act::Request { op, by, .. } => {
                let client = by.unwrap_or(ClientId::from_slot(0));
                format!("{client} sends {op}")
            }
            Act::Load(Some(load)) => {
                format!("The clients send {} commands a second", load.rate_per_s)
            }
            Act::Load(None) => "The load ends".to_owned(),
            Act::Transfer(to) => format!("Leadership is to go to {to}"),
            Act::Add { server, learner: false } => format!("{server} is to join"),
            Act::Add { server, learner: true } => format!("{server} is to join as a learner"),
            Act::Remove(server) => format!("{server} is to leave"),
            Act::Promote(server) => format!("{server} is to vote"),
            Act::Members(servers) => format!("The voters are to be {servers}"),
            Act::Snapshot(servers) => format!("Snapshot of {servers}"),
        }
    }
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
    /// With a blank before each part, so that it follows other words; nothing where it matches all.
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
