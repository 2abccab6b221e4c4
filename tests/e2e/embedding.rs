//! The page within another page: the example of docs/embedding.md, as it stands there.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Page, visit_around};

const MANUAL: &str = include_str!("../../docs/embedding.md");
const SOON: Duration = Duration::from_secs(30);

/// The page of the manual's example, with the built page in its frame, and a list of all events.
fn example(address: &str) -> String {
    let (_, rest) = MANUAL.split_once("```html\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let example = example.replace("https://example.org/raftarium/", address);
    assert!(example.contains(address));
    format!(
        "<!doctype html><title>around</title><link rel=icon href='data:,'>
         <script>
           const heard = [];
           addEventListener('message', ({{ data }}) => heard.push(data));
         </script>{example}"
    )
}

/// What a call is answered, whole.
fn answer(page: &Page, call: &str) -> Value {
    page.eval(&format!(
        "new Promise(done => {{
             const id = `test ${{Math.random()}}`;
             addEventListener('message', ({{ data }}) => data.id === id && done({{ ...data, id: 'same' }}));
             frame.contentWindow.postMessage({{ type: 'raftarium', id, {call} }}, '*');
         }})"
    ))
}

fn works(page: &Page) {
    page.wait_for("document.title === '3 servers'", SOON);
    let fine =
        |value: Value| json!({ "type": "raftarium", "id": "same", "ok": true, "value": value });
    assert_eq!(answer(page, "call: 'ping'"), fine("raftarium".into()));
    assert_eq!(answer(page, "call: 'seek', args: [5000]"), fine(Value::Null));
    assert_eq!(answer(page, "call: 'hash'")["value"]["time"], 5_000);
    assert_eq!(answer(page, "call: 'exec', args: ['getleader']"), fine("no leader".into()));
    let wrong = answer(page, "call: 'exec', args: ['crsh s1']");
    assert_eq!(wrong["ok"], false);
    assert!(wrong["error"].as_str().is_some_and(|error| error.contains("did you mean `crash`?")));
    let unknown = answer(page, "call: 'eval', args: ['alert(1)']");
    assert!(
        unknown["error"]
            .as_str()
            .is_some_and(|error| error.starts_with("expected a call of load,"))
    );
    for malformed in ["", "call: 5", "call: { toString: 1 }", "args: 7, call: null", "method: 'x'"]
    {
        assert_eq!(answer(page, malformed)["ok"], false, "{malformed}");
    }
    assert_eq!(answer(page, "call: 'seek', args: []")["ok"], false);
    assert_eq!(answer(page, "call: 'seek', args: 'far'")["ok"], false);
    // None of these is for the page; what comes next is answered all the same.
    page.eval(
        "[null, 5, 'raftarium', {}, { type: 'other', call: 'hash' }, { type: 'raftarium', ok: true, id: 1 },
          { type: 'raftarium', event: 'ready' }, [], new Map()].forEach(data => frame.contentWindow.postMessage(data, '*'))",
    );
    let before = page.eval("heard.length");
    assert_eq!(answer(page, "call: 'hash'")["ok"], true);
    assert_eq!(page.eval("heard.length"), before.as_u64().expect("a number") + 1);
    let events = page.eval(
        "heard.filter(data => data.event).map(data => [data.type, data.event, typeof data.time])",
    );
    for kind in ["ready", "load", "seek", "pause", "leader"] {
        let event = json!(["raftarium", kind, "number"]);
        assert!(events.as_array().is_some_and(|all| all.contains(&event)), "{kind}: {events}");
    }
}

#[test]
fn the_manuals_example_works_in_a_sandbox_without_storage() {
    visit_around(example, works);
}

#[test]
fn the_manuals_example_works_in_a_plain_frame() {
    visit_around(|address| example(address).replace(" sandbox=\"allow-scripts\"", ""), works);
}

/// A frame beside it is neither around it nor has opened it.
#[test]
fn a_strangers_calls_are_not_answered() {
    let stranger = "<iframe id=stranger srcdoc=\"<script>
        addEventListener('message', ({ data }) => parent.postMessage({ stranger: data }, '*'));
        setInterval(() => parent[0].postMessage({ type: 'raftarium', id: 1, call: 'exec', args: ['crash all'] }, '*'), 20);
        </script>\"></iframe>";
    visit_around(
        |address| example(address) + stranger,
        |page| {
            page.wait_for("document.title === '3 servers'", SOON);
            page.eval("new Promise(done => setTimeout(done, 500))");
            assert_eq!(page.eval("heard.filter(data => data.stranger)"), json!([]));
            let state = answer(page, "call: 'state'");
            let servers = state["value"]["servers"].as_array().expect("servers");
            assert!(servers.iter().all(|server| server["alive"] == true), "{state}");
        },
    );
}
