//! Pictures of the page in every state and layout, for the docs and for those who change the page.

use std::env;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::harness::Page;
use crate::lessons::{lessons, walk_through};

/// A state of the page: a name, and the script that leads to it. Without one the page plays
/// what it opens with.
struct Scene {
    name: &'static str,
    script: Option<&'static str>,
}

const SCENES: [Scene; 11] = [
    Scene { name: "opening", script: None },
    Scene {
        name: "idle",
        script: Some("latency 15ms..25ms\ntimeout s3\nrun 70ms\nset x 1\nset y 2\nrun 400ms\n"),
    },
    Scene {
        name: "election",
        script: Some(
            "latency 15ms..25ms\nelection-timeout never\ntimeout s3\nrun 70ms\nset x 1\nrun 200ms\n\
             crash s3\nrun 30ms\ntimeout s5\nrun 2ms\ntimeout s1\nrun 32ms\n",
        ),
    },
    Scene {
        name: "partition",
        script: Some(
            "latency 15ms..25ms\ntimeout s1\nrun 70ms\nset x 1\nrun 100ms\n\
             partition s1,s2 | s3,s4,s5\nrun 30ms\nset x 2 via s1\nrun 60ms\n",
        ),
    },
    Scene {
        name: "split-brain",
        script: Some(
            "latency 15ms..25ms\nclients 2\nelection-timeout never\ntimeout s1\nrun 70ms\nset x 1\n\
             run 100ms\npartition s1,s2 | s3,s4,s5\nset x 2 via s1\nrun 40ms\ntimeout s4\n\
             run 100ms\nset x 3 via s4 by c2\nrun 40ms\n",
        ),
    },
    Scene { name: "violation", script: Some(include_str!("../../scenarios/broken/one-vote.raft")) },
    Scene {
        name: "snapshot",
        script: Some(
            "servers 3\nlatency 15ms..25ms\ntimeout s1\nrun 70ms\ncut s1 <-> s3\nset x 1\nset y 2\n\
             set z 3\nrun 300ms\nsnapshot s1\nheal\nbeat s1\nrun 55ms\n",
        ),
    },
    Scene {
        name: "membership",
        script: Some(
            "servers 5\njoining s4,s5\nlatency 15ms..25ms\ntimeout s1\nrun 90ms\n\
             add s4 learner\nrun 100ms\nmembers s1,s2,s5\nrun 24ms\n",
        ),
    },
    Scene {
        name: "nine-servers",
        script: Some(
            "servers 9\nclients 3\nlatency 15ms..25ms\ntimeout s2\nrun 70ms\nload 30/s\n\
             run 600ms\n",
        ),
    },
    Scene {
        name: "long-log",
        script: Some(
            "clients 3\nlatency 5ms\ntimeout s4\nrun 50ms\nload 60/s\nrun 1s\ncrash s2\n\
                      run 300ms\n",
        ),
    },
    Scene {
        name: "deviations",
        script: Some(
            "clients 2\nlatency 15ms..25ms\npre-vote on\nloss 10%\nrule majority off\ntimeout s1\n\
             run 100ms\nskew s3 1.5\nhold append from s1 to s4\nset x 1\nrun 60ms\n",
        ),
    },
];

/// A size of the view, in CSS pixels, and what follows the page's address.
struct Size {
    name: &'static str,
    width: u32,
    height: u32,
    address: &'static str,
    /// Whether the page is presented.
    present: bool,
}

const fn size(name: &'static str, width: u32, height: u32) -> Size {
    Size { name, width, height, address: "", present: false }
}

const DESKTOP: Size = size("desktop", 1440, 900);

/// The election is pictured in each of these.
const SIZES: [Size; 10] = [
    size("laptop", 1280, 800),
    size("projector", 1920, 1080),
    size("tablet", 768, 1024),
    Size { name: "present", width: 1920, height: 1080, address: "", present: true },
    Size { name: "present-small", width: 1280, height: 720, address: "", present: true },
    size("phone", 390, 844),
    size("phone-landscape", 844, 390),
    size("narrow", 320, 640),
    Size { name: "embed", width: 640, height: 360, address: "?embed=1", present: false },
    Size { name: "embed-narrow", width: 320, height: 480, address: "?embed=1", present: false },
];

const LOOKS: [&str; 2] = ["light", "dark"];

/// What the election is shown in all sizes with.
const ELECTION: usize = 2;

/// Enough for animations at the start of a picture to settle.
const SETTLE: Duration = Duration::from_millis(700);

/// Run by `cargo xtask screenshot`.
#[test]
#[ignore = "takes pictures: cargo xtask screenshot OUT_DIR"]
fn pictures_of_the_page() {
    let folder = env::var_os("RAFTARIUM_PICTURES").expect("RAFTARIUM_PICTURES names a folder");
    let folder = PathBuf::from(folder);
    let after = env::var("RAFTARIUM_PICTURES_AFTER_S").unwrap_or_default();
    let after = Duration::from_secs_f64(after.parse().unwrap_or(4.0));
    for look in LOOKS {
        for scene in &SCENES {
            take(&folder, look, scene, &DESKTOP, after);
        }
        for size in &SIZES {
            take(&folder, look, &SCENES[ELECTION], size, after);
        }
    }
}

/// Run by `cargo xtask screenshot --lessons`: a picture of each step, with the right answers.
#[test]
#[ignore = "takes pictures: cargo xtask screenshot --lessons OUT_DIR"]
fn pictures_of_the_lessons() {
    let folder = env::var_os("RAFTARIUM_PICTURES").expect("RAFTARIUM_PICTURES names a folder");
    let folder = PathBuf::from(folder);
    for (name, script) in lessons() {
        let page = Page::blank();
        page.resize(DESKTOP.width, DESKTOP.height);
        page.go(DESKTOP.address);
        walk_through(&page, &script, |step| {
            thread::sleep(SETTLE);
            page.screenshot(&folder.join(format!("{name}-{step:02}.png")));
        });
        let errors = page.errors();
        page.close();
        assert!(errors.is_empty(), "{name}: the page reported: {errors:#?}");
    }
}

fn take(folder: &Path, look: &str, scene: &Scene, size: &Size, after: Duration) {
    let page = Page::blank();
    page.resize(size.width, size.height);
    page.prefer("prefers-color-scheme", look);
    page.go(size.address);
    match scene.script {
        Some(script) => {
            page.eval(&format!("raftarium.load({})", Value::from(script)));
            page.eval("raftarium.run()");
            thread::sleep(SETTLE);
        }
        None => thread::sleep(after),
    }
    if size.present {
        page.click("button", "Present");
        thread::sleep(SETTLE);
    }
    page.screenshot(&folder.join(format!("{}-{}-{look}.png", scene.name, size.name)));
    let errors = page.errors();
    page.close();
    assert!(errors.is_empty(), "{}: the page reported: {errors:#?}", scene.name);
}
