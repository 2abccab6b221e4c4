//! `--trace`: writes each event as a line of JSON.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::check::TraceHeader;
use crate::script::trace_line;
use crate::sim::{EventId, Journal};

/// A trace that is being written.
pub(super) struct TraceFile {
    out: BufWriter<File>,
    /// Whether each line names its script.
    with_file: bool,
    /// The newest event of this run that was written.
    newest: EventId,
    /// The first error in writing.
    error: Option<io::Error>,
}

impl TraceFile {
    /// An empty trace but for its first line.
    pub fn create(path: &Path, with_file: bool) -> io::Result<TraceFile> {
        let out = BufWriter::new(File::create(path)?);
        let mut trace = TraceFile { out, with_file, newest: 0, error: None };
        trace.write(&TraceHeader::default());
        Ok(trace)
    }

    /// Starts the trace of another run.
    pub fn begin(&mut self) {
        self.newest = 0;
    }

    /// Writes the events since the last call.
    pub fn follow(&mut self, name: &str, journal: &Journal) {
        let file = self.with_file.then_some(name);
        let newest = self.newest;
        let new = journal.events().rev().take_while(|event| event.id > newest).count();
        for event in journal.events().skip(journal.events().len() - new) {
            if event.id != self.newest + 1 {
                let text = format!("event {} is no longer recorded", self.newest + 1);
                self.error.get_or_insert(io::Error::other(text));
            }
            self.write(&trace_line(event, file));
            self.newest = event.id;
        }
    }

    fn write(&mut self, line: &impl Serialize) {
        let written = serde_json::to_writer(&mut self.out, line)
            .map_err(io::Error::from)
            .and_then(|()| self.out.write_all(b"\n"));
        if let Err(error) = written {
            self.error.get_or_insert(error);
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
