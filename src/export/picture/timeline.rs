//! The space-time diagram of a run as a picture: the lanes of servers and clients, the lines of
//! messages, what you did, and what the signs mean.

use std::collections::BTreeSet;

use crate::diagram::{Diagram, DiagramMessage, Lane};
use crate::raft::{Address, ClientId};
use crate::sim::{Micros, Span, World};

use super::axis::TimeScale;
use super::colors::{DIM, INK};
use super::lanes::Lanes;
use super::legend::{LegendItem, legend_height, write_legend};
use super::lines::write_message;
use super::notes::Notes;
use super::svg::Svg;

/// The width of the picture. On a sheet of A4 across, its smallest text has 8 points.
const WIDTH: f64 = 1200.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 1172.0;

/// What a picture of the timeline shows.
#[derive(Clone, Debug)]
pub struct TimelinePicture<'a> {
    pub diagram: &'a Diagram,
    /// Its messages in flight are drawn as far as they have come.
    pub world: &'a World,
    pub title: &'a str,
    pub span: Span,
    /// Also plain heartbeats and their replies.
    pub heartbeats: bool,
}

/// The picture as the text of an SVG file.
pub fn timeline_svg(picture: &TimelinePicture<'_>) -> String {
    let TimelinePicture { diagram, span, title, .. } = *picture;
    let messages = messages_of(picture);
    let mut svg = Svg::default();
    let mut used = Vec::new();
    let scale = TimeScale { span, left: LEFT, right: RIGHT };
    let lanes = Lanes { top: 66.0, servers: diagram.lanes().len(), clients: clients_of(&messages) };
    svg.text((10.0, 24.0), 16.0, "font-weight=\"700\"", title);
    let notes = Notes::of(diagram, &scale);
    let bottom = lanes.bottom();
    scale.write(&mut svg, (lanes.top - 10.0, bottom));
    notes.write(&mut svg, &scale, (lanes.top - 4.0, bottom));
    lanes.write(&mut svg, diagram, &scale, &mut used);
    for message in &messages {
        write_message(&mut svg, message, &lanes, &scale, &mut used);
    }
    lanes.write_labels(&mut svg, diagram, &scale);
    let commits = |lane: &Lane| lane.commits(span.from_us, span.to_us).count();
    if diagram.lanes().iter().any(|lane| commits(lane) > 0) {
        used.push(LegendItem::Commit);
    }
    used.sort_unstable();
    used.dedup();
    let mut top = bottom + notes.height() + 18.0;
    if let Some(text) = unknown(diagram, span) {
        svg.text((10.0, top + 4.0), 12.0, &format!("fill=\"{DIM}\""), &text);
        top += 18.0;
    }
    write_legend(&mut svg, &used, top, WIDTH);
    let height = top + legend_height(&used, WIDTH) + 4.0;
    let mut framed = Svg::default();
    framed.begin_group(format_args!("fill=\"{INK}\""));
    framed.append(svg);
    framed.end_group();
    framed.finish((WIDTH, height), title)
}

fn messages_of(picture: &TimelinePicture<'_>) -> Vec<DiagramMessage> {
    let span = picture.span;
    let is_shown = |message: &DiagramMessage| picture.heartbeats || !message.heartbeat;
    let known = picture
        .diagram
        .messages()
        .iter()
        .filter(|message| message.ended_us >= span.from_us && message.sent_us <= span.to_us);
    // Of a time that lies ahead of the world, the diagram knows how they end.
    let now_us = picture.world.now_us();
    let flying = picture.diagram.in_flight(picture.world);
    let flying = flying.filter(|message| now_us >= span.to_us && message.sent_us <= span.to_us);
    known.chain(flying).filter(is_shown).collect()
}

fn clients_of(messages: &[DiagramMessage]) -> Vec<ClientId> {
    let ends = messages.iter().flat_map(|message| [message.from, message.to]);
    let clients: BTreeSet<ClientId> = ends.filter_map(Address::client).collect();
    clients.into_iter().collect()
}

/// Says so if the beginning of the span is not known any more.
fn unknown(diagram: &Diagram, span: Span) -> Option<String> {
    let from_us: Micros = diagram.messages().all_from_us();
    (from_us > span.from_us)
        .then(|| format!("Messages before {:.3} s are no longer known.", from_us as f64 / 1e6))
}
