//! A run as a Mermaid sequence diagram.
//!
//! Mermaid knows no time, only an order: an arrow stands where its message arrived or was lost. A
//! note says when something happened to a server.

use std::collections::{BTreeSet, HashSet};

use crate::raft::{Address, Body, Entry, Message, Role, ServerId};
use crate::sim::{
    Activity, Event, EventId, EventKind, Loss, MessageSummary, Micros, ServerChange, World,
};

use super::replay::{ExportError, ExportedRun};

/// Mermaid draws no longer text unless the page that shows it raises `maxTextSize`.
pub const MERMAID_LEN_MAX: usize = 50_000;

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MermaidOptions {
    /// Also heartbeats that changed nothing, and the replies to them.
    pub heartbeats: bool,
}

/// The text of a sequence diagram.
///
/// # Errors
/// As [`ExportedRun::each`].
pub fn mermaid(replay: ExportedRun, options: MermaidOptions) -> Result<String, ExportError> {
    let mut diagram = SequenceDiagram { options, ..SequenceDiagram::default() };
    let title = replay.title();
    let world = replay.each(|event, in_span| {
        if in_span {
            diagram.add(event);
        }
    })?;
    Ok(diagram.text(title.as_deref(), &world))
}

impl Default for MermaidOptions {
    fn default() -> MermaidOptions {
        MermaidOptions { heartbeats: true }
    }
}

#[derive(Default)]
struct SequenceDiagram {
    options: MermaidOptions,
    lines: String,
    clients: BTreeSet<Address>,
    /// The events in which a heartbeat arrived and changed nothing.
    routine: HashSet<EventId>,
}

/// Stands for all servers until the last one is known.
const ALL_SERVERS: &str = "\u{0}";

impl SequenceDiagram {
    fn text(&self, title: Option<&str>, world: &World) -> String {
        let mut text = "sequenceDiagram\n".to_owned();
        if let Some(title) = title {
            text += &format!("    title {}\n", escaped(title));
        }
        for server in world.server_ids().iter() {
            text += &format!("    participant {server:#}\n");
        }
        for client in &self.clients {
            text += &format!("    actor {client:#}\n");
        }
        let servers: Vec<ServerId> = world.server_ids().iter().collect();
        let all = match servers.as_slice() {
            [] | [_] => "S1".to_owned(),
            [first, .., last] => format!("{first:#},{last:#}"),
        };
        text + &self.lines.replace(ALL_SERVERS, &all)
    }

    fn add(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Acted(_) => {
                let invoked = event.details.iter().flat_map(|details| &details.invoked).next();
                let over = match invoked {
                    Some(operation) => self.name_of(operation.command.client.into()),
                    None => ALL_SERVERS.to_owned(),
                };
                self.note(&over, event.time_us, &event.title());
            }
            EventKind::Delivered(note) => self.arrow(event, note, None),
            EventKind::Lost(note, loss) => self.arrow(event, note, Some(*loss)),
            EventKind::Started
            | EventKind::Stalled(_)
            | EventKind::TimerFired(..)
            | EventKind::WriteStable(..)
            | EventKind::PauseOver(_)
            | EventKind::LeaseOver(_)
            | EventKind::ClientTimedOut(..)
            | EventKind::ClientRetried(..)
            | EventKind::LoadSent(..) => {}
        }
        let changes = event.details.iter().flat_map(|details| &details.servers);
        for change in changes {
            let news = news_of(change);
            if !news.is_empty() {
                let server = self.name_of(change.server.into());
                self.note(&server, event.time_us, &news.join(", "));
            }
        }
    }

    fn arrow(&mut self, event: &Event, note: &MessageSummary, loss: Option<Loss>) {
        if !self.options.heartbeats && self.is_routine(event, note) {
            self.routine.insert(event.id);
            return;
        }
        let sent = event.details.as_ref().and_then(|details| details.message.as_ref());
        let text = match (sent, loss) {
            (Some(sent), None) => message_text(note, &sent.message),
            (Some(sent), Some(loss)) => {
                format!("{}, lost: {}", message_text(note, &sent.message), loss.reason())
            }
            (None, _) => note.name().to_owned(),
        };
        let is_reply = note.verdict.is_some();
        let arrow = match (is_reply, loss) {
            (false, None) => "->>",
            (true, None) => "-->>",
            (false, Some(_)) => "-x",
            (true, Some(_)) => "--x",
        };
        let (from, to) = (self.name_of(note.from), self.name_of(note.to));
        self.lines += &format!("    {from}{arrow}{to}: {}\n", escaped(&text));
    }

    /// The name of a participant of the diagram.
    fn name_of(&mut self, address: Address) -> String {
        if address.client().is_some() {
            self.clients.insert(address);
        }
        format!("{address:#}")
    }

    /// Whether it is a heartbeat that changed nothing, or the reply to one.
    fn is_routine(&self, event: &Event, note: &MessageSummary) -> bool {
        let changed = event.details.as_ref().is_some_and(|details| !details.servers.is_empty());
        let answers = event.cause.is_some_and(|cause| self.routine.contains(&cause));
        !changed && (note.entries == Some(0) || answers)
    }

    fn note(&mut self, over: &str, time_us: Micros, text: &str) {
        let seconds = time_us as f64 / 1e6;
        self.lines += &format!("    Note over {over}: {seconds:.3} s: {}\n", escaped(text));
    }
}

/// What happened to a server that a reader of the diagram wants to know.
fn news_of(change: &ServerChange) -> Vec<String> {
    let ServerChange { before, after, truncated_from, .. } = change;
    let mut news = Vec::new();
    if before.activity != after.activity {
        news.push(match (before.activity, after.activity) {
            (_, Activity::Crashed) => "crashed".to_owned(),
            (_, Activity::Paused) => "paused".to_owned(),
            (Activity::Crashed, Activity::Running) => "restarted".to_owned(),
            (_, Activity::Running) => "resumed".to_owned(),
        });
    }
    let campaigns = matches!(after.role, Role::Candidate | Role::PreCandidate | Role::Leader);
    let new_role = before.role != after.role || campaigns && before.term != after.term;
    if new_role && after.activity != Activity::Crashed {
        news.push(format!("{} in term {}", after.role.name(), after.term));
    }
    if let Some(from) = truncated_from {
        news.push(format!("deletes its entries from index {from} on"));
    }
    if after.commit_index > before.commit_index {
        news.push(format!("commit index {}", after.commit_index));
    }
    if after.snapshot.index > before.snapshot.index {
        news.push(format!("snapshot up to index {}", after.snapshot.index));
    }
    news
}

/// A message in the paper's words, with its term and what matters of it.
fn message_text(note: &MessageSummary, message: &Message) -> String {
    let name = note.name();
    let term = message.term;
    match &message.body {
        Body::Request(request) => format!("{name} {}", request.command.op),
        Body::Reply { result: Ok(answer), .. } => format!("{name} {answer}"),
        Body::Reply { result: Err(redirect), .. } => match redirect.leader {
            Some(leader) => format!("{name} to {leader:#}"),
            None => "no leader is known".to_owned(),
        },
        Body::Append(append) => {
            let first = append.prev_index + 1;
            match append.entries.as_slice() {
                [] => format!("{name}, term {term}, commit {}", append.commit),
                [entry] => format!("{name}, term {term}, entry {first} ({})", command(entry)),
                entries => {
                    let last = append.prev_index + entries.len() as u64;
                    format!("{name}, term {term}, entries {first} to {last}")
                }
            }
        }
        Body::PreVote { proposed, .. } | Body::PreVoteReply { proposed, granted: true } => {
            format!("{name} for term {proposed}")
        }
        Body::PreVoteReply { proposed, granted: false } => {
            format!("{name} for term {proposed}, denied")
        }
        _ => format!("{name}, term {term}"),
    }
}

fn command(entry: &Entry) -> String {
    entry.command.to_string()
}

/// A text that ends a line of Mermaid. A semicolon would end the statement, `#` begins a comment or
/// an entity, and some versions take a line break or an angle bracket for HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' => safe.push_str("#35;"),
            ';' => safe.push_str("#59;"),
            '<' => safe.push_str("#lt;"),
            '>' => safe.push_str("#gt;"),
            '\r' | '\n' => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
