//! `window.raftarium`: what course pages and tests can ask of the page. `docs/embedding.md` is its
//! contract: every call answers with plain JSON, or with the message that the command line prints.
//!
//! Events are dispatched after the work that they report has ended, so a listener may call back.

use std::rc::Rc;

use serde::Serialize;

use crate::check::Verdict;
use crate::script::{Failure, ParseError, Session};
use crate::sim::{Micros, View};

use super::platform::export::{self, Argument, Export, JsonValue};
use super::player::{PageEvent, Player};

/// The name of the object, of its events and of its messages.
const NAME: &str = "raftarium";

/// The furthest moment to seek, in microseconds: the greatest that the language can express.
const MOMENT_MAX_US: f64 = 1e14;

type Call = fn(&Player, Argument) -> Result<JsonValue, String>;

const CALLS: [(&str, Call); 11] = [
    ("load", |player, text| nothing(load(player, &text_of(&text)?))),
    ("run", |player, _| JsonValue::new(&run(player))),
    ("exec", |player, line| JsonValue::new(&player.exec(&text_of(&line)?)?)),
    ("state", |player, _| JsonValue::new(&state(player))),
    ("hash", |player, _| JsonValue::new(&hash(player))),
    ("seek", |player, time| nothing(player.seek(moment_of(&time)?))),
    ("script", |player, _| JsonValue::new(&player.script())),
    ("link", |player, _| JsonValue::new(&player.link()?)),
    ("play", |player, _| {
        player.play();
        nothing(Ok(()))
    }),
    ("pause", |player, _| {
        player.pause();
        nothing(Ok(()))
    }),
    ("speed", |player, speed| {
        player.set_speed(speed_of(&speed)?);
        // A host that asks for a speed gets that speed all the time.
        player.set_adaptive(false);
        nothing(Ok(()))
    }),
];

/// Puts the object on the window.
pub fn install(player: &Rc<Player>) {
    let (asked, clock) = (player.clone(), player.clone());
    export::install(Export {
        name: NAME,
        functions: CALLS.iter().map(|(name, _)| *name).collect(),
        call: Box::new(move |name, argument| call(&asked, name, argument)),
        now_us: Box::new(move || clock.with_world(|world| world.now_us())),
    });
}

/// Dispatches an event to scripts.
pub fn dispatch(event: PageEvent, time_us: Micros) {
    export::dispatch(NAME, event.name(), time_us);
}

fn call(player: &Player, name: &str, argument: Argument) -> Result<JsonValue, String> {
    match CALLS.iter().find(|(known, _)| *known == name) {
        Some((_, call)) => call(player, argument),
        None => {
            let names = CALLS.map(|(name, _)| name).join(", ");
            Err(format!("expected a call of {names} or ping, found `{name}`"))
        }
    }
}

fn nothing(result: Result<(), String>) -> Result<JsonValue, String> {
    result.and_then(|()| JsonValue::new(&None::<()>))
}

fn text_of(argument: &Argument) -> Result<String, String> {
    argument.text().ok_or_else(|| "a text is expected here".to_string())
}

fn moment_of(argument: &Argument) -> Result<Micros, String> {
    let time = argument.number().filter(|time| (0.0..=MOMENT_MAX_US).contains(time));
    time.map(|time| time as Micros)
        .ok_or_else(|| "a moment is a number of microseconds, from 0 to 1e14".to_string())
}

fn speed_of(argument: &Argument) -> Result<f64, String> {
    let speed = argument.number().filter(|speed| *speed > 0.0);
    speed.ok_or_else(|| "a speed is a number above 0: 1 is real time, 0.05 a twentieth".to_string())
}

/// Opens a script, paused at time 0.
fn load(player: &Player, text: &str) -> Result<(), String> {
    player.open(Session::open(text).map_err(|errors| ParseError::all(&errors))?);
    Ok(())
}

/// The answer of `run`, as the command line reports it.
#[derive(Serialize)]
struct RunAnswer {
    ok: bool,
    errors: Vec<String>,
}

fn run(player: &Player) -> RunAnswer {
    player.pause();
    let report = player.with_session(Session::finish);
    let line = |failure: &Failure| format!("{}: {}", failure.line, failure.text);
    RunAnswer { ok: report.ok, errors: report.failures.iter().map(line).collect() }
}

/// The answer of `hash`, as `--hash` prints it.
#[derive(Serialize)]
struct HashView {
    time: Micros,
    hash: String,
}

fn hash(player: &Player) -> HashView {
    player.with_world(|world| HashView {
        time: world.now_us(),
        hash: format!("{:016x}", world.hash()),
    })
}

/// The answer of `state`.
#[derive(Serialize)]
struct StateView {
    #[serde(flatten)]
    world: View,
    playing: bool,
    speed: f64,
    violations: Vec<ViolationView>,
    /// `None` while it is undecided.
    linearizable: Option<bool>,
    /// The operation from which on it is undecided.
    undecided: Option<String>,
    goals: Vec<GoalView>,
    /// What the person did although the challenge forbids it.
    forbidden: Vec<String>,
    /// Whether the challenge is won now; `None` if the script sets no goal.
    won: Option<bool>,
}

/// A goal that the script has set so far.
#[derive(Serialize)]
struct GoalView {
    text: String,
    condition: String,
    /// Whether it holds, in the reader's turn.
    won: bool,
}

/// The goals, what was forbidden, and whether the challenge is won.
fn challenge(session: &Session) -> (Vec<GoalView>, Vec<String>, Option<bool>) {
    let run = session.run();
    let is_turn = run.is_flow_over() && !run.has_left_story();
    let goals = run.goals_with(session.answers()).into_iter().map(|goal| GoalView {
        text: goal.text.to_owned(),
        condition: goal.condition.to_string(),
        won: is_turn && goal.won,
    });
    let forbidden = run.early_actions().into_iter().chain(run.breaches());
    let forbidden = forbidden.map(|breach| breach.to_string());
    (goals.collect(), forbidden.collect(), run.is_won_with(session.answers()))
}

#[derive(Serialize)]
struct ViolationView {
    property: &'static str,
    time: Micros,
    event: u64,
    text: String,
}

fn state(player: &Player) -> StateView {
    let (playing, speed) = player.pace();
    let model = player.model();
    let violations = model.violations.iter().map(|violation| ViolationView {
        property: violation.property,
        time: violation.time_us,
        event: violation.event,
        text: violation.text.clone(),
    });
    let undecided = match &*model.verdict {
        Verdict::Undecided { from } => Some(from.clone()),
        _ => None,
    };
    let (goals, forbidden, won) = player.read_session(challenge);
    StateView {
        world: player.with_world(|world| world.view()),
        playing,
        speed,
        violations: violations.collect(),
        linearizable: undecided.is_none().then_some(*model.verdict == Verdict::Linearizable),
        undecided,
        goals,
        forbidden,
        won,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::first_cluster;

    #[test]
    fn the_state_has_the_documented_shape() {
        let session = Session::open("servers 1\nset x 1\nrun 1s\n").expect("a script");
        let player = Player::new(session);
        let state = serde_json::to_value(state(&player)).expect("plain JSON");
        let names: Vec<&str> = state.as_object().expect("an object").keys().map(|s| &**s).collect();
        let documented = "clients,forbidden,goals,linearizable,links,messages,playing,servers,\
            speed,time,undecided,violations,won";
        assert_eq!(names.join(","), documented);
        assert_eq!(state["servers"][0]["id"], "s1");
        assert_eq!(state["undecided"], serde_json::Value::Null);
        assert_eq!(state["linearizable"], true);
        assert_eq!(state["speed"], 0.04);
    }

    #[test]
    fn goals_hold_in_the_readers_turn() {
        let script = "servers 3\ngoal alive all \"All are alive.\"\nbudget crash 0\nrun 1s\n";
        let mut session = Session::open(script).expect("a script");
        let value = |session| serde_json::to_value(state(&Player::new(session))).expect("JSON");
        let before = value(Session::open(script).expect("a script"));
        assert_eq!(
            (&before["won"], before["goals"].as_array().map(Vec::len)),
            (&false.into(), Some(0))
        );
        assert!(session.finish().ok);
        let over = value(session);
        let goal =
            serde_json::json!({ "text": "All are alive.", "condition": "alive all", "won": true });
        assert_eq!((&over["won"], &over["goals"][0]), (&true.into(), &goal));
        let mut session = Session::open(script).expect("a script");
        session.finish();
        session.exec("crash s1").expect("it can be done");
        let lost = value(session);
        assert_eq!((&lost["won"], &lost["goals"][0]["won"]), (&false.into(), &false.into()));
        assert_eq!(lost["forbidden"][0], "`crash` is not allowed: its budget is 0");
        assert_eq!(
            value(Session::open("servers 3\n").expect("a script"))["won"],
            serde_json::Value::Null
        );
    }

    #[test]
    fn a_link_has_the_values_that_are_its_own() {
        let script = "servers 2\nlink s1 -> s2 latency 40ms..60ms loss 2.5%\nrun 1ms\n";
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        let state = serde_json::to_value(state(&Player::new(session))).expect("plain JSON");
        let own = serde_json::json!({ "from": "s1", "to": "s2", "up": true,
            "latency": { "from": 40_000, "to": 60_000 }, "loss": 0.025 });
        let back = serde_json::json!({ "from": "s2", "to": "s1", "up": true });
        let links = state["links"].as_array().expect("links");
        assert!(links.contains(&own) && links.contains(&back), "{links:?}");
    }

    #[test]
    fn the_hash_has_16_digits() {
        let session = first_cluster::before_first_election(first_cluster::SCRIPT);
        let player = Player::new(session.expect("a script"));
        assert_eq!(hash(&player).hash.len(), 16);
    }
}
