//! The items of a message's menu.

use std::rc::Rc;

use crate::sim::{Act, MessageAct, MessageId, MessageName, MessageState, Micros, World};

use super::items::{MenuItem, ValueQuestion};

pub fn message_items(world: &World, id: MessageId) -> Vec<MenuItem> {
    let Some(name) = world.message_name(id) else { return Vec::new() };
    let held = name.state == MessageState::Held;
    let item = |title: &str, act: MessageAct| {
        MenuItem::act(title, Act::Message(act, name.clone())).unless(unless(act, name.state))
    };
    let ask = |title: &str, question: ValueQuestion, act: MessageAct| {
        MenuItem::ask(title, question).unless(unless(act, name.state))
    };
    vec![
        if held { item("Drop", MessageAct::Discard) } else { item("Drop", MessageAct::Drop) },
        item("Hold", MessageAct::Hold),
        item(if held { "Release" } else { "Deliver now" }, MessageAct::Release),
        ask("Delay", delay(&name), MessageAct::Delay(0)),
        item("Duplicate", MessageAct::Duplicate),
        ask("Send again later", send_again(&name), MessageAct::Resend(0)),
    ]
}

/// Why the act does not apply to a message in that state.
fn unless(act: MessageAct, state: MessageState) -> Option<&'static str> {
    if act.states().contains(&state) {
        return None;
    }
    Some(match state {
        MessageState::InFlight => "not held",
        MessageState::Held => "already held",
        MessageState::Delivered => "it has arrived",
        MessageState::Lost => "it is lost",
    })
}

/// The longest time to wait, in milliseconds.
const WAIT_MS_MAX: f64 = 60_000.0;

fn micros(ms: f64) -> Micros {
    (ms * 1000.0).round() as Micros
}

fn delay(name: &MessageName) -> ValueQuestion {
    let name = name.clone();
    ValueQuestion {
        label: "Delay it by".to_owned(),
        unit: "ms",
        min: 1.0,
        max: WAIT_MS_MAX,
        step: 1.0,
        value: 50.0,
        verb: "Delay",
        act: Rc::new(move |ms| Act::Message(MessageAct::Delay(micros(ms)), name.clone())),
    }
}

fn send_again(name: &MessageName) -> ValueQuestion {
    let name = name.clone();
    ValueQuestion {
        label: "A copy of it arrives after".to_owned(),
        unit: "ms",
        min: 0.0,
        max: WAIT_MS_MAX,
        step: 1.0,
        value: 100.0,
        verb: "Send again",
        act: Rc::new(move |ms| Act::Message(MessageAct::Resend(micros(ms)), name.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    fn applying(session: &Session, id: MessageId) -> Vec<String> {
        let items = message_items(session.world(), id).into_iter();
        items.filter(|item| item.unavailable.is_none()).map(|item| item.name).collect()
    }

    #[test]
    fn the_state_of_a_message_decides_what_applies() {
        let script = "latency 15ms\nelection-timeout never\nhold request-vote from s1 to s2\n\
            timeout s1\nrun 5ms\n";
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        let held = session.world().held()[0].id;
        let expected = ["Drop", "Release", "Delay", "Duplicate", "Send again later"];
        assert_eq!(applying(&session, held), expected);
        let flying = session.world().in_flight().next().expect("a message").id;
        let expected = ["Drop", "Hold", "Deliver now", "Delay", "Duplicate", "Send again later"];
        assert_eq!(applying(&session, flying), expected);
        session.seek(30_000).expect("not far");
        assert_eq!(applying(&session, flying), ["Send again later"]);
        assert!(message_items(session.world(), 99_999).is_empty());
    }
}
