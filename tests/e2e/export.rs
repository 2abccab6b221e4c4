//! The dialog Export: pictures and texts, as the command line writes them.

use raftarium::export::{ExportedRun, MermaidOptions, mermaid, shiviz};
use raftarium::script::parse;
use raftarium::sim::Span;
use serde_json::{Value, json};

use crate::harness::{Page, visit_with_script};

/// Keeps what the page saves, instead of downloading it.
const KEEP_SAVED: &str = "
    window.saved = [];
    let newest;
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { newest = blob; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {
        saved.push({ name: this.download, blob: newest });
    };
";

const SCRIPT: &str = "title \"A leader crashes\"\nlatency 5ms..9ms\nwait leader\nset x 1\n\
    run 80ms\ncrash leader\nrun 100ms\n";

/// Opens the script at its end, and the dialog.
fn open(test: impl FnOnce(&Page, u64)) {
    visit_with_script(KEEP_SAVED, |page| {
        page.eval(&format!("raftarium.load({})", json!(SCRIPT)));
        assert_eq!(page.eval("raftarium.run()")["ok"], true);
        let end_us = page.eval("raftarium.state()")["time"].as_u64().expect("a time");
        page.click("button", "Export");
        page.wait_for("document.querySelector('dialog.export[open]')");
        test(page, end_us);
    });
}

/// What a button saves: the name of the file, and its text.
fn saved(page: &Page, button: &str) -> (String, String) {
    page.eval("saved.length = 0");
    page.click("button", button);
    page.wait_for("saved.length === 1");
    let read = page.eval("saved[0].blob.text().then(text => [saved[0].name, text])");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&read[0]), text(&read[1]))
}

fn run(end_us: u64) -> ExportedRun {
    let script = parse(SCRIPT).expect("a script");
    let span = Span { from_us: 0, to_us: end_us };
    ExportedRun { script, span, beyond_script: true, limited: true }
}

#[test]
fn texts_are_those_of_the_command_line() {
    open(|page, end_us| {
        let (name, text) = saved(page, "Save Mermaid");
        let diagram = mermaid(run(end_us), MermaidOptions { heartbeats: true });
        assert_eq!((name.as_str(), text), ("raftarium.mmd", diagram.expect("a diagram")));
        let (name, text) = saved(page, "Save ShiViz");
        assert_eq!((name.as_str(), text), ("raftarium.log", shiviz(run(end_us)).expect("a log")));
        let (name, text) = saved(page, "Save Trace");
        assert_eq!(name, "raftarium.jsonl");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(r#"{"trace":"raft","version":1}"#));
        let mut expected = Vec::new();
        let world = run(end_us).each(|event, _| {
            let line = raftarium::script::trace_line(event, None);
            expected.push(serde_json::to_string(&line).expect("JSON"));
        });
        world.expect("the run is not too long");
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    });
}

#[test]
fn pictures_are_light_svg_also_on_a_dark_page_and_png() {
    open(|page, _| {
        page.prefer("prefers-color-scheme", "dark");
        for (name, shown) in [
            ("Stage", [">S1<", ">crashed<", ">follower<"]),
            ("Timeline", [">Crash the leader<", ">leader<", ">crashed<"]),
        ] {
            let (file, svg) = saved(page, &format!("{name} as SVG"));
            assert!(file.ends_with(".svg"), "{file}");
            let parsed = page.eval(&format!(
                "(() => {{
                    const picture = new DOMParser().parseFromString({}, 'image/svg+xml');
                    return [picture.querySelector('parsererror') === null,
                            picture.querySelector('rect').getAttribute('fill')];
                }})()",
                json!(svg)
            ));
            assert_eq!(parsed, json!([true, "#ffffff"]), "{name}");
            for part in shown {
                assert!(svg.contains(part), "{name} lacks {part}");
            }
            page.eval("saved.length = 0");
            page.click("button", &format!("{name} as PNG"));
            page.wait_for("saved.length === 1");
            // Twice as large as the drawing, white in a corner, and not white all over.
            let width = svg.split_once("width=\"").and_then(|(_, rest)| rest.split_once('"'));
            let width: u32 = width.expect("a width").0.parse().expect("a number");
            let drawn = page.eval(
                "createImageBitmap(saved[0].blob).then(picture => {
                    const canvas = new OffscreenCanvas(picture.width, picture.height);
                    const context = canvas.getContext('2d');
                    context.drawImage(picture, 0, 0);
                    const { data } = context.getImageData(0, 0, picture.width, picture.height);
                    let dark = 0;
                    for (let at = 0; at < data.length; at += 4) dark += data[at] < 128;
                    return { type: saved[0].blob.type, width: picture.width,
                             corner: [...data.slice(0, 4)], dark: dark > 2000 };
                })",
            );
            let expected = json!({ "type": "image/png", "width": width * 2,
                                   "corner": [255, 255, 255, 255], "dark": true });
            assert_eq!(drawn, expected, "{name}");
        }
    });
}

#[test]
fn a_range_leaves_out_the_rest_and_a_wrong_one_is_refused() {
    open(|page, end_us| {
        let set = |label: &str, seconds: &str| {
            page.eval(&format!(
                "(() => {{
                    const field = document.querySelector('[aria-label=\"{label}\"]');
                    field.value = '{seconds}';
                    field.dispatchEvent(new Event('change', {{ bubbles: true }}));
                }})()"
            ));
        };
        set("From, in seconds", "0.100");
        let (_, whole) = saved(page, "Save Mermaid");
        assert!(whole.contains("Note over"));
        let mut part = run(end_us);
        part.span.from_us = 100_000;
        let diagram = mermaid(part, MermaidOptions { heartbeats: true });
        assert_eq!(whole, diagram.expect("a diagram"));
        set("To, in seconds", "0.050");
        page.eval("saved.length = 0");
        page.click("button", "Save Mermaid");
        page.wait_for(
            "document.querySelector('dialog [role=status]').textContent.includes('must end after')",
        );
        assert_eq!(page.eval("saved.length"), 0);
    });
}
