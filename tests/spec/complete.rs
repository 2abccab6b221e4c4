//! Completion in the console.

use raftarium::check::Property;
use raftarium::raft::{Kind, Reads, Rule};
use raftarium::script::{
    CONDITIONS, CONSOLE_WORDS, Completions, Group, Run, USAGES, complete, parse, parse_statement,
    topics,
};
use raftarium::sim::Recorder;

use crate::dice::Dice;
use crate::statements::random_script;

fn world_of(text: &str) -> Run {
    let mut runner = Run::new(
        parse(text).unwrap_or_else(|errors| panic!("{}", errors[0])),
        &mut Recorder::off(),
    );
    runner.finish(&mut Recorder::off());
    runner
}

fn some_world() -> Run {
    world_of(
        "servers 4\nclients 2\nelection-timeout never\ntimeout s2\nsettle\nset key 1\nset other 2\n\
         run 100ms\ncrash s3\n",
    )
}

fn words(found: &Completions) -> Vec<&str> {
    found.options.iter().map(|option| option.text.as_str()).collect()
}

/// These are exactly the options for a line.
#[track_caller]
fn offers(line: &str, expected: &str) {
    let found = complete(line, some_world().world());
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(words(&found), expected, "{line:?}");
}

/// These are among the options for a line.
#[track_caller]
fn offers_all<'a>(line: &str, expected: impl IntoIterator<Item = &'a str>) {
    let found = complete(line, some_world().world());
    for word in expected {
        assert!(words(&found).contains(&word), "{line:?} lacks {word}: {:?}", words(&found));
    }
}

#[test]
fn a_line_begins_with_any_word_that_can_be_typed() {
    let typed = |group| !matches!(group, Group::Head);
    let verbs = USAGES.iter().filter(|usage| typed(usage.group)).map(|usage| usage.verb);
    offers_all("", verbs.filter(|verb| !["by-hand", "stop", "answers", "claim"].contains(verb)));
    offers_all("  ", CONSOLE_WORDS.iter().map(|usage| usage.verb));
    offers("cr", "crash");
    offers("crash", "");
    offers("crsh", "crash");
    offers("par", "partition");
    offers("set", "set settle setval");
    offers("banana", "");
    offers("servers", "");
}

#[test]
fn existing_servers_are_offered_with_their_states() {
    let servers = "all leader followers others s1 s2 s3 s4";
    offers("crash ", servers);
    offers("crash s", "s1 s2 s3 s4");
    offers("crash s1,", "s2 s3 s4");
    offers("crash s1,s2,", "s3 s4");
    offers("crash s1, ", "s1 s2 s3 s4");
    offers("connect ", "s1 s2 s3 s4");
    offers("connect s1 ", "");
    offers("point s", "s1 s2 s3 s4");
    offers("set x 1 by ", "c1 c2");
    offers("set x 1 via ", "leader followers s1 s2 s3 s4");
    offers("transfer ", "leader followers s1 s2 s3 s4");
    offers("pause s1 ", "for");
    offers("partition s1 ", "|");
    offers("partition s1 | ", "leader followers others s2 s3 s4");
    offers("cut s1 ", "<-> ->");
    offers("cut s1 -", "->");
    offers("cut s1 -> s", "s2 s3 s4");
    offers("cut s1,s2 -> s", "s1 s2 s3 s4");
    offers("inject vote from s2 to ", "s1 s3 s4");
    offers_all("cut s1 -> ", ["c1", "c2", "others"]);
    let found = complete("crash s", some_world().world());
    assert_eq!(found.options[1].what, "leader, term 1");
    assert_eq!(found.options[2].what, "crashed, term 1");
}

#[test]
fn options_depend_on_the_statement() {
    let conditions = || CONDITIONS.iter().map(|usage| usage.verb);
    for line in ["wait ", "expect ", "when ", "whenever ", "expect not ", "goal ", "wait safe and "]
    {
        offers_all(line, conditions());
    }
    offers_all("when leader do ", ["crash", "set", "rule", "stop", "loss"]);
    offers_all("at 5s ", ["crash", "every", "when", "whenever"]);
    offers_all("every 5s cr", ["crash"]);
    offers("when leader s1 ", "and do");
    offers("wait leader s1 ", "and within");
    offers_all("wait leader ", ["and", "within", "s1"]);
    offers_all("rule ", Rule::ALL.map(Rule::name));
    offers("rule one-vote ", "on off");
    offers("rule one-vote off ", "on");
    offers("rule one-vote off on ", "s1 s2 s3 s4");
    offers("preset ", "paper testing production fastapi-raft");
    offers_all("reads ", Reads::ALL.map(Reads::name));
    offers("routing f", "forward");
    offers("fifo ", "on off");
    offers_all("expect violated ", Property::ALL.map(Property::name));
    offers("expect violated leader-", "leader-append-only leader-completeness");
    offers_all("hold all ", Kind::ALL.map(Kind::name));
    offers_all("hold ", ["next", "all", "append", "from", "to"]);
    offers("delay all append to s1 ", "from by");
    offers("expect term s1 ", "= != <= < >= >");
    offers("expect term s1 >", ">= >");
    offers("expect term s1 > ", "term last-index commit applied snapshot match next");
    offers("expect match s1 s2 = ma", "match");
    offers_all("expect held ", ["append", "from", "to", "prev", "and"]);
    offers_all("expect held vote ", ["from", "to", "and"]);
    offers("expect role s1 ", "follower pre-candidate candidate leader learner");
    offers("expect answer = ", "ok none not-leader timeout failed expired");
    offers("expect vote s1 = ", "none s1 s2 s3 s4");
    offers("get ", "key other");
    offers("getval ", "key other");
    offers("read o", "other");
    offers_all("expect value ", ["key", "other"]);
    offers_all("help ", topics().iter().map(|topic| topic.word));
    offers("help prev", "prev-log-check");
}

#[test]
fn a_hint_describes_values_that_no_list_can_hold() {
    let hint = |line| complete(line, some_world().world()).hint;
    assert_eq!(hint("run "), "run D: here a duration such as 50ms");
    assert_eq!(hint("run 5"), "run D: here a duration such as 50ms");
    assert_eq!(hint("latency "), "latency A..B: here a range such as 150ms..300ms");
    assert_eq!(hint("set x "), "set K V [via SERVER] [by CLIENT]: here a value");
    assert_eq!(hint("crash "), "crash SET");
    assert_eq!(hint("setval "), "setval K V");
    assert_eq!(hint(""), "");
}

#[test]
fn nothing_is_offered_in_texts_and_comments_or_after_nonsense() {
    for line in ["say \"cr", "say \"x\"", "# cr", "crash s1 # c", "nonsense ", "crash s1 s2 "] {
        assert_eq!(complete(line, some_world().world()).options, [], "{line:?}");
    }
}

/// The parser accepts every suggestion at its place.
#[test]
fn every_suggestion_parses() {
    let runner = some_world();
    let world = runner.world();
    let lines = topics().into_iter().map(|topic| topic.example);
    let mut tried = 0;
    for line in lines {
        let ends = line.char_indices().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at + 1);
        for end in ends.chain([0]) {
            let head = &line[..end];
            if head.starts_with("help")
                || CONSOLE_WORDS.iter().any(|word| head.starts_with(word.verb))
            {
                continue;
            }
            let found = complete(head, world);
            for option in &found.options {
                if end == 0 && CONSOLE_WORDS.iter().any(|usage| usage.verb == option.text) {
                    continue;
                }
                let typed = format!("{}{}", &head[..found.from], option.text);
                if let Err(error) = parse_statement(&typed, 4, 2) {
                    let column = typed[..found.from].chars().count() as u32 + 1;
                    assert!(error.column > column, "{typed:?}: {}", error.message());
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "only {tried} words were tried");
}

#[test]
fn any_line_can_be_completed() {
    let runner = some_world();
    for seed in 0..500 {
        let text = random_script(&mut Dice::new(seed)).to_string();
        for line in text.lines() {
            for end in line.char_indices().map(|(at, _)| at).chain([line.len()]) {
                let found = complete(&line[..end], runner.world());
                assert!(found.from <= end, "{line:?}");
                assert!(line.is_char_boundary(found.from), "{line:?}");
            }
        }
    }
}
