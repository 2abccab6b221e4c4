//! The scenarios of the broken rules: each goes wrong without its rule and ends well with it.
//!
//! A scenario has one line `rule NAME off`. As it is, everything that it expects holds, including
//! the damage at its end. With `rule NAME on` instead, at least one expectation fails (so the rule
//! prevents the damage), no property is violated, and the conditions of its lines
//! `# with the rule on: CONDITION` hold at the end.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use raftarium::raft::{CLIENTS_MAX, Rule, SERVERS_MAX};
use raftarium::script::{
    Condition, Narration, Report, Run, Script, Statement, parse, parse_statement,
};
use raftarium::sim::Recorder;

/// The prefix of a condition that must hold at the end with the rule on.
const ENDS_WELL: &str = "# with the rule on: ";

/// The scenarios, one file per rule.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/broken")
}

fn scenario(rule: Rule) -> String {
    let path = folder().join(format!("{rule}.raft"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse_script(text: &str) -> Result<Script, String> {
    let list = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    parse(text).map_err(|errors| list(errors).join("\n"))
}

fn run(text: &str) -> Result<(Run, Report), String> {
    let mut runner = Run::new(parse_script(text)?, &mut Recorder::off());
    let report = runner.finish(&mut Recorder::off());
    Ok((runner, report))
}

/// The conditions that must hold at the end with the rule on.
fn good_ends(text: &str) -> Result<Vec<Condition>, String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(ENDS_WELL));
    let expect = |line| parse_statement(&format!("expect {line}"), SERVERS_MAX, CLIENTS_MAX);
    let conditions = lines.map(|line| match expect(line) {
        Ok(Some(Statement::Expect(condition))) => Ok(condition),
        Ok(_) => Err(format!("`{line}` is no condition")),
        Err(error) => Err(format!("`{line}`: {error}")),
    });
    conditions.collect()
}

/// Checks that a scenario shows what it should.
fn check(rule: Rule, text: &str) -> Result<(), String> {
    let off = format!("rule {rule} off");
    if text.lines().filter(|line| *line == off).count() != 1 {
        return Err(format!("it needs one line `{off}`"));
    }
    let (_, broken) = run(text)?;
    if let Some(failure) = broken.failures.first() {
        return Err(format!("line {}: {}", failure.line, failure.text));
    }

    let on = format!("rule {rule} on");
    let kept = text.lines().map(|line| if line == off { on.as_str() } else { line });
    let (runner, report) = run(&kept.collect::<Vec<_>>().join("\n"))?;
    if report.ok {
        return Err("every expectation also holds with the rule on: there is no damage".into());
    }
    if let Some(violation) = runner.cluster().violations().first() {
        return Err(format!("with the rule on {} is violated", violation.property));
    }
    let ends = good_ends(text)?;
    if ends.is_empty() {
        return Err(format!("it needs a line `{ENDS_WELL}CONDITION`"));
    }
    match ends.iter().find(|condition| !condition.holds(runner.cluster())) {
        Some(condition) => Err(format!("with the rule on {}", condition.failure(runner.cluster()))),
        None => Ok(()),
    }
}

#[test]
fn every_rule_has_one_scenario() {
    let found: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let expected = Rule::ALL.iter().map(|rule| format!("{rule}.raft")).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_scenario_goes_wrong_without_its_rule_and_ends_well_with_it() {
    let wrong: Vec<String> = Rule::ALL
        .iter()
        .filter_map(|&rule| check(rule, &scenario(rule)).err().map(|why| format!("{rule}: {why}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_scenario_has_a_title_and_explains_its_steps() {
    for rule in Rule::ALL {
        let text = scenario(rule);
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# Without \""), "{rule} begins with `{first}`");
        let script = parse_script(&text).expect("a scenario parses");
        let narration = script.statements().filter_map(|(_, statement)| match statement {
            Statement::Narration(narration) => Some(narration),
            _ => None,
        });
        let (mut titles, mut steps) = (0, 0);
        for narration in narration {
            match narration {
                Narration::Title(_) => titles += 1,
                Narration::Say(_) => steps += 1,
                _ => {}
            }
        }
        assert!(titles == 1 && steps >= 3, "{rule} has {titles} titles and {steps} steps");
    }
}

/// Single-server changes by two leaders at once: the bug of 2015 in its three forms.
#[test]
fn the_membership_bug_of_2015_needs_the_rule_in_all_its_forms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/membership-2015");
    for name in ["two-adds", "add-and-remove", "two-removes"] {
        let text = fs::read_to_string(folder.join(format!("{name}.raft"))).expect(name);
        assert!(text.contains("expect violated leader-completeness"), "{name}");
        let shown = check(Rule::ConfigAfterCommit, &text);
        assert_eq!(shown, Ok(()), "{name}");
    }
}

/// The check itself rejects a scenario without damage, with a bad end, and without an end.
#[test]
fn a_scenario_that_shows_nothing_is_rejected() {
    let damage = "servers 4\nelection-timeout never\nheartbeat never\nrule majority off\n\
                  partition s1,s2 | s3,s4\ntimeout s1,s3\nsettle\n";
    let checked = |rest: &str| check(Rule::Majority, &format!("{damage}{rest}"));

    checked("# with the rule on: no leader\nexpect violated election-safety\n")
        .expect("a scenario");
    let why = checked("# with the rule on: no leader\nexpect leaders = none\n").unwrap_err();
    assert!(why.contains("expected leaders = none"), "{why}");
    let why = checked("# with the rule on: no leader\nexpect violated log-matching\n").unwrap_err();
    assert!(why.contains("expected violated log-matching"), "{why}");
    let why = checked("# with the rule on: leader\nexpect violated election-safety\n").unwrap_err();
    assert!(why.contains("expected leader"), "{why}");
    let why = checked("expect violated election-safety\n").unwrap_err();
    assert!(why.contains("needs a line"), "{why}");
    let why = check(Rule::OneVote, damage).unwrap_err();
    assert!(why.contains("one line `rule one-vote off`"), "{why}");

    let harmless = "servers 1\nrule majority off\ntimeout s1\nsettle\nexpect leader s1\n";
    let why = check(Rule::Majority, harmless).unwrap_err();
    assert!(why.contains("no damage"), "{why}");
}
