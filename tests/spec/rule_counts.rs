//! The counts on the cards of the rules: right as time passes, after seeks and after changes.

use raftarium::raft::Rule;
use raftarium::script::Session;
use raftarium::ui::view::{RuleModel, RuleTally, RulesModel};

fn open(script: &str) -> Session {
    Session::open(script).unwrap_or_else(|errors| panic!("{script}: {errors:?}"))
}

/// Counted from the journal at once.
fn fresh(session: &Session) -> RulesModel {
    let mut tally = RuleTally::default();
    tally.update(session);
    tally.model(session, newest(session))
}

fn newest(session: &Session) -> u64 {
    session.journal().newest().map_or(0, |event| event.id)
}

fn card(rules: &RulesModel, rule: Rule) -> &RuleModel {
    rules.rules.iter().find(|model| model.rule == rule).expect("a card")
}

#[test]
fn an_election_is_decided_by_the_rules_that_elect() {
    let mut session = open("servers 3\nelection-timeout never\ntimeout s1\nsettle\n");
    assert!(session.finish().ok);
    let rules = fresh(&session);
    let decided = |rule| card(&rules, rule).decided;
    // S1 campaigns, S2 and S3 vote: three times a vote is on disk first.
    assert_eq!(decided(Rule::PersistVote), 3);
    assert_eq!(decided(Rule::UpToDate), 2);
    // The no-op is on both disks before it is acknowledged.
    assert_eq!(decided(Rule::PersistLog), 2);
    assert_eq!(decided(Rule::LeaderNoop), 1);
    assert_eq!(decided(Rule::OneVote), 0);
    assert!(decided(Rule::Majority) > 0);
    // The person fired the timer.
    assert_eq!(decided(Rule::RandomTimeout), 0);
    assert_eq!(rules.newest_only, None);
    let last = card(&rules, Rule::LeaderNoop).last.as_ref().expect("the no-op");
    assert!(last.sentence.starts_with("S1 "), "{}", last.sentence);
    let event = session.journal().get(last.event).expect("it is recorded");
    assert_eq!(event.time_us, last.time_us);
}

#[test]
fn a_rule_that_is_off_is_missed() {
    let mut session = open(
        "servers 4\nelection-timeout never\nrule majority off\npartition s1,s2 | s3,s4\n\
              timeout s1\nsettle\n",
    );
    let _ = session.finish();
    let majority = card(&fresh(&session), Rule::Majority).clone();
    assert!(majority.is_off && majority.missing > 0);
    session.exec("rule majority on").expect("a setting");
    assert!(!card(&fresh(&session), Rule::Majority).is_off);
    session.exec("rule majority off on s2").expect("a setting");
    let majority = card(&fresh(&session), Rule::Majority).clone();
    assert!(!majority.is_off && majority.off.len() == 1);
}

#[test]
fn a_tally_that_goes_along_counts_as_one_from_the_start() {
    let mut session = open("latency 15ms..25ms\nloss 10%\n");
    let mut tally = RuleTally::default();
    let mut check = |session: &Session| {
        tally.update(session);
        assert_eq!(tally.model(session, newest(session)), fresh(session));
    };
    for time_us in [300_000, 300_500, 900_000, 500_000, 20_000, 450_000, 2_000_000, 30_000_000] {
        session.seek(time_us).expect("not too far");
        check(&session);
    }
    assert!(fresh(&session).newest_only.is_some(), "the journal keeps only the newest events");
    // Back to where the journal no longer reaches, and on in another way.
    session.seek(400_000).expect("not far");
    check(&session);
    session.exec("crash leader").expect("a leader");
    check(&session);
    session.seek(1_500_000).expect("not far");
    check(&session);
    assert!(session.undo());
    check(&session);
    for _ in 0..200 {
        session.step();
        check(&session);
    }
}

#[test]
fn the_rule_that_decided_the_latest_event_is_lit() {
    let mut session = open("servers 3\nelection-timeout never\ntimeout s1\n");
    let mut lit = Vec::new();
    for _ in 0..60 {
        session.step();
        let rules = fresh(&session);
        lit.extend(rules.rules.iter().filter(|card| card.is_lit).map(|card| card.rule));
    }
    for rule in [Rule::PersistVote, Rule::UpToDate, Rule::LeaderNoop, Rule::PersistLog] {
        assert!(lit.contains(&rule), "{rule}: {lit:?}");
    }
}
