//! The rows of the settings dialog: each is a line of the language with its present value. What a
//! row means, and the form of its value, come from the words of the language.

use crate::raft::{Reads, Rule, ServerId, ServerSet};
use crate::script::{Group, USAGES, Usage};
use crate::sim::{Preset, Routing, Setting, Settings};
use crate::ui::text::{self, SettingSection};

use super::servers::ServerModel;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    pub name: String,
    /// The line of the language before the value: `loss`, `rule majority`.
    pub before: String,
    /// The line after the value: `on s1`.
    pub after: String,
    pub means: String,
    pub control: SettingControl,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingControl {
    /// Its values are `on` and `off`.
    Switch(bool),
    Choice(Vec<SettingChoice>),
    /// A value as the language writes it, and an example of one.
    Text {
        value: String,
        example: &'static str,
    },
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingChoice {
    pub word: &'static str,
    pub chosen: bool,
    pub means: String,
}

impl SettingRow {
    /// The line of the language that sets this value.
    pub fn line(&self, value: &str) -> String {
        format!("{} {value} {}", self.before, self.after).trim_end().to_owned()
    }

    /// Whether name, meaning or line contain every word of the query.
    pub fn matches(&self, query: &str) -> bool {
        let choices = match &self.control {
            SettingControl::Choice(choices) => &choices[..],
            _ => &[],
        };
        let choices = choices.iter().map(|choice| format!("{} {}", choice.word, choice.means));
        let choices = choices.collect::<Vec<_>>().join(" ");
        let text = format!("{} {} {} {choices}", self.name, self.before, self.means);
        let text = text.to_ascii_lowercase();
        query.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

fn section_of(verb: &str) -> SettingSection {
    match verb {
        "preset" | "election-timeout" | "heartbeat" => SettingSection::Timers,
        "pre-vote" | "check-quorum" | "catch-up" => SettingSection::Elections,
        "client-timeout" | "retry" | "routing" | "reads" => SettingSection::Clients,
        "disk" | "snapshot-every" | "max-entries" | "max-inflight" => SettingSection::Storage,
        "rule" => SettingSection::Rules,
        _ => SettingSection::Network,
    }
}

/// The rows of a section, for a cluster with these settings and servers. The rules are those of
/// `server`, or of all servers.
pub fn setting_rows(
    section: SettingSection,
    settings: &Settings,
    servers: &[ServerModel],
    server: Option<ServerId>,
) -> Vec<SettingRow> {
    match section {
        SettingSection::Rules => {
            Rule::ALL.map(|rule| rule_row(rule, settings, servers, server)).into()
        }
        SettingSection::Clocks => servers.iter().map(clock_row).collect(),
        _ => {
            let disks = servers.iter().filter(|_| section == SettingSection::Storage);
            let rows = usages(section).filter_map(|usage| row(usage, settings));
            rows.chain(disks.map(disk_row)).collect()
        }
    }
}

fn usages(section: SettingSection) -> impl Iterator<Item = &'static Usage> {
    let first = (section == SettingSection::Timers).then_some("preset");
    let live =
        move |usage: &&Usage| usage.group == Group::Setting && section_of(usage.verb) == section;
    let (leading, others): (Vec<_>, Vec<_>) =
        USAGES.iter().filter(live).partition(|usage| first == Some(usage.verb));
    leading.into_iter().chain(others)
}

fn row(usage: &Usage, settings: &Settings) -> Option<SettingRow> {
    let control = match usage.verb {
        "preset" => presets(settings),
        "reads" => choices(&Reads::ALL, settings.reads, Reads::name, text::reads_means),
        "routing" => choices(&Routing::ALL, settings.routing, Routing::name, text::routing_means),
        verb => {
            let lines = settings.live().into_iter().map(|setting| setting.to_string());
            let value = lines
                .filter_map(|line| Some(line.strip_prefix(verb)?.strip_prefix(' ')?.to_owned()))
                .next()?;
            match value.as_str() {
                "on" | "off" if usage.rest == "on|off" => SettingControl::Switch(value == "on"),
                _ => SettingControl::Text { value, example: example(usage) },
            }
        }
    };
    Some(SettingRow {
        name: text::capitalized(&usage.verb.replace('-', " ")),
        before: usage.verb.to_owned(),
        after: String::new(),
        means: text::sentence(usage.what),
        control,
    })
}

/// A value of the setting, from the example of its statement.
fn example(usage: &Usage) -> &'static str {
    match usage.verb {
        // The statement's example is of its other form, which acts on single messages.
        "duplicate" => "5%",
        verb => usage.example.strip_prefix(verb).unwrap_or_default().trim_start(),
    }
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    now: T,
    word: fn(T) -> &'static str,
    means: fn(T) -> &'static str,
) -> SettingControl {
    let choice = |value: &T| SettingChoice {
        word: word(*value),
        chosen: *value == now,
        means: means(*value).to_owned(),
    };
    SettingControl::Choice(all.iter().map(choice).collect())
}

fn presets(settings: &Settings) -> SettingControl {
    let choice = |preset: Preset| {
        let (span, heartbeat_us) = preset.timing();
        let chosen =
            settings.election_timeout == Some(span) && settings.heartbeat_us == Some(heartbeat_us);
        SettingChoice { word: preset.name(), chosen, means: text::preset_means(preset) }
    };
    SettingControl::Choice(Preset::ALL.map(choice).into())
}

fn rule_row(
    rule: Rule,
    settings: &Settings,
    servers: &[ServerModel],
    server: Option<ServerId>,
) -> SettingRow {
    let is_on = |id: ServerId| settings.rules[id.slot()].on(rule);
    let off: ServerSet = servers.iter().map(|server| server.id).filter(|id| !is_on(*id)).collect();
    let on = server.map_or(off.is_empty(), is_on);
    let partly = !off.is_empty() && off.len() < servers.len() && server.is_none();
    SettingRow {
        name: rule.name().to_owned(),
        before: format!("rule {rule}"),
        after: server.map_or_else(String::new, |id| format!("on {id}")),
        means: text::rule_means(rule, partly.then_some(off)),
        control: SettingControl::Switch(on),
    }
}

fn clock_row(server: &ServerModel) -> SettingRow {
    let milli = server.clock_milli.unwrap_or(1000);
    SettingRow {
        name: text::clock_of(server.id),
        before: format!("skew {}", server.id),
        after: String::new(),
        means: text::CLOCK_MEANS.to_owned(),
        control: SettingControl::Text {
            value: (f64::from(milli) / 1000.0).to_string(),
            example: "1.5",
        },
    }
}

fn disk_row(server: &ServerModel) -> SettingRow {
    let line = Setting::DiskOf { server: server.id, own: server.disk }.to_string();
    let after = format!("on {}", server.id);
    let value = line.trim_start_matches("disk").trim_end_matches(&after).trim();
    SettingRow {
        name: text::disk_of(server.id),
        before: "disk".to_owned(),
        means: text::OWN_DISK_MEANS.to_owned(),
        control: SettingControl::Text { value: value.to_owned(), example: "40ms..60ms" },
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Statement, parse_statement};

    fn all_rows() -> Vec<SettingRow> {
        let settings = Settings::default();
        let rows = SettingSection::ALL.map(|section| setting_rows(section, &settings, &[], None));
        rows.into_iter().flatten().collect()
    }

    #[test]
    fn every_live_setting_of_the_language_has_a_row() {
        let rows = all_rows();
        for usage in USAGES.iter().filter(|usage| usage.group == Group::Setting) {
            let has_row = rows.iter().any(|row| row.before.split(' ').next() == Some(usage.verb));
            assert!(has_row, "`{}` is not in the settings dialog", usage.verb);
        }
        for setting in Settings::default().live() {
            let line = setting.to_string();
            let has_row = rows.iter().any(|row| line.starts_with(&row.before));
            assert!(has_row, "`{line}` is not in the settings dialog");
        }
    }

    #[test]
    fn every_value_and_example_is_a_line_of_the_language() {
        for row in all_rows() {
            let values: Vec<String> = match &row.control {
                SettingControl::Switch(_) => vec!["on".into(), "off".into()],
                SettingControl::Choice(choices) => {
                    choices.iter().map(|choice| choice.word.to_owned()).collect()
                }
                SettingControl::Text { value, example } => vec![value.clone(), (*example).into()],
            };
            for value in values {
                let line = row.line(&value);
                let parsed = parse_statement(&line, 5, 1);
                assert!(matches!(parsed, Ok(Some(Statement::Set(_)))), "{line}: {parsed:?}");
            }
        }
    }

    #[test]
    fn a_search_looks_at_names_lines_and_meanings() {
        let found = |query: &str| -> Vec<String> {
            let rows = all_rows().into_iter().filter(|row| row.matches(query));
            rows.map(|row| row.before).collect()
        };
        assert_eq!(found("max inflight"), ["max-inflight"]);
        assert_eq!(found("STALE value"), ["reads"]);
        assert!(found("commit").contains(&"rule commit-own-term".to_owned()));
        assert_eq!(found("no such setting"), Vec::<String>::new());
    }
}
