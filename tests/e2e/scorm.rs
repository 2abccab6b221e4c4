//! A package for learning platforms, as such a platform opens it: the score arrives when the goals
//! hold, and the student continues at the next visit.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, process};

use serde_json::Value;

use crate::accessibility::nothing_is_found_here;
use crate::harness::{Page, site, visit_folder};

const CHALLENGE: &str = "title \"Another leader\"
servers 3
election-timeout never
latency 10ms
timeout s1
run 30ms
say \"S1 leads. Make S2 the leader.\"
allow timeout transfer
goal leader s2 \"S2 leads.\"
goal alive all \"Every server is alive.\"
";

/// A platform that keeps what the exercise sets, also over visits.
const PLATFORM: &str = "<!doctype html><html lang=en><title>Platform</title>
<link rel=icon href='data:,'>
<script>
  var kept = {}, calls = [];
  let error = '0';
  var API = {
    LMSInitialize(text) { calls.push('initialize'); return 'true'; },
    LMSFinish(text) { calls.push('finish'); return 'true'; },
    LMSCommit(text) { return 'true'; },
    LMSGetValue(name) { return kept[name] ?? ''; },
    LMSSetValue(name, value) {
      if (typeof value !== 'string' || name === 'cmi.suspend_data' && value.length > 4096) {
        error = '405';
        return 'false';
      }
      kept[name] = value;
      return 'true';
    },
    LMSGetLastError() { return error; },
    LMSGetErrorString(code) { return `error ${code}`; },
  };
  // The nearer window has none: the exercise searches further up.
  function visit() {
    document.body.innerHTML = '<iframe id=player title=Player></iframe>';
    const player = document.getElementById('player');
    player.contentDocument.body.innerHTML =
      '<iframe id=exercise title=Exercise style=\"width:1000px;height:700px\"></iframe>';
    exercise().src = new URL('exercise-1.html', location.href).href;
  }
  // Some platforms open a window for the exercise. Here, only the window that opened it has the
  // object, and none around it.
  function visitFromOpener() {
    document.body.innerHTML = '<iframe id=opener title=Opener></iframe>' +
      '<iframe name=opened title=Exercise style=\"width:1000px;height:700px\"></iframe>';
    const opener = document.getElementById('opener').contentWindow;
    opener.API = API;
    API = undefined;
    opener.eval(\"open('exercise-1.html', 'opened')\");
  }
  const exercise = () =>
    document.getElementById('player').contentDocument.getElementById('exercise');
  const inner = () => exercise().contentWindow.document.getElementById('page').contentWindow;
  const ready = () => inner().raftarium && inner().document.querySelector('.narration');
</script>
<body></body></html>";

/// A folder with the files of a package, and the platform.
fn package(name: &str, page: &Path) -> PathBuf {
    package_of(name, page, CHALLENGE)
}

fn package_of(name: &str, page: &Path, challenge: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("raftarium-{name}-{}", process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("one.raft"), challenge).expect("a challenge");
    let page = fs::canonicalize(page).expect("the built page");
    let output = Command::new(env!("CARGO_BIN_EXE_raftarium"))
        .args(["pack", "one.raft", "--scorm", "-o", "out.zip", "--page"])
        .arg(page)
        .current_dir(&folder)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = File::open(folder.join("out.zip")).expect("a package");
    let mut zip = zip::ZipArchive::new(file).expect("a zip file");
    zip.extract(&folder).expect("its files");
    fs::write(folder.join("platform.html"), PLATFORM).expect("a page");
    folder
}

fn kept(page: &Page, name: &str) -> Value {
    page.eval(&format!("kept['cmi.{name}'] ?? null"))
}

fn wait_for_kept(page: &Page, name: &str, value: &str) {
    page.wait_for_value(&format!("kept['cmi.{name}'] ?? null"), value);
}

#[test]
fn the_score_arrives_and_the_student_continues() {
    let folder = package("scorm", &site::dist());
    visit_folder(&folder, "platform.html", |page| {
        page.eval("visit(), null");
        page.wait_for("ready()");
        wait_for_kept(page, "core.lesson_status", "incomplete");
        // Every server is alive before anybody acts: that is worth nothing.
        page.eval("inner().raftarium.run()");
        wait_for_kept(page, "core.score.raw", "0");
        page.eval("inner().raftarium.exec('timeout s3')");
        wait_for_kept(page, "core.score.raw", "50");
        assert_eq!(
            (kept(page, "core.score.min"), kept(page, "core.score.max")),
            ("0".into(), "100".into())
        );

        // Another script does not count, and there is a way back.
        page.eval("inner().raftarium.load('goal alive s1 \"S1 lives.\"\\n')");
        page.wait_for("exercise().contentDocument.getElementById('again').checkVisibility()");
        assert_eq!(kept(page, "core.score.raw"), "50");
        page.eval("exercise().contentDocument.getElementById('again').click()");
        page.wait_for("!exercise().contentDocument.getElementById('again').checkVisibility()");

        page.eval("inner().raftarium.run()");
        page.eval("inner().raftarium.exec('timeout s2')");
        page.eval("inner().raftarium.pause()");
        page.eval("inner().raftarium.seek(530000)");
        wait_for_kept(page, "core.score.raw", "100");
        wait_for_kept(page, "core.lesson_status", "passed");
        page.wait_for("kept['cmi.suspend_data'].includes('timeout s2')");
        page.wait_for(
            "exercise().contentDocument.getElementById('score').textContent
                === 'Score: 100 of 100, passed.'",
        );
        page.wait_for("kept['cmi.suspend_data'].startsWith('530000\\n')");

        // The next visit continues. What is undone then does not lower the score.
        page.eval("visit(), null");
        page.wait_for("calls.includes('finish')");
        assert!(kept(page, "core.session_time").as_str().is_some_and(|it| it.starts_with("0000:")));
        page.wait_for("calls.filter(call => call === 'initialize').length === 2 && ready()");
        page.wait_for("inner().raftarium.script().then(text => text.includes('timeout s2'))");
        page.wait_for("inner().raftarium.hash().then(({ time }) => time === 530000)");
        page.eval("inner().raftarium.seek(0)");
        page.wait_for("kept['cmi.suspend_data'].startsWith('0\\n')");
        assert_eq!(kept(page, "core.score.raw"), "100");
        assert_eq!(kept(page, "core.lesson_status"), "passed");
    });
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn an_exercise_without_a_platform_says_so_and_works() {
    let folder = package("scorm-alone", &site::dist());
    visit_folder(&folder, "exercise-1.html", |page| {
        page.wait_for(
            "document.getElementById('problem').textContent.startsWith('No learning platform')",
        );
        page.wait_for("frames[0].raftarium && frames[0].document.querySelector('.narration')");
        page.eval("frames[0].raftarium.run()");
        page.wait_for("document.getElementById('score').textContent === 'Score: 0 of 100.'");
        page.eval("frames[0].raftarium.exec('timeout s3')");
        page.wait_for("document.getElementById('score').textContent === 'Score: 50 of 100.'");
        nothing_is_found_here(page, "exercise");
    });
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn the_platform_is_found_around_the_window_that_opened_the_exercise() {
    let folder = package("scorm-opener", &site::dist());
    visit_folder(&folder, "platform.html", |page| {
        page.eval("visitFromOpener(), null");
        wait_for_kept(page, "core.lesson_status", "incomplete");
        page.wait_for("frames.opened.opener === document.getElementById('opener').contentWindow");
        page.wait_for(
            "frames.opened.frames[0]?.raftarium
                && frames.opened.frames[0].document.querySelector('.narration')",
        );
        page.eval("frames.opened.frames[0].raftarium.run()");
        wait_for_kept(page, "core.score.raw", "0");
        page.eval("frames.opened.frames[0].raftarium.exec('timeout s2')");
        page.eval("frames.opened.frames[0].raftarium.pause()");
        page.eval("frames.opened.frames[0].raftarium.seek(530000)");
        wait_for_kept(page, "core.lesson_status", "passed");
        assert_eq!(kept(page, "core.score.raw"), "100");
        assert_eq!(page.eval("frames.opened.document.getElementById('problem').textContent"), "");
    });
    let _ = fs::remove_dir_all(&folder);
}

/// A challenge with a question, which S1 answers rightly, and one that cannot be done.
const JUDGED: [&str; 2] = [
    "ask \"Who leads?\" \"S1\" \"S2\" answer 1\nsay \"S1.\"\nscore 1 \"Right.\"\n",
    "say \"Make S2 lead.\"\nallow crash\ngoal leader s2 \"S2 leads.\"\npossible no \"No.\"\n",
];

#[test]
fn right_answers_and_right_claims_are_worth_points() {
    let cluster = "servers 3\nelection-timeout never\ntimeout s1\nrun 30ms\n";
    for (number, judged) in (1..).zip(JUDGED) {
        let challenge = format!("{cluster}{judged}");
        let folder = package_of(&format!("scorm-judged-{number}"), &site::dist(), &challenge);
        visit_folder(&folder, "platform.html", |page| {
            page.eval("visit(), null");
            page.wait_for("ready()");
            wait_for_kept(page, "core.score.raw", "0");
            page.eval("inner().raftarium.play()");
            let right = "[...inner().document.querySelectorAll('.narration button')].find(it =>
                /^\\W*(S1|It cannot be done)$/.test(it.innerText.trim()))";
            page.wait_for(right);
            page.eval(&format!("{right}.click(), null"));
            page.eval("inner().raftarium.play()");
            wait_for_kept(page, "core.score.raw", "100");
            wait_for_kept(page, "core.lesson_status", "passed");
        });
        let _ = fs::remove_dir_all(&folder);
    }
}
