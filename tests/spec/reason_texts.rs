//! What servers say: the scripts in `scripts/reasons` name the reasons that a run gives.
//!
//! `#+ S1: fact -> decision` must be given by that server; `#+ S1 [rule, section]: ...` with that
//! rule and section, and `rule off` if the rule would have prevented the decision. `#! title` must
//! be the title of an event. What follows `#-` must stand in no reason.

use raftarium::raft::{ServerId, Why};
use raftarium::script::{Run, parse};
use raftarium::sim::{Event, Recorder};

use crate::scripts;

/// Everything that a run says.
#[derive(Default)]
struct Said {
    titles: Vec<String>,
    /// `S1: fact -> decision`.
    short: Vec<String>,
    /// `S1 [rule, section]: fact -> decision`.
    long: Vec<String>,
}

impl Said {
    fn by(script: &str) -> Said {
        let script = parse(script).unwrap_or_else(|errors| panic!("{}\n{script}", errors[0]));
        let mut recorder = Recorder::on();
        let report = Run::new(script, &mut recorder).finish(&mut recorder);
        assert!(report.ok, "the script fails: {report:?}");
        let mut said = Said::default();
        recorder.journal().events().for_each(|event| said.hear(event));
        said
    }

    fn hear(&mut self, event: &Event) {
        self.titles.push(event.title());
        event.whys.iter().for_each(|(server, why)| self.hear_reason(*server, why));
    }

    fn hear_reason(&mut self, server: ServerId, why: &Why) {
        let reason = why.describe();
        let off = if reason.broken_rule().is_some() { " off" } else { "" };
        let (rule, section) = (reason.rule.name(), reason.section);
        self.short.push(format!("{server:#}: {reason}"));
        self.long.push(format!("{server:#} [{rule}{off}, {section}]: {reason}"));
    }

    /// Whether an expectation of a script holds; `None` if the line is none.
    fn meets(&self, line: &str) -> Option<bool> {
        let (sign, text) = line.split_once(' ').filter(|(sign, _)| sign.starts_with('#'))?;
        let known = |known: &[String]| known.iter().any(|known| known == text);
        match sign {
            "#+" => Some(known(&self.short) || known(&self.long)),
            "#!" => Some(known(&self.titles)),
            "#-" => Some(!self.long.iter().any(|reason| reason.contains(text))),
            _ => None,
        }
    }
}

#[test]
fn servers_give_the_reasons_that_scripts_expect() {
    let (mut count, mut wrong) = (0, Vec::new());
    let scripts = scripts::all().into_iter().filter(|(name, _)| name.starts_with("reasons/"));
    for (name, script) in scripts {
        let said = Said::by(&script);
        let expected: Vec<(&str, bool)> =
            script.lines().filter_map(|line| Some((line, said.meets(line)?))).collect();
        assert!(!expected.is_empty(), "{name} expects no reason");
        count += 1;
        let missed: Vec<&str> =
            expected.iter().filter(|(_, met)| !met).map(|(line, _)| *line).collect();
        if !missed.is_empty() {
            wrong.push(format!("{name}:\n{}\nsaid:\n{}", missed.join("\n"), said.long.join("\n")));
        }
    }
    assert!(count >= 30, "only {count} scripts were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// In prose servers and clients are capitalized. Commands in backticks are not prose, and keys and
/// values may have any name.
#[test]
fn prose_names_servers_and_clients_with_capitals() {
    let mut wrong = Vec::new();
    for (name, script) in scripts::all() {
        let said = match parse(&script) {
            Ok(_) if !script.contains("s1 s2") => Said::by(&script),
            _ => continue,
        };
        let lower = said.titles.iter().chain(&said.short).find(|text| names_in_lower_case(text));
        wrong.extend(lower.map(|text| format!("{name}: {text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn names_in_lower_case(text: &str) -> bool {
    let prose: String = text.split('`').step_by(2).collect();
    let words = prose.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.into_iter().any(|word| {
        let mut letters = word.chars();
        matches!(letters.next(), Some('s' | 'c'))
            && word.len() == 2
            && letters.all(|digit| digit.is_ascii_digit())
    })
}
