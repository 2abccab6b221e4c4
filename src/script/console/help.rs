//! What the console says of every word of the language.

use crate::check::Property;
use crate::raft::Rule;

use crate::script::lang::parse::nearest;
use crate::script::lang::words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};

/// A word of the language, and what is said of it.
pub struct Topic {
    /// The word.
    pub word: &'static str,
    /// How it stands in a line.
    pub form: String,
    /// What it means.
    pub what: String,
    /// A line with it that can be done.
    pub example: String,
}

/// Everything that can be asked for: statements, what the console adds, conditions, sets, rules and
/// properties. A word can stand for two things, such as `snapshot`.
pub fn topics() -> Vec<Topic> {
    let tables = [USAGES, CONSOLE_WORDS, CONDITIONS, SETS];
    let mut topics: Vec<Topic> = tables.concat().iter().map(of_usage).collect();
    topics.extend(Rule::ALL.map(of_rule));
    topics.extend(Property::ALL.map(of_property));
    topics
}

fn of_usage(usage: &Usage) -> Topic {
    let Usage { verb, what, example, .. } = *usage;
    Topic { word: verb, form: usage.form(), what: what.to_owned(), example: example.to_owned() }
}

fn of_rule(rule: Rule) -> Topic {
    Topic {
        word: rule.name(),
        form: format!("rule {rule} on|off [on SERVER]"),
        what: format!("the rule: {}; without it: {}", rule.statement(), rule.without()),
        example: format!("rule {rule} off"),
    }
}

fn of_property(property: Property) -> Topic {
    Topic {
        word: property.name(),
        form: format!("violated {property}"),
        what: format!("the property: {}", property.statement().trim_end_matches('.')),
        example: format!("expect violated {property}"),
    }
}

/// All words, by what they are for.
pub(super) fn help() -> String {
    let of = |table: &[Usage], group: Group| -> Vec<&'static str> {
        table.iter().filter(|usage| usage.group == group).map(|usage| usage.verb).collect()
    };
    let groups = [
        ("Do something", of(USAGES, Group::Act)),
        ("Time and checks", of(USAGES, Group::Flow)),
        ("Conditions", of(CONDITIONS, Group::Condition)),
        ("Sets of servers", of(SETS, Group::Set)),
        ("Settings", of(USAGES, Group::Setting)),
        ("Rules to take away", Rule::ALL.map(Rule::name).to_vec()),
        ("Properties", Property::ALL.map(Property::name).to_vec()),
        ("Only at the head of a script", of(USAGES, Group::Head)),
        ("Narration", of(USAGES, Group::Narration)),
        ("Only in the console", of(CONSOLE_WORDS, Group::Console)),
    ];
    let mut text = String::new();
    for (title, words) in groups {
        text += &format!("{title}:\n{}\n\n", words.join(" "));
    }
    text + "`help crash` says what `crash` does, and so on. While you type, Down goes to the suggestions, \
            Enter or Tab takes the one that is chosen, Escape closes them. With none chosen, Enter does the \
            line and Tab leaves the field. Up brings back earlier lines."
}

/// What a word means: all that it can mean.
pub(super) fn help_for(word: &str) -> Result<String, String> {
    let topics = topics();
    let mut said = String::new();
    for topic in topics.iter().filter(|topic| topic.word == word) {
        if !said.is_empty() {
            said += "\n\n";
        }
        said += &format!("{}\n{}\nfor example: {}", topic.form, topic.what, topic.example);
    }
    if !said.is_empty() {
        return Ok(said);
    }
    Err(match nearest(word, topics.iter().map(|topic| topic.word)) {
        Some(meant) => format!("no word of the language is `{word}`; did you mean `{meant}`?"),
        None => format!("no word of the language is `{word}`; `help` lists them"),
    })
}
