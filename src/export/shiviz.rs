//! A run as a log for ShiViz: each event of a server or client with its vector clock.
//!
//! The clocks are those of Fidge and Mattern. A process is a server, a client, or the script, which
//! stands for the person's actions, too. An event counts one up at its process. It comes after the
//! event before it at its process; after the event that sent its message; and, if an action brought
//! it about, after that action. A trigger's action comes after the event that it waited for.
//!
//! A lost message, or one that waits at a paused server, is no event of any process.

use std::collections::HashMap;
use std::fmt;

use crate::raft::{Address, ClientId, ServerId};
use crate::sim::{Event, EventId, EventKind, MessageSummary, Operation};

use super::replay::{ExportError, ExportedRun};

/// The regular expression that ShiViz reads the log with.
pub const SHIVIZ_PARSER: &str = r"(?<time>\S+) s (?<event>.*)\n(?<host>\S+) (?<clock>\{.*\})";

/// The text of a log.
///
/// # Errors
/// As [`ExportedRun::each`].
pub fn shiviz(replay: ExportedRun) -> Result<String, ExportError> {
    let mut log = ClockedLog::default();
    replay.each(|event, in_span| log.add(event, in_span))?;
    Ok(log.text)
}

/// A host of the log, with a component in every vector clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Process {
    Script,
    Server(ServerId),
    Client(ClientId),
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Process::Script => f.write_str("Script"),
            Process::Server(server) => write!(f, "{server:#}"),
            Process::Client(client) => write!(f, "{client:#}"),
        }
    }
}

impl From<Address> for Process {
    fn from(address: Address) -> Process {
        match address {
            Address::Server(server) => Process::Server(server),
            Address::Client(client) => Process::Client(client),
        }
    }
}

/// How many events of each process come before or are this one; sorted by process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct VectorClock(Vec<(Process, u64)>);

impl VectorClock {
    fn merge(&mut self, other: &VectorClock) {
        for &(process, count) in &other.0 {
            let known = self.count_of(process);
            *known = (*known).max(count);
        }
    }

    fn count_of(&mut self, process: Process) -> &mut u64 {
        let at = match self.0.binary_search_by_key(&process, |(known, _)| *known) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (process, 0));
                at
            }
        };
        &mut self.0[at].1
    }
}

impl fmt::Display for VectorClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (at, (process, count)) in self.0.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}\"{process}\":{count}")?;
        }
        f.write_str("}")
    }
}

#[derive(Default)]
struct ClockedLog {
    text: String,
    /// The clock of each process after its newest event.
    newest: HashMap<Process, VectorClock>,
    /// The clock of each event at each of its processes.
    clocks: HashMap<(EventId, Process), VectorClock>,
    /// The events that sent messages, each with the highest number of its messages; ascending.
    senders: Vec<(u64, EventId)>,
}

impl ClockedLog {
    fn add(&mut self, event: &Event, in_span: bool) {
        if let Some(details) = &event.details
            && self.senders.last().is_none_or(|(sent, _)| *sent < details.messages_sent)
        {
            self.senders.push((details.messages_sent, event.id));
        }
        if !in_span {
            return;
        }
        for process in processes(event) {
            let mut clock = self.newest.get(&process).cloned().unwrap_or_default();
            for before in self.before(event, process) {
                if let Some(before) = self.clocks.get(&before) {
                    clock.merge(before);
                }
            }
            *clock.count_of(process) += 1;
            self.write(event, process, &clock);
            self.newest.insert(process, clock.clone());
            self.clocks.insert((event.id, process), clock);
        }
    }

    /// What it comes after, except the event before it at its process.
    fn before(&self, event: &Event, process: Process) -> Vec<(EventId, Process)> {
        let mut before = Vec::new();
        if process != Process::Script && matches!(event.kind, EventKind::Acted(_)) {
            before.push((event.id, Process::Script));
        } else if let Some(cause) = event.cause {
            // An action of the script released the message, or injected it.
            before.push((cause, Process::Script));
            if process == Process::Script {
                before.extend(self.processes_of(cause).map(|process| (cause, process)));
            }
        }
        if let EventKind::Delivered(note) = &event.kind
            && let Some(sender) = self.sender(note)
        {
            before.push((sender, note.from.into()));
        }
        before
    }

    fn processes_of(&self, event: EventId) -> impl Iterator<Item = Process> {
        let known = move |process: &&Process| self.clocks.contains_key(&(event, **process));
        self.newest.keys().filter(known).copied()
    }

    /// The event that sent the message. It may have happened before the log begins.
    fn sender(&self, note: &MessageSummary) -> Option<EventId> {
        let at = self.senders.partition_point(|(sent, _)| *sent < note.id);
        self.senders.get(at).map(|(_, event)| *event)
    }

    fn write(&mut self, event: &Event, process: Process, clock: &VectorClock) {
        let time_us = event.time_us;
        let (seconds, rest) = (time_us / 1_000_000, time_us % 1_000_000);
        self.text += &format!("{seconds}.{rest:06} s {}\n", one_line(&event_text(event, process)));
        self.text += &format!("{process} {clock}\n");
    }
}

/// The processes at which the event happens; the script first, because what an action does to a
/// server comes after it.
fn processes(event: &Event) -> Vec<Process> {
    let touched = || event.touched.iter().map(Process::Server);
    match &event.kind {
        EventKind::Started => touched().collect(),
        EventKind::Acted(_) => {
            let invoked = event.details.iter().flat_map(|details| &details.invoked);
            let clients = invoked.map(|operation: &Operation| operation.command.client);
            let clients = clients.map(Process::Client);
            std::iter::once(Process::Script).chain(touched()).chain(clients).collect()
        }
        EventKind::Delivered(note) => vec![note.to.into()],
        EventKind::Stalled(_) | EventKind::Lost(..) => Vec::new(),
        EventKind::TimerFired(server, _)
        | EventKind::WriteStable(server, _)
        | EventKind::PauseOver(server)
        | EventKind::LeaseOver(server) => vec![Process::Server(*server)],
        EventKind::ClientTimedOut(client, _)
        | EventKind::ClientRetried(client, _)
        | EventKind::LoadSent(client, _) => vec![Process::Client(*client)],
    }
}

/// The event in a sentence, and what the server decided.
fn event_text(event: &Event, process: Process) -> String {
    let mut text = event.title();
    for (server, why) in &event.whys {
        if process == Process::Server(*server) {
            let decision = why.describe().decision;
            text += &format!("; {decision}");
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}
