//! Acts and their parts in plain words, for the event list.

use std::fmt;

use crate::raft::{Address, ClientId, Kind, ServerSet};

use super::one_message::ordinal;
use super::{
    Act, Count, Ends, Filter, Interception, LinkQuality, LinkValue, MessageAct, MessageName,
    Servers,
};
use crate::sim::time::{Duration, Factor};

impl Act {
    /// What it does, as a short sentence, with servers and clients named as in prose: `S1`, `C1`.
    pub fn title(&self) -> String {
        Words { actor: "You" }.title(self)
    }

    /// As `title`, for an act of a trigger.
    pub fn title_of_a_trigger(&self) -> String {
        Words { actor: "A trigger" }.title(self)
    }
}

/// Puts acts into words.
#[derive(Clone, Copy)]
struct Words {
    /// Who acts, where the sentence says so.
    actor: &'static str,
}

impl Words {
    fn title(self, act: &Act) -> String {
        match act {
            Act::Set(setting) => format!("Set `{setting}`"),
            Act::Crash(servers) => format!("Crash {}", self.phrase(servers)),
            Act::Restart(servers) => format!("Restart {}", self.phrase(servers)),
            Act::Pause(servers, Some(for_us)) => {
                format!("Pause {} for {}", self.phrase(servers), Duration(*for_us))
            }
            Act::Pause(servers, None) => format!("Pause {}", self.phrase(servers)),
            Act::Resume(servers) => format!("Resume {}", self.phrase(servers)),
            Act::Wipe(servers) => format!("Wipe {}", self.of("disk", servers)),
            Act::Skew(servers, milli) => {
                format!("Run {} {} times as fast", self.of("clock", servers), Factor(*milli))
            }
            Act::Timeout(servers) => {
                format!("{} fired {}", self.actor, self.of("election timer", servers))
            }
            Act::Beat(servers) => {
                format!("{} fired {}", self.actor, self.of("heartbeat timer", servers))
            }
            Act::Isolate(servers) => format!("Isolate {}", self.phrase(servers)),
            Act::Snapshot(servers) => format!("Take a snapshot of {}", self.phrase(servers)),
            Act::Transfer(to) => format!("Transfer leadership to {}", self.phrase(to)),
            Act::Add { server, learner: false } => format!("Add {}", self.phrase(server)),
            Act::Add { server, learner: true } => {
                format!("Add {} as a learner", self.phrase(server))
            }
            Act::Remove(server) => format!("Remove {}", self.phrase(server)),
            Act::Promote(server) => format!("Promote {} to voter", self.phrase(server)),
            Act::Members(servers) => format!("Make {} the voters", self.phrase(servers)),
            Act::Request { op, by, .. } => {
                format!("{} sends {op}", self.name(by.unwrap_or(ClientId::from_slot(0))))
            }
            Act::Load(Some(load)) => {
                format!("Send {} commands a second from all clients", load.rate_per_s)
            }
            Act::Load(None) => "Stop the load".to_owned(),
            Act::Cut { from, to, both: true } => {
                format!("Cut the links between {} and {}", self.ends(from), self.ends(to))
            }
            Act::Cut { from, to, both: false } => {
                format!("Cut the links from {} to {}", self.ends(from), self.ends(to))
            }
            Act::Partition(groups) => {
                let groups: Vec<String> = groups.iter().map(|group| self.servers(group)).collect();
                format!("Partition {}", groups.join(" | "))
            }
            Act::Heal(Some((from, to))) => {
                format!("Heal the links between {} and {}", self.ends(from), self.ends(to))
            }
            Act::Heal(None) => "Heal all links".to_owned(),
            Act::Intercept(fate, count, filter) => self.interception(*fate, *count, filter),
            Act::Release(next, filter) => format!("Release {}", self.held(*next, filter)),
            Act::Discard(next, filter) => format!("Discard {}", self.held(*next, filter)),
            Act::Message(act, name) => self.message_act(*act, name),
            Act::Link { from, to, both, quality } => self.quality((from, to), *both, quality),
            Act::Inject(inject) => format!(
                "Inject {} from {} to {}",
                inject.kind.paper_name(),
                self.name(inject.from),
                self.name(inject.to)
            ),
        }
    }

    fn interception(self, fate: Interception, count: Count, filter: &Filter) -> String {
        let which = match count {
            Count::Next(1) => format!("the next {}", self.messages(filter, "message")),
            Count::Next(count) => format!("the next {count} {}", self.messages(filter, "messages")),
            Count::All => format!("all {}", self.messages(filter, "messages")),
        };
        match fate {
            Interception::Drop => format!("Drop {which}"),
            Interception::Hold => format!("Hold {which}"),
            Interception::Duplicate => format!("Duplicate {which}"),
            Interception::Delay(by_us) => format!("Delay {which} by {}", Duration(by_us)),
        }
    }

    fn quality(self, (from, to): (&Ends, &Ends), both: bool, quality: &LinkQuality) -> String {
        let (first, second) = if both { ("between", "and") } else { ("from", "to") };
        let links = format!("the links {first} {} {second} {}", self.ends(from), self.ends(to));
        match *quality {
            LinkQuality::DEFAULT => format!("Give {links} the cluster's latency and loss"),
            _ => format!("Set for {links}:{}", own_values(quality)),
        }
    }

    fn message_act(self, act: MessageAct, name: &MessageName) -> String {
        let which = if name.nth > 1 { format!("{} ", ordinal(name.nth)) } else { String::new() };
        let kind = name.filter.kind.map_or("message", Kind::paper_name);
        let ends = self.messages(&Filter { kind: None, ..name.filter.clone() }, "");
        let what = format!("the {which}{} {kind}{ends}", name.state.name());
        match act {
            MessageAct::Drop => format!("Drop {what}"),
            MessageAct::Hold => format!("Hold {what}"),
            MessageAct::Release => format!("Deliver {what} now"),
            MessageAct::Discard => format!("Discard {what}"),
            MessageAct::Delay(by_us) => format!("Delay {what} by {}", Duration(by_us)),
            MessageAct::Duplicate => format!("Duplicate {what}"),
            MessageAct::Resend(after_us) => {
                format!("Send {what} again: a copy arrives after {}", Duration(after_us))
            }
        }
    }

    fn name(self, address: impl Into<Address>) -> String {
        let address: Address = address.into();
        format!("{address:#}")
    }

    /// The servers as part of a sentence.
    fn phrase(self, servers: &Servers) -> String {
        match servers {
            Servers::Named(named) => format!("{named:#}"),
            Servers::All => "all servers".to_owned(),
            Servers::Leader => "the leader".to_owned(),
            Servers::Followers => "the followers".to_owned(),
            Servers::Others => "the other servers".to_owned(),
        }
    }

    /// As in "S1's disk" and "the disks of S1 and S2".
    fn of(self, noun: &str, servers: &Servers) -> String {
        let phrase = self.phrase(servers);
        match servers {
            Servers::Named(named) if named.len() == 1 => format!("{phrase}'s {noun}"),
            Servers::Leader => format!("{phrase}'s {noun}"),
            Servers::Named(_) | Servers::All | Servers::Followers | Servers::Others => {
                format!("the {noun}s of {phrase}")
            }
        }
    }

    /// The servers in a list.
    fn servers(self, servers: &Servers) -> String {
        match servers {
            Servers::Named(named) => {
                let names: Vec<String> = named.iter().map(|server| self.name(server)).collect();
                names.join(", ")
            }
            _ => servers.to_string(),
        }
    }

    fn ends(self, ends: &Ends) -> String {
        match ends {
            Ends::Servers(servers) => self.servers(servers),
            Ends::Mixed(servers, clients) => {
                let clients = clients.iter().map(|client| self.name(*client));
                let servers = servers.iter().map(|server| self.name(server));
                clients.chain(servers).collect::<Vec<String>>().join(", ")
            }
        }
    }

    /// As in "the next 2 held messages".
    fn held(self, next: Option<u32>, filter: &Filter) -> String {
        match next {
            Some(1) => format!("the next held {}", self.messages(filter, "message")),
            Some(count) => format!("the next {count} held {}", self.messages(filter, "messages")),
            None => format!("all held {}", self.messages(filter, "messages")),
        }
    }

    /// As in "append messages from S1".
    fn messages(self, filter: &Filter, noun: &str) -> String {
        let mut words = match filter.kind {
            Some(kind) => format!("{kind} {noun}"),
            None => noun.to_owned(),
        };
        if let Some(from) = &filter.from {
            words += &format!(" from {}", self.ends(from));
        }
        if let Some(to) = &filter.to {
            words += &format!(" to {}", self.ends(to));
        }
        words
    }
}

/// As in the language, but a range of one latency is that latency.
fn own_values(quality: &LinkQuality) -> String {
    match quality.latency {
        Some(LinkValue::Own(span)) if span.from_us == span.to_us => {
            let loss = LinkQuality { latency: None, ..*quality };
            format!(" latency {}{loss}", Duration(span.from_us))
        }
        _ => quality.to_string(),
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
