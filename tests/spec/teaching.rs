//! docs/teaching.md: every script runs, every command gives what the page shows, and every file
//! that it names exists.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use raftarium::script::{Run, parse};
use raftarium::sim::Recorder;

use crate::command_line::{Folder, err, out};

const GUIDE: &str = include_str!("../../docs/teaching.md");

/// A block of code: its language, its text, and the newest file name in the prose before it.
struct Block {
    language: &'static str,
    text: &'static str,
    file: &'static str,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = GUIDE;
    let mut file = "";
    while let Some((prose, after)) = rest.split_once("\n```") {
        let (language, after) = after.split_once('\n').expect("the end of the line");
        let (text, after) = after.split_once("```").expect("the end of the block");
        file = prose.split('`').rfind(|name| is_script_name(name)).unwrap_or(file);
        blocks.push(Block { language, text, file });
        rest = after;
    }
    blocks
}

fn is_script_name(text: &str) -> bool {
    text.ends_with(".raft") && !text.contains(' ')
}

fn texts(language: &str) -> Vec<&'static str> {
    let blocks = blocks().into_iter().filter(|block| block.language == language);
    blocks.map(|block| block.text).collect()
}

fn finish(text: &str) -> Run {
    let script = parse(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]));
    let mut run = Run::new(script, &mut Recorder::off());
    run.finish(&mut Recorder::off());
    run
}

/// A folder with the files that the commands use.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    for made in ["answers", "dist"] {
        let made = folder.0.join(made);
        let _ = fs::remove_dir_all(&made);
        fs::create_dir_all(&made).expect("a folder");
    }
    folder.write("dist/index.html", "<!doctype html>");
    folder.write("dist/page_bg.wasm", "");
    folder.write("grade.py", include_str!("../../docs/grade.py"));
    for name in ["another-leader.raft", "answers/ada.raft", "answers/bob.raft"] {
        let is_it = |block: &Block| block.language == "raft" && block.file == name;
        let block = blocks().into_iter().find(is_it);
        folder.write(name, block.unwrap_or_else(|| panic!("no block of {name}")).text);
    }
    folder
}

fn run(folder: &Folder, command: &str) -> Output {
    let mut words = command.split(' ');
    let program = match words.next() {
        Some("raftarium") => env!("CARGO_BIN_EXE_raftarium"),
        Some("python3") => "python3",
        other => panic!("{other:?} in {command}"),
    };
    let mut command = Command::new(program);
    command.args(words).current_dir(&folder.0).env("RAFTARIUM", env!("CARGO_BIN_EXE_raftarium"));
    command.output().unwrap_or_else(|error| panic!("{program} does not start: {error}"))
}

#[test]
fn every_command_gives_what_the_page_shows() {
    let folder = folder("teaching");
    let (mut commands, mut shown) = (0, 0);
    let blocks = blocks();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.language == "sh") {
        let mut printed = String::new();
        for command in block.text.lines() {
            let output = run(&folder, command);
            assert_eq!(output.status.code(), Some(0), "{command}: {}", err(&output));
            printed = out(&output).to_owned();
            commands += 1;
        }
        if let Some(expected) = blocks.get(at + 1).filter(|next| next.language == "text") {
            assert_eq!(printed, expected.text, "{}", block.text);
            shown += 1;
        }
    }
    assert_eq!((commands, shown), (5, 2));
    assert!(folder.0.join("another-leader.zip").is_file());
}

#[test]
fn every_script_runs_and_the_template_is_solved() {
    let scripts = texts("raft");
    let [exercise, ada, _, template, solution] = scripts[..] else {
        panic!("{} scripts", scripts.len())
    };
    assert!(ada.starts_with(exercise));
    for script in [exercise, ada, template] {
        assert!(finish(script).report().ok, "{script}");
    }
    let alone = finish(template);
    assert!(alone.predictions().iter().all(|judged| judged.confirmed));
    assert_eq!((alone.predictions().len(), alone.is_won()), (1, Some(false)));
    assert_eq!(finish(&format!("{template}{solution}")).is_won(), Some(true));
    assert_eq!(finish(exercise).is_won(), Some(false));
}

/// The scripts in the HTML of mdBook and Reveal.
#[test]
fn every_embedded_script_runs() {
    let html = texts("html").concat();
    let scripts: Vec<&str> = html
        .split(" script=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .collect();
    assert_eq!(scripts.len(), 2);
    scripts.iter().for_each(|script| assert!(finish(script).report().ok, "{script}"));
}

/// The cell for Jupyter, with a class of the same name that keeps the address.
#[test]
fn the_cell_for_jupyter_makes_a_link() {
    let folder = Folder::new("teaching-jupyter");
    fs::create_dir_all(folder.0.join("IPython")).expect("a folder");
    folder.write("IPython/__init__.py", "");
    folder.write(
        "IPython/display.py",
        "class IFrame:\n    def __init__(self, src, width, height):\n        print(src)\n",
    );
    let cells = texts("python");
    let [cell] = cells[..] else { panic!("{} cells", cells.len()) };
    folder.write("cell.py", cell);
    let bin = Path::new(env!("CARGO_BIN_EXE_raftarium")).parent().expect("a folder");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&paths));
    let output = Command::new("python3")
        .arg("cell.py")
        .current_dir(&folder.0)
        .env("PATH", std::env::join_paths(paths).expect("paths"))
        .output()
        .expect("Python 3 is installed");
    let address = out(&output).trim().to_owned();
    assert!(address.starts_with("https://example.org/raftarium/?embed=1&show=stage,controls#1"));
    let link = raftarium::script::ShareLink::read(&address).expect("a link");
    assert_eq!((&*link.text, link.time_us), ("servers 5\nwait leader\nset x 1\n", 400_000));
}

/// The titles of the page below a folder.
fn titles(folder: &str) -> Vec<&'static str> {
    let catalogue = include_str!("../../catalogue.tsv");
    let rows = catalogue.lines().filter(|row| row.starts_with(&format!("{folder}/")));
    rows.map(|row| row.split('\t').nth(1).expect("a title")).collect()
}

/// The titles in the points of the syllabus that begin with that word.
fn named(kind: &str) -> Vec<String> {
    let (_, syllabus) = GUIDE.split_once("## A syllabus").expect("the syllabus");
    let (mut points, mut is_inside) = (String::new(), false);
    for line in syllabus.lines() {
        is_inside = match line.strip_prefix("   - ") {
            Some(point) => point.starts_with(&format!("{kind}: ")),
            None => is_inside && line.starts_with("     "),
        };
        if is_inside {
            points = format!("{points} {}", line.trim());
        }
    }
    points.split('*').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_syllabus_names_lessons_scenarios_and_challenges_by_their_titles() {
    assert_eq!(named("Lessons"), titles("lessons"));
    let challenges = [named("Challenges"), named("Home")].concat();
    for (folder, named, least) in
        [("scenarios", named("Scenarios"), 20), ("challenges", challenges, 30)]
    {
        let known = titles(folder);
        for (at, title) in named.iter().enumerate() {
            assert!(known.contains(&&**title), "{title:?} is not in {folder}");
            assert!(!named[..at].contains(title), "{title:?} stands twice");
        }
        assert!(named.len() >= least, "{folder}: {}", named.len());
    }
}

#[test]
fn every_page_that_it_names_exists() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for link in GUIDE.split("](").skip(1) {
        let file = link.split(')').next().unwrap_or_default();
        assert!(docs.join(file).is_file(), "{file}");
    }
}
