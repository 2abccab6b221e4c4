//! Completion: the words that can come next in a line of the console, each with its meaning. The
//! parser says which words fit, the tables behind `help` say what they mean.

use crate::check::Property;
use crate::raft::{CLIENTS_MAX, Rule, SERVERS_MAX, ServerId};
use crate::sim::World;

use super::help::topics;
use crate::script::lang::parse::{nearest, offers_at, parse_statement};
use crate::script::lang::words::{CONDITIONS, CONSOLE_WORDS, Group, SETS, USAGES, Usage};

/// The most keys that are suggested.
const KEYS_MAX: usize = 20;
/// Statements that make no sense in the console.
const ONLY_IN_SCRIPTS: [&str; 4] = ["by-hand", "stop", "answers", "claim"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub text: String,
    /// What it means; empty if the word is clear by itself.
    pub what: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The byte at which the word begins that the options replace.
    pub from: usize,
    pub options: Vec<Completion>,
    /// The syntax of the statement, and a value that no list can hold, such as a duration; empty if
    /// nothing is known.
    pub hint: String,
}

/// The words that can stand at the end of a line, given the state of the cluster.
pub fn complete(line: &str, world: &World) -> Completions {
    let Some(found) = offers_at(line) else { return Completions::default() };
    let (before, word) = line.split_at(found.at);
    let words: Vec<&str> = before.split_whitespace().collect();
    let mut candidates = Candidates { world, all: Vec::new() };
    let mut wanted = String::new();
    let console = CONSOLE_WORDS.iter().find(|usage| Some(&usage.verb) == words.first());
    match console.map_or("", |usage| usage.verb) {
        "help" => candidates.help(words.len()),
        "connect" | "getval" | "read" | "setval" | "write" if words.len() > 1 => {}
        "connect" => candidates.servers(),
        "getval" | "read" | "setval" | "write" => candidates.keys(),
        _ => {
            for (shown, known) in &found.offers {
                candidates.offer(shown, known);
                if known.is_empty() && !shown.starts_with("the end") {
                    wanted = shown.replace('`', "");
                }
            }
            if words.is_empty() {
                candidates.all.retain(|option| !ONLY_IN_SCRIPTS.contains(&&*option.text));
                candidates.usages(CONSOLE_WORDS);
            }
        }
    }
    let hint = match USAGES.iter().chain(console).find(|usage| Some(&usage.verb) == words.first()) {
        Some(usage) if wanted.is_empty() => usage.form(),
        Some(usage) => format!("{}: here {wanted}", usage.form()),
        None => String::new(),
    };
    let mut completions = candidates.for_word(found.at, word, hint);
    if console.is_none() {
        drop_refused(line, &mut completions);
    }
    completions
}

/// Drops the servers that the parser refuses beside those before them: `s1` after `cut s1 ->`, for
/// example.
fn drop_refused(line: &str, completions: &mut Completions) {
    let before = &line[..completions.from];
    let column = before.chars().count() as u32 + 1;
    completions.options.retain(|option| {
        let is_name = option.text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if !is_name && SETS.iter().all(|set| set.verb != option.text) {
            return true;
        }
        let typed = format!("{before}{}", option.text);
        let refused = parse_statement(&typed, SERVERS_MAX, CLIENTS_MAX).err();
        refused.is_none_or(|error| error.column > column)
    });
}

struct Candidates<'a> {
    world: &'a World,
    all: Vec<Completion>,
}

impl Candidates<'_> {
    fn add(&mut self, text: &str, what: &str) {
        if !self.all.iter().any(|known| known.text == text) {
            self.all.push(Completion { text: text.to_owned(), what: what.to_owned() });
        }
    }

    fn usages(&mut self, table: &[Usage]) {
        table.iter().for_each(|usage| self.add(usage.verb, usage.what));
    }

    /// Adds what the parser accepts here. Which meaning a word has is clear from the words beside
    /// it.
    fn offer(&mut self, shown: &str, words: &[&'static str]) {
        if shown == "a key" {
            self.keys();
        }
        let table = match words {
            _ if words.contains(&"last-index") => CONDITIONS,
            _ if words.contains(&"crash") => USAGES,
            _ => SETS,
        };
        let mut words = words.to_vec();
        // Actions come before settings.
        words.sort_by_key(|word| {
            let usage = table.iter().find(|usage| usage.verb == *word);
            usage.map_or(0, |usage| match usage.group {
                Group::Flow => 1,
                Group::Setting => 2,
                Group::Narration => 3,
                _ => 0,
            })
        });
        for word in &words {
            if let Some(usage) = table.iter().find(|usage| usage.verb == *word) {
                if usage.group != Group::Head {
                    self.add(word, usage.what);
                }
            } else if let Some(rule) = Rule::ALL.iter().find(|rule| rule.name() == *word) {
                self.add(word, rule.statement());
            } else if let Some(of) = Property::ALL.iter().find(|known| known.name() == *word) {
                self.add(word, of.statement());
            } else {
                self.name(word);
            }
        }
    }

    /// A word that no table explains. Names are suggested only for servers and clients that exist.
    fn name(&mut self, word: &str) {
        let number = word.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        match (word.as_bytes()[0], number) {
            (b's', Some(number)) if number <= self.world.servers().len() => {
                let what = ServerId::new(number).map_or(String::new(), |id| self.state_of(id));
                self.add(word, &what);
            }
            (b'c', Some(number)) if number <= self.world.clients().len() => self.add(word, ""),
            (_, Some(_)) => {}
            (_, None) => self.add(word, ""),
        }
    }

    fn state_of(&self, id: ServerId) -> String {
        let server = self.world.server(id);
        let state = match (server.is_alive(), server.is_paused()) {
            (false, _) => "crashed",
            (true, true) => "paused",
            (true, false) => server.node().role().name(),
        };
        format!("{state}, term {}", server.node().current_term())
    }

    fn servers(&mut self) {
        for id in self.world.server_ids().iter() {
            self.add(&id.to_string(), &self.state_of(id));
        }
    }

    /// Keys in the state machines that need no quotes.
    fn keys(&mut self) {
        let plain = |key: &&String| key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let world = self.world;
        for server in world.servers() {
            for key in server.node().store().values().keys().filter(plain).take(KEYS_MAX) {
                self.add(key, "");
            }
        }
        self.all.truncate(KEYS_MAX);
    }

    fn help(&mut self, words: usize) {
        if words == 1 {
            topics().iter().for_each(|topic| self.add(topic.word, &topic.what));
        }
    }

    /// The candidates that begin with the word; if there is none, the most similar one.
    fn for_word(mut self, mut from: usize, mut word: &str, hint: String) -> Completions {
        if let Some(comma) = word.rfind(',') {
            let named: Vec<&str> = word[..comma].split(',').collect();
            let is_name = |text: &str| text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            self.all.retain(|option| is_name(&option.text) && !named.contains(&&*option.text));
            from += comma + 1;
            word = &word[comma + 1..];
        }
        let similar = nearest(word, self.all.iter().map(|option| &*option.text)).map(str::to_owned);
        let begins = |option: &Completion| option.text.starts_with(word);
        if self.all.iter().any(begins) {
            self.all.retain(begins);
        } else {
            self.all.retain(|option| Some(&option.text) == similar.as_ref());
        }
        if matches!(&*self.all, [only] if only.text == word) {
            self.all.clear();
        }
        Completions { from, options: self.all, hint }
    }
}
