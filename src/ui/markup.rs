//! The markdown of narration: paragraphs, `code`, *emphasis*, links to the glossary and
//! links to rules.

use crate::raft::Rule;

use super::glossary::term_named;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkupSpan {
    Plain(String),
    Code(String),
    Emphasis(String),
    /// The words in the text, and the number of the term in the glossary.
    Term(String, usize),
    Rule(String, Rule),
}

impl MarkupSpan {
    fn words(&self) -> &str {
        match self {
            MarkupSpan::Plain(words)
            | MarkupSpan::Code(words)
            | MarkupSpan::Emphasis(words)
            | MarkupSpan::Term(words, _)
            | MarkupSpan::Rule(words, _) => words,
        }
    }
}

/// The paragraphs of a text. What is no markup stays as it is.
pub fn paragraphs(text: &str) -> Vec<Vec<MarkupSpan>> {
    let paragraphs = text.split("\n\n").map(|text| spans(&text.replace('\n', " ")));
    paragraphs.filter(|spans| !spans.is_empty()).collect()
}

/// The text without markup, as it is spoken.
pub fn plain(text: &str) -> String {
    let paragraphs = paragraphs(text).into_iter();
    let texts = paragraphs.map(|spans| spans.iter().map(MarkupSpan::words).collect::<String>());
    texts.collect::<Vec<_>>().join(" ")
}

fn spans(text: &str) -> Vec<MarkupSpan> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((span, after)) = span_at(rest) {
            if !plain.is_empty() {
                spans.push(MarkupSpan::Plain(std::mem::take(&mut plain)));
            }
            spans.push(span);
            rest = after;
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    if !plain.is_empty() {
        spans.push(MarkupSpan::Plain(plain));
    }
    spans
}

/// The span with which the text begins, and the text after it.
fn span_at(text: &str) -> Option<(MarkupSpan, &str)> {
    let enclosed = |mark: char| {
        let (words, after) = text.strip_prefix(mark)?.split_once(mark)?;
        let is_tight = !words.is_empty() && !words.starts_with(' ') && !words.ends_with(' ');
        is_tight.then(|| (words.to_owned(), after))
    };
    if let Some((words, after)) = enclosed('`') {
        return Some((MarkupSpan::Code(words), after));
    }
    if let Some((words, after)) = enclosed('*') {
        return Some((MarkupSpan::Emphasis(words), after));
    }
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (kind, after) = after.split_once(')')?;
    let owned = words.to_owned();
    let span = match kind {
        "glossary" => MarkupSpan::Term(owned, term_named(words)?),
        "rule" => MarkupSpan::Rule(owned, Rule::ALL.into_iter().find(|rule| rule.name() == words)?),
        _ => return None,
    };
    Some((span, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_paragraphs_with_code_emphasis_and_links() {
        let text = "It sets `x` to *its* own.\n\nA [majority](glossary) of [one-vote](rule).";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2);
        let plain_span = |text: &str| MarkupSpan::Plain(text.to_owned());
        let first = [
            plain_span("It sets "),
            MarkupSpan::Code("x".to_owned()),
            plain_span(" to "),
            MarkupSpan::Emphasis("its".to_owned()),
            plain_span(" own."),
        ];
        assert_eq!(found[0], first);
        let majority = term_named("majority").expect("a term");
        let second = [
            plain_span("A "),
            MarkupSpan::Term("majority".to_owned(), majority),
            plain_span(" of "),
            MarkupSpan::Rule("one-vote".to_owned(), Rule::OneVote),
            plain_span("."),
        ];
        assert_eq!(found[1], second);
        assert_eq!(plain(text), "It sets x to its own. A majority of one-vote.");
    }

    #[test]
    fn what_is_no_markup_stays() {
        for text in ["2 * 3 * 4", "a [b](c) d", "[no such term](glossary)", "`", "*", "[x](rule)"] {
            assert_eq!(paragraphs(text), vec![vec![MarkupSpan::Plain(text.to_owned())]]);
        }
        assert!(paragraphs("").is_empty());
    }
}
