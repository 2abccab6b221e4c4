//! The space-time diagram of a run: a lane for each server, a line for each message, and marks at
//! the moments that matter, from the start to the furthest moment that was reached.
//!
//! It is made outside the world, from what an [observing](Recorder::observing) recorder sees. After
//! some steps, [`Diagram::update`] takes in what was observed since:
//!
//! ```
//! use raftarium::diagram::Diagram;
//! use raftarium::script::{Run, parse};
//! use raftarium::sim::Recorder;
//!
//! let script = parse("servers 3\nrun 1s\n").expect("a script");
//! let mut recorder = Recorder::observing();
//! let mut run = Run::new(script, &mut recorder);
//! let mut diagram = Diagram::default();
//! diagram.update(run.cluster(), &mut recorder);
//! while !run.finished() && run.step(&mut recorder) {
//!     diagram.update(run.cluster(), &mut recorder);
//! }
//! assert_eq!(diagram.lanes().len(), 3);
//! assert!(diagram.messages().iter().any(|message| message.heartbeat));
//! ```
//!
//! [`Run::finish_with_diagram`](crate::script::Run::finish_with_diagram) does the same. A
//! [`Session`](crate::script::Session) keeps a diagram of its own. The page draws it, and an export
//! writes it.
//!
//! - Events are numbered, and a run that is replayed has the same ones. So a diagram that knows the
//!   run up to some event ignores what it has seen: time may go back and ahead, and what lies ahead
//!   stays known. Where the run takes another course, [`Diagram::truncate`] forgets what will not
//!   happen.
//! - A message takes 32 bytes. There are at most 300,000: then the oldest plain heartbeats are
//!   dropped, then the oldest of the others, and [`Messages::heartbeats_from_us`] and
//!   [`Messages::all_from_us`] say from when on they are known. A lane keeps its newest 60,000
//!   commits.
//! - Clones share what they have in common, so that a branch keeps its diagram at little cost.

mod lane;
mod mark;
mod message;
mod messages;

use crate::check::{Cluster, Property};
use crate::raft::{Kind, Role, ServerId};
use crate::shared_list::SharedList;
use crate::sim::{
    EventId, MessageFate, MessageId, MessageSummary, Micros, Observation, Recorder, World,
};

pub use lane::{Lane, LaneCommit, RoleSpan};
pub use mark::{Mark, MarkKind};
pub use message::{DiagramMessage, Ending};
pub use messages::Messages;

/// The diagram of a run, as far as the run is known.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// By the slots of the servers.
    lanes: Vec<Lane>,
    messages: Messages,
    /// Their events go up.
    marks: SharedList<Mark>,
    /// The newest event that is known.
    last_event: EventId,
    news: u64,
    /// The messages that wait at paused servers.
    stalled: Vec<MessageId>,
}

impl Diagram {
    /// A lane for each server, in order.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The lane of a server, if it has appeared.
    pub fn lane(&self, server: ServerId) -> Option<&Lane> {
        self.lanes.get(server.slot())
    }

    /// The messages that have ended.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// The messages that are in flight or held in that world, as far as they have come.
    pub fn in_flight<'a>(&'a self, world: &'a World) -> impl Iterator<Item = DiagramMessage> + 'a {
        let flying = world.in_flight().map(|flight| (flight, false));
        let held = world.held().iter().map(|flight| (flight, true));
        flying.chain(held).map(|(flight, held)| {
            let mut message = DiagramMessage::in_flight(&flight.summary(), held, world.now_us());
            message.heartbeat |= self.answers_heartbeat(&message, Some(flight.cause()));
            message
        })
    }

    /// Counts what became known besides plain heartbeats and their answers.
    pub fn news(&self) -> u64 {
        self.news
    }

    /// The marks in a stretch of time, oldest first.
    pub fn marks(&self, from_us: Micros, to_us: Micros) -> impl Iterator<Item = &Mark> {
        let before = |mark: &Mark| mark.time_us < from_us;
        let first = self.marks.partition_point(self.marks.len(), before);
        self.marks.iter_from(first).take_while(move |mark| mark.time_us <= to_us)
    }

    /// The newest event that is known.
    pub fn last_event(&self) -> EventId {
        self.last_event
    }

    /// The first moment from which two runs differ; `None` if they are the same as far as both are
    /// known to the end.
    pub fn first_difference_us(&self, other: &Diagram) -> Option<Micros> {
        let nothing = Lane::default();
        let lanes = (0..self.lanes.len().max(other.lanes.len())).filter_map(|slot| {
            let [here, there] = [self, other].map(|it| it.lanes.get(slot).unwrap_or(&nothing));
            here.first_difference_us(there)
        });
        lanes.chain(self.messages.first_difference_us(&other.messages)).min()
    }

    /// Takes in what the recorder has observed since the last call. Call it often: what was
    /// observed takes memory until then.
    pub fn update(&mut self, cluster: &Cluster, recorder: &mut Recorder) {
        let known = self.last_event;
        for observation in recorder.take_observations() {
            if observation.event() > known {
                self.add(&observation);
            }
        }
        for violation in cluster.violations().iter().filter(|it| it.event > known) {
            self.add_violation(violation.property, violation.event, violation.time_us);
        }
        self.last_event = known.max(cluster.world().event());
    }

    /// The run takes another course after that event: forgets what came after it.
    pub fn truncate(&mut self, event: EventId) {
        if event >= self.last_event {
            return;
        }
        self.last_event = event;
        self.news += 1;
        self.messages.truncate(event);
        self.lanes.iter_mut().for_each(|lane| lane.truncate(event));
        while self.lanes.last().is_some_and(Lane::is_empty) {
            self.lanes.pop();
        }
        self.marks.truncate(self.marks.partition_point(self.marks.len(), |it| it.event <= event));
        self.stalled.clear();
        for message in self.messages.iter() {
            note_stalled(&mut self.stalled, &message);
        }
    }

    fn add(&mut self, observation: &Observation) {
        match observation {
            Observation::Message { event, cause, time_us, message, arrival } => {
                self.add_message(message, (*event, *time_us), *cause, *arrival);
            }
            Observation::Server { event, time_us, server, state, voters } => {
                let slot = server.slot();
                if slot >= self.lanes.len() {
                    self.lanes.resize_with(slot + 1, Lane::default);
                }
                let before = self.lanes[slot].newest().copied();
                self.news += u64::from(self.lanes[slot].is_news(state));
                if self.lanes[slot].add((*event, *time_us), state, *voters) {
                    self.mark_change(*server, before);
                }
            }
            Observation::Act { event, time_us, title } => {
                self.add_mark(*event, *time_us, MarkKind::Act(title.clone()));
            }
        }
    }

    fn add_message(
        &mut self,
        summary: &MessageSummary,
        at: (EventId, Micros),
        cause: Option<EventId>,
        arrival: MessageFate,
    ) {
        let mut message = DiagramMessage::of(summary, at, arrival);
        message.heartbeat |= self.answers_heartbeat(&message, cause);
        self.news += u64::from(!message.heartbeat || message.is_lost());
        if arrival == MessageFate::Delivered && self.stalled.contains(&message.id) {
            message.ending = Ending::DeliveredLate;
        }
        note_stalled(&mut self.stalled, &message);
        self.messages.push(&message);
    }

    /// Whether a message accepts a plain heartbeat: it is sent in the event in which the heartbeat
    /// arrives.
    fn answers_heartbeat(&self, message: &DiagramMessage, cause: Option<EventId>) -> bool {
        let accepts = message.kind == Kind::AppendReply && message.verdict == Some(true);
        let asked = cause.filter(|_| accepts).and_then(|cause| self.messages.of_event(cause));
        asked.is_some_and(|asked| asked.heartbeat)
    }

    /// Marks what has changed of a server since that span.
    fn mark_change(&mut self, server: ServerId, before: Option<RoleSpan>) {
        let Some(now) = self.lanes[server.slot()].newest().copied() else { return };
        let (event, time_us) = (now.event, now.from_us);
        let leads = |span: &RoleSpan| span.role == Role::Leader;
        let led = before.is_some_and(|before| leads(&before) && before.term == now.term);
        if leads(&now) && !led {
            self.add_mark(event, time_us, MarkKind::Leader(server, now.term));
        }
        let Some(before) = before else { return };
        if now.snapshot > before.snapshot {
            self.add_mark(event, time_us, MarkKind::Snapshot(server, now.snapshot));
        }
        if now.voters != before.voters && leads(&now) {
            self.add_mark(event, time_us, MarkKind::Membership(server, now.voters));
        }
    }

    fn add_mark(&mut self, event: EventId, time_us: Micros, kind: MarkKind) {
        self.news += 1;
        self.marks.push(Mark { time_us, event, kind });
    }

    /// A violation is found after the events of its step have been taken in.
    fn add_violation(&mut self, property: Property, event: EventId, time_us: Micros) {
        let at = self.marks.partition_point(self.marks.len(), |mark| mark.event <= event);
        let later: Vec<Mark> = self.marks.iter_from(at).cloned().collect();
        self.marks.truncate(at);
        self.add_mark(event, time_us, MarkKind::Violation(property));
        self.marks.extend(later);
    }
}

/// Keeps the numbers of the messages that wait at paused servers.
fn note_stalled(stalled: &mut Vec<MessageId>, message: &DiagramMessage) {
    match message.ending {
        Ending::Stalled => stalled.push(message.id),
        _ if stalled.is_empty() => {}
        _ => stalled.retain(|id| *id != message.id),
    }
}
