//! The golden scripts: each checks one rule of Raft and is named after it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use raftarium::script::{Report, Run, Script, parse};
use raftarium::sim::Recorder;

/// Scripts that need features which are still missing. A script that passes must leave this list.
const NOT_YET: [&str; 0] = [];

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/scripts")
}

/// All golden scripts with their names, sorted.
pub fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder of scripts can be read") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "raft") {
                found.push((name_of(&path), fs::read_to_string(&path).expect("a script")));
            }
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    let name = path.strip_prefix(folder()).expect("a path in the folder");
    name.to_string_lossy().replace('\\', "/")
}

pub fn runnable() -> Vec<(String, Script)> {
    let scripts = all().into_iter().filter(|(name, _)| !NOT_YET.contains(&name.as_str()));
    scripts.map(|(name, text)| (name, parse(&text).expect("golden scripts parse"))).collect()
}

fn run(text: &str) -> Result<Report, String> {
    let script = parse(text)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    Ok(Run::new(script, &mut Recorder::off()).finish(&mut Recorder::off()))
}

#[test]
fn every_golden_script_passes() {
    let scripts = all();
    let own = scripts.iter().filter(|(name, _)| !name.starts_with("conformance/")).count();
    assert!(own >= 254, "only {own} scripts of our own were found");
    assert!(scripts.len() >= own + 44, "only {} scripts were found", scripts.len());
    let mut wrong = Vec::new();
    for (name, text) in &scripts {
        let outcome = run(text);
        let passed = outcome.as_ref().is_ok_and(|report| report.ok);
        if NOT_YET.contains(&name.as_str()) {
            println!("SKIPPED {name}: needs a missing feature");
            if passed {
                wrong.push(format!("{name} passes now: remove it from NOT_YET"));
            }
            continue;
        }
        println!("{} {name}", if passed { "ok     " } else { "FAILED " });
        match outcome {
            Err(errors) => wrong.push(format!("{name}:{errors}")),
            Ok(report) if report.expectations == 0 => {
                wrong.push(format!("{name} expects nothing, so it cannot fail"));
            }
            Ok(report) => wrong.extend(
                report
                    .failures
                    .iter()
                    .map(|failure| format!("{name}:{}: {}", failure.line, failure.text)),
            ),
        }
    }
    let missing = NOT_YET.iter().filter(|name| !scripts.iter().any(|(known, _)| known == *name));
    wrong.extend(missing.map(|name| format!("{name} is in NOT_YET but does not exist")));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_golden_script_begins_with_the_rule_it_shows() {
    let mut known = BTreeMap::new();
    for (name, text) in all() {
        let first = text.lines().next().unwrap_or_default().to_owned();
        assert!(first.starts_with("# ") && first.len() > 10, "{name} begins with `{first}`");
        if name.starts_with("conformance/") {
            continue;
        }
        // One rule per file, in a sentence of its own.
        assert!(first.len() > 40 && first.ends_with('.'), "{name} begins with `{first}`");
        let other = known.insert(first, name.clone());
        assert!(
            other.is_none(),
            "{name} and {} begin with the same line",
            other.unwrap_or_default()
        );
    }
}
