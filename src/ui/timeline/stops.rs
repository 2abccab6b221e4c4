//! Where the arrow keys stop: at each event that the diagram shows something of.

use crate::diagram::Diagram;
use crate::raft::ServerId;
use crate::sim::{EventId, Micros};
use crate::ui::text;

use super::lines::is_folded;

/// An event that the keyboard is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub event: EventId,
    pub time_us: Micros,
}

/// What the arrow keys look for.
#[derive(Clone, Copy)]
pub struct StopFilter {
    /// Only what happens on this server's lane.
    pub lane: Option<ServerId>,
    /// Whether plain heartbeats are left out.
    pub folded: bool,
}

/// The next stop after an event, or the last one before it.
pub fn neighbour(
    diagram: &Diagram,
    from: EventId,
    ahead: bool,
    filter: StopFilter,
) -> Option<Stop> {
    let is_nearer = |a: &Stop, b: &Stop| if ahead { a.event < b.event } else { a.event > b.event };
    let candidates = [
        message(diagram, from, ahead, filter),
        mark(diagram, from, ahead, filter),
        lane_change(diagram, from, ahead, filter),
    ];
    candidates.into_iter().flatten().reduce(|a, b| if is_nearer(&b, &a) { b } else { a })
}

fn message(diagram: &Diagram, from: EventId, ahead: bool, filter: StopFilter) -> Option<Stop> {
    let mut around = diagram.messages().around(from, ahead);
    let found = around.find(|message| {
        let lane = filter.lane;
        let on_lane = lane.is_none_or(|lane| {
            message.to.server() == Some(lane) || message.from.server() == Some(lane)
        });
        on_lane && !(filter.folded && is_folded(message))
    })?;
    Some(Stop { event: found.event, time_us: found.ended_us })
}

fn mark(diagram: &Diagram, from: EventId, ahead: bool, filter: StopFilter) -> Option<Stop> {
    let marks = diagram.marks(0, Micros::MAX).filter(|mark| {
        let lane = mark.kind.server();
        filter.lane.is_none_or(|wanted| lane.is_none_or(|lane| lane == wanted))
    });
    nearest(marks.map(|mark| (mark.event, mark.time_us)), from, ahead)
}

fn lane_change(diagram: &Diagram, from: EventId, ahead: bool, filter: StopFilter) -> Option<Stop> {
    let lanes = diagram.lanes().iter().enumerate();
    let lanes = lanes.filter(|(slot, _)| filter.lane.is_none_or(|lane| lane.slot() == *slot));
    let changes = lanes.flat_map(|(_, lane)| {
        let spans = lane.all_spans().map(|span| (span.event, span.from_us));
        spans.chain(lane.commits(0, Micros::MAX).map(|commit| (commit.event, commit.time_us)))
    });
    nearest(changes, from, ahead)
}

fn nearest(
    all: impl Iterator<Item = (EventId, Micros)>,
    from: EventId,
    ahead: bool,
) -> Option<Stop> {
    let found = match ahead {
        true => all.filter(|(event, _)| *event > from).min(),
        false => all.filter(|(event, _)| *event < from).max(),
    };
    found.map(|(event, time_us)| Stop { event, time_us })
}

/// What the diagram shows of an event, as screen readers say it.
pub fn words(diagram: &Diagram, stop: &Stop) -> String {
    let Stop { event, time_us } = stop;
    let mut said = Vec::new();
    if let Some(message) = diagram.messages().of_event(*event) {
        said.push(text::diagram_message(&message));
    }
    let marks = diagram.marks(*time_us, *time_us).filter(|mark| mark.event == *event);
    said.extend(marks.map(|mark| text::mark(&mark.kind)));
    for (slot, lane) in diagram.lanes().iter().enumerate() {
        let server = ServerId::from_slot(slot);
        let spans = lane.spans(*time_us, *time_us).map(|(span, _)| span);
        said.extend(spans.filter(|it| it.event == *event).map(|span| text::span(server, &span)));
        let commits = lane.commits(*time_us, *time_us).filter(|it| it.event == *event);
        said.extend(
            commits
                .map(|commit| format!("{}: {}", text::server(server), text::commits(commit.index))),
        );
    }
    format!("{}: {}", text::moment(*time_us), said.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    #[test]
    fn arrows_go_through_the_run_and_back() {
        let mut session = Session::open("servers 3\nseed 1\nrun 1s\n").expect("a script");
        session.seek(1_000_000).expect("a moment");
        let diagram = session.diagram();
        let filter = StopFilter { lane: None, folded: true };
        let (mut stops, mut at) = (Vec::new(), 0);
        while let Some(stop) = neighbour(diagram, at, true, filter) {
            at = stop.event;
            stops.push(stop);
        }
        assert!(stops.len() > 10, "{}", stops.len());
        let mut back = Vec::new();
        let mut at = EventId::MAX;
        while let Some(stop) = neighbour(diagram, at, false, filter) {
            at = stop.event;
            back.push(stop);
        }
        back.reverse();
        assert_eq!(stops, back);
        let said: Vec<_> = stops.iter().map(|stop| words(diagram, stop)).collect();
        let leads = said.iter().filter(|said| said.contains("becomes leader of term 1"));
        assert_eq!(leads.count(), 1, "{said:#?}");
        let first = StopFilter { lane: ServerId::new(1), folded: true };
        let on_lane = neighbour(diagram, 0, true, first).expect("a stop");
        assert!(words(diagram, &on_lane).contains("S1"));
    }
}
