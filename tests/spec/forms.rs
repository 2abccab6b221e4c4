//! Every form of every word of the language is parsed, printed, and parsed to the same tree again.

use raftarium::check::Property;
use raftarium::raft::{Kind, Rule};
use raftarium::script::{ParseError, parse};

/// Lines for the head of a script, with `|` between alternatives. The clusters have nine servers
/// and nine clients.
const HEAD: &[&str] = &[
    "servers 1|2|9",
    "seed 0|1|18446744073709551615",
    "clients 0|1|9",
    "given s1",
    "given s1 term 3",
    "given s1 vote s2",
    "given s1 log 1 1 2",
    "given s1 log 1 commit 1",
    "given s1 term 4 vote s1 log 1 1 4 commit 2",
    "joining s5",
    "joining s5,s6",
    "learners s4",
    "learners s4, s5",
];

/// Settings: at the head, later, and in scheduled actions.
const SETTINGS: &[&str] = &[
    "election-timeout 150ms..300ms|150ms|never",
    "heartbeat 50ms|1us|never",
    "latency 5ms..15ms|0ms|1.5s..2m",
    "loss 0%|5%|0.5%|100%",
    "duplicate 0%|5%|100%",
    "fifo on|off",
    "disk 0ms|1ms..3ms",
    "disk 0ms|40ms|1ms..3ms|default on s3",
    "client-timeout 1s|never",
    "retry on|off",
    "routing redirect|forward|leader",
    "reads local|leader|log|lease|read-index",
    "pre-vote on|off",
    "check-quorum on|off",
    "catch-up on|off",
    "snapshot-every 1|100|off",
    "max-entries 1|64",
    "max-inflight 1|8",
    "preset paper|testing|production|fastapi-raft",
];

const ACTS: &[&str] = &[
    "crash SET",
    "restart SET",
    "pause SET",
    "pause SET for 150us",
    "suspend SET",
    "suspend SET for 1.5s",
    "resume SET",
    "wipe SET",
    "skew s1 0.1|1|1.5|10",
    "timeout SET",
    "beat SET",
    "cut SET -> OTHER",
    "cut SET <-> OTHER",
    "cut c1 <-> s1",
    "cut s1,c2 -> SET",
    "partition s1|s1,s3|leader|followers|others \\| s2",
    "partition s2 \\| s1|s1,s3|leader|followers|others",
    "partition s1 \\| s2 \\| others",
    "isolate SET",
    "heal",
    "heal SET <-> OTHER",
    "heal c1 <-> s1",
    "drop|hold|duplicate",
    "drop|hold|duplicate next 3",
    "drop|hold|duplicate all",
    "drop|hold|duplicate KIND",
    "drop|hold|duplicate all KIND from SET",
    "drop|hold|duplicate next 2 KIND from SET to OTHER",
    "drop|hold|duplicate to SET",
    "delay by 20ms",
    "delay all KIND from SET to OTHER by 20ms",
    "release|discard",
    "release|discard next 2",
    "release|discard KIND",
    "release|discard next 1 KIND from SET to OTHER",
    "drop|hold|duplicate|release in-flight",
    "duplicate|release|discard held",
    "drop|hold|duplicate|release in-flight KIND from SET to OTHER",
    "drop|hold|duplicate|release 1st|2nd|3rd|11th|4294967295th in-flight KIND from SET to OTHER",
    "duplicate|release|discard 2nd held KIND from SET to OTHER",
    "delay in-flight|held KIND from SET to OTHER by 20ms",
    "delay 3rd in-flight|held by 1us",
    "resend in-flight|held|delivered|lost KIND from SET to OTHER after 200ms",
    "resend 12th in-flight|held|delivered|lost from c1 to s2 after 1us",
    "link SET -> OTHER latency 40ms|40ms..60ms|0ms|default",
    "link SET <-> OTHER loss 0%|30%|100%|default",
    "link SET <-> OTHER latency 40ms..60ms|default loss 0.5%|default",
    "link SET -> OTHER loss 30%|default latency 1us|default",
    "link c1 <-> s1 latency 1s",
    "inject pre-vote from s1 to s2 term 3 last 2/1",
    "inject pre-vote-reply from s1 to s2 term 3 granted|rejected",
    "inject request-vote from s1 to s2 term 3 last 2/1",
    "inject vote from s1 to s2 term 3 granted|rejected",
    "inject append from s1 to s2",
    "inject append from s1 to s2 term 3 prev 2/2 entries 3 3 commit 3",
    "inject append-reply from s1 to s2 term 3 prev 2/2 last 2/2 granted|rejected",
    "inject install-snapshot from s1 to s2 term 3 last 2/2",
    "inject snapshot-reply from s1 to s2 term 3 last 2/2 granted|rejected",
    "inject timeout-now from s1 to s2 term 3",
    "set k v",
    "set \"a key\" \"a \\\"value\\\" \\\\\"",
    "set k v via ONE",
    "set k v by c2",
    "set k v via s1 by c2",
    "get k",
    "get k via ONE by c1",
    "delete k",
    "delete k via s1 by c1",
    "cas k old new",
    "cas k old new via s1 by c1",
    "load 20/s",
    "load 20/s keys 3",
    "load 20/s writes 50%",
    "load 20/s keys 3 writes 0%",
    "load off",
    "transfer ONE",
    "add ONE",
    "add ONE learner",
    "remove ONE",
    "promote ONE",
    "members SET",
    "snapshot SET",
];

const FLOW: &[&str] = &[
    "run 150us|50ms|1.5s|2m",
    "settle",
    "settle within 2s",
    "wait COND",
    "wait COND within 2s",
    "at 5s ACTION",
    "every 500ms ACTION",
    "every 500ms ACTION times 3",
    "when COND do ACTION",
    "whenever COND do ACTION",
    "stop",
    "expect COND",
    "expect not COND",
    "expect COND and not COND",
    "title \"Who leads?\"",
    "say \"**Bold** and a\\nnew line\"",
    "ask \"Who?\" \"s1\" \"s2\" answer 2",
    "ask \"Who?\" \"s1\" \"s2\" \"nobody\" answer 3",
    "ask \"Who?\" \"s1\" if COND \"s2\" if COND and not COND answer 2",
    "section \"5.4.2\"",
    "score 8 \"Eight of ten.\"",
    "possible yes|no \"Two majorities.\"",
    "level easy|medium|hard",
    "misconception \"Terms are times.\"",
    "chapter \"Votes\"",
    "point s1",
    "point link s1 s2",
    "point log s1",
    "point timeline|console",
    "goal COND \"Win.\"",
    "allow crash",
    "allow crash restart set run rule",
    "budget crash 0|2",
    "hint \"Try it.\"",
];

const CONDITIONS: &[&str] = &[
    "leader",
    "leader SET",
    "no leader",
    "role SET follower|pre-candidate|candidate|leader|learner",
    "leaders = SET",
    "leaders = none",
    "alive SET",
    "crashed SET",
    "paused SET",
    "term SET =|!=|<|<=|>|>= 2",
    "vote SET = s1|none",
    "log SET = 1 1 2",
    "log SET = none",
    "last-index SET =|!=|<|<=|>|>= 2",
    "commit SET =|!=|<|<=|>|>= 2",
    "applied SET =|!=|<|<=|>|>= 2",
    "snapshot SET =|!=|<|<=|>|>= 2",
    "match SET OTHER =|!=|<|<=|>|>= 2",
    "next SET OTHER =|!=|<|<=|>|>= match SET OTHER",
    "term|last-index|commit|applied|snapshot s1 > term|last-index|commit|applied|snapshot SET",
    "in-flight|held|delivered|lost",
    "in-flight|held|delivered|lost KIND from SET to OTHER",
    "in-flight|held|delivered|lost append to SET prev =|!=|<|<=|>|>= 2",
    "in-flight|held|delivered|lost append to SET prev >= last-index SET",
    "members SET = s1,s2",
    "value k = v|none",
    "value k = v on SET",
    "value \"a key\" = \"none\" on s1",
    "answer = ok|none|not-leader|timeout|failed|expired|3",
    "answer = \"ok\"",
    "answered",
    "agree",
    "agree SET",
    "safe",
    "violated PROPERTY",
    "linearizable",
    "time =|!=|<|<=|>|>= 1.5s",
];

const SETS: [&str; 6] = ["s1", "s1,s3", "all", "leader", "followers", "others"];
/// The other end of a link to each of these.
const OTHERS: [&str; 6] = ["others", "s3,s4", "leader", "all", "s2", "s1"];
const ONE: [&str; 3] = ["s1", "leader", "followers"];

/// Every line of a form: each alternative and each placeholder in all its ways, one at a time.
fn lines(form: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in form.split(' ') {
        let choices: Vec<String> = match word {
            "SET" => SETS.map(str::to_owned).to_vec(),
            "OTHER" => OTHERS.map(str::to_owned).to_vec(),
            "ONE" => ONE.map(str::to_owned).to_vec(),
            "KIND" => Kind::ALL.map(|kind| kind.name().to_owned()).to_vec(),
            "PROPERTY" => Property::ALL.map(|property| property.name().to_owned()).to_vec(),
            "COND" => CONDITIONS.iter().flat_map(|form| lines_of_one(form)).collect(),
            "ACTION" => ACTS.iter().chain(SETTINGS).flat_map(|form| lines_of_one(form)).collect(),
            "\\|" => vec!["|".to_owned()],
            _ if word.contains('"') => vec![word.to_owned()],
            _ => word.split('|').map(str::to_owned).collect(),
        };
        let blank = if lines[0].is_empty() { "" } else { " " };
        // All choices, but not all pairs of choices.
        let count = lines.len().max(choices.len());
        lines = (0..count)
            .map(|place| {
                let (line, choice) = (&lines[place % lines.len()], &choices[place % choices.len()]);
                format!("{line}{blank}{choice}")
            })
            .collect();
    }
    lines
}

/// The lines of a form within a form: the first and the last suffice.
fn lines_of_one(form: &str) -> Vec<String> {
    let mut all = lines(form);
    let last = all.pop().expect("a form has a line");
    all.into_iter().take(1).chain([last]).collect()
}

fn list_errors(errors: &[ParseError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn assert_round_trip(text: &str) {
    let script = parse(text).unwrap_or_else(|errors| panic!("{text}{}", list_errors(&errors)));
    let printed = script.to_string();
    let again = parse(&printed)
        .unwrap_or_else(|errors| panic!("{text}printed {printed}{}", list_errors(&errors)));
    let statements = |script: &raftarium::script::Script| {
        script.statements().map(|(_, statement)| statement.clone()).collect::<Vec<_>>()
    };
    assert_eq!(statements(&script), statements(&again), "{text}printed {printed}");
    assert_eq!(again.to_string(), printed);
}

#[test]
fn head_statements_parse_in_every_form() {
    for line in HEAD.iter().chain(SETTINGS).flat_map(|form| lines(form)) {
        let size = if line.starts_with("servers") { "" } else { "servers 9\n" };
        assert_round_trip(&format!("{size}{line}\n"));
    }
}

#[test]
fn actions_and_flow_parse_in_every_form() {
    let mut count = 0;
    for form in SETTINGS.iter().chain(ACTS).chain(FLOW) {
        for line in lines(form) {
            assert_round_trip(&format!("servers 9\nclients 9\nrun 0ms\n{line}\n"));
            count += 1;
        }
    }
    assert!(count > 600, "only {count} lines");
}

#[test]
fn conditions_parse_in_every_form() {
    for form in CONDITIONS {
        for line in lines(form) {
            assert_round_trip(&format!("expect {line}\nwait not {line} and safe within 1s\n"));
        }
    }
}

#[test]
fn rules_parse_in_every_form() {
    for rule in Rule::ALL {
        for form in ["on", "off", "off on s3"] {
            assert_round_trip(&format!("rule {rule} {form}\nrun 1s\nrule {rule} {form}\n"));
        }
        assert_round_trip(&format!("when violated log-matching do rule {rule} on\n"));
    }
}

#[test]
fn every_word_of_the_tables_has_a_form() {
    let begins = |forms: &[&str], verb: &str| {
        forms.iter().any(|form| {
            form.split(' ').next().is_some_and(|word| word.split('|').any(|word| word == verb))
        })
    };
    for usage in raftarium::script::USAGES {
        let is_there = [HEAD, SETTINGS, ACTS, FLOW].iter().any(|forms| begins(forms, usage.verb));
        assert!(
            is_there || ["by-hand", "answers", "claim", "rule"].contains(&usage.verb),
            "{}",
            usage.verb
        );
    }
    for usage in raftarium::script::CONDITIONS {
        assert!(begins(CONDITIONS, usage.verb), "{}", usage.verb);
    }
}

#[test]
fn a_typo_in_any_word_is_reported_with_a_suggestion() {
    let slip = |word: &str| format!("{}x{}", &word[..1], &word[1..]);
    let cases = raftarium::script::topics().into_iter().filter_map(|topic| {
        let at = topic.example.find(topic.word)?;
        (topic.word.len() > 3 && !topic.example.starts_with("help")).then_some((topic, at))
    });
    let mut text = String::new();
    let mut wanted = Vec::new();
    for (topic, at) in cases {
        let is_console =
            raftarium::script::CONSOLE_WORDS.iter().any(|usage| usage.example == topic.example);
        if is_console {
            continue;
        }
        let mut line = topic.example.clone();
        line.replace_range(at..at + topic.word.len(), &slip(topic.word));
        text += &format!("{line}\n");
        wanted.push((topic, at as u32 + 1));
    }
    // All in one script, up to the limit of reported errors.
    let errors: Vec<ParseError> = text
        .lines()
        .collect::<Vec<_>>()
        .chunks(50)
        .enumerate()
        .flat_map(|(chunk, lines)| {
            let mut errors = parse(&lines.join("\n")).expect_err("all are wrong");
            errors.iter_mut().for_each(|error| error.line += chunk as u32 * 50);
            errors
        })
        .collect();
    assert!(wanted.len() > 80, "{}", wanted.len());
    for (place, (topic, column)) in wanted.iter().enumerate() {
        let error = errors.iter().find(|error| error.line == place as u32 + 1);
        let error = error.unwrap_or_else(|| panic!("no error for {}", topic.word));
        assert_eq!(error.column, *column, "{}: {error}", topic.word);
        assert!(!error.expected.is_empty(), "{error}");
        assert_eq!(error.suggestion.as_deref(), Some(topic.word), "{}: {error}", topic.example);
    }
}
