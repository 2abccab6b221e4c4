//! `help`: the explanation of every word of the language.

use crate::check::Property;
use crate::raft::Rule;

use crate::script::lang::parse::nearest;
use crate::script::lang::words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};

pub struct HelpTopic {
    pub word: &'static str,
    /// The syntax of a line with it.
    pub form: String,
    pub what: String,
    /// A line with it that can be executed.
    pub example: String,
}

/// All words: statements, console commands, conditions, sets, rules and properties. A word such as
/// `snapshot` may have two meanings.
pub fn topics() -> Vec<HelpTopic> {
    let tables = [USAGES, CONSOLE_WORDS, CONDITIONS, SETS];
    let mut topics: Vec<HelpTopic> = tables.concat().iter().map(of_usage).collect();
    topics.extend(Rule::ALL.map(of_rule));
    topics.extend(Property::ALL.map(of_property));
    topics
}

fn of_usage(usage: &Usage) -> HelpTopic {
    let Usage { verb, what, example, .. } = *usage;
    HelpTopic { word: verb, form: usage.form(), what: what.to_owned(), example: example.to_owned() }
}

fn of_rule(rule: Rule) -> HelpTopic {
    HelpTopic {
        word: rule.name(),
        form: format!("rule {rule} on|off [on SERVER]"),
        what: format!("the rule: {}; without it: {}", rule.statement(), rule.without()),
        example: format!("rule {rule} off"),
    }
}

fn of_property(property: Property) -> HelpTopic {
    HelpTopic {
        word: property.name(),
        form: format!("violated {property}"),
        what: format!("the property: {}", property.statement().trim_end_matches('.')),
        example: format!("expect violated {property}"),
    }
}

/// All words, grouped by purpose.
pub(super) fn help() -> String {
    let of = |table: &[Usage], group: Group| -> Vec<&'static str> {
        table.iter().filter(|usage| usage.group == group).map(|usage| usage.verb).collect()
    };
    let groups = [
        ("Actions", of(USAGES, Group::Act)),
        ("Time and checks", of(USAGES, Group::Flow)),
        ("Conditions", of(CONDITIONS, Group::Condition)),
        ("Sets of servers", of(SETS, Group::Set)),
        ("Settings", of(USAGES, Group::Setting)),
        ("Rules that can be turned off", Rule::ALL.map(Rule::name).to_vec()),
        ("Properties", Property::ALL.map(Property::name).to_vec()),
        ("Only at the head of a script", of(USAGES, Group::Head)),
        ("Narration", of(USAGES, Group::Narration)),
        ("Only in the console", of(CONSOLE_WORDS, Group::Console)),
    ];
    let mut text = String::new();
    for (title, words) in groups {
        text += &format!("{title}:\n{}\n\n", words.join(" "));
    }
    text + "`help crash` explains `crash`, and so on. While you type, Down moves to the \
            suggestions, Enter or Tab inserts the selected one, Escape closes the list. With none \
            selected, Enter runs the line and Tab leaves the field. Up brings back earlier lines."
}

/// All meanings of a word.
pub(super) fn help_for(word: &str) -> Result<String, String> {
    let topics = topics();
    let mut text = String::new();
    for topic in topics.iter().filter(|topic| topic.word == word) {
        if !text.is_empty() {
            text += "\n\n";
        }
        text += &format!("{}\n{}\nfor example: {}", topic.form, topic.what, topic.example);
    }
    if !text.is_empty() {
        return Ok(text);
    }
    Err(match nearest(word, topics.iter().map(|topic| topic.word)) {
        Some(meant) => format!("`{word}` is not a word of the language; did you mean `{meant}`?"),
        None => format!("`{word}` is not a word of the language; `help` lists all"),
    })
}
