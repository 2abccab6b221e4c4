//! The galleries, and the card of a narrated script at each kind of step.

use serde_json::Value;

use crate::harness::Page;

use super::{judge, leave_layers};

/// A step, a question, and a trial with a goal, a hint and what is allowed.
const STORY: &str = "title \"A story\"\nservers 3\nlatency 15ms\n\
    chapter \"The vote\"\nsay \"A *term* begins.\"\ntimeout s1\n\
    ask \"Who wins?\" \"S1\" \"S2\" answer 1\nwait leader\n\
    chapter \"The leader\"\nsay \"S1 leads.\"\nrun 100ms\nsay \"Crash it.\"\n\
    allow crash restart\nhint \"Click S1.\"\nhint \"Choose Crash.\"\n\
    goal no leader \"Leave the cluster without a leader.\"\n";

/// Opens the story, and presses Enter on the focused Next that often.
fn read(page: &Page, steps: usize) {
    leave_layers(page);
    page.eval(&format!("raftarium.load({})", Value::from(STORY)));
    page.wait_for("document.querySelector('.narration .said')");
    for _ in 0..steps {
        let place = page.eval("document.querySelector('.narration').innerText");
        enter_next(page);
        page.wait_for(&format!("document.querySelector('.narration').innerText !== {place}"));
    }
    page.wait_for("!(await raftarium.state()).playing");
}

fn enter_next(page: &Page) {
    page.eval("document.querySelector('.narration .next').focus()");
    page.press("Enter");
}

#[test]
fn a_lesson_s_card_at_a_step_and_at_a_question() {
    judge("step", ".narration", |page| read(page, 0));
    judge("question", ".narration", |page| read(page, 1));
}

#[test]
fn a_lesson_s_card_at_a_trial() {
    judge("trial", ".narration, .stage-zone", |page| read(page, 3));
}

#[test]
fn the_galleries() {
    for section in ["Scenarios", "Lessons"] {
        judge(section, ".gallery", |page| {
            leave_layers(page);
            page.eval("document.querySelector('.sections [tabindex=\"0\"]').focus()");
            while page.eval("document.activeElement.innerText") != section {
                page.press("ArrowRight");
                page.eval("new Promise(done => setTimeout(done, 100))");
            }
            page.wait_for("document.querySelector('.gallery-item')");
        });
    }
}
