//! `window.raftarium`: the result of each call, and the arguments that it rejects.

use serde_json::{Value, json};

use crate::harness::{Page, visit};

/// A call's value, or the message of its rejection.
fn outcome(page: &Page, call: &str) -> Value {
    page.eval(&format!(
        "(async () => {{ try {{ return {{ value: await raftarium.{call} }} }} \
         catch (error) {{ return {{ error: error.message, is: error instanceof Error }} }} }})()"
    ))
}

fn value_of(page: &Page, call: &str) -> Value {
    let outcome = outcome(page, call);
    assert!(outcome.get("error").is_none(), "{call}: {outcome}");
    outcome["value"].clone()
}

fn rejection_of(page: &Page, call: &str) -> String {
    let outcome = outcome(page, call);
    assert_eq!(outcome["is"], true, "{call}: {outcome}");
    outcome["error"].as_str().expect("a message").to_owned()
}

#[test]
fn every_call_returns_a_promise_of_plain_json() {
    visit(|page| {
        let promises = page.eval(
            "Object.entries({ load: ['servers 3'], exec: ['status'], run: [], state: [], hash: [],
                 seek: [0], play: [], pause: [], speed: [1], script: [], link: [] })
               .filter(([name, args]) => !(raftarium[name](...args) instanceof Promise))
               .map(([name]) => name)",
        );
        assert_eq!(promises, json!([]));
        value_of(
            page,
            "load('servers 3\\nelection-timeout never\\ntimeout s2\\nset x 1\\nsettle\\n')",
        );
        assert_eq!(value_of(page, "hash()")["time"], 0);
        assert_eq!(value_of(page, "run()"), json!({ "ok": true, "errors": [] }));
        let hash = value_of(page, "hash()");
        let digits = hash["hash"].as_str().expect("a text");
        assert!(digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(value_of(page, "play()"), Value::Null);
        assert_eq!(value_of(page, "state()")["playing"], true);
        assert_eq!(value_of(page, "pause()"), Value::Null);
        assert_eq!(value_of(page, "speed(0.5)"), Value::Null);
        let state = value_of(page, "state()");
        assert_eq!((&state["playing"], &state["speed"]), (&json!(false), &json!(0.5)));
        assert_eq!(value_of(page, "seek(1000)"), Value::Null);
        assert_eq!(value_of(page, "state()")["time"], 1000);
        assert!(
            value_of(page, "script()").as_str().is_some_and(|text| text.starts_with("servers 3\n"))
        );
        assert!(
            value_of(page, "link()").as_str().is_some_and(|link| link.contains("/some/where/#1"))
        );
        let status = value_of(page, "exec('status')");
        assert_eq!(status.as_str().map(|text| text.lines().count()), Some(3));
    });
}

#[test]
fn a_state_has_every_documented_field() {
    visit(|page| {
        value_of(
            page,
            "load('servers 3\\nelection-timeout never\\nlatency 5ms\\ntimeout s2\\nrun 20ms\\n\
             set x 3 via s2\\nrun 8ms\\nhold all append to s3\\n')",
        );
        value_of(page, "run()");
        let state = value_of(page, "state()");
        let has = |value: &Value, names: &[&str]| {
            for name in names {
                assert!(value.get(name).is_some(), "no {name} in {value}");
            }
        };
        has(&state, &["time", "playing", "speed", "servers", "links", "messages", "clients"]);
        has(&state, &["violations", "linearizable"]);
        assert_eq!(state["time"], 28_000);
        let leader = &state["servers"][1];
        let expected = json!({ "id": "s2", "alive": true, "paused": false, "role": "leader",
            "term": 1, "vote": "s2" });
        for (name, value) in expected.as_object().expect("an object") {
            assert_eq!(&leader[name], value, "{name}");
        }
        has(leader, &["commit", "applied", "snapshot"]);
        assert_eq!(leader["members"], json!(["s1", "s2", "s3"]));
        assert_eq!(leader["log"][1]["index"], 2);
        assert_eq!(leader["log"][1]["term"], 1);
        assert!(leader["log"][1]["command"].as_str().is_some_and(|text| text.contains('x')));
        assert!(leader["values"].is_object());
        let links = state["links"].as_array().expect("links");
        assert_eq!(links.len(), 3 * 2 + 3 * 2, "between servers, and with the client");
        assert!(links.contains(&json!({ "from": "s1", "to": "s2", "up": true })));
        let messages = state["messages"].as_array().expect("messages");
        assert!(!messages.is_empty());
        for message in messages {
            has(message, &["id", "kind", "from", "to", "sent", "due"]);
            assert!(message["sent"].as_u64() <= Some(28_000), "{message}");
            assert_eq!(message["due"].as_u64(), message["sent"].as_u64().map(|sent| sent + 5_000));
        }
        assert_eq!(state["clients"][0]["id"], "c1");
        assert_eq!(state["clients"][0]["operations"][0]["op"], "x←3");
        assert_eq!(state["violations"], json!([]));
        assert_eq!(state["linearizable"], true);
    });
}

#[test]
fn a_state_has_the_latency_and_the_loss_of_a_link_of_its_own() {
    visit(|page| {
        value_of(page, "load('servers 2\\nlink s1 -> s2 latency 40ms..60ms loss 2.5%\\n')");
        value_of(page, "run()");
        let links = value_of(page, "state()")["links"].clone();
        let links = links.as_array().expect("links");
        let own = json!({ "from": "s1", "to": "s2", "up": true,
            "latency": { "from": 40_000, "to": 60_000 }, "loss": 0.025 });
        assert!(links.contains(&own), "{links:?}");
        assert!(links.contains(&json!({ "from": "s2", "to": "s1", "up": true })), "{links:?}");
        value_of(page, "exec('link s1 -> s2 loss 50% latency default')");
        let lossy = json!({ "from": "s1", "to": "s2", "up": true, "loss": 0.5 });
        assert!(value_of(page, "state()")["links"].as_array().expect("links").contains(&lossy));
    });
}

#[test]
fn wrong_arguments_are_rejected_with_the_expected_ones_and_change_nothing() {
    visit(|page| {
        value_of(page, "pause()");
        let before = value_of(page, "hash()");
        let moment = "a moment is a number of microseconds, from 0 to 1e14";
        for wrong in ["", "'5'", "NaN", "-1", "Infinity", "1e300", "null", "{}", "[]", "true"] {
            assert_eq!(rejection_of(page, &format!("seek({wrong})")), moment, "{wrong}");
        }
        let speed = "a speed is a number above 0: 1 is real time, 0.05 a twentieth";
        for wrong in ["", "'1'", "NaN", "0", "-2", "null", "{}"] {
            assert_eq!(rejection_of(page, &format!("speed({wrong})")), speed, "{wrong}");
        }
        for call in ["load", "exec"] {
            for wrong in ["", "5", "null", "undefined", "{}", "['status']"] {
                let said = rejection_of(page, &format!("{call}({wrong})"));
                assert_eq!(said, "a text is expected here", "{call} {wrong}");
            }
        }
        assert_eq!(
            rejection_of(page, "load('servers 3\\ncrsh s1\\nlatency 5ms..1ms\\n')"),
            "2:1: expected a statement, found `crsh`; did you mean `crash`?\n\
             3:9: expected a range from the shorter to the longer, found `5ms..1ms`; \
             did you mean `1ms..5ms`?"
        );
        assert!(rejection_of(page, "load('#'.repeat(2000000))").contains("a script of at most"));
        assert_eq!(
            rejection_of(page, "exec('crsh s1')"),
            "column 1: expected a statement, found `crsh`; did you mean `crash`?"
        );
        assert!(rejection_of(page, "exec('crash s1\\ncrash s2')").contains("the end of the line"));
        assert_eq!(value_of(page, "exec('')"), "");
        assert_eq!(value_of(page, "hash()"), before);
        value_of(page, "speed(1e9)");
        assert_eq!(value_of(page, "state()")["speed"], 10);
    });
}

/// An endless call stops with a message, and the page stays usable.
#[test]
fn an_endless_call_stops_with_a_message() {
    visit(|page| {
        value_of(
            page,
            "load('servers 3\\nlatency 0ms..1ms\\nevery 1us beat all\\nrun 100000000s\\n')",
        );
        let report = value_of(page, "run()");
        assert_eq!(report["ok"], false);
        let error = report["errors"][0].as_str().expect("a message");
        assert!(
            error.starts_with("4: expected less than 3000000 events before the end"),
            "{error}"
        );
        assert!(error.contains(", but the run stopped at "), "{error}");
        let said = rejection_of(page, "exec('run 100000000s')");
        assert!(said.starts_with("expected less than 3000000 events before"), "{said}");
        assert!(said.contains(", but the run stopped at "), "{said}");
        value_of(page, "load('servers 3\\nwait crashed s1\\n')");
        let report = value_of(page, "run()");
        let error = report["errors"][0].as_str().expect("a message");
        assert!(error.contains("expected crashed s1 within 10s"), "{error}");
        let said = rejection_of(page, "exec('wait paused s2 within 1s')");
        assert!(said.contains("expected paused s2 within 1s"), "{said}");
        assert!(rejection_of(page, "exec('expect paused s2')").contains("but s2 is not paused"));
    });
}

#[test]
fn events_are_dispatched_and_a_listener_may_call() {
    visit(|page| {
        page.eval(
            "window.got = [];
             addEventListener('raftarium', async event => {
                 got.push(event.detail.type);
                 const { time } = await raftarium.hash();
                 await raftarium.exec('status');
                 if (event.detail.type === 'leader') got.push(typeof event.detail.time);
                 if (time < 0) got.push('wrong');
             });
             null",
        );
        value_of(
            page,
            "load('servers 3\\nrule majority off\\nelection-timeout never\\nheartbeat never\\n')",
        );
        value_of(page, "exec('timeout s1')");
        value_of(page, "exec('settle')");
        value_of(page, "exec('timeout s2')");
        value_of(page, "seek(0)");
        value_of(page, "play()");
        value_of(page, "pause()");
        for kind in ["load", "leader", "number", "seek", "play", "pause"] {
            page.wait_for(&format!("got.includes('{kind}')"));
        }
        assert_eq!(page.eval("got.includes('wrong')"), false);
    });
}

/// Narration is for lessons: outside one, time does not wait for it.
#[test]
fn a_script_with_narration_loads_and_plays() {
    visit(|page| {
        value_of(
            page,
            "load('title \"T\"\\nservers 3\\nsay \"Hello\"\\nask \"Who?\" \"a\" \"b\" answer 1\\n\
             point s1\\npoint timeline\\ngoal leader \"One.\"\\nallow crash\\nbudget crash 1\\n\
             hint \"H\"\\nwait leader\\ncrash leader\\n')",
        );
        value_of(page, "speed(10)");
        // Time waits at the text and at the question.
        for step in ["Hello", "Who?"] {
            page.wait_for(&format!(
                "document.querySelector('.narration-body').innerText.includes('{step}')"
            ));
            page.wait_for("!(await raftarium.state()).playing");
            value_of(page, "play()");
        }
        page.wait_for("(await raftarium.state()).time > 500000");
        value_of(page, "pause()");
        assert_eq!(value_of(page, "run()"), json!({ "ok": true, "errors": [] }));
    });
}
