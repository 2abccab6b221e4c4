//! The run as pictures and as texts for other programs.

use crate::export::picture::{TimelinePicture, timeline_svg};
use crate::export::{ExportedRun, MermaidOptions, mermaid, shiviz};
use crate::script::{ParseError, parse, trace_line};
use crate::sim::{Micros, Span};
use crate::ui::pictures::stage_svg;
use crate::ui::platform::export::to_json;
use crate::ui::state::{PictureExport, TextExport};
use crate::ui::text;

use super::Player;
use crate::check::TraceHeader;

impl Player {
    /// The furthest moment that was reached.
    pub fn end_us(&self) -> Micros {
        self.read_session(|session| session.end_us())
    }

    /// The stretch of time that the diagram of the timeline shows; `None` while it is hidden.
    pub fn visible_span(&self) -> Option<Span> {
        let end_us = self.end_us();
        self.read_timeline(|board, _| {
            let viewport = board.viewport();
            let from_us = viewport.from_us.max(0.0) as Micros;
            Span { from_us, to_us: (viewport.to_us() as Micros).min(end_us).max(from_us) }
        })
    }

    /// The stage now as SVG.
    fn stage_picture(&self) -> String {
        let model = self.model();
        self.with_world(|world| stage_svg(&model, world))
    }

    /// The timeline as SVG.
    fn timeline_picture(&self, span: Span, heartbeats: bool) -> String {
        self.read_session(|session| {
            let (diagram, world) = (session.diagram(), session.world());
            let (from, to) = (text::moment(span.from_us), text::moment(span.to_us));
            let title = format!("{}: {from} to {to}", text::NAME);
            timeline_svg(&TimelinePicture { diagram, world, title: &title, span, heartbeats })
        })
    }

    /// That part of the run as a picture. The stage is as it is now.
    pub(super) fn picture(&self, which: PictureExport, span: Span, heartbeats: bool) -> String {
        match which {
            PictureExport::Stage => self.stage_picture(),
            PictureExport::Timeline => self.timeline_picture(span, heartbeats),
        }
    }

    /// The pictures of a printed sheet: the stage, and the whole run.
    pub fn print_pictures(&self) -> [String; 2] {
        let span = Span { from_us: 0, to_us: self.end_us() };
        [self.stage_picture(), self.timeline_picture(span, true)]
    }

    /// A part of the run in that form. A trace always has the whole run.
    ///
    /// # Errors
    /// If there are too many events.
    pub fn text_export(
        &self,
        form: TextExport,
        span: Span,
        heartbeats: bool,
    ) -> Result<String, String> {
        let script = self.read_session(|session| parse(&session.text()));
        let script = script.map_err(|errors| ParseError::all(&errors))?;
        let run = ExportedRun { script, span, beyond_script: true, limited: true };
        match form {
            TextExport::Mermaid => {
                mermaid(run, MermaidOptions { heartbeats }).map_err(|error| error.to_string())
            }
            TextExport::Shiviz => shiviz(run).map_err(|error| error.to_string()),
            TextExport::Trace => trace(run),
        }
    }
}

/// As `raftarium run --trace` writes it.
fn trace(run: ExportedRun) -> Result<String, String> {
    let mut text = to_json(&TraceHeader::default())? + "\n";
    let mut wrong = None;
    let ran = run.each(|event, _| match to_json(&trace_line(event, None)) {
        Ok(line) => {
            text += &line;
            text.push('\n');
        }
        Err(error) => wrong = wrong.take().or(Some(error)),
    });
    ran.map_err(|error| error.to_string())?;
    wrong.map_or(Ok(text), Err)
}
