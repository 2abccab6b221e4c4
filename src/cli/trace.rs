//! `--trace`: each event as a line of JSON, with its cause and its reasons.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Event, EventId, Journal};

pub(super) struct Trace {
    out: BufWriter<File>,
    /// Whether each line names its script.
    with_file: bool,
    /// The newest event of this run that was written.
    newest: EventId,
    /// The first error in writing.
    error: Option<io::Error>,
}

#[derive(Serialize)]
struct TraceLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    id: EventId,
    cause: Option<EventId>,
    /// In microseconds.
    time: u64,
    what: String,
    servers: Vec<ServerId>,
    why: Vec<TraceReason>,
}

#[derive(Serialize)]
struct TraceReason {
    server: ServerId,
    rule: &'static str,
    section: &'static str,
    text: String,
}

impl Trace {
    pub fn create(path: &Path, with_file: bool) -> io::Result<Trace> {
        let out = BufWriter::new(File::create(path)?);
        Ok(Trace { out, with_file, newest: 0, error: None })
    }

    /// Starts the trace of another run.
    pub fn begin(&mut self) {
        self.newest = 0;
    }

    /// Writes the events since the last call.
    pub fn follow(&mut self, name: &str, journal: &Journal) {
        let newest = self.newest;
        let new = journal.events().rev().take_while(|event| event.id > newest).count();
        for event in journal.events().skip(journal.events().len() - new) {
            self.write(name, event);
            self.newest = event.id;
        }
    }

    fn write(&mut self, name: &str, event: &Event) {
        let line = self.line(name, event);
        let written = serde_json::to_writer(&mut self.out, &line)
            .map_err(io::Error::from)
            .and_then(|()| self.out.write_all(b"\n"));
        if let Err(error) = written {
            self.error.get_or_insert(error);
        }
    }

    fn line<'a>(&self, name: &'a str, event: &Event) -> TraceLine<'a> {
        let servers: ServerSet = event.servers();
        let why = event.whys.iter().map(|(server, why)| {
            let (server, reason) = (*server, why.describe());
            let (rule, section) = (reason.rule.name(), reason.section);
            TraceReason { server, rule, section, text: reason.to_string() }
        });
        TraceLine {
            file: self.with_file.then_some(name),
            id: event.id,
            cause: event.cause,
            time: event.time_us,
            what: event.title(),
            servers: servers.iter().collect(),
            why: why.collect(),
        }
    }

    /// Writes the rest of the trace. Fails with the first error that occurred.
    pub fn finish(mut self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}
