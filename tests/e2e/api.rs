//! `window.raftarium`: what each call gives, and what it refuses.

use serde_json::{Value, json};

use crate::harness::{Page, visit};

/// What a call gives, or the message with which it rejects.
fn told(page: &Page, call: &str) -> Value {
    page.eval(&format!(
        "(async () => {{ try {{ return {{ value: await raftarium.{call} }} }} \
         catch (error) {{ return {{ error: error.message, is: error instanceof Error }} }} }})()"
    ))
}

fn given(page: &Page, call: &str) -> Value {
    let told = told(page, call);
    assert!(told.get("error").is_none(), "{call}: {told}");
    told["value"].clone()
}

fn refused(page: &Page, call: &str) -> String {
    let told = told(page, call);
    assert_eq!(told["is"], true, "{call}: {told}");
    told["error"].as_str().expect("a message").to_owned()
}

#[test]
fn every_call_returns_a_promise_of_plain_json() {
    visit(|page| {
        let promises = page.eval(
            "['load', 'exec', 'run', 'state', 'hash', 'seek', 'play', 'pause', 'speed', 'script', 'link']
               .filter(name => {
                   const promise = raftarium[name](...({ load: ['servers 3'], exec: ['status'], seek: [0], speed: [1] }[name] ?? []));
                   return !(promise instanceof Promise);
               })",
        );
        assert_eq!(promises, json!([]));
        given(
            page,
            "load('servers 3\\nelection-timeout never\\ntimeout s2\\nset x 1\\nsettle\\n')",
        );
        assert_eq!(given(page, "hash()")["time"], 0);
        assert_eq!(given(page, "run()"), json!({ "ok": true, "errors": [] }));
        let hash = given(page, "hash()");
        let digits = hash["hash"].as_str().expect("a text");
        assert!(digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(given(page, "play()"), Value::Null);
        assert_eq!(given(page, "state()")["playing"], true);
        assert_eq!(given(page, "pause()"), Value::Null);
        assert_eq!(given(page, "speed(0.5)"), Value::Null);
        let state = given(page, "state()");
        assert_eq!((&state["playing"], &state["speed"]), (&json!(false), &json!(0.5)));
        assert_eq!(given(page, "seek(1000)"), Value::Null);
        assert_eq!(given(page, "state()")["time"], 1000);
        assert!(
            given(page, "script()").as_str().is_some_and(|text| text.starts_with("servers 3\n"))
        );
        assert!(given(page, "link()").as_str().is_some_and(|link| link.contains("/some/where/#1")));
        let status = given(page, "exec('status')");
        assert_eq!(status.as_str().map(|text| text.lines().count()), Some(3));
    });
}

#[test]
fn a_state_holds_all_that_is_promised() {
    visit(|page| {
        given(
            page,
            "load('servers 3\\nelection-timeout never\\nlatency 5ms\\ntimeout s2\\nrun 20ms\\nset x 3 via s2\\nrun 8ms\\nhold all append to s3\\n')",
        );
        given(page, "run()");
        let state = given(page, "state()");
        let has = |value: &Value, names: &[&str]| {
            for name in names {
                assert!(value.get(name).is_some(), "no {name} in {value}");
            }
        };
        has(&state, &["time", "playing", "speed", "servers", "links", "messages", "clients"]);
        has(&state, &["violations", "linearizable"]);
        assert_eq!(state["time"], 28_000);
        let leader = &state["servers"][1];
        let expected = json!({ "id": "s2", "alive": true, "paused": false, "role": "leader", "term": 1, "vote": "s2" });
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
fn wrong_arguments_are_refused_with_what_was_expected_and_change_nothing() {
    visit(|page| {
        given(page, "pause()");
        let before = given(page, "hash()");
        let moment = "a moment is a number of microseconds, from 0 to 1e14";
        for wrong in ["", "'5'", "NaN", "-1", "Infinity", "1e300", "null", "{}", "[]", "true"] {
            assert_eq!(refused(page, &format!("seek({wrong})")), moment, "{wrong}");
        }
        let speed = "a speed is a number above 0: 1 is real time, 0.05 a twentieth";
        for wrong in ["", "'1'", "NaN", "0", "-2", "null", "{}"] {
            assert_eq!(refused(page, &format!("speed({wrong})")), speed, "{wrong}");
        }
        for call in ["load", "exec"] {
            for wrong in ["", "5", "null", "undefined", "{}", "['status']"] {
                let said = refused(page, &format!("{call}({wrong})"));
                assert_eq!(said, "a text is expected here", "{call} {wrong}");
            }
        }
        assert_eq!(
            refused(page, "load('servers 3\\ncrsh s1\\nlatency 5ms..1ms\\n')"),
            "2:1: expected a statement, found `crsh`; did you mean `crash`?\n\
             3:9: expected a range from the shorter to the longer, found `5ms..1ms`; did you mean `1ms..5ms`?"
        );
        assert!(refused(page, "load('#'.repeat(2000000))").contains("a script of at most"));
        assert_eq!(
            refused(page, "exec('crsh s1')"),
            "column 1: expected a statement, found `crsh`; did you mean `crash`?"
        );
        assert!(refused(page, "exec('crash s1\\ncrash s2')").contains("the end of the line"));
        assert_eq!(given(page, "exec('')"), "");
        assert_eq!(given(page, "hash()"), before);
        given(page, "speed(1e9)");
        assert_eq!(given(page, "state()")["speed"], 10);
    });
}

/// A call that would never end gives up with a message, and the page goes on.
#[test]
fn what_would_never_end_is_given_up() {
    visit(|page| {
        given(
            page,
            "load('servers 3\\nlatency 0ms..1ms\\nevery 1us beat all\\nrun 100000000s\\n')",
        );
        let report = given(page, "run()");
        assert_eq!(report["ok"], false);
        let error = report["errors"][0].as_str().expect("a message");
        assert!(error.starts_with("4: stopped at "), "{error}");
        assert!(error.contains(": more than 3000000 events before the end"), "{error}");
        let said = refused(page, "exec('run 100000000s')");
        assert!(said.starts_with("stopped at "), "{said}");
        assert!(said.contains(": more than 3000000 events before"), "{said}");
        given(page, "load('servers 3\\nwait crashed s1\\n')");
        let report = given(page, "run()");
        let error = report["errors"][0].as_str().expect("a message");
        assert!(error.contains("expected crashed s1 within 10s"), "{error}");
        let said = refused(page, "exec('wait paused s2 within 1s')");
        assert!(said.contains("expected paused s2 within 1s"), "{said}");
        assert!(refused(page, "exec('expect paused s2')").contains("but s2 is not paused"));
    });
}

/// Who listens may call: also from within an event.
#[test]
fn events_are_told_and_a_listener_may_call() {
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
        given(
            page,
            "load('servers 3\\nrule majority off\\nelection-timeout never\\nheartbeat never\\n')",
        );
        given(page, "exec('timeout s1')");
        given(page, "exec('settle')");
        given(page, "exec('timeout s2')");
        given(page, "seek(0)");
        given(page, "play()");
        given(page, "pause()");
        page.eval("new Promise(done => setTimeout(done, 50))");
        let got = page.eval("got");
        for kind in ["load", "leader", "number", "seek", "play", "pause"] {
            assert!(got.as_array().is_some_and(|got| got.contains(&json!(kind))), "{kind}: {got}");
        }
    });
}

/// Narration is for lessons; a script with it loads, plays and runs to its end without waiting.
#[test]
fn a_script_that_speaks_loads_and_plays() {
    visit(|page| {
        given(
            page,
            "load('title \"T\"\\nservers 3\\nsay \"Hello\"\\nask \"Who?\" \"a\" \"b\" answer 1\\npoint s1\\npoint timeline\\n\
             goal leader \"One.\"\\nallow crash\\nbudget crash 1\\nhint \"H\"\\nwait leader\\ncrash leader\\n')",
        );
        given(page, "speed(10)");
        given(page, "play()");
        page.wait_for(
            "raftarium.state().then(state => state.time > 500000)",
            std::time::Duration::from_secs(10),
        );
        given(page, "pause()");
        assert_eq!(given(page, "run()"), json!({ "ok": true, "errors": [] }));
    });
}
