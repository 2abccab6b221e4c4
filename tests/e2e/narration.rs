//! Narration in an opened script: no card shows it yet, and nothing of it is lost or waits.

use serde_json::Value;

use crate::cluster::wait_for_state;
use crate::harness::visit;

const STORY: &str = "title \"A story\"\nservers 3\nlatency 15ms\nsay \"One server asks first.\"\n\
    timeout s1\nask \"Who wins?\" \"S1\" \"S2\" answer 1\npoint s1\nhint \"Look at the ballots.\"\n\
    goal leader \"a leader\"\nwait leader\nsay \"S1 leads.\"\nrun 100ms\n";

#[test]
fn a_narrated_script_plays_to_its_end_and_keeps_every_line() {
    visit(|page| {
        page.eval(&format!("raftarium.load({})", Value::from(STORY)));
        page.eval("raftarium.speed(1)");
        page.eval("raftarium.play()");
        wait_for_state(page, "state.servers[0].role === 'leader' && state.time > 150000");
        let script = page.eval("raftarium.script()");
        assert!(script.as_str().is_some_and(|text| text.starts_with(STORY)), "{script}");
        page.click("tab", "Script");
        let shown = "document.querySelector('.tab-panel').innerText";
        for line in STORY.lines() {
            page.wait_for(&format!("{shown}.includes({})", Value::from(line)));
        }
    });
}
