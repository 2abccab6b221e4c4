//! The page in a frame with parameters, and the custom element in a stranger's page.

use raftarium::script::ShareLink;
use serde_json::json;

use crate::harness::{Page, visit, visit_at, visit_host_page};

const SCRIPT: &str = "servers 5\nwait leader\nset x 1\nrun 200ms\n";

fn fragment() -> String {
    let link = ShareLink { text: SCRIPT.to_owned(), time_us: 300_000 };
    link.fragment().expect("a link")
}

/// Whether every server lies within the window, and the page does not scroll.
const WHOLE_RING: &str = "
    [...document.querySelectorAll('[data-server] .body')].every(body => {
        const { left, top, right, bottom } = body.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }) && document.querySelectorAll('[data-server] .body').length === 5
    && document.documentElement.scrollHeight <= innerHeight
    && document.documentElement.scrollWidth <= innerWidth";

/// The gap between two neighbours of the ring, in pixels.
const GAP: &str = "(() => {
    const [a, b] = [1, 2].map(n =>
        document.querySelector(`[data-server=\"${n}\"] .body`).getBoundingClientRect());
    return Math.hypot(a.x - b.x, a.y - b.y) - a.width;
})()";

fn shown(page: &Page, selector: &str) -> bool {
    page.eval(&format!(
        "[...document.querySelectorAll('{selector}')].some(element => element.checkVisibility())"
    )) == json!(true)
}

#[test]
fn the_whole_ring_is_visible_in_small_frames() {
    for (width, height) in [(640, 360), (320, 480)] {
        for query in ["", "&show=stage,controls&theme=dark"] {
            visit_at("", |page| {
                page.resize(width, height);
                page.go(&format!("?embed=1{query}#{}", fragment()));
                page.wait_for("document.querySelector('[data-server=\"1\"] .body')");
                page.wait_for(WHOLE_RING);
                let gap = page.eval(GAP).as_f64().expect("a number");
                assert!(gap > 8.0, "{width}x{height}{query}: servers are {gap} apart");
                assert!(shown(page, "button.play"));
            });
        }
    }
}

#[test]
fn a_larger_frame_has_room_for_the_timeline() {
    visit_at("", |page| {
        page.resize(800, 600);
        page.go(&format!("?embed=1&show=stage,timeline,controls#{}", fragment()));
        page.wait_for(WHOLE_RING);
        assert!(shown(page, ".diagram") && shown(page, "button.play"));
        let bottom = "document.querySelector('.diagram').getBoundingClientRect().bottom";
        assert!(page.eval(bottom).as_f64().is_some_and(|bottom| bottom <= 600.0));
    });
}

#[test]
fn the_address_says_what_is_shown() {
    let parts = [
        ("stage", ".stage"),
        ("logs", ".logs"),
        ("events", ".embedded-events"),
        ("controls", ".controls"),
    ];
    for (name, _) in parts {
        visit_at(&format!("?embed=1&show={name}#{}", fragment()), |page| {
            for (other, selector) in parts {
                assert_eq!(shown(page, selector), other == name, "show={name}: {other}");
            }
            assert!(!shown(page, "header"), "a frame has no header");
        });
    }
}

#[test]
fn theme_and_autoplay_are_parameters() {
    visit_at(&format!("?embed=1&theme=dark&autoplay=1#{}", fragment()), |page| {
        page.wait_for_value("document.documentElement.dataset.theme", "dark");
        page.wait_for("raftarium.state().then(state => state.playing)");
    });
    visit_at("?embed=1&theme=light&autoplay=0", |page| {
        page.wait_for_value("document.documentElement.dataset.theme", "light");
        page.wait_for("raftarium.state().then(state => !state.playing)");
    });
    visit_at(&format!("?embed=1#{}", fragment()), |page| {
        page.wait_for("raftarium.state().then(state => !state.playing && state.time === 300000)");
    });
}

#[test]
fn a_parameter_that_is_wrong_is_named() {
    visit_at("?embed=1&show=ring&theme=blue", |page| {
        page.wait_for("document.querySelector('.banner')");
        let text = page.eval("document.querySelector('.banner').textContent");
        let text = text.as_str().expect("a text");
        assert!(text.contains("show=ring") && text.contains("theme=light"), "{text}");
        assert!(shown(page, ".stage") && shown(page, ".controls"));
    });
}

/// A frame of the same origin would otherwise replace the person's own session.
#[test]
fn a_frame_stores_nothing() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrun 1s\\n')");
        page.eval("dispatchEvent(new Event('pagehide'))");
        let kept = page.eval("JSON.stringify({ ...localStorage })");
        page.go(&format!("?embed=1#{}", fragment()));
        page.eval("raftarium.exec('crash s1')");
        page.eval("dispatchEvent(new Event('pagehide'))");
        assert_eq!(page.eval("JSON.stringify({ ...localStorage })"), kept);
    });
}

#[test]
fn share_gives_the_html_of_a_frame() {
    visit(|page| {
        page.eval("raftarium.load('servers 3\\nrun 1s\\n')");
        page.click("button", "Share");
        page.wait_for("document.querySelector('dialog.share textarea')");
        let html = "document.querySelector('dialog.share textarea').value";
        page.click("checkbox", "Logs");
        page.click("checkbox", "Play at once");
        page.wait_for(&format!("{html}.includes('show=stage,logs,controls&amp;autoplay=1#1')"));
        let frame = format!(
            "(() => {{
                const box = document.createElement('template');
                box.innerHTML = {html};
                const frame = box.content.querySelector('iframe');
                return [frame.src, frame.title, frame.sandbox.value];
            }})()"
        );
        let frame = page.eval(&frame);
        assert_eq!((&frame[1], &frame[2]), (&json!("A Raft cluster"), &json!("allow-scripts")));
        let address = frame[0].as_str().expect("an address").to_owned();
        page.navigate(&address);
        page.wait_for("'raftarium' in window && raftarium.state().then(it => it.playing)");
        assert_eq!(page.eval("raftarium.state().then(state => state.servers.length)"), 3);
        assert!(shown(page, ".logs"));
    });
}

/// A page of another origin with the element, which listens before it appears.
fn host(address: &str) -> String {
    format!(
        "<!doctype html><title>around</title><link rel=icon href='data:,'>
         <script>
           const heard = [];
           addEventListener('raftarium', ({{ detail }}) => heard.push(detail.type));
         </script>
         <script type=module src='{address}raftarium-cluster.js'></script>
         <raftarium-cluster id=cluster src='{address}' theme=dark show=stage,logs,controls
             script='servers 3&#10;latency 5ms&#10;'></raftarium-cluster>"
    )
}

#[test]
fn the_element_shows_a_script_forwards_events_and_takes_calls() {
    visit_host_page(host, |page| {
        page.wait_for("heard.includes('load')");
        let servers = "cluster.state().then(state => state.servers.length)";
        page.wait_for_value(servers, 3);
        page.eval("cluster.seek(500000)");
        assert_eq!(page.eval("cluster.hash()")["time"], 500_000);
        page.wait_for("heard.includes('seek')");
        let wrong = "cluster.exec('crsh s1').then(() => '', error => error.message)";
        assert!(page.eval(wrong).as_str().is_some_and(|text| text.contains("`crash`")));
        page.wait_for_in_frame("document.documentElement.dataset.theme === 'dark'");
        page.wait_for_in_frame("document.querySelector('.logs') !== null");
        // Another script is another page.
        page.eval("cluster.setAttribute('script', 'servers 7')");
        page.wait_for_value(servers, 7);
        // A script that does not parse is an event, and the calls go on.
        page.eval("cluster.addEventListener('error', ({ detail }) => window.wrong = detail)");
        page.eval("cluster.setAttribute('script', 'srvers 7')");
        page.wait_for("String(window.wrong).includes('1:1')");
        assert_eq!(page.eval("cluster.exec('getleader')").as_str(), Some("no leader"));
        page.eval("cluster.remove()");
    });
}
