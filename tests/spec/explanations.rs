//! The explanations of violations: both sides, and what made them possible.

use std::fs;
use std::path::Path;

use raftarium::check::{Chain, Culprit, Explanation, Property};
use raftarium::raft::Rule;
use raftarium::script::{Run, Session, parse};
use raftarium::sim::{EventKind, Recorder};

/// Why the properties were violated that this script violates.
fn explain(text: &str) -> Vec<Explanation> {
    let script = parse(text).expect("a script");
    let mut run = Run::new(script.clone(), &mut Recorder::off());
    run.finish(&mut Recorder::off());
    Run::explain(script, None, run.cluster().violations().len())
}

fn scenario(rule: Rule) -> String {
    let name = format!("scenarios/broken/{rule}.raft");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn of(explanations: &[Explanation], property: Property) -> &Explanation {
    let found = explanations.iter().find(|explanation| explanation.property == property);
    found.unwrap_or_else(|| panic!("{property} is not violated: {explanations:#?}"))
}

fn titles(explanation: &Explanation) -> Vec<&str> {
    explanation.chains.iter().map(|chain| &*chain.title).collect()
}

fn culprits(explanation: &Explanation) -> Vec<Rule> {
    explanation.culprits.iter().filter_map(Culprit::rule).collect()
}

/// A chain as `title: decision; decision`.
fn decisions(chain: &Chain) -> Vec<String> {
    let reasons = chain.steps.iter().filter_map(|step| step.reason.as_ref());
    reasons.map(|(server, reason)| format!("{server:#} {}", reason.decision)).collect()
}

#[test]
fn each_broken_rule_is_named_and_both_sides_are_told() {
    use Property::*;
    for (rule, property, sides) in [
        (Rule::PersistVote, ElectionSafety, ["S1 leads term 1", "S2 leads term 1"]),
        (Rule::PersistLog, LeaderCompleteness, ["S1 commits entry 1", "S1 leads term 2"]),
        (Rule::OneVote, ElectionSafety, ["S1 leads term 1", "S2 leads term 1"]),
        (Rule::Majority, ElectionSafety, ["S1 leads term 1", "S3 leads term 1"]),
        (Rule::UpToDate, LeaderCompleteness, ["S1 commits entry 1", "S3 leads term 2"]),
        (Rule::PrevLogCheck, LogMatching, ["S1 appends entry 2", "S3 appends entry 2"]),
        (Rule::ConflictOnly, LeaderCompleteness, ["S1 commits entry 2", "S2 leads term 2"]),
        (Rule::CommitOwnTerm, LeaderCompleteness, ["S1 commits entry 2", "S5 leads term 5"]),
        (Rule::ConfigAfterCommit, LeaderCompleteness, ["S2 commits entry 2", "S1 leads term 3"]),
        (
            Rule::Dedupe,
            Linearizability,
            ["C1's command 1 is answered", "C1's command 2 is answered"],
        ),
        (
            Rule::ReadQuorum,
            Linearizability,
            ["C1's command 2 is answered", "C2's command 1 is answered"],
        ),
    ] {
        let explanations = explain(&scenario(rule));
        let first = of(&explanations, property);
        assert_eq!(titles(first), sides, "{rule}");
        for explanation in &explanations {
            assert_eq!(culprits(explanation), [rule], "{rule}: {explanation:#?}");
            let steps = explanation.chains.iter().flat_map(|chain| &chain.steps);
            let broken: Vec<Rule> = steps.filter_map(|step| step.broken).collect();
            assert!(!broken.is_empty(), "{rule}: no chain holds the decision: {explanation:#?}");
            assert!(explanation.chains.iter().all(|chain| !chain.is_cut && chain.steps.len() < 10));
        }
    }
}

/// The page once cited `leader-noop`, since a new leader appends its no-op last.
#[test]
fn the_rule_behind_an_election_is_not_the_one_behind_the_no_op() {
    let explanations = explain(&scenario(Rule::Majority));
    let explanation = of(&explanations, Property::ElectionSafety);
    assert_eq!(explanation.headline, "two leaders in term 1");
    for chain in &explanation.chains {
        let elected = chain.steps.last().expect("a step");
        let (_, reason) = elected.reason.as_ref().expect("a reason");
        assert_eq!(reason.rule.name(), "majority", "{chain:#?}");
        assert_eq!(elected.broken, Some(Rule::Majority));
    }
    let [first, second] = &explanation.chains[..] else { panic!("{explanation:#?}") };
    assert!(decisions(first).iter().all(|decision| !decision.starts_with("S3")), "{first:#?}");
    assert!(decisions(second).iter().all(|decision| !decision.starts_with("S1")), "{second:#?}");
    let culprit = explanation.culprits[0].to_string();
    assert!(culprit.starts_with("The rule `majority` was off on S"), "{culprit}");
}

#[test]
fn the_crash_that_took_a_vote_is_told() {
    let explanations = explain(&scenario(Rule::PersistVote));
    let explanation = of(&explanations, Property::ElectionSafety);
    let second: Vec<&str> = explanation.chains[1].steps.iter().map(|step| &*step.title).collect();
    assert_eq!(second[..2], ["Crash S3", "Restart S3"]);
    assert!(second.contains(&"RequestVote from S2 reaches S3"), "{second:?}");
}

/// A chain begins with what happened of itself, and ends with its side.
#[test]
fn a_chain_goes_from_its_first_cause_to_its_side() {
    let explanations = explain(&scenario(Rule::OneVote));
    let explanation = of(&explanations, Property::ElectionSafety);
    for chain in &explanation.chains {
        assert!(chain.steps.first().is_some_and(|step| step.is_action), "{chain:#?}");
        assert!(chain.steps.is_sorted_by_key(|step| step.event));
    }
    assert_eq!(explanation.chains[1].steps.last().map(|step| step.event), Some(explanation.event));
}

#[test]
fn clocks_that_drift_are_named() {
    let name = "tests/spec/scripts/leases/clocks-that-drift-make-lease-reads-stale.raft";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(path).expect("a script");
    let explanations = explain(&text);
    let explanation = of(&explanations, Property::Linearizability);
    let drifts = |culprit: &Culprit| matches!(culprit, Culprit::Clock { .. });
    assert!(explanation.culprits.iter().any(drifts), "{explanation:#?}");
}

#[test]
fn an_injected_message_is_named() {
    let text = "servers 3\nelection-timeout never\nheartbeat never\nlatency 1ms\nisolate s1\n\
                timeout s1\nsettle\ninject vote from s2 to s1 term 1 granted\nsettle\n\
                timeout s2\nsettle\n";
    let explanations = explain(text);
    let named = |explanation: &Explanation| {
        explanation.culprits.iter().any(|culprit| matches!(culprit, Culprit::Action { .. }))
    };
    assert!(!explanations.is_empty() && explanations.iter().all(named), "{explanations:#?}");
}

#[test]
fn a_read_mode_that_asks_nobody_is_named() {
    let text = "servers 3\nelection-timeout never\nheartbeat never\nlatency 1ms\nretry off\n\
                reads local\ntimeout s1\nsettle\nset x 1 via s1\nsettle\nget x via s3\nrun 1s\n";
    let explanations = explain(text);
    let explanation = of(&explanations, Property::Linearizability);
    let is_setting = |culprit: &Culprit| matches!(culprit, Culprit::Reads { .. });
    assert!(explanation.culprits.iter().any(is_setting), "{explanation:#?}");
}

/// A session whose journal no longer holds the beginning records it again.
#[test]
fn a_session_explains_what_its_journal_has_forgotten() {
    let text = "servers 3\nelection-timeout never\nheartbeat 1ms\nlatency 1ms\n\
                rule one-vote off on s3\nrule leader-noop off\n\
                partition s1,s3 | s2\ntimeout s1\nrun 3s\n\
                partition s2,s3 | s1\ntimeout s2\nrun 10ms\n";
    let mut session = Session::open(text).expect("a script");
    session.finish();
    let first = session.journal().events().next().expect("an event").id;
    let explanation = &session.explanations()[0];
    assert_eq!(titles(explanation), ["S1 leads term 1", "S2 leads term 1"]);
    assert_eq!(culprits(explanation), [Rule::OneVote]);
    let [elected, _] = &explanation.chains[..] else { panic!("{explanation:#?}") };
    assert!(!elected.is_cut && elected.steps.iter().all(|step| step.event < first), "{elected:#?}");
}

/// Without checkpoints a recorder keeps only the newest events.
#[test]
fn a_chain_says_where_earlier_events_were_not_kept() {
    let script = parse(&scenario(Rule::OneVote)).expect("a script");
    let mut recorder = Recorder::keeping(3);
    let mut run = Run::new(script, &mut recorder);
    while run.cluster().violations().is_empty() {
        assert!(run.step(&mut recorder));
    }
    let violation = &run.cluster().violations()[0];
    let explanation = Explanation::of(violation, run.world(), recorder.journal());
    assert!(explanation.chains.iter().all(|chain| chain.is_cut), "{explanation:#?}");
    assert_eq!(explanation.chains[1].steps.last().map(|step| step.event), Some(explanation.event));
}

#[test]
fn explanations_go_with_their_violations_through_time() {
    let text = scenario(Rule::OneVote);
    let mut session = Session::open(&text).expect("a script");
    session.finish();
    let explained = session.explanations().to_vec();
    assert!(explained.len() > 1);
    session.seek(0).expect("the start");
    assert!(session.explanations().is_empty());
    session.seek(2_000).expect("the first violation");
    assert_eq!(session.explanations(), &explained[..1]);
    session.seek(1_000_000).expect("the end");
    assert_eq!(session.explanations(), explained);
    assert_eq!(session.explanations()[0].event, session.cluster().violations()[0].event);
    assert!(session.journal().events().any(|event| matches!(event.kind, EventKind::Acted(_))));
}
