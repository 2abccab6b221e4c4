//! Texts about pictures, exports and frames.

use crate::raft::{Rule, ServerId, ServerSet};
use crate::sim::Settings;
use crate::ui::scene::MessageShape;
use crate::ui::state::{EmbedPart, PictureExport, SingleExport, TextExport};

pub const EXPORT: &str = "Export";
pub const EXPORT_MEANS: &str = "Pictures are light on white, with a legend.";
pub const STAGE_PICTURE: &str = "Stage";
pub const TIMELINE_PICTURE: &str = "Timeline";
pub const MERMAID: &str = "Mermaid";
pub const SHIVIZ: &str = "ShiViz";
pub const TRACE: &str = "Trace";
pub const STAGE_PICTURE_MEANS: &str = "the servers and messages as they are now";
pub const TIMELINE_PICTURE_MEANS: &str = "roles, messages and your actions over time";
pub const MERMAID_MEANS: &str = "a sequence diagram, for Markdown";
pub const SHIVIZ_MEANS: &str = "a log with vector clocks; its regular expression:";
pub const TRACE_MEANS: &str = "every event as a line of JSON; always the whole run";
pub const RANGE: &str = "Range";
pub const RANGE_FROM: &str = "From, in seconds";
pub const RANGE_TO: &str = "To, in seconds";
pub const EXPORT_WHOLE_RUN: &str = "Whole run";
pub const VISIBLE_PART: &str = "Visible part";
pub const RANGE_WRONG: &str = "The range must end after it begins.";
pub const WITH_HEARTBEATS: &str = "Heartbeats that changed nothing";
pub const PNG_FAILED: &str = "The browser does not draw the picture here. Take the SVG instead.";
pub const TEXT_COPY_FAILED: &str =
    "The browser does not allow copying here. Download the file instead.";
pub const COPIED: &str = "Copied.";
pub const EMBED_MEANS: &str = "Put this run into your own page.";
pub const EMBED: &str = "Frame";
pub const EMBED_SHOWS: &str = "What the frame shows";
pub const EMBED_AUTOPLAY: &str = "Play at once";
pub const COPY_SNIPPET: &str = "Copy the HTML";
pub const SNIPPET_COPY_FAILED: &str =
    "The browser does not allow copying here. Select the HTML and press Ctrl+C.";
pub const EMBED_SNIPPET: &str = "HTML of the frame";

pub fn mermaid_long(len: usize, max: usize) -> String {
    format!(
        "This diagram has {len} characters. Mermaid draws at most {max}, unless the page raises \
         maxTextSize: choose a shorter range, or leave out the heartbeats."
    )
}

/// The action that exports the whole run in one form.
pub fn single_export(export: SingleExport) -> String {
    let picture = |which: PictureExport| match which {
        PictureExport::Stage => STAGE_PICTURE,
        PictureExport::Timeline => TIMELINE_PICTURE,
    };
    let form = |form: TextExport| match form {
        TextExport::Mermaid => MERMAID,
        TextExport::Shiviz => SHIVIZ,
        TextExport::Trace => TRACE,
    };
    match export {
        SingleExport::Svg(which) => format!("{EXPORT}: save {} as SVG", picture(which)),
        SingleExport::Png(which) => format!("{EXPORT}: save {} as PNG", picture(which)),
        SingleExport::Copy(text) => format!("{EXPORT}: copy {}", form(text)),
        SingleExport::Save(text) => format!("{EXPORT}: save {}", form(text)),
    }
}

/// What the export is, beside its name in the palette.
pub fn export_means(export: SingleExport) -> &'static str {
    match export {
        SingleExport::Svg(PictureExport::Stage) | SingleExport::Png(PictureExport::Stage) => {
            STAGE_PICTURE_MEANS
        }
        SingleExport::Svg(PictureExport::Timeline) | SingleExport::Png(PictureExport::Timeline) => {
            TIMELINE_PICTURE_MEANS
        }
        SingleExport::Copy(form) | SingleExport::Save(form) => match form {
            TextExport::Mermaid => MERMAID_MEANS,
            TextExport::Shiviz => "a log with vector clocks",
            TextExport::Trace => TRACE_MEANS,
        },
    }
}

/// A part of the page that a frame shows.
pub fn embed_part(part: EmbedPart) -> &'static str {
    match part {
        EmbedPart::Stage => "Stage",
        EmbedPart::Logs => "Logs",
        EmbedPart::Timeline => "Timeline",
        EmbedPart::Events => "Events",
        EmbedPart::Controls => "Controls",
    }
}

/// The name of a shape in a legend.
pub fn message_shape(shape: MessageShape) -> &'static str {
    match shape {
        MessageShape::VoteRequest => "RequestVote",
        MessageShape::VoteGranted => "vote",
        MessageShape::VoteDenied => "denied vote",
        MessageShape::Heartbeat => "heartbeat",
        MessageShape::Append => "AppendEntries",
        MessageShape::AppendAccepted => "accepted",
        MessageShape::AppendRejected => "rejected",
        MessageShape::ClientRequest => "request",
        MessageShape::ClientAnswer => "answer",
        MessageShape::ClientRefusal => "failure or redirect",
        MessageShape::Other => "other message",
    }
}

/// What makes a run unusual: rules that are off, and links that lose messages.
pub fn deviations(settings: &Settings, servers: usize) -> Vec<String> {
    let off = |rule: &Rule| {
        let slots = (0..servers).filter(|slot| !settings.rules[*slot].on(*rule));
        let without: ServerSet = slots.map(ServerId::from_slot).collect();
        let everywhere = without.len() == servers;
        let on = (!everywhere).then_some(without);
        (!without.is_empty()).then(|| super::rule_off(rule.name(), on))
    };
    let loss = (settings.loss_ppm > 0).then(|| super::links_lose(settings.loss_ppm));
    Rule::ALL.iter().filter_map(off).chain(loss).collect()
}

/// Why an address does not say what a frame shows.
pub fn embed_wrong(name: &str, value: &str, expected: &str) -> String {
    format!("The address has {name}={value}. Use {expected}.")
}
