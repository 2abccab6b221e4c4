//! The console: lines and their answers.

use raftarium::script::{CONSOLE_WORDS, HelpTopic, Session, parse, topics};

fn session(text: &str) -> Session {
    Session::open(text).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

/// A settled cluster of three, led by s1.
fn led_by_s1() -> Session {
    let mut session = session(
        "servers 3\nelection-timeout never\nlatency 1ms\ntimeout s1\nsettle\nbeat s1\nsettle\n",
    );
    assert!(session.finish().ok);
    session
}

#[test]
fn statements_run_at_once() {
    let mut session = led_by_s1();
    assert_eq!(session.exec("crash s3"), Ok("Crash S3, time is 6ms".to_owned()));
    assert_eq!(session.world().alive().len(), 2);
    assert_eq!(session.exec("expect crashed s3"), Ok("it holds".to_owned()));
    assert_eq!(
        session.exec("expect crashed s2"),
        Err("expected crashed s2, but s2 is alive".to_owned())
    );
    assert_eq!(session.exec("run 10ms"), Ok("time is 16ms".to_owned()));
    assert!(session.exec("set x 3").is_ok());
    assert_eq!(session.exec("wait answer = ok"), Ok("time is 20ms".to_owned()));
    assert_eq!(
        session.exec("latency 2ms"),
        Ok("done: `latency 2ms..2ms`, time is 20ms".to_owned())
    );
    assert_eq!(session.exec(""), Ok("".to_owned()));
    assert_eq!(
        session.exec("wait role s2 leader within 5ms"),
        Err("expected role s2 leader within 5ms, but role s2 is follower".to_owned())
    );
}

#[test]
fn triggers_and_timed_actions_can_be_typed() {
    let mut session = led_by_s1();
    let now_us = session.world().now_us();
    assert!(session.exec("when crashed s2 do restart s2").is_ok());
    assert!(session.exec("crash s2").is_ok());
    assert_eq!(session.world().alive().len(), 3, "the trigger fired");
    assert!(session.exec("at 20ms crash s3").is_ok());
    assert!(session.exec("run 1s").is_ok());
    assert_eq!(session.world().alive().len(), 2);
    assert!(session.world().now_us() >= now_us + 1_000_000);
    assert!(session.exec("at 1ms heal").is_err_and(|text| text.contains("1ms is past")));
}

#[test]
fn wrong_lines_are_answered_with_the_reason() {
    let mut session = led_by_s1();
    for (line, answer) in [
        ("crsh s1", "column 1: expected a statement, found `crsh`; did you mean `crash`?"),
        ("staus", "column 1: expected a statement, found `staus`; did you mean `status`?"),
        (
            "crash s7",
            "column 7: expected one of the 3 servers of this cluster, `s1` to `s3`, found `s7`",
        ),
        (
            "servers 5",
            "`servers 5` belongs at the head of a script, before time 0: edit the script",
        ),
        ("getval", "expected `getval K`"),
        ("connect s9", "expected one of s1,s2,s3, found `s9`"),
        ("suspend 3", "no server is connected: type `connect s1` first, or `pause s1 for 3s`"),
        ("help crsh", "`crsh` is not a word of the language; did you mean `crash`?"),
        ("help nonsense", "`nonsense` is not a word of the language; `help` lists all"),
    ] {
        assert_eq!(session.exec(line), Err(answer.to_owned()), "{line}");
    }
    assert!(session.run().failures().is_empty(), "a wrong line is no failure of the script");
}

#[test]
fn commands_of_other_tools_are_understood() {
    let mut session = led_by_s1();
    assert_eq!(session.exec("getleader"), Ok("S1 leads in term 1".to_owned()));
    assert_eq!(session.exec("setval x 3"), Ok("ok".to_owned()));
    assert_eq!(session.exec("getval x"), Ok("3".to_owned()));
    assert_eq!(session.exec("write y \"two words\""), Ok("ok".to_owned()));
    assert_eq!(session.exec("read y"), Ok("two words".to_owned()));
    assert_eq!(session.exec("read z"), Ok("none".to_owned()));
    assert_eq!(session.exec("connect s2"), Ok("connected to S2".to_owned()));
    assert_eq!(session.exec("read x"), Ok("3".to_owned()), "redirected to the leader");
    assert!(session.exec("suspend 3").is_ok_and(|text| text.starts_with("Pause S2 for 3s")));
    let status = session.exec("status").expect("a status");
    let lines: Vec<&str> = status.lines().collect();
    assert!(lines[0].starts_with("S1: leader, term 1, vote S1, last index 3"), "{status}");
    assert!(lines[1].starts_with("S2: paused, term 1"), "{status}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn help_lists_every_word_and_every_example_parses() {
    let mut session = led_by_s1();
    let help = session.exec("help").expect("help");
    let topics = topics();
    assert!(topics.len() > 110, "only {} topics", topics.len());
    for topic in &topics {
        let HelpTopic { word, form, what, example } = topic;
        assert!(help.split_whitespace().any(|known| known == *word), "{word} is not listed");
        let said = session.exec(&format!("help {word}")).expect("an explanation");
        let shown = format!("{form}\n{what}\nfor example: {example}");
        assert!(said.contains(&shown), "{said}");
        assert!(example.split([' ', '=']).any(|part| part == *word), "`{example}` lacks {word}");
        if CONSOLE_WORDS.iter().any(|usage| usage.verb == *word && usage.example == example) {
            let answer = session.exec(example);
            let is_known = answer.as_ref().err().is_none_or(|error| !error.contains("expected"));
            assert!(is_known, "{example}: {answer:?}");
        } else {
            let clients = if example.starts_with("clients") { "" } else { "clients 2\n" };
            let below = ["answers", "claim"].contains(word);
            let by_hand = if below { "by-hand\n" } else { "" };
            let script = format!("{clients}{by_hand}{example}\n");
            parse(&script).unwrap_or_else(|errors| panic!("{example}: {}", errors[0]));
        }
    }
}

#[test]
fn help_explains_rules_and_both_meanings_of_a_word() {
    let mut session = led_by_s1();
    assert_eq!(
        session.exec("help prev-log-check").expect("help"),
        "rule prev-log-check on|off [on SERVER]\nthe rule: AppendEntries must match at \
         prevLogIndex; without it: logs diverge\nfor example: rule prev-log-check off"
    );
    let said = session.exec("help snapshot").expect("help");
    assert!(said.contains("compacts its log now") && said.contains("0 without one"), "{said}");
}

#[test]
fn a_line_that_would_never_end_stops_at_a_limit() {
    let mut session = session("servers 3\nlatency 0ms\nevery 1us beat leader\n");
    for line in ["run 100000000s", "wait crashed s1 within 100000000s"] {
        let answer = session.exec(line).expect_err("it would take hours");
        assert!(answer.contains("less than 3000000 events"), "{answer}");
    }
}

#[test]
fn a_script_that_does_not_end_is_reported() {
    let mut session = Session::open("servers 3\nrun 100000000s\n").expect("parses");
    let report = session.finish();
    assert!(!report.ok);
    assert_eq!(report.failures[0].line, 2);
    assert!(report.failures[0].text.contains("before the end"), "{}", report.failures[0].text);
}

/// Console commands are recorded like any action, so the session is a script that reaches the same
/// state.
#[test]
fn a_session_of_console_commands_replays_to_the_same_hash() {
    let mut session = Session::open("servers 3\nclients 2\n").expect("parses");
    let lines = [
        "getval x",
        "wait leader",
        "connect s2",
        "setval x 3",
        "suspend 1",
        "status",
        "getleader",
        "read x",
        "crash s2",
        "write \"a key\" \"two words\"",
        "suspend 2",
        "restart s2",
        "read \"a key\"",
        "run 1s",
    ];
    for line in lines {
        // Without a leader, or from a paused or crashed server, an answer may not come in time.
        if let Err(error) = session.exec(line) {
            assert!(
                error.contains("no answer yet") || error.contains("timeout"),
                "{line}: {error}"
            );
        }
    }
    assert!(session.done_actions().len() >= 8, "{:?}", session.done_actions());
    let (time_us, hash) = (session.world().now_us(), session.world().hash());
    let mut again = Session::open(&session.text()).expect("its text parses");
    again.seek(time_us).expect("not far");
    assert_eq!(again.world().hash(), hash, "{}", session.text());
}

#[test]
fn without_a_leader_the_answers_say_so() {
    let mut session = session("servers 3\nelection-timeout never\n");
    assert_eq!(session.exec("getleader"), Ok("no leader".to_owned()));
    let answer = session.exec("getval x").expect_err("nobody can answer");
    assert_eq!(answer, "no answer yet, time is 10s");
    assert_eq!(session.exec("connect s2"), Ok("connected to S2".to_owned()));
    assert!(session.exec("crash s2").is_ok());
    assert!(session.exec("read x").is_err());
    assert!(session.exec("suspend 1").is_ok(), "a crashed server: nothing changes");
    assert!(session.exec("status").is_ok_and(|text| text.contains("S2: crashed")));
}

#[test]
fn the_script_continues_while_the_console_advances_time() {
    let mut session = session("servers 3\nrun 1s\ncrash s2\nrun 1s\n");
    assert_eq!(session.exec("run 1500ms"), Ok("time is 1.5s".to_owned()));
    assert_eq!(session.world().alive().len(), 2);
    assert!(!session.run().finished());
}
