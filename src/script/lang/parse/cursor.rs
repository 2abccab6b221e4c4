//! Walks along one line of a script, word by word, and remembers what would have been accepted
//! next.

use std::borrow::Cow;

use super::error::{ParseError, alternatives, quoted};
use super::spelling::nearest;

/// The signs of the language. A sign that begins with another comes before it.
const SIGNS: [&str; 9] = ["<->", "->", "<=", ">=", "!=", "<", ">", "=", "|"];

pub(super) type Parsed<T> = Result<T, Box<ParseError>>;

#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// Without quotes and escapes.
    pub text: Cow<'a, str>,
    /// The byte at which it begins.
    pub at: usize,
    /// The byte after it.
    end: usize,
    pub quoted: bool,
}

impl<'a> Word<'a> {
    /// Whether it is this word of the language: a quoted word never is.
    pub fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.text == keyword
    }

    /// A part of the word as a word of its own, for messages about it.
    pub fn part<'b>(&self, from: usize, text: &'b str) -> Word<'b> {
        let at = self.at + from;
        Word { text: Cow::Borrowed(text), at, end: at + text.len(), quoted: false }
    }
}

/// A position in a line, and what would have been accepted there.
pub(super) struct Cursor<'a> {
    line: u32,
    text: &'a str,
    at: usize,
    /// The byte at which the last taken word begins.
    last: usize,
    /// The position of the offers. They are obsolete once the cursor has moved.
    offered_at: usize,
    /// What would be accepted here, as an error message lists it.
    offers: Vec<Cow<'static, str>>,
    /// The words that the offers stand for, for suggestions.
    known: Vec<&'static str>,
    /// The position whose offers completion wants.
    watched: Option<usize>,
    /// The offers at that position.
    caught: Vec<Offer>,
}

/// Something that would be accepted: the text for a message, and the words that it stands for.
pub(in crate::script) type Offer = (Cow<'static, str>, Vec<&'static str>);

impl<'a> Cursor<'a> {
    /// The start of a line. Fails if its quotes do not close.
    pub fn new(line: u32, text: &'a str) -> Parsed<Cursor<'a>> {
        let cursor = Cursor {
            line,
            text,
            at: 0,
            last: 0,
            offered_at: 0,
            offers: Vec::new(),
            known: Vec::new(),
            watched: None,
            caught: Vec::new(),
        };
        cursor.check_quotes()?;
        Ok(cursor)
    }

    fn check_quotes(&self) -> Parsed<()> {
        let mut letters = self.text.char_indices();
        while let Some((_, letter)) = letters.next() {
            match letter {
                '#' => break,
                '"' => self.check_text(&mut letters)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Skips to the end of a quoted text.
    fn check_text(&self, letters: &mut std::str::CharIndices<'_>) -> Parsed<()> {
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => return Ok(()),
                '\\' => match letters.next() {
                    Some((_, '"' | '\\' | 'n' | 'r')) => {}
                    Some((_, other)) => {
                        let found = quoted(&format!("\\{other}"));
                        return Err(self.error_at(at, "`\\\"`, `\\\\` or `\\n`".into(), found));
                    }
                    None => break,
                },
                _ => {}
            }
        }
        let found = "the end of the line".into();
        Err(self.error_at(self.text.len(), "a closing `\"`".into(), found))
    }

    /// The next word, up to a blank, a sign or a quote. A sign is a word of its own.
    pub fn peek(&self) -> Option<Word<'a>> {
        self.scan(true)
    }

    pub fn next(&mut self) -> Option<Word<'a>> {
        let word = self.peek()?;
        self.take(&word);
        Some(word)
    }

    /// Takes the next word up to a blank, including signs: a key or a value.
    pub fn next_raw(&mut self) -> Option<Word<'a>> {
        let word = self.scan(false)?;
        self.take(&word);
        Some(word)
    }

    /// Takes a word that was peeked at.
    pub fn take(&mut self, word: &Word<'a>) {
        self.at = word.end;
        self.last = word.at;
    }

    pub fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The byte at which the last taken word begins.
    pub fn last(&self) -> usize {
        self.last
    }

    /// The text after `#`, if the line has no more words.
    pub fn comment(&self) -> Option<&'a str> {
        self.text[self.start()..].strip_prefix('#').map(str::trim_end)
    }

    /// The byte at which the next word begins.
    pub fn start(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at + (rest.len() - rest.trim_start().len())
    }

    fn scan(&self, signs: bool) -> Option<Word<'a>> {
        let at = self.start();
        let rest = &self.text[at..];
        match rest.chars().next()? {
            '#' => return None,
            '"' => return Some(unquote(at, rest)),
            _ => {}
        }
        let end = match SIGNS.iter().find(|sign| signs && rest.starts_with(**sign)) {
            Some(sign) => sign.len(),
            None => word_length(rest, signs),
        };
        Some(Word { text: Cow::Borrowed(&rest[..end]), at, end: at + end, quoted: false })
    }

    /// Takes the word if it comes next; otherwise offers it.
    pub fn keyword(&mut self, keyword: &'static str) -> bool {
        match self.peek() {
            Some(word) if word.is(keyword) => {
                self.take(&word);
                true
            }
            _ => {
                self.offer(format!("`{keyword}`").into(), &[keyword]);
                false
            }
        }
    }

    pub fn require(&mut self, keyword: &'static str) -> Parsed<()> {
        if self.keyword(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// From now on, catches the offers at this position.
    pub fn watch(&mut self, at: usize) {
        self.watched = Some(at);
    }

    /// The offers at the watched position.
    pub fn caught(&mut self) -> Vec<Offer> {
        std::mem::take(&mut self.caught)
    }

    /// Records an offer for completion only, if this is the watched position.
    pub fn catch(&mut self, shown: impl Into<Cow<'static, str>>, words: &[&'static str]) {
        if self.watched.is_some() && self.watched == Some(self.start()) {
            self.caught.push((shown.into(), words.to_vec()));
        }
    }

    /// Remembers what would be accepted here: the text for a message, and the words that it stands
    /// for.
    pub fn offer(&mut self, shown: Cow<'static, str>, words: &[&'static str]) {
        let here = self.start();
        if self.watched == Some(here) {
            self.catch(shown.clone(), words);
        }
        if self.offered_at != here {
            self.offers.clear();
            self.known.clear();
            self.offered_at = here;
        }
        if !self.offers.contains(&shown) {
            self.offers.push(shown);
            self.known.extend(words);
        }
    }

    /// Fails unless the line ends here.
    pub fn end(&mut self) -> Parsed<()> {
        if self.peek().is_none() {
            return Ok(());
        }
        self.offer("the end of the line".into(), &[]);
        Err(self.unexpected())
    }

    /// The error that none of the offers is here.
    pub fn unexpected(&self) -> Box<ParseError> {
        let here = self.start();
        debug_assert_eq!(self.offered_at, here, "an offer must come before the error");
        let expected = alternatives(&self.offers);
        match self.peek() {
            Some(word) => {
                let mut error = self.wrong(&word, expected);
                error.suggestion =
                    nearest(&word.text, self.known.iter().copied()).map(str::to_owned);
                error
            }
            None => self.error_at(self.end_of_words(), expected, "the end of the line".into()),
        }
    }

    /// The error that something else was expected instead of this word.
    pub fn wrong(&self, word: &Word<'_>, expected: impl Into<String>) -> Box<ParseError> {
        self.error_at(word.at, expected.into(), quoted(&word.text))
    }

    /// The error that something else was expected instead of everything since that byte.
    pub fn wrong_since(&self, at: usize, expected: impl Into<String>) -> Box<ParseError> {
        self.wrong_at(at, expected, self.text[at..self.at].trim_end())
    }

    /// The error that something else was expected instead of the text at that byte.
    pub fn wrong_at(&self, at: usize, expected: impl Into<String>, found: &str) -> Box<ParseError> {
        self.error_at(at, expected.into(), quoted(found))
    }

    /// The error that a number is out of bounds.
    pub fn wrong_number(&self, at: usize, number: u64, expected: String) -> Box<ParseError> {
        self.error_at(at, expected, quoted(&number.to_string()))
    }

    /// The error that the whole statement is wrong.
    pub fn wrong_statement(&self, expected: String) -> Box<ParseError> {
        let at = self.text.len() - self.text.trim_start().len();
        let verb = self.text.split_whitespace().next().unwrap_or_default();
        self.error_at(at, expected, quoted(verb))
    }

    fn error_at(&self, at: usize, expected: String, found: String) -> Box<ParseError> {
        let column = self.column(at);
        Box::new(ParseError { line: self.line, column, expected, found, suggestion: None })
    }

    /// The end of the last word: a missing word is reported there, not after a comment.
    fn end_of_words(&self) -> usize {
        self.text[..self.start()].trim_end().len()
    }

    pub fn line(&self) -> u32 {
        self.line
    }

    /// The column of a byte, in characters from 1.
    pub fn column(&self, at: usize) -> u32 {
        self.text[..at].chars().count() as u32 + 1
    }
}

/// The length in bytes of the word at the start of `rest`; at least one character.
fn word_length(rest: &str, signs: bool) -> usize {
    for (at, letter) in rest.char_indices() {
        let ends = letter.is_whitespace()
            || letter == '#'
            || letter == '"'
            || signs && at > 0 && SIGNS.iter().any(|sign| rest[at..].starts_with(sign));
        if ends {
            return at;
        }
    }
    rest.len()
}

/// The quoted text at the start of `rest`. [`Cursor::check_quotes`] has found its end.
fn unquote(at: usize, rest: &str) -> Word<'_> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((end, letter)) = letters.next() {
        match letter {
            '"' => {
                return Word { text: Cow::Owned(text), at, end: at + end + 1, quoted: true };
            }
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 'r')) => text.push('\r'),
                Some((_, other)) => text.push(other),
                None => break,
            },
            _ => text.push(letter),
        }
    }
    Word { text: Cow::Owned(text), at, end: at + rest.len(), quoted: true }
}
