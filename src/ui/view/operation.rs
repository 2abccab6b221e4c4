//! The journey of a client's operation: invoked, sent, redirected, appended, committed, answered.
//!
//! The journal tells which message belongs to which operation by the chain of causes: each attempt
//! is sent in an event of this operation, and is delivered in an event whose cause is that one.

use std::collections::BTreeSet;

use crate::raft::{
    Address, Body, ClientId, CommitWhy, Index, Kind, ReadWhy, RequestWhy, ServerId, SessionWhy, Why,
};
use crate::sim::{Act, Event, EventKind, Journal, Micros, Operation, World};
use crate::ui::text;

use super::clients::{OperationModel, operation_model};
use super::reasons::ReasonModel;

/// One event on an operation's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyStep {
    pub event: u64,
    pub time_us: Micros,
    /// What happened, in a sentence without a full stop.
    pub what: String,
    /// The decisions about this operation.
    pub whys: Vec<ReasonModel>,
}

/// A client's operation and its journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationDetails {
    pub client: ClientId,
    /// The leader that the client believes in.
    pub believed_leader: Option<ServerId>,
    pub operation: OperationModel,
    /// With the oldest step first.
    pub steps: Vec<JourneyStep>,
    /// The beginning is no longer recorded.
    pub is_cut: bool,
    /// Where its request is now, if it is in flight or held.
    pub now: Option<String>,
}

/// The operation with that serial number; `None` if the client does not remember it.
pub fn operation(
    world: &World,
    journal: &Journal,
    client: ClientId,
    serial: u64,
) -> Option<OperationDetails> {
    let known = world.clients().get(client.slot())?;
    let operation = known.operation(serial)?;
    let mut journey = Journey::new(world, client, operation);
    for event in journal.events().filter(|event| event.time_us >= operation.invoked_us) {
        journey.follow(event);
    }
    Some(OperationDetails {
        client,
        believed_leader: known.leader(),
        operation: operation_model(operation, false),
        is_cut: !journey.began,
        steps: journey.steps,
        now: now(world, client, serial),
    })
}

/// What is followed through the journal.
struct Journey<'a> {
    client: ClientId,
    operation: &'a Operation,
    /// How many operations the client invoked at the same moment before this one.
    earlier: usize,
    began: bool,
    /// The events in which something was sent for this operation.
    sends: BTreeSet<u64>,
    /// The leaders that appended it, each with the index.
    appended: Vec<(ServerId, Index)>,
    committed: bool,
    steps: Vec<JourneyStep>,
}

impl<'a> Journey<'a> {
    fn new(world: &World, client: ClientId, operation: &'a Operation) -> Journey<'a> {
        let others = world.clients()[client.slot()].operations();
        let earlier = others.iter().filter(|other| {
            other.invoked_us == operation.invoked_us && other.serial() < operation.serial()
        });
        Journey {
            client,
            operation,
            earlier: earlier.count(),
            began: false,
            sends: BTreeSet::new(),
            appended: Vec::new(),
            committed: false,
            steps: Vec::new(),
        }
    }

    fn follow(&mut self, event: &Event) {
        let (client, serial) = (self.client, self.operation.serial());
        let caused = event.cause.is_some_and(|cause| self.sends.contains(&cause));
        match &event.kind {
            EventKind::Acted(Act::Request { by, .. })
                if !self.began && by.unwrap_or(ClientId::from_slot(0)) == client =>
            {
                if event.time_us != self.operation.invoked_us {
                    return;
                }
                if self.earlier > 0 {
                    self.earlier -= 1;
                    return;
                }
                self.began = true;
                self.send_step(event, text::invoked(client, &self.operation.op().to_string()));
            }
            EventKind::LoadSent(by, number) if (*by, *number) == (client, serial) => {
                self.began = true;
                self.send_step(event, event.title());
            }
            EventKind::ClientTimedOut(by, number) | EventKind::ClientRetried(by, number)
                if (*by, *number) == (client, serial) =>
            {
                self.send_step(event, event.title());
            }
            EventKind::Delivered(note) if caused && note.kind == Kind::Request => {
                self.note_appended(event);
                self.send_step(event, event.title());
            }
            EventKind::Delivered(note)
                if caused && note.kind == Kind::Reply && note.to == client.into() =>
            {
                self.send_step(event, event.title());
            }
            EventKind::Lost(note, _) | EventKind::Stalled(note)
                if caused && matches!(note.kind, Kind::Request | Kind::Reply) =>
            {
                // A stalled message is handled once its server resumes.
                self.send_step(event, event.title());
            }
            _ => self.follow_commitment(event),
        }
        self.note_answer(event);
    }

    fn send_step(&mut self, event: &Event, what: String) {
        self.sends.insert(event.id);
        self.step(event, what);
    }

    fn step(&mut self, event: &Event, what: String) {
        let (client, serial) = (self.client, self.operation.serial());
        let own = event.whys.iter().filter(|(_, why)| concerns(why, client, serial));
        let whys = own.map(|(server, why)| ReasonModel::of(*server, why)).collect();
        self.steps.push(JourneyStep { event: event.id, time_us: event.time_us, what, whys });
    }

    fn note_appended(&mut self, event: &Event) {
        let (client, serial) = (self.client, self.operation.serial());
        let entries = event.whys.iter().filter_map(|(server, why)| match *why {
            Why::Request(RequestWhy::Proposed { client: by, serial: number, index })
                if (by, number) == (client, serial) =>
            {
                Some((*server, index))
            }
            Why::Session(SessionWhy::AppendedAgain {
                client: by, serial: number, index, ..
            }) if (by, number) == (client, serial) => Some((*server, index)),
            _ => None,
        });
        self.appended.extend(entries);
    }

    /// The leader that appended it commits up to its entry or beyond.
    fn follow_commitment(&mut self, event: &Event) {
        if self.committed {
            return;
        }
        let commits = event.whys.iter().find_map(|(server, why)| match *why {
            Why::Commit(CommitWhy::Committed { index: up_to, .. }) => {
                let own = self
                    .appended
                    .iter()
                    .find(|(leader, index)| leader == server && *index <= up_to);
                own.map(|(_, index)| (*server, *index, ReasonModel::of(*server, why)))
            }
            _ => None,
        });
        if let Some((server, index, why)) = commits {
            self.committed = true;
            self.step(event, text::entry_committed(server, index));
            if let Some(step) = self.steps.last_mut() {
                step.whys.push(why);
            }
        }
    }

    /// The answer reaches the client: the reply's cause is the event that committed the entry or
    /// confirmed the read, which may answer other operations, too.
    fn note_answer(&mut self, event: &Event) {
        let Some((answered_us, answer)) = &self.operation.answered else { return };
        let is_reply = matches!(&event.kind, EventKind::Delivered(note)
            if note.kind == Kind::Reply && note.to == Address::Client(self.client)
                && !note.redirect);
        if !is_reply || event.time_us != *answered_us {
            return;
        }
        let what = text::answered(self.client, answer);
        match self.steps.last_mut() {
            Some(step) if step.event == event.id => step.what = what,
            Some(step) if step.what == what && step.time_us == event.time_us => {}
            _ => self.step(event, what),
        }
    }
}

/// Whether a decision is about this operation. Reads and redirects name only their client.
fn concerns(why: &Why, of: ClientId, number: u64) -> bool {
    match *why {
        Why::Request(RequestWhy::Proposed { client, serial, .. })
        | Why::Session(SessionWhy::RetryAnswered { client, serial })
        | Why::Session(SessionWhy::RetryIgnored { client, serial })
        | Why::Session(SessionWhy::RetryRefused { client, serial })
        | Why::Session(SessionWhy::AppendedAgain { client, serial, .. }) => {
            (client, serial) == (of, number)
        }
        Why::Request(
            RequestWhy::Redirected { client, .. } | RequestWhy::Forwarded { client, .. },
        ) => client == of,
        Why::Read(
            ReadWhy::Answered { client, .. }
            | ReadWhy::WaitsForQuorum { client, .. }
            | ReadWhy::WaitsForTerm { client, .. }
            | ReadWhy::Dropped { client },
        ) => client == of,
        _ => false,
    }
}

/// Where the request is: in flight or held.
fn now(world: &World, client: ClientId, serial: u64) -> Option<String> {
    let is_it = |body: &Body| match body {
        Body::Request(request) => {
            (request.command.client, request.command.serial) == (client, serial)
        }
        _ => false,
    };
    let held = world.held().iter().find(|flight| is_it(&flight.message.body));
    if let Some(flight) = held {
        return Some(text::request_held(flight.message.from, flight.message.to));
    }
    let flight = world.in_flight().find(|flight| is_it(&flight.message.body))?;
    Some(text::request_on_its_way(flight.message.from, flight.message.to))
}

/// A client, and the journey of the operation that it waits for, or of its newest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientDetails {
    pub client: ClientId,
    pub believed_leader: Option<ServerId>,
    /// The number of operations without an answer.
    pub pending: usize,
    pub journey: Option<OperationDetails>,
    /// The serial numbers and commands of the newest operations, the newest first.
    pub newest: Vec<(u64, String)>,
}

/// The number of a client's operations that its details list.
const NEWEST_MAX: usize = 8;

/// The client with that number; `None` if there is none.
pub fn client(world: &World, journal: &Journal, id: ClientId) -> Option<ClientDetails> {
    let known = world.clients().get(id.slot())?;
    let operations = known.operations();
    let waiting = operations.iter().find(|operation| operation.answered.is_none());
    let shown = waiting.or(operations.back()).map(|operation| operation.serial());
    let newest = operations.iter().rev().take(NEWEST_MAX);
    Some(ClientDetails {
        client: id,
        believed_leader: known.leader(),
        pending: known.open(),
        journey: shown.and_then(|serial| operation(world, journal, id, serial)),
        newest: newest.map(|one| (one.serial(), one.op().to_string())).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    fn journey(script: &str, serial: u64) -> OperationDetails {
        let script = format!("latency 15ms\nelection-timeout never\ntimeout s1\n{script}");
        let mut session = Session::open(&script).expect("a script");
        let report = session.finish();
        assert!(report.ok, "{:?}", report.failures);
        operation(session.world(), session.journal(), ClientId::from_slot(0), serial)
            .expect("the client remembers it")
    }

    fn steps(details: &OperationDetails) -> Vec<&str> {
        details.steps.iter().map(|step| &*step.what).collect()
    }

    #[test]
    fn a_redirected_command_is_followed_to_its_answer() {
        let script = "wait leader\nrun 60ms\nset x 3 via s2\nwait answer = ok\n";
        let details = journey(script, 1);
        assert_eq!(
            steps(&details),
            [
                "C1 sends x←3",
                "Request from C1 reaches S2",
                "Redirect from S2 reaches C1",
                "Request from C1 reaches S1",
                "S1 commits entry 2",
                "C1 gets its answer: ok",
            ]
        );
        let decisions: Vec<&str> =
            details.steps.iter().flat_map(|step| &step.whys).map(|why| &*why.decision).collect();
        assert!(decisions[0].contains("redirects C1 to S1"), "{decisions:?}");
        assert!(decisions[1].contains("appends C1's command 1 as entry 2"), "{decisions:?}");
        assert!(!details.is_cut && details.now.is_none());
    }

    #[test]
    fn a_command_that_waits_says_where_its_request_is() {
        let details = journey("wait leader\nrun 60ms\nset x 3 via s1\nrun 5ms\n", 1);
        assert_eq!(details.now.as_deref(), Some("its request is on its way from C1 to S1"));
        let held = "wait leader\nrun 60ms\nhold request from c1\nset x 3 via s1\nrun 5ms\n";
        let details = journey(held, 1);
        assert!(details.now.is_some_and(|now| now.contains("held")));
    }

    #[test]
    fn a_lost_request_times_out_and_is_retried() {
        let script = "wait leader\nrun 60ms\ndrop next 1 request from c1\nset x 3 via s1\n\
            wait answer = ok\n";
        let details = journey(script, 1);
        let steps = steps(&details);
        assert!(steps[1].contains("is lost"), "{steps:?}");
        assert!(steps.iter().any(|step| step.contains("times out")), "{steps:?}");
        assert_eq!(steps.last(), Some(&"C1 gets its answer: ok"));
        assert!(details.operation.attempts > 1);
    }

    #[test]
    fn commands_of_one_moment_are_told_apart() {
        let script = "wait leader\nrun 60ms\nset x 3 via s1\nset y 4 via s2\nrun 200ms\n";
        let second = journey(script, 2);
        assert_eq!(steps(&second)[..2], ["C1 sends y←4", "Request from C1 reaches S2"]);
        let first = journey(script, 1);
        assert_eq!(steps(&first)[..2], ["C1 sends x←3", "Request from C1 reaches S1"]);
    }
}
