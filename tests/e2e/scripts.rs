//! Scripts run in the browser as they run on the command line.

use std::fs;
use std::path::{Path, PathBuf};

use raftarium::script::{Run, Session, parse};
use raftarium::sim::{Recorder, World};
use serde_json::Value;

use crate::harness::visit;

#[test]
fn the_same_script_gives_the_same_hash_natively_and_in_the_browser() {
    let scripts = golden_scripts();
    assert!(scripts.len() >= 300, "only {} scripts were found", scripts.len());
    visit(|page| {
        for path in &scripts {
            let text = fs::read_to_string(path).expect("a readable script");
            let quoted = Value::from(text.as_str());
            let here = page.eval(&format!(
                "(async () => {{ await raftarium.load({quoted}); await raftarium.run(); \
                 return await raftarium.hash() }})()"
            ));
            assert_eq!(here, native_hash(&text), "{}", path.display());
        }
    });
}

/// The limits stop a script at the same point on every machine, and the page stays usable.
#[test]
fn hostile_scripts_stop_at_the_same_point_natively_and_in_the_browser() {
    const FAR_US: u64 = 20_000;
    let mut scripts = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"), &mut scripts);
    assert!(scripts.len() > 10, "only {} scripts were found", scripts.len());
    visit(|page| {
        for path in &scripts {
            let text = fs::read_to_string(path).expect("a readable script");
            let quoted = Value::from(text.as_str());
            let here = page.eval(&format!(
                "(async () => {{ await raftarium.load({quoted});
                     const said = await raftarium.seek({FAR_US}).catch(error => error.message);
                     return [said, await raftarium.hash()] }})()"
            ));
            let mut session = Session::open(&text).expect("it is a script");
            let said = session.seek(FAR_US).err();
            let hash = hash_of(session.world());
            assert_eq!(here, serde_json::json!([said, hash]), "{}", path.display());
        }
    });
}

#[test]
fn a_script_that_does_not_parse_is_rejected_with_its_position_and_changes_nothing() {
    visit(|page| {
        page.eval("raftarium.pause()");
        let before = page.eval("raftarium.hash()");
        let said = page.eval(
            "raftarium.load('servers 3\\ncrahs s1').catch(error => String(error.message ?? error))",
        );
        let said = said.as_str().expect("a message");
        assert!(said.contains("2:1") && said.contains("crash"), "{said}");
        assert_eq!(page.eval("raftarium.hash()"), before);
    });
}

#[test]
fn a_listener_may_read_the_state_when_a_leader_appears() {
    visit(|page| {
        page.eval(
            "window.heard = [];
             addEventListener('raftarium', async ({ detail }) => {
                 const { servers } = await raftarium.state();
                 heard.push([detail.type, servers.some(s => s.role === 'leader')]);
             });
             raftarium.speed(2)",
        );
        let heard = "heard.some(([type, leads]) => type === 'leader' && leads)";
        page.wait_for(heard);
    });
}

#[test]
fn a_run_reports_the_failed_expectation() {
    visit(|page| {
        let script = "servers 1\nrun 1s\nexpect no leader\n";
        let report = page.eval(&format!(
            "(async () => {{ await raftarium.load({}); return await raftarium.run() }})()",
            Value::from(script)
        ));
        assert_eq!(report["ok"], false, "{report}");
        let error = report["errors"][0].as_str().expect("a message");
        assert!(error.contains("3") && error.contains("expected no leader"), "{error}");
    });
}

/// What `raftarium.hash()` answers once the script has ended.
pub fn native_hash(text: &str) -> Value {
    let script = parse(text).expect("golden scripts parse");
    let mut runner = Run::new(script, &mut Recorder::off());
    runner.finish(&mut Recorder::off());
    hash_of(runner.cluster().world())
}

fn hash_of(world: &World) -> Value {
    serde_json::json!({ "time": world.now_us(), "hash": format!("{:016x}", world.hash()) })
}

/// All scripts of the tests and the scenarios.
pub fn golden_scripts() -> Vec<PathBuf> {
    let mut scripts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/spec/scripts", "scenarios"] {
        collect(&root.join(folder), &mut scripts);
    }
    scripts.sort();
    scripts
}

fn collect(folder: &Path, scripts: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of scripts") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, scripts);
        } else if path.extension().is_some_and(|extension| extension == "raft") {
            scripts.push(path);
        }
    }
}
