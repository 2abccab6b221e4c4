//! The run: the same script gives the same run, at any pace.

use raftarium::script::{Budget, Halt, Run, Script, parse};
use raftarium::sim::{Act, Event, EventKind, Loss, Recorder};

use crate::scripts::runnable;

fn script(text: &str) -> Script {
    parse(text).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

fn run(text: &str) -> Run {
    Run::new(script(text), &mut Recorder::off())
}

/// The failures of a script, as `line: text`.
fn failures(text: &str) -> Vec<String> {
    let report = run(text).finish(&mut Recorder::off());
    report.failures.iter().map(|failure| format!("{}: {}", failure.line, failure.text)).collect()
}

/// What identifies the end of a run.
fn end(run: &Run) -> (u64, u64, Vec<String>) {
    let failures = run.failures().iter().map(|failure| failure.text.clone()).collect();
    (run.world().now_us(), run.world().hash(), failures)
}

/// A busy script: faults, triggers, repeats, clients.
const BUSY: &str = "\
servers 5
clients 3
loss 2%
duplicate 2%
disk 0ms..3ms
load 40/s keys 3 writes 60%
every 700ms crash leader times 3
whenever not alive all and time >= 100ms do set crashed yes by c2
at 1200ms restart all
at 2500ms restart all
when term s1 >= 2 do pause s1 for 150ms
wait leader and agree within 30s
run 1500ms
partition s1,s2 | others
run 900ms
heal
restart all
load off
settle
expect safe
";

#[test]
fn the_same_script_twice_is_the_same_run() {
    let run = |mut recorder: Recorder| {
        let text = BUSY.replace("every 700ms crash leader times 3\n", "");
        let mut run = Run::new(script(&text), &mut recorder);
        run.finish(&mut recorder);
        end(&run)
    };
    assert_eq!(run(Recorder::on()), run(Recorder::on()));
    assert_eq!(run(Recorder::on()), run(Recorder::off()), "recording must not change the run");
}

#[test]
fn a_clone_goes_on_like_the_original() {
    let recorder = &mut Recorder::off();
    let text = BUSY.replace("every 700ms crash leader times 3\n", "");
    let mut whole = run(&text);
    whole.finish(recorder);
    let mut original = run(&text);
    for bites in 0.. {
        let mut clone = original.clone();
        clone.finish(recorder);
        assert_eq!(end(&clone), end(&whole), "cloned after {bites} bites");
        original.finish_within(Budget { steps: 100, ..Budget::UNLIMITED }, recorder);
        if original.finished() {
            assert!(bites > 2, "{bites} bites");
            break;
        }
    }
}

#[test]
fn small_steps_come_to_the_same_end() {
    let mut scripts = runnable();
    scripts.push(("busy".into(), script(BUSY)));
    for (name, script) in scripts {
        let mut at_once = Run::new(script.clone(), &mut Recorder::off());
        at_once.finish(&mut Recorder::off());
        let expected = end(&at_once);

        let mut by_steps = Run::new(script.clone(), &mut Recorder::off());
        while !by_steps.finished() {
            assert!(
                by_steps.step(&mut Recorder::off()),
                "{name}: a step does something until the end"
            );
        }
        assert_eq!(end(&by_steps), expected, "{name}, event by event");

        // In bites of 777 us. The last moment event by event: what else is due then happens after
        // the end of the script.
        let mut by_bites = Run::new(script, &mut Recorder::off());
        let mut time_us = 0;
        while time_us + 777 < expected.0 {
            time_us += 777;
            by_bites.run_until(time_us, &mut Recorder::off());
        }
        while !by_bites.finished() {
            by_bites.step(&mut Recorder::off());
        }
        assert_eq!(end(&by_bites), expected, "{name}, bite by bite");
    }
}

#[test]
fn another_seed_is_another_run() {
    let text = "wait leader\nrun 1s\n";
    let hash = |seed| {
        let mut run = Run::with_seed(script(text), seed, &mut Recorder::off());
        run.finish(&mut Recorder::off());
        run.world().hash()
    };
    assert_eq!(hash(None), hash(Some(1)), "the default seed is 1");
    assert_ne!(hash(Some(1)), hash(Some(2)));
}

#[test]
fn a_stop_halts_run_until_and_not_finish() {
    let text = "when leader do stop\nrun 1s\nstop\nrun 1s\n";
    let mut run = run(text);
    assert_eq!(run.run_until(10_000_000, &mut Recorder::off()), Halt::Breakpoint { line: 1 });
    assert!(run.world().leader().is_some());
    assert!(run.world().now_us() < 1_000_000);
    assert_eq!(run.run_until(10_000_000, &mut Recorder::off()), Halt::Breakpoint { line: 3 });
    assert_eq!(run.world().now_us(), 1_000_000);
    assert_eq!(run.run_until(10_000_000, &mut Recorder::off()), Halt::Reached);
    assert_eq!(run.world().now_us(), 10_000_000, "after its end the cluster goes on");
    let mut whole = self::run(text);
    assert!(whole.finish(&mut Recorder::off()).ok);
    assert_eq!(whole.world().now_us(), 2_000_000);
}

#[test]
fn a_violation_halts_run_until() {
    let text = "servers 3\nelection-timeout never\nrule majority off\ntimeout s1\nrun 5ms\n\
                isolate s1\ntimeout s1,s2\nrun 1s\nexpect violated election-safety\n";
    let mut run = run(text);
    assert_eq!(run.run_until(2_000_000, &mut Recorder::off()), Halt::Violation);
    let violations = run.cluster().violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].event, run.world().event(), "at once, not an event later");
    assert_eq!(run.run_until(2_000_000, &mut Recorder::off()), Halt::Reached);
    assert!(run.finished());
}

#[test]
fn an_answer_that_no_order_explains_halts_run_until() {
    let text = "servers 3\nelection-timeout never\nheartbeat never\nlatency 1ms\nretry off\n\
                reads local\ntimeout s1\nsettle\nset x 1 via s1\nsettle\nget x via s3\nrun 1s\n";
    let mut stopped = run(text);
    assert_eq!(stopped.run_until(2_000_000, &mut Recorder::off()), Halt::Violation);
    let (_, read) = stopped.world().newest_operation().expect("a read");
    let (answered_us, _) = read.answered.clone().expect("it is answered");
    assert_eq!(stopped.world().now_us(), answered_us, "at once");
    let found = failures(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("12: expected no violation, but linearizability was violated at"));
    assert!(found[0].contains("command 2 of C1 (`get x`)"), "{found:?}");
    assert!(found[0].contains("x already held `1`"), "{found:?}");
    assert!(failures(&format!("{text}expect violated linearizability\n")).is_empty());
    let denied = failures(&format!("{text}expect linearizable\n"));
    assert!(
        denied[0].contains("but command 2 of C1 (`get x`) is stale: it returned"),
        "{denied:?}"
    );
}

#[test]
fn a_history_that_cannot_be_judged_is_neither_linearizable_nor_not() {
    let swaps: String =
        (0..30).map(|number| format!("cas x {} {}\n", number % 4, number * 7 % 5)).collect();
    let text = format!(
        "servers 1\nclients 2\nwait leader\nhold reply to c1\n{swaps}set x 0 by c2\n\
         wait answer = ok\nget x by c2\nrun 1s\n"
    );
    for line in ["expect linearizable", "expect not linearizable"] {
        let found = failures(&format!("{text}{line}\n"));
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        let said = "but the history is undecided from command ";
        assert!(found[0].contains(said), "{found:?}");
    }
}

#[test]
fn a_step_is_a_statement_or_an_event() {
    let mut run = run("servers 3\ncrash s1\nrestart s1\nrun 1s\n");
    assert!(run.step(&mut Recorder::off()));
    assert!(!run.world().server(run.world().server_ids().iter().next().unwrap()).is_alive());
    assert_eq!(run.line(), 2);
    assert!(run.step(&mut Recorder::off()));
    assert_eq!((run.line(), run.world().now_us()), (3, 0));
    assert_eq!(run.next_due_us(), Some(0), "the `run` can begin at once");
}

#[test]
fn failures_say_what_was_found_instead() {
    let setup = "servers 3\nelection-timeout never\nheartbeat never\nlatency 1ms\n\
                 given s1 term 2 vote s2 log 1 2\n";
    for (line, found) in [
        ("expect log s1 = 1 3", "log s1 is 1 2"),
        ("expect log all = 1 2", "log s2 is none, log s3 is none"),
        ("expect term s1 > 2", "term s1 is 2"),
        ("expect not term s1 = 2", "term s1 is 2"),
        ("expect vote s1 = none", "vote s1 is s2"),
        ("expect vote s2 = s1", "vote s2 is none"),
        ("expect commit s1 >= 1", "commit s1 is 0"),
        ("expect last-index all = 2", "last-index s2 is 0, last-index s3 is 0"),
        ("expect leader", "in the highest term, 2, s1 is follower"),
        ("expect leaders = s1,s2", "leaders are none"),
        ("expect role s1 leader", "role s1 is follower"),
        ("expect crashed s1", "s1 is alive"),
        ("expect paused s1,s2", "s1 is not paused, s2 is not paused"),
        (
            "expect value k = v",
            "value k on s1 is none, value k on s2 is none, value k on s3 is none",
        ),
        ("expect value k = v on s2", "value k on s2 is none"),
        ("expect not value k = none on s2", "value k on s2 is none"),
        ("expect members s1 = s1", "members s1 is s1,s2,s3"),
        ("expect match s1 s2 >= 0", "s1 does not lead"),
        ("expect next leader s2 = 1", "there is no leader"),
        ("expect commit s1 = last-index s1", "commit s1 is 0, and last-index s1 is 2"),
        ("expect commit s1 = match s2 s1", "commit s1 is 0, and s2 does not lead"),
        ("expect held append to s2", "no append to s2 is held"),
        ("expect in-flight append prev = 2", "no append is in flight"),
        ("expect answer = ok", "no client has sent a command"),
        ("expect not agree", "s1,s2,s3 agree"),
        ("expect not safe", "no property has been violated"),
        ("expect violated log-matching", "no property has been violated"),
        ("expect violated linearizability", "the history is linearizable"),
        ("expect not linearizable", "the history is linearizable"),
        ("expect time = 5s", "time is 0ms"),
        ("expect safe and term s1 = 1 and term s2 = 5", "term s1 is 2 and term s2 is 0"),
        ("expect commit leader = 1", "there is no leader"),
    ] {
        let asked = line.strip_prefix("expect ").expect("an expectation");
        let expected = format!("6: expected {asked}, but {found}");
        assert_eq!(failures(&format!("{setup}{line}\n")), [expected]);
    }
}

#[test]
fn conditions_read_the_disks_of_crashed_servers_if_none_is_alive() {
    let text = "servers 3\nelection-timeout never\nheartbeat never\n\
                given s1 term 2 vote s1 log 1 2 commit 1\ncrash s1\n\
                expect term s1 = 2 and vote s1 = s1 and log s1 = 1 2 and last-index s1 = 2\n\
                expect term all = 0\n\
                expect role s1 follower\nexpect commit s1 = 1\nexpect value k = none on s1\n";
    assert_eq!(
        failures(text),
        [
            "8: expected role s1 follower, but s1 has crashed",
            "9: expected commit s1 = 1, but s1 has crashed",
            "10: expected value k = none on s1, but s1 has crashed",
        ]
    );
}

#[test]
fn a_statement_that_fails_ends_the_script_and_names_the_line() {
    let leaderless = "servers 3\nelection-timeout never\n";
    let because = "but there is no leader at this moment";
    assert_eq!(
        failures(&format!("{leaderless}crash leader\nexpect not safe\n")),
        [format!("3: expected to do `crash leader`, {because}")]
    );
    assert_eq!(
        failures(&format!("{leaderless}at 5ms pause leader\nrun 1s\nexpect not safe\n")),
        [format!("3: expected to do `pause leader`, {because}")]
    );
    assert_eq!(
        failures(&format!("{leaderless}when time >= 2s do beat leader\nrun 3s\n")),
        [format!("3: expected to do `beat leader`, {because}")]
    );
    assert_eq!(
        failures(&format!("{leaderless}run 10ms\nat 5ms heal\n")),
        ["4: expected a time in the future, but 5ms is past: time is 10ms"]
    );
    assert_eq!(
        failures(&format!("{leaderless}wait leader within 1s\nexpect not safe\n")),
        ["3: expected leader within 1s, but in the highest term, 0, s1 is follower, s2 is \
          follower, s3 is follower"]
    );
}

#[test]
fn an_action_that_its_roles_make_impossible_ends_the_script() {
    let led = "servers 3\nelection-timeout never\ntimeout s1\nsettle\n";
    let cases = [
        ("cut leader -> s1", "both ends are s1, and a server has no link to itself"),
        ("cut s1 <-> leader", "both ends are s1, and a server has no link to itself"),
        ("heal leader <-> s1", "both ends are s1, and a server has no link to itself"),
        (
            "hold all append from leader to s1",
            "both ends are s1, and a server has no link to itself",
        ),
        (
            "partition leader | s1,s2 | s3",
            "s1 would be in two groups; a server is in one group of a partition",
        ),
        (
            "partition s2 | followers",
            "s2 would be in two groups; a server is in one group of a partition",
        ),
        ("transfer followers", "one server is needed here, and 2 are meant: s2,s3"),
        ("set x 1 via followers", "one server is needed here, and 2 are meant: s2,s3"),
    ];
    for (line, because) in cases {
        let found = failures(&format!("{led}{line}\nexpect not safe\n"));
        assert_eq!(found, [format!("5: expected to do `{line}`, but {because}")]);
    }
    let alone = failures(&format!("{led}crash s2,s3\nremove followers\nexpect not safe\n"));
    let because = "one server is needed here, and there is none";
    assert_eq!(alone, [format!("6: expected to do `remove followers`, but {because}")]);
    // A group that happens to have one server, or none, changes nothing.
    let small = "cut followers <-> followers\ndrop from all to all\ncrash s2\n\
                 cut followers <-> followers\ntransfer followers\ncrash s3\n\
                 partition leader | followers\n";
    assert_eq!(failures(&format!("{led}{small}")), [""; 0]);
}

#[test]
fn an_unexpected_violation_fails_the_script() {
    let split = "servers 3\nelection-timeout never\nheartbeat never\nlatency 1ms\n\
                 rule one-vote off\nrule leader-noop off\n\
                 partition s1,s3 | s2\ntimeout s1\nsettle\n\
                 partition s2,s3 | s1\ntimeout s2\nsettle\n";
    let found = failures(split);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("expected no violation, but election-safety was violated at 6ms"),
        "{found:?}"
    );
    assert!(failures(&format!("{split}expect violated election-safety\n")).is_empty());
    let denied = failures(&format!("{split}expect safe\n"));
    assert!(denied[0].starts_with("13: expected safe, but election-safety was"), "{denied:?}");
}

#[test]
fn a_script_that_never_lets_time_pass_fails() {
    let chase = "servers 1\nwhenever alive s1 do crash s1\nwhenever crashed s1 do restart s1\n\
                 run 1s\n";
    let found = failures(chase);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("without time passing"), "{found:?}");

    let restless = failures("servers 3\nload 1000/s\nsettle within 300ms\n");
    assert_eq!(restless.len(), 1);
    assert!(restless[0].contains("expected the cluster to settle within 300ms"), "{restless:?}");
}

#[test]
fn a_condition_on_the_time_holds_exactly_at_its_moment() {
    let text = "servers 3\nelection-timeout never\nwhen time >= 1234us do crash s2\n\
                wait time > 5ms\n";
    let mut run = run(text);
    run.run_until(1_233, &mut Recorder::off());
    assert_eq!(run.world().alive().len(), 3);
    run.run_until(1_234, &mut Recorder::off());
    assert_eq!(run.world().alive().len(), 2);
    run.finish(&mut Recorder::off());
    assert_eq!(run.world().now_us(), 5_001);
}

#[test]
fn messages_that_wait_at_a_paused_server_are_reported_lost_when_it_crashes() {
    let text = "servers 2\nelection-timeout never\nlatency 1ms\npause s2\ntimeout s1\ntimeout s1\n\
                run 10ms\ncrash s2\n";
    let mut recorder = Recorder::on();
    let mut run = Run::new(script(text), &mut recorder);
    run.finish(&mut recorder);
    let events: Vec<_> = recorder.journal().events().collect();
    let acted = |event: &&&Event| matches!(event.kind, EventKind::Acted(Act::Crash(_)));
    let crash = events.iter().find(acted).expect("the crash").id;
    let lost = events.iter().filter(|event| {
        matches!(event.kind, EventKind::Lost(_, Loss::Crashed)) && event.cause == Some(crash)
    });
    assert_eq!(lost.count(), 2, "{events:?}");
}
