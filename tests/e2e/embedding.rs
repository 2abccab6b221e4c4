//! The page in a frame: the example of docs/embedding.md, taken from that file.

use serde_json::{Value, json};

use crate::harness::{Page, visit_host_page};

const MANUAL: &str = include_str!("../../docs/embedding.md");
/// A host page with the manual's example, the built page in its frame, and a list of all messages.
fn example(address: &str) -> String {
    let (_, rest) = MANUAL.split_once("```html\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let example = example.replace("https://example.org/raftarium/", address);
    assert!(example.contains(address));
    format!(
        "<!doctype html><title>around</title><link rel=icon href='data:,'>
         <script>
           const received = [];
           addEventListener('message', ({{ data }}) => received.push(data));
         </script>{example}"
    )
}

/// The whole answer to a call.
fn answer(page: &Page, call: &str) -> Value {
    page.eval(&format!(
        "new Promise(done => {{
             const id = `test ${{Math.random()}}`;
             addEventListener('message', ({{ data }}) => {{
                 if (data.id === id) done({{ ...data, id: 'same' }});
             }});
             frame.contentWindow.postMessage({{ type: 'raftarium', id, {call} }}, '*');
         }})"
    ))
}

fn works(page: &Page) {
    page.wait_for("document.title === '3 servers'");
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
    // The page ignores messages for others, and answers the next call. Events may come at any time.
    page.eval(
        "[null, 5, 'raftarium', {}, { type: 'other', call: 'hash' },
          { type: 'raftarium', ok: true, id: 1 }, { type: 'raftarium', event: 'ready' }, [],
          new Map()].forEach(data => frame.contentWindow.postMessage(data, '*'))",
    );
    let answers = "received.filter(data => !data.event).length";
    let before = page.eval(answers).as_u64().expect("a number");
    assert_eq!(answer(page, "call: 'hash'")["ok"], true);
    assert_eq!(page.eval(answers), before + 1);
    for kind in ["ready", "load", "seek", "pause", "leader"] {
        page.wait_for(&format!(
            "received.some(data => data.type === 'raftarium' && data.event === '{kind}' && \
             typeof data.time === 'number')"
        ));
    }
}

#[test]
fn the_manuals_example_works_in_a_sandbox_without_storage() {
    visit_host_page(example, works);
}

#[test]
fn the_manuals_example_works_in_a_plain_frame() {
    visit_host_page(|address| example(address).replace(" sandbox=\"allow-scripts\"", ""), works);
}

/// A sibling frame neither contains the page nor opened it.
#[test]
fn calls_of_a_sibling_frame_are_not_answered() {
    let sibling = "<iframe srcdoc=\"<script>
        let calls = 0;
        addEventListener('message', ({ data }) => parent.postMessage({ sibling: data }, '*'));
        setInterval(() => {
            const call = { type: 'raftarium', id: 1, call: 'exec', args: ['crash all'] };
            parent[0].postMessage(call, '*');
            parent.postMessage({ calls: ++calls }, '*');
        }, 20);
        </script>\"></iframe>";
    visit_host_page(
        |address| example(address) + sibling,
        |page| {
            page.wait_for("document.title === '3 servers'");
            let calls = page.eval("received.filter(data => data.calls).length");
            page.wait_for(&format!("received.filter(data => data.calls).length > {calls} + 20"));
            assert_eq!(page.eval("received.filter(data => data.sibling)"), json!([]));
            let state = answer(page, "call: 'state'");
            let servers = state["value"]["servers"].as_array().expect("servers");
            assert!(servers.iter().all(|server| server["alive"] == true), "{state}");
        },
    );
}
