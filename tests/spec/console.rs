//! The console: what is typed, and what it answers.

use raftarium::script::{Runner, parse};

fn runner(text: &str) -> Runner {
    Runner::new(parse(text).unwrap_or_else(|errors| panic!("{}", errors[0])))
}

/// A settled cluster of three that s1 leads.
fn led_by_s1() -> Runner {
    let mut runner = runner(
        "servers 3\nelection-timeout never\nlatency 1ms\ntimeout s1\nsettle\nbeat s1\nsettle\n",
    );
    assert!(runner.run_to_end().ok);
    runner
}

#[test]
fn statements_are_done_now() {
    let mut runner = led_by_s1();
    assert_eq!(runner.exec("crash s3"), Ok("Crash of s3, time is 6ms".to_owned()));
    assert_eq!(runner.world().alive().len(), 2);
    assert_eq!(runner.exec("expect crashed s3"), Ok("it holds".to_owned()));
    assert_eq!(
        runner.exec("expect crashed s2"),
        Err("expected crashed s2, but s2 is alive".to_owned())
    );
    assert_eq!(runner.exec("run 10ms"), Ok("time is 16ms".to_owned()));
    assert!(runner.exec("set x 3").is_ok());
    assert_eq!(runner.exec("wait answer = ok"), Ok("time is 20ms".to_owned()));
    assert_eq!(runner.exec("latency 2ms"), Ok("`latency 2ms..2ms`: done, time is 20ms".to_owned()));
    assert_eq!(runner.exec(""), Ok("".to_owned()));
    assert_eq!(
        runner.exec("wait role s2 leader within 5ms"),
        Err("expected role s2 leader within 5ms, but role s2 is follower".to_owned())
    );
}

#[test]
fn triggers_and_timed_acts_can_be_typed() {
    let mut runner = led_by_s1();
    let now_us = runner.world().now_us();
    assert!(runner.exec("when crashed s2 do restart s2").is_ok());
    assert!(runner.exec("crash s2").is_ok());
    assert_eq!(runner.world().alive().len(), 3, "the trigger fired");
    assert!(runner.exec("at 20ms crash s3").is_ok());
    assert!(runner.exec("run 1s").is_ok());
    assert_eq!(runner.world().alive().len(), 2);
    assert!(runner.world().now_us() >= now_us + 1_000_000);
    assert!(runner.exec("at 1ms heal").is_err_and(|text| text.contains("1ms is past")));
}

#[test]
fn what_is_wrong_is_said() {
    let mut runner = led_by_s1();
    for (line, answer) in [
        ("crsh s1", "column 1: expected a statement, found `crsh`; did you mean `crash`?"),
        ("staus", "column 1: expected a statement, found `staus`; did you mean `status`?"),
        (
            "crash s7",
            "column 7: expected one of the 3 servers of this cluster, `s1` to `s3`, found `s7`",
        ),
        (
            "servers 5",
            "`servers 5` stands at the head of a script, before time 0: change the script",
        ),
        ("getval", "expected `getval K`"),
        ("connect s9", "expected one of s1,s2,s3, found `s9`"),
        ("suspend 3", "no server is connected: `connect s1` first, or `pause s1 for 3s`"),
        ("help crsh", "no statement begins with `crsh`; did you mean `crash`?"),
    ] {
        assert_eq!(runner.exec(line), Err(answer.to_owned()), "{line}");
    }
    assert!(runner.failures().is_empty(), "what is typed wrong is no failure of the script");
}

#[test]
fn words_of_other_tools_are_understood() {
    let mut runner = led_by_s1();
    assert_eq!(runner.exec("getleader"), Ok("s1 leads in term 1".to_owned()));
    assert_eq!(runner.exec("setval x 3"), Ok("ok".to_owned()));
    assert_eq!(runner.exec("getval x"), Ok("3".to_owned()));
    assert_eq!(runner.exec("write y \"two words\""), Ok("ok".to_owned()));
    assert_eq!(runner.exec("read y"), Ok("two words".to_owned()));
    assert_eq!(runner.exec("read z"), Ok("none".to_owned()));
    assert_eq!(runner.exec("connect s2"), Ok("connected to s2".to_owned()));
    assert_eq!(runner.exec("read x"), Ok("3".to_owned()), "redirected to the leader");
    assert!(runner.exec("suspend 3").is_ok_and(|text| text.starts_with("Pause of s2 for 3s")));
    let status = runner.exec("status").expect("a status");
    let lines: Vec<&str> = status.lines().collect();
    assert!(lines[0].starts_with("s1: leader, term 1, vote s1, last index 3"), "{status}");
    assert!(lines[1].starts_with("s2: paused, term 1"), "{status}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn help_knows_every_statement() {
    let mut runner = led_by_s1();
    let help = runner.exec("help").expect("help");
    for usage in raftarium::script::USAGES {
        assert!(help.split_whitespace().any(|word| word == usage.verb), "{}", usage.verb);
        let line = runner.exec(&format!("help {}", usage.verb)).expect("a line of help");
        assert!(line.starts_with(usage.verb) && line.ends_with(usage.what), "{line}");
    }
}

#[test]
fn the_script_goes_on_while_the_console_lets_time_pass() {
    let mut runner = runner("servers 3\nrun 1s\ncrash s2\nrun 1s\n");
    assert_eq!(runner.exec("run 1500ms"), Ok("time is 1.5s".to_owned()));
    assert_eq!(runner.world().alive().len(), 2);
    assert!(!runner.finished());
}
