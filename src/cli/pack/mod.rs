//! `raftarium pack`: challenges as a package for a learning platform.
//!
//! Each script is a part with a score of its own. Its page shows Raftarium in a frame, asks it for
//! the goals (docs/embedding.md), and reports them to the platform.

mod manifest;
mod page_files;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::script::{Budget, Narration, Run, Script, parse};
use crate::sim::Recorder;

use super::answer::read_challenge;
use super::exit_status::ExitStatus;
use super::terminal::{print, print_error};
use manifest::{Sco, escaped, manifest};
use page_files::page_files;

const PAGE: &str = include_str!("exercise.html");
/// The files that every exercise needs, besides the page.
const OWN_FILES: [(&str, &str); 2] =
    [("exercise.css", include_str!("exercise.css")), ("exercise.js", include_str!("exercise.js"))];

/// Pack challenges for a learning platform
///
/// Writes a SCORM 1.2 package, which Moodle, Canvas, ILIAS and others import. Each FILE becomes a
/// part with a score of its own: once the student has acted, the share of its goals that hold, as
/// points out of 100. It is passed when all of them hold and nothing forbidden was done. The best
/// score counts, and the student continues at the next visit.
///
/// Exit status: 2 if a script does not parse or sets no goal, or an option is invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium pack challenge.raft --scorm --page dist -o challenge.zip
  raftarium pack lessons/*.raft --scorm --page dist --title 'Raft, step by step' -o course.zip
  raftarium pack challenge.raft --scorm --page https://example.org/raftarium/ -o small.zip")]
pub(super) struct PackOptions {
    /// The challenges: scripts with goals
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Write a SCORM 1.2 package
    #[arg(long, required = true)]
    scorm: bool,
    /// The built page, which becomes part of the package, or the address of a page that is online
    #[arg(long, value_name = "DIST|ADDRESS")]
    page: String,
    /// The title of the package; by default that of the first challenge
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The package
    #[arg(short, long = "out", value_name = "OUT.zip", value_hint = ValueHint::FilePath)]
    out: PathBuf,
}

/// A challenge that becomes a part of the package.
struct Exercise {
    title: String,
    /// With a line break at its end.
    script: String,
    goals: usize,
}

/// The description of an exercise that `exercise.js` reads.
#[derive(Serialize)]
struct ExerciseData<'a> {
    page: &'a str,
    script: &'a str,
    goals: usize,
}

pub(super) fn pack(options: &PackOptions) -> ExitStatus {
    if let Some(script) = options.files.iter().find(|script| is_same_file(script, &options.out)) {
        let name = script.display();
        print_error(format!("{name}: the package would replace this challenge: name another file"));
        return ExitStatus::Unusable;
    }
    match package(options) {
        Ok((bytes, count)) => write(&options.out, &bytes, count),
        Err(error) => {
            print_error(error);
            ExitStatus::Unusable
        }
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether it is the address of a page; an error if it is one without a host.
fn is_address(page: &str) -> Result<bool, String> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| page.strip_prefix(scheme));
    match rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default()) {
        None => Ok(false),
        Some(host) if host.is_empty() || host.contains(char::is_whitespace) => Err(format!(
            "{page}: this is not the address of a page, such as https://example.org/raftarium/"
        )),
        Some(_) => Ok(true),
    }
}

fn write(out: &Path, bytes: &[u8], count: usize) -> ExitStatus {
    let name = out.display();
    if let Err(error) = fs::write(out, bytes) {
        print_error(format!("{name}: cannot be written: {error}"));
        return ExitStatus::Unusable;
    }
    let parts = if count == 1 { "1 exercise".to_owned() } else { format!("{count} exercises") };
    print(format!("{name}: {parts}, {} kB", bytes.len().div_ceil(1000)));
    ExitStatus::Success
}

/// The bytes of the package, and how many parts it has.
fn package(options: &PackOptions) -> Result<(Vec<u8>, usize), String> {
    let exercises: Vec<Exercise> =
        options.files.iter().map(|it| exercise(it)).collect::<Result<_, _>>()?;
    let is_online = is_address(&options.page)?;
    let page = if is_online { &*options.page } else { "raftarium/index.html" };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    files.extend(OWN_FILES.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    if !is_online {
        files.extend(page_files(Path::new(&options.page))?);
    }
    let shared: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut parts = Vec::new();
    for (number, exercise) in (1..).zip(&exercises) {
        let file = format!("exercise-{number}.html");
        files.push((file.clone(), exercise_page(exercise, page).into_bytes()));
        parts.push(Sco { title: exercise.title.clone(), file });
    }
    let title = options.title.as_deref().unwrap_or(&exercises[0].title);
    let manifest = manifest(&identifier(title, &files), title, &parts, &shared);
    // Some platforms look for the manifest in the first entries only.
    files.insert(0, ("imsmanifest.xml".to_owned(), manifest.into_bytes()));
    let bytes = zipped(&files).map_err(|error| format!("the package cannot be made: {error}"))?;
    Ok((bytes, parts.len()))
}

fn exercise(path: &Path) -> Result<Exercise, String> {
    let text = read_challenge(path)?;
    let mut text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let name = path.display();
    let script = parse(&text).map_err(|errors| format!("{name}:{}", errors[0]))?;
    let title = script.narrations().find_map(|(_, narration)| match narration {
        Narration::Title(title) => Some(title.clone()),
        _ => None,
    });
    let stem = || path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let goals = script.goal_count();
    if is_won_by_itself(script.clone()) {
        print_error(format!("{name}: every goal holds before anybody acts: a visit wins it"));
    }
    Ok(Exercise { title: title.unwrap_or_else(stem), script: text, goals })
}

fn is_won_by_itself(script: Script) -> bool {
    let mut recorder = Recorder::off();
    let mut run = Run::new(script, &mut recorder);
    run.finish_within(Budget::CALL, &mut recorder);
    run.is_won() == Some(true)
}

fn exercise_page(exercise: &Exercise, page: &str) -> String {
    let Exercise { title, script, goals } = exercise;
    let data = ExerciseData { page, script, goals: *goals };
    let data = serde_json::to_string(&data).expect("strings and numbers are always JSON");
    // Within a script element, `<` must not begin a tag.
    let data = data.replace('<', "\\u003c");
    // The data comes last: a text in it may look like a place for the title.
    PAGE.replace("{title}", &escaped(title)).replacen("{exercise}", &data, 1)
}

/// A name that other packages do not have. The same contents have the same.
fn identifier(title: &str, files: &[(String, Vec<u8>)]) -> String {
    let fold = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let contents = files.iter().flat_map(|(name, bytes)| name.as_bytes().iter().chain(bytes));
    let sum = title.as_bytes().iter().chain(contents).fold(0xcbf2_9ce4_8422_2325, fold);
    format!("raftarium-{sum:016x}")
}

fn zipped(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Without the time of packing, the same scripts give the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
