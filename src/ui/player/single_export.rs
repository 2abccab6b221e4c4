//! Saves or copies one export, and says what came of it.

use yew::Callback;

use crate::export::MERMAID_LEN_MAX;
use crate::sim::Span;
use crate::ui::platform::{files, pictures};
use crate::ui::state::{PictureExport, SingleExport, TextExport};
use crate::ui::text;

use super::Player;

impl Player {
    /// Exports that part of the run, and says what came of it.
    pub fn export(
        &self,
        export: SingleExport,
        span: Span,
        heartbeats: bool,
        say: &Callback<String>,
    ) {
        let file = file_name(export);
        match export {
            SingleExport::Svg(which) => {
                files::save(&file, &self.picture(which, span, heartbeats));
                say.emit(text::saved(&file));
            }
            SingleExport::Png(which) => {
                let say = say.clone();
                pictures::save_png(
                    &file.clone(),
                    &self.picture(which, span, heartbeats),
                    move |drawn| {
                        say.emit(if drawn {
                            text::saved(&file)
                        } else {
                            text::PNG_FAILED.to_owned()
                        });
                    },
                );
            }
            SingleExport::Copy(form) | SingleExport::Save(form) => {
                match self.text_export(form, span, heartbeats) {
                    Ok(text) if export == SingleExport::Save(form) => {
                        files::save(&file, &text);
                        say.emit(text::saved(&file) + &note_on(form, &text));
                    }
                    Ok(text) => copy(&text, note_on(form, &text), say),
                    Err(error) => say.emit(error),
                }
            }
        }
    }

    /// Exports the whole run with its heartbeats. A notice says what came of it.
    pub fn export_whole_run(self: &std::rc::Rc<Self>, export: SingleExport) {
        let player = self.clone();
        let span = Span { from_us: 0, to_us: self.end_us() };
        self.export(export, span, true, &Callback::from(move |said| player.notice(said)));
    }
}

fn file_name(export: SingleExport) -> String {
    let stem = |picture: PictureExport| match picture {
        PictureExport::Stage => "raftarium-stage",
        PictureExport::Timeline => "raftarium-timeline",
    };
    match export {
        SingleExport::Svg(picture) => format!("{}.svg", stem(picture)),
        SingleExport::Png(picture) => format!("{}.png", stem(picture)),
        SingleExport::Copy(form) | SingleExport::Save(form) => match form {
            TextExport::Mermaid => "raftarium.mmd".to_owned(),
            TextExport::Shiviz => "raftarium.log".to_owned(),
            TextExport::Trace => "raftarium.jsonl".to_owned(),
        },
    }
}

fn copy(text: &str, note: String, say: &Callback<String>) {
    let say = say.clone();
    files::copy(text, move |copied| {
        let message = if copied { text::COPIED } else { text::TEXT_COPY_FAILED };
        say.emit(format!("{message}{note}"));
    });
}

/// A sentence about a diagram that Mermaid would not draw.
fn note_on(form: TextExport, text: &str) -> String {
    let is_long = form == TextExport::Mermaid && text.len() > MERMAID_LEN_MAX;
    let note = || format!(" {}", text::mermaid_long(text.len(), MERMAID_LEN_MAX));
    if is_long { note() } else { String::new() }
}
