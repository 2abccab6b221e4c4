//! `--trace`: every event as a line of JSON, with its cause and its reasons.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Event, EventId, Journal};

/// A file that events are written to.
pub(super) struct Trace {
    out: BufWriter<File>,
    /// Whether lines say of which script they are.
    with_file: bool,
    /// The newest event of the present run that is written.
    newest: EventId,
    /// The first thing that went wrong in writing.
    broken: Option<io::Error>,
}

/// An event as a line tells it.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    id: EventId,
    cause: Option<EventId>,
    /// In microseconds.
    time: u64,
    what: String,
    servers: Vec<ServerId>,
    why: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    server: ServerId,
    rule: &'static str,
    section: &'static str,
    text: String,
}

impl Trace {
    /// An empty trace in that file.
    pub fn create(path: &Path, with_file: bool) -> io::Result<Trace> {
        let out = BufWriter::new(File::create(path)?);
        Ok(Trace { out, with_file, newest: 0, broken: None })
    }

    /// From now on another run is followed.
    pub fn begin(&mut self) {
        self.newest = 0;
    }

    /// Writes what has happened since it was called last.
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
            self.broken.get_or_insert(error);
        }
    }

    fn line<'a>(&self, name: &'a str, event: &Event) -> Line<'a> {
        let servers: ServerSet = event.servers();
        let why = event.whys.iter().map(|(server, why)| Reason {
            server: *server,
            rule: why.rule(),
            section: why.section(),
            text: why.to_string(),
        });
        Line {
            file: self.with_file.then_some(name),
            id: event.id,
            cause: event.cause,
            time: event.time_us,
            what: event.title(),
            servers: servers.iter().collect(),
            why: why.collect(),
        }
    }

    /// Writes what is left; the error is the first that there was.
    pub fn finish(mut self) -> io::Result<()> {
        match self.broken {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }
}
