//! The page in a frame: the example of docs/embedding.md, taken from that file.

use serde_json::{Value, json};

use crate::harness::{Page, visit_host_page};

const MANUAL: &str = include_str!("../../docs/embedding.md");
/// The manual's example, with the built page in its frame.
fn manual_example(address: &str) -> String {
    let (_, rest) = MANUAL.split_once("```html\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let example = example.replace("https://example.org/raftarium/", address);
    assert!(example.contains(address));
    example
}

/// A host page with the manual's example and a list of all messages.
fn example(address: &str) -> String {
    let example = manual_example(address);
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

/// The host page begins to listen when `ready` has been sent: only the answer to `ping` tells it.
#[test]
fn the_manuals_example_works_when_it_listens_too_late() {
    let late = |address: &str| {
        let example = manual_example(address);
        let (frame, rest) = example.split_once("<script>").expect("a script");
        let (script, _) = rest.split_once("</script>").expect("its end");
        format!(
            "<!doctype html><title>around</title><link rel=icon href='data:,'>
             <script>
               const received = [];
               let listens = false;
               addEventListener('message', ({{ data }}) => {{
                 received.push(data);
                 if (data.event !== 'ready' || listens) return;
                 listens = true;
                 const script = document.createElement('script');
                 script.textContent = {};
                 document.body.append(script);
               }});
             </script>{frame}",
            json!(script)
        )
    };
    visit_host_page(late, |page| {
        page.wait_for("document.title === '3 servers'");
        assert_eq!(page.eval(BEGUN), 1);
    });
}

/// How often the example has begun: it opens its script then.
const BEGUN: &str = "received.filter(data => data.event === 'load').length";

/// `ready` again, before the first calls are answered and after it, and with each `ping`.
#[test]
fn the_manuals_example_begins_only_once() {
    let ready_again = "<script>
        const again = () => dispatchEvent(new MessageEvent('message', {
            source: frame.contentWindow, data: { type: 'raftarium', event: 'ready' } }));
        addEventListener('message', ({ data }) => {
            if (data.event === 'ready' && data.time >= 0) again();
        });
        </script>";
    visit_host_page(
        |address| example(address) + ready_again,
        |page| {
            page.wait_for("document.title === '3 servers'");
            for _ in 0..2 {
                let sent = page.eval(READY).as_u64().expect("a number");
                assert_eq!(answer(page, "call: 'ping'")["value"], "raftarium");
                page.wait_for(&format!("{READY} > {sent}"));
            }
            // The calls of a second beginning would be answered before this one.
            assert_eq!(answer(page, "call: 'hash'")["ok"], true);
            assert_eq!(page.eval(BEGUN), 1);
        },
    );
}

/// How often the page has sent `ready`.
const READY: &str = "received.filter(data => data.event === 'ready' && data.time >= 0).length";

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
