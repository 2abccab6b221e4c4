//! The glossary: the tables of docs/glossary.md, and the places in a text where its terms stand.

use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../docs/glossary.md");

/// Terms whose everyday sense suffices: they stand in the glossary, and texts do not mark them.
const UNMARKED: [&str; 26] = [
    "server",
    "cluster",
    "client",
    "event",
    "cause",
    "reason",
    "script",
    "log",
    "command",
    "index",
    "write",
    "operation",
    "cut",
    "heal",
    "crash",
    "restart",
    "pause",
    "resume",
    "latency",
    "loss",
    "delivered",
    "lost",
    "held",
    "delayed",
    "duplicated",
    "rule",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// More than one where the glossary explains words together: `grant`, `deny`.
    pub names: Vec<&'static str>,
    pub meaning: &'static str,
    /// Such as `paper 5.4.1`; empty for a term of Raftarium.
    pub source: &'static str,
    pub section: &'static str,
}

impl GlossaryTerm {
    pub fn title(&self) -> String {
        self.names.join(", ")
    }
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPiece<'a> {
    Plain(&'a str),
    /// The words in the text, and the number of the term.
    Term(&'a str, usize),
}

static TERMS: LazyLock<Vec<GlossaryTerm>> = LazyLock::new(|| parse(SOURCE));

/// The words that mark a term, in lower case, the longest first, with the number of the term.
static FORMS: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let mut forms: Vec<(String, usize)> = Vec::new();
    for (number, term) in TERMS.iter().enumerate() {
        for name in term.names.iter().filter(|name| !UNMARKED.contains(name)) {
            forms.extend(inflected(name).map(|form| (form, number)));
        }
    }
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    forms
});

/// All terms, in the order of the glossary.
pub fn terms() -> &'static [GlossaryTerm] {
    &TERMS
}

/// The number of the term with that name. A sentence may begin with it.
pub fn term_named(name: &str) -> Option<usize> {
    let is_it = |known: &&str| known.eq_ignore_ascii_case(name);
    TERMS.iter().position(|term| term.names.iter().any(is_it))
}

/// The text with the first occurrence of each term marked.
pub fn marked(text: &str) -> Vec<TextPiece<'_>> {
    mark(text, Vec::new())
}

/// The same for the rest of a paragraph that begins with `before`.
pub fn marked_after<'a>(before: &str, text: &'a str) -> Vec<TextPiece<'a>> {
    let number = |piece| match piece {
        TextPiece::Term(_, number) => Some(number),
        TextPiece::Plain(_) => None,
    };
    mark(text, marked(before).into_iter().filter_map(number).collect())
}

/// Marks each term that was not `seen` yet.
fn mark(text: &str, mut seen: Vec<usize>) -> Vec<TextPiece<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut pieces = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while at < text.len() {
        let found = if is_word_start(&lower, at) { form_at(&lower[at..]) } else { None };
        match found {
            Some((length, number)) if !seen.contains(&number) => {
                if plain_from < at {
                    pieces.push(TextPiece::Plain(&text[plain_from..at]));
                }
                pieces.push(TextPiece::Term(&text[at..at + length], number));
                seen.push(number);
                at += length;
                plain_from = at;
            }
            Some((length, _)) => at += length,
            None => at += lower[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if plain_from < text.len() {
        pieces.push(TextPiece::Plain(&text[plain_from..]));
    }
    pieces
}

fn is_word_start(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(is_word_letter)
}

/// A hyphen joins a word: `pre-vote` is not a vote.
fn is_word_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}

/// The longest form that the text begins with.
fn form_at(text: &str) -> Option<(usize, usize)> {
    let begins = |form: &str| {
        text.strip_prefix(form).is_some_and(|rest| !rest.chars().next().is_some_and(is_word_letter))
    };
    let found = FORMS.iter().find(|(form, _)| begins(form));
    found.map(|(form, number)| (form.len(), *number))
}

/// The name, and its plural or third person.
fn inflected(name: &str) -> impl Iterator<Item = String> {
    let name = name.to_ascii_lowercase();
    let plural = match name.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{name}s"),
    };
    [name, plural].into_iter()
}

/// The rows of the tables, each below the heading of its section.
fn parse(source: &'static str) -> Vec<GlossaryTerm> {
    let mut section = "";
    let mut terms = Vec::new();
    for line in source.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        }
        let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix('|')) else {
            continue;
        };
        let mut cells = row.split(" | ").map(str::trim);
        let (name, meaning) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        if meaning != "meaning" && !name.starts_with("---") {
            let names = name.split(", ").collect();
            let source = cells.next().unwrap_or("");
            terms.push(GlossaryTerm { names, meaning, source, section });
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(&str, String)> {
        let term = |piece| match piece {
            TextPiece::Term(words, number) => Some((words, terms()[number].title())),
            TextPiece::Plain(_) => None,
        };
        marked(text).into_iter().filter_map(term).collect()
    }

    #[test]
    fn every_row_of_the_glossary_is_a_term() {
        let rows = SOURCE.lines().filter(|line| line.starts_with("| "));
        let headings = SOURCE.lines().filter(|line| line.starts_with("## ")).count();
        // Each section has a row of headings and one of dashes.
        assert_eq!(terms().len(), rows.count() - 2 * headings);
        for term in terms() {
            assert!(term.meaning.ends_with('.'), "{}: {}", term.title(), term.meaning);
            assert!(!term.section.is_empty() && !term.names.contains(&""), "{term:?}");
        }
    }

    #[test]
    fn every_name_resolves_and_marks_its_own_term() {
        for (number, term) in terms().iter().enumerate() {
            for name in &term.names {
                assert_eq!(term_named(name), Some(number), "{name} stands there twice");
                if !UNMARKED.contains(name) {
                    assert_eq!(marked(name), [TextPiece::Term(name, number)], "{name}");
                }
            }
        }
        assert!(UNMARKED.iter().all(|name| term_named(name).is_some()));
    }

    #[test]
    fn only_the_first_of_a_term_is_marked_and_the_longest_wins() {
        let text = "S1 votes: the commit index of its term is below the term of the Entries.";
        let found = marks(text);
        let words: Vec<&str> = found.iter().map(|(words, _)| *words).collect();
        assert_eq!(words, ["votes", "commit index", "term", "Entries"]);
        assert_eq!(found[1].1, "commit index");
        let after = marked_after("A term", text);
        assert_eq!(after.len(), marked(text).len() - 2, "{after:?}");
        let whole: String = marked(text)
            .into_iter()
            .map(|piece| match piece {
                TextPiece::Plain(text) | TextPiece::Term(text, _) => text,
            })
            .collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn parts_of_words_and_other_letters_are_left_alone() {
        assert_eq!(marks("preterm, devoted, x←3 · terminal"), []);
        assert_eq!(marks("pre-vote"), [("pre-vote", "pre-vote".to_owned())]);
        assert_eq!(marks(""), []);
    }
}
