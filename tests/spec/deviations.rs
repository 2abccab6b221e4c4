//! The chips of a run: every setting of the language has one, or plain Raft leaves it open; and
//! what removes a chip does so.

use raftarium::raft::Rule;
use raftarium::script::{Group, Session, USAGES};
use raftarium::sim::Act;
use raftarium::ui::view::{Removal, deviations};

/// A statement for every setting, and the label of its chip; `None` if plain Raft leaves it open.
const SETTINGS: [(&str, Option<&str>); 24] = [
    ("servers 3", None),
    ("seed 7", None),
    ("clients 2", None),
    ("election-timeout 200ms..400ms", None),
    ("election-timeout never", Some("election-timeout never")),
    ("heartbeat 40ms", None),
    ("heartbeat never", Some("heartbeat never")),
    ("heartbeat 200ms", Some("heartbeat 200ms")),
    ("latency 15ms..25ms", None),
    ("latency 80ms..90ms", Some("latency 80ms..90ms")),
    ("loss 30%", Some("loss 30%")),
    ("duplicate 1%", Some("duplicate 1%")),
    ("fifo on", Some("fifo")),
    ("disk 5ms..10ms", Some("disk 5ms..10ms")),
    ("client-timeout 2s", Some("client-timeout 2s")),
    ("retry off", Some("retry off")),
    ("routing forward", Some("routing forward")),
    ("reads lease", Some("reads lease")),
    ("pre-vote on", Some("pre-vote")),
    ("check-quorum on", Some("check-quorum")),
    ("catch-up on", Some("catch-up")),
    ("snapshot-every 3", Some("snapshot-every 3")),
    ("max-entries 1", Some("max-entries 1")),
    ("max-inflight 2", Some("max-inflight 2")),
];

/// What stands until somebody ends it, and the label of its chip.
const STANDING: [(&str, &str); 14] = [
    ("rule one-vote off on s3", "one-vote off on S3"),
    ("skew s1 3", "S1 clock ×3"),
    ("disk 40ms..60ms on s2", "S2 disk 40–60 ms"),
    ("disk 0ms on s3", "S3 disk 0 ms"),
    ("cut s1 <-> s2", "1 link cut"),
    ("partition s1,s2 | others", "6 links cut"),
    ("cut c1 -> s1", "1 link cut"),
    ("link s1 -> s2 latency 40ms..60ms", "link s1 -> s2 latency 40ms..60ms"),
    ("link s1 <-> c1 loss 5%", "link s1 <-> c1 loss 5%"),
    ("drop all append from s1 to s3", "drop all append from s1 to s3"),
    ("delay next 9 vote by 50ms", "delay next 9 vote by 50ms"),
    ("load 50/s keys 3 writes 60%", "load 50/s keys 3 writes 60%"),
    ("whenever leader s1 do crash s1", "whenever leader s1 do crash s1"),
    ("every 500ms set tick tock", "every 500ms set tick tock"),
];

fn open(script: &str) -> Session {
    Session::open(script).unwrap_or_else(|errors| panic!("{script}: {errors:?}"))
}

fn labels(session: &Session) -> Vec<String> {
    deviations(session).into_iter().map(|deviation| deviation.label).collect()
}

/// Removes every deviation as a click on its chip does.
fn remove_all(session: &mut Session) {
    for _ in 0..10 {
        let Some(first) = deviations(session).into_iter().next() else { return };
        match first.removal {
            Removal::Act(act) => session.act(&act).expect("an act that is possible"),
            Removal::Line(line) => session.edit_line(line, None).expect("a line"),
            Removal::Impossible(reason) => panic!("{}: {reason}", first.label),
        }
    }
    panic!("deviations stay: {:?}", labels(session));
}

#[test]
fn plain_raft_has_no_chip() {
    assert_eq!(labels(&open("")), [""; 0]);
    assert_eq!(labels(&open("servers 9\nlatency 15ms..25ms\npreset production\n")), [""; 0]);
}

#[test]
fn every_setting_has_a_chip_or_is_left_open() {
    for (statement, label) in SETTINGS {
        let mut session = open(&format!("{statement}\n"));
        assert_eq!(labels(&session), Vec::from_iter(label), "{statement}");
        remove_all(&mut session);
        assert!(session.text().contains(statement), "the removal is recorded, not edited");
    }
}

/// Settings that a test of their own covers, or that say which cluster it is.
const ELSEWHERE: [&str; 5] = ["rule", "preset", "given", "joining", "learners"];

/// A new setting of the language fails here by its name.
#[test]
fn the_test_knows_every_setting_of_the_language() {
    let settings =
        USAGES.iter().filter(|usage| matches!(usage.group, Group::Head | Group::Setting));
    let settings: Vec<&str> = settings.map(|usage| usage.verb).collect();
    assert!(settings.len() > 20, "only {settings:?}");
    for name in settings {
        let known = SETTINGS.iter().any(|(line, _)| line.split(' ').next() == Some(name));
        assert!(known || ELSEWHERE.contains(&name), "no chip is decided for `{name}`");
    }
}

#[test]
fn every_rule_that_is_off_has_a_chip_and_comes_first() {
    for rule in Rule::ALL {
        let mut session = open(&format!("loss 1%\nrule {rule} off\n"));
        assert_eq!(labels(&session), [format!("{rule} off"), "loss 1%".to_owned()]);
        assert_eq!(deviations(&session)[0].rule(), Some(rule));
        remove_all(&mut session);
        assert!(session.text().contains(&format!("rule {rule} on")), "{}", session.text());
    }
}

#[test]
fn what_stands_has_a_chip_and_removing_it_is_recorded_and_undone() {
    for (statement, label) in STANDING {
        let mut session = open("clients 1\n");
        session.seek(50_000).expect("not far");
        session.exec(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
        assert_eq!(labels(&session), [label], "{statement}");
        remove_all(&mut session);
        assert!(session.undo(), "{statement}");
        assert_eq!(labels(&session), [label], "{statement}");
    }
}

#[test]
fn a_trigger_of_the_script_is_removed_with_its_line() {
    let mut session = open("latency 15ms..25ms\nwhen leader do crash leader\nrun 100ms\n");
    let _ = session.finish();
    assert_eq!(labels(&session), ["when leader do crash leader"]);
    remove_all(&mut session);
    assert_eq!(session.text(), "latency 15ms..25ms\nrun 100ms\n");
}

#[test]
fn messages_that_are_held_alone_are_released() {
    let mut session = open("latency 15ms..25ms\nhold next 2\nwait leader\n");
    let _ = session.finish();
    assert_eq!(labels(&session), ["2 messages held"]);
    assert!(matches!(deviations(&session)[0].removal, Removal::Act(Act::Release(None, _))));
    remove_all(&mut session);
    assert!(session.world().held().is_empty());
}

#[test]
fn given_logs_stay_for_a_reason() {
    let session = open("given s1 term 2 log 1 1\n");
    let found = deviations(&session);
    assert_eq!(found[0].label, "given logs");
    assert!(matches!(found[0].removal, Removal::Impossible(_)));
}

#[test]
fn a_timing_that_defies_the_requirement_ends_with_its_chip() {
    let mut session = open("election-timeout 20ms..25ms\n");
    assert_eq!(labels(&session), ["election-timeout 20ms..25ms"]);
    remove_all(&mut session);
    assert_eq!(labels(&session), [""; 0]);
}
