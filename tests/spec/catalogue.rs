//! The catalogue of the galleries and its pictures are what the scripts say and show.
//! `cargo xtask catalogue` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};

use raftarium::script::{Level, Session, parse};
use raftarium::sim::Micros;
use raftarium::ui::catalogue::{self, CatalogueEntry};
use raftarium::ui::pictures::thumbnail_svg;
use raftarium::ui::state::{ModelScope, Section};
use raftarium::ui::text::TOPICS;
use raftarium::ui::view::{ClusterModel, PaceModel};

/// How long after a step the pictures are taken: messages are on their way.
const LATER_US: Micros = 8_000;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The scripts with their paths, the lessons first, then the challenges.
fn scripts() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect("lessons", &mut files);
    collect("challenges", &mut files);
    collect("scenarios", &mut files);
    // The solutions are no scripts of their own.
    files.retain(|path| !path.contains("/solutions/"));
    let text = |path: &String| fs::read_to_string(project(path)).expect("a script");
    files.iter().map(|path| (path.clone(), text(path))).collect()
}

/// The scripts in a folder, those of each folder together.
fn collect(folder: &str, files: &mut Vec<String>) {
    let entries = fs::read_dir(project(folder)).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    // A name comes before the longer ones that begin with it.
    paths.sort_by_key(|path| path.with_extension(""));
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let name = format!("{folder}/{name}");
        match path.is_dir() {
            true => collect(&name, files),
            false => files.push(name),
        }
    }
}

fn entries() -> Vec<(CatalogueEntry, String)> {
    let entry = |(path, text): (String, String)| {
        let script = parse(&text).expect("it parses");
        let entry = CatalogueEntry::of(&path, &script);
        (entry.unwrap_or_else(|| panic!("{path} has no title")), text)
    };
    let mut entries: Vec<(CatalogueEntry, String)> = scripts().into_iter().map(entry).collect();
    entries.sort_by_key(|(entry, text)| (place(entry), is_impossible(text)));
    entries
}

/// A challenge that cannot be won comes after those of its level that can.
fn is_impossible(text: &str) -> bool {
    let script = parse(text).expect("it parses");
    script.possibility().is_some_and(|it| !it.is_possible)
}

/// The order of the galleries: by topic; challenges from easy to hard, but for numbered ones.
fn place(entry: &CatalogueEntry) -> (&'static str, usize, usize) {
    let (gallery, topic) = entry.path.split_once('/').expect("a folder");
    let topic = topic.split_once('/').map_or(gallery, |(topic, _)| topic);
    let topic = TOPICS.iter().position(|(known, _)| *known == topic);
    let topic = topic.unwrap_or_else(|| panic!("{} has a topic without a title", entry.path));
    let level = Level::ALL.iter().position(|level| entry.level == Some(*level)).unwrap_or(0);
    match gallery {
        "lessons" => ("1", topic, 0),
        "challenges" if TOPICS[topic].0 != "study" => ("2", topic, level),
        "challenges" => ("2", topic, 0),
        _ => ("3", topic, 0),
    }
}

/// The moment of the story at which the most happens.
fn picture(entry: &CatalogueEntry, text: &str) -> String {
    let mut session = Session::open(text).expect("it parses");
    let steps = session.run().script().story().filter(|(_, told)| told.is_step()).count();
    let mut best = (0, String::new());
    for number in 1..=steps {
        session.go_to_step(number).expect("near");
        session.run_until(session.world().now_us() + LATER_US);
        let world = session.world();
        let busy = 1 + world.in_flight().count() + 2 * world.held().len();
        if busy >= best.0 {
            let pace = PaceModel { playing: false, speed: 0.04, adaptive: true, now: 0.04 };
            let model = ClusterModel::of(&session, &ModelScope::default(), pace);
            best = (busy, thumbnail_svg(&model, world, &entry.title));
        }
    }
    best.1
}

/// Compares the file with its content, or rewrites it.
fn check(path: &Path, content: &str) {
    if std::env::var("RAFTARIUM_GOLDEN").is_ok_and(|value| value == "rewrite") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, content).expect("the file can be written");
    }
    let is = fs::read_to_string(path).unwrap_or_default();
    assert!(is == content, "{} is out of date: run `cargo xtask catalogue`", path.display());
}

#[test]
fn the_catalogue_lists_every_script() {
    let lines: Vec<String> = entries().iter().map(|(entry, _)| entry.to_line() + "\n").collect();
    check(&project(catalogue::FILE), &lines.concat());
    let listed = catalogue::parse(&lines.concat());
    assert_eq!(listed.len(), lines.len());
    let lessons = listed.iter().filter(|entry| Section::of(entry) == Section::Lessons).count();
    let challenges =
        listed.iter().filter(|entry| Section::of(entry) == Section::Challenges).count();
    let scenarios = listed.len() - lessons - challenges;
    assert!(lessons >= 14 && challenges >= 24 && scenarios >= 40, "of {}", listed.len());
    for entry in &listed {
        assert!(entry.level.is_some(), "{} has no level", entry.path);
        assert!(!entry.summary.is_empty(), "{} says nothing", entry.path);
    }
}

#[test]
fn every_script_has_its_picture() {
    let mut pictures = Vec::new();
    for (entry, text) in entries() {
        check(&project(&entry.picture()), &picture(&entry, &text));
        pictures.push(project(&entry.picture()));
    }
    let kept = fs::read_dir(project("pictures")).expect("the folder");
    for path in kept.map(|entry| entry.expect("an entry").path()) {
        assert!(pictures.contains(&path), "{} belongs to no script", path.display());
    }
}
