//! The details of a selected message: its fields, its way, and what its receiver would answer if
//! it arrived now, computed on a copy of the receiver.

use crate::raft::{Address, Message};
use crate::sim::{
    Event, EventKind, Flight, Foresight, Journal, MessageSummary, Micros, Operation, World,
};
use crate::ui::text;

use super::reasons::ReasonModel;

/// A message in flight or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageDetails {
    pub id: u64,
    /// As its button on the stage.
    pub name: String,
    /// With the paper's names.
    pub fields: Vec<text::Field>,
    /// The event in which it was sent.
    pub sent_by: u64,
    pub sent_us: Micros,
    /// Where it is, or what will become of it.
    pub way: String,
    pub if_it_arrived: IfArrived,
}

/// What its receiver would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfArrived {
    /// The decisions with their reasons, and what the receiver sends.
    Handled { whys: Vec<ReasonModel>, sends: Vec<String>, after_write: bool },
    /// The receiver is a client: what it does.
    Heard(String),
    /// It does not arrive: why.
    Nowhere(String),
}

/// The message that is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageModel {
    /// It is in flight or held.
    Under(Box<MessageDetails>),
    /// It arrived, waits at a paused server, or is lost.
    Gone { name: String, title: String, event: u64, time_us: Micros, whys: Vec<ReasonModel> },
    /// Not in flight, and not recorded.
    Forgotten,
}

/// The message with that number.
pub fn message(world: &World, journal: &Journal, id: u64) -> MessageModel {
    if let Some(flight) = world.in_flight().find(|flight| flight.id == id) {
        return MessageModel::Under(Box::new(details(world, flight, false)));
    }
    if let Some(flight) = world.held().iter().find(|flight| flight.id == id) {
        return MessageModel::Under(Box::new(details(world, flight, true)));
    }
    match journal.events().rev().find_map(|event| Some((event, ended(event, id)?))) {
        Some((event, summary)) => MessageModel::Gone {
            name: text::message_title(summary),
            title: event.title(),
            event: event.id,
            time_us: event.time_us,
            whys: event.whys.iter().map(|(server, why)| ReasonModel::of(*server, why)).collect(),
        },
        None => MessageModel::Forgotten,
    }
}

/// What the event keeps of the message, if the message ended its way in it.
fn ended(event: &Event, id: u64) -> Option<&MessageSummary> {
    match &event.kind {
        EventKind::Delivered(summary)
        | EventKind::Stalled(summary)
        | EventKind::Lost(summary, _) => Some(summary).filter(|summary| summary.id == id),
        _ => None,
    }
}

fn details(world: &World, flight: &Flight, held: bool) -> MessageDetails {
    let message = &flight.message;
    let way = match (held, flight.loss, flight.lost_us) {
        (true, ..) => text::MESSAGE_HELD.to_owned(),
        (false, Some(loss), Some(lost_us)) => text::lost_at(lost_us, loss),
        _ => text::in_flight_until(flight.due_us),
    };
    MessageDetails {
        id: flight.id,
        name: text::message_name(message, held),
        fields: text::message_fields(message),
        sent_by: flight.cause(),
        sent_us: flight.sent_us,
        way,
        if_it_arrived: arrival(world, message, held),
    }
}

fn arrival(world: &World, message: &Message, held: bool) -> IfArrived {
    let (from, to) = (message.from, message.to);
    if held && !world.link_up(from, to) {
        return IfArrived::Nowhere(text::link_cut(from, to));
    }
    match world.foresee(message) {
        Foresight::Lost => IfArrived::Nowhere(text::receiver_crashed(to)),
        Foresight::Waits => IfArrived::Nowhere(text::receiver_paused(to)),
        Foresight::Server { whys, sent, writes } => {
            let Address::Server(server) = to else {
                return IfArrived::Heard(String::new());
            };
            IfArrived::Handled {
                whys: whys.iter().map(|why| ReasonModel::of(server, why)).collect(),
                sends: sent.iter().map(text::would_send).collect(),
                after_write: writes && !sent.is_empty(),
            }
        }
        Foresight::Client(operation) => IfArrived::Heard(heard(to, operation.as_deref())),
    }
}

/// What a client does with an answer.
fn heard(client: Address, operation: Option<&(Operation, Operation)>) -> String {
    let Some((before, after)) = operation else {
        return text::client_forgot(client);
    };
    let command = before.op().to_string();
    match (&before.answered, &after.answered) {
        (Some(_), _) => text::client_has_answer(client, &command),
        (None, Some((_, answer))) => text::client_takes(client, &command, answer),
        (None, None) if after.attempts > before.attempts => {
            text::client_follows(client, &command, after.target)
        }
        (None, None) if after.redirects > before.redirects => text::client_rests(client, &command),
        (None, None) => text::client_ignores(client, &command),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Kind;
    use crate::script::Session;

    fn session(script: &str) -> Session {
        let mut session = Session::open(script).expect("a script");
        let report = session.finish();
        assert!(report.ok, "{:?}", report.failures);
        session
    }

    fn first(session: &Session, kind: Kind) -> u64 {
        let mut ids: Vec<u64> = session
            .world()
            .in_flight()
            .chain(session.world().held())
            .filter(|flight| flight.message.kind() == kind)
            .map(|flight| flight.id)
            .collect();
        ids.sort_unstable();
        *ids.first().unwrap_or_else(|| panic!("no {kind:?} is in flight"))
    }

    fn under(session: &Session, kind: Kind) -> MessageDetails {
        let id = first(session, kind);
        match message(session.world(), session.journal(), id) {
            MessageModel::Under(details) => *details,
            other => panic!("{other:?}"),
        }
    }

    const ELECTION: &str = "latency 15ms\nelection-timeout never\ntimeout s1\nrun 5ms\n";

    #[test]
    fn a_vote_is_foreseen_with_its_reason() {
        let details = under(&session(ELECTION), Kind::RequestVote);
        assert!(details.name.starts_with("RequestVote S1 to S"), "{}", details.name);
        assert!(details.name.ends_with(", term 1"), "{}", details.name);
        assert!(details.fields.contains(&("candidateId", "S1".into())));
        let IfArrived::Handled { whys, sends, after_write } = details.if_it_arrived else {
            panic!("{:?}", details.if_it_arrived)
        };
        assert!(whys.iter().any(|why| why.decision.contains("votes for S1")), "{whys:?}");
        assert!(sends[0].contains("RequestVote reply"), "{sends:?}");
        assert!(sends[0].ends_with(", granted") && after_write, "{sends:?}");
    }

    #[test]
    fn a_message_to_a_stopped_server_is_not_answered() {
        let crashed = session(&format!("{ELECTION}crash s2,s3,s4,s5\n"));
        let details = under(&crashed, Kind::RequestVote);
        let IfArrived::Nowhere(why) = details.if_it_arrived else { panic!("it would arrive") };
        assert!(why.contains("has crashed"), "{why}");
        let paused = session(&format!("{ELECTION}pause s2,s3,s4,s5\n"));
        let IfArrived::Nowhere(why) = under(&paused, Kind::RequestVote).if_it_arrived else {
            panic!("it would arrive")
        };
        assert!(why.contains("is paused"), "{why}");
    }

    #[test]
    fn a_held_message_on_a_cut_link_would_be_lost() {
        let script = "latency 15ms\nelection-timeout never\nhold request-vote from s1 to s2\n\
            timeout s1\nrun 5ms\ncut s1 <-> s2\n";
        let session = session(script);
        let held = session.world().held()[0].id;
        let MessageModel::Under(details) = message(session.world(), session.journal(), held) else {
            panic!("it is held")
        };
        assert_eq!(details.way, text::MESSAGE_HELD);
        assert!(details.name.ends_with(", held"), "{}", details.name);
        let IfArrived::Nowhere(why) = details.if_it_arrived else { panic!("it would arrive") };
        assert!(why.contains("is cut"), "{why}");
    }

    #[test]
    fn a_message_that_has_arrived_says_so() {
        let mut session = session(ELECTION);
        let id = first(&session, Kind::RequestVote);
        session.seek(200_000).expect("not far");
        let MessageModel::Gone { title, .. } = message(session.world(), session.journal(), id)
        else {
            panic!("it has arrived")
        };
        assert!(title.starts_with("RequestVote from S1 reaches"), "{title}");
        assert_eq!(message(session.world(), session.journal(), 9999), MessageModel::Forgotten);
    }

    #[test]
    fn a_client_follows_a_redirect() {
        let script = "latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\nrun 60ms\n\
            set x 3 via s2\nrun 20ms\n";
        let session = session(script);
        let details = under(&session, Kind::Reply);
        assert!(details.name.contains("redirect to S1"), "{}", details.name);
        let IfArrived::Heard(what) = details.if_it_arrived else { panic!("a client hears it") };
        assert!(what.contains("sends x←3 to S1"), "{what}");
    }
}
