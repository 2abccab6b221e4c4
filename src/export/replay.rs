//! Runs a script again from its start with everything recorded.

use crate::diagram::Diagram;
use crate::script::{Narration, Run, Script, Statement};
use crate::sim::{Duration, Event, EventId, Micros, Recorder, Span, World};

/// A page must not hang: about a second of work in a browser.
const EVENTS_MAX: u64 = 400_000;

/// What to export: a part of the run of a script.
#[derive(Clone, Debug)]
pub struct ExportedRun {
    pub script: Script,
    /// The events from and up to these moments are exported.
    pub span: Span,
    /// The run goes on after the script's end, up to the end of the span, as on the page.
    pub beyond_script: bool,
    /// Whether the number of events is limited.
    pub limited: bool,
}

/// Why a run cannot be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// The run ended at that time, before the span began.
    EndedBefore(Micros),
    /// There were too many events up to that time.
    TooLong(Micros),
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ExportError::EndedBefore(us) => {
                write!(f, "expected a time before the end of the run at {}", Duration(*us))
            }
            ExportError::TooLong(us) => write!(
                f,
                "expected at most {EVENTS_MAX} events, but there are more by {}: export the script \
                 and use the command line",
                Duration(*us)
            ),
        }
    }
}

impl ExportedRun {
    /// The title that the script gives itself.
    pub fn title(&self) -> Option<String> {
        self.script.lines.iter().find_map(|line| match &line.statement {
            Some(Statement::Narration(Narration::Title(title))) => Some(title.clone()),
            _ => None,
        })
    }

    /// Passes each event up to the end of the span to `take`, in order, and whether it is in the
    /// span. Returns the world after them.
    ///
    /// # Errors
    /// If the run ends before the span, or if there are too many events.
    pub fn each(self, mut take: impl FnMut(&Event, bool)) -> Result<World, ExportError> {
        let (span, mut newest) = (self.span, 0);
        let run = self.run(Recorder::detailed(), &mut |_, recorder| {
            pass(recorder, span, &mut newest, &mut take);
        })?;
        Ok(run.world().clone())
    }

    /// The space-time diagram of the run up to the end of the span, and the world then.
    ///
    /// # Errors
    /// As [`ExportedRun::each`].
    pub fn diagram(self) -> Result<(Diagram, World), ExportError> {
        let mut diagram = Diagram::default();
        let run = self.run(Recorder::observing(), &mut |run, recorder| {
            diagram.update(run.cluster(), recorder);
        })?;
        Ok((diagram, run.world().clone()))
    }

    /// Runs the script. `look` sees it at the start and after each step.
    fn run(
        self,
        mut recorder: Recorder,
        look: &mut dyn FnMut(&Run, &mut Recorder),
    ) -> Result<Run, ExportError> {
        let ExportedRun { script, span, beyond_script, limited } = self;
        let mut run = Run::new(script, &mut recorder);
        look(&run, &mut recorder);
        while (beyond_script || !run.finished())
            && run.next_due_us().is_some_and(|due_us| due_us <= span.to_us)
            && run.step(&mut recorder)
        {
            look(&run, &mut recorder);
            if limited && run.world().event() > EVENTS_MAX {
                return Err(ExportError::TooLong(run.world().now_us()));
            }
        }
        let end_us = run.world().now_us();
        if end_us < span.from_us && !beyond_script {
            return Err(ExportError::EndedBefore(end_us));
        }
        Ok(run)
    }
}

/// Passes the events since number `newest`.
fn pass(recorder: &Recorder, span: Span, newest: &mut EventId, take: &mut dyn FnMut(&Event, bool)) {
    let events = recorder.journal().events();
    let new = events.rev().take_while(|event| event.id > *newest).count();
    let events = recorder.journal().events();
    let skipped = events.len() - new;
    for event in events.skip(skipped) {
        *newest = event.id;
        take(event, (span.from_us..=span.to_us).contains(&event.time_us));
    }
}
