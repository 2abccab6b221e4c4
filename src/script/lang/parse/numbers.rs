//! Parses words, numbers and durations.

use std::borrow::Cow;

use crate::raft::{Index, Term};
use crate::sim::{Duration, MILLION, Micros, SECOND, Span};

use super::Parser;
use super::cursor::{Cursor, Parsed, Word};
use super::error::{ParseError, alternatives, quoted};

/// The largest term, index or count. Sums of them do not overflow, and JavaScript represents it
/// exactly.
pub(super) const NUMBER_MAX: u64 = 1_000_000_000_000_000;

/// The longest duration, in microseconds: about three years.
pub(super) const DURATION_MAX_US: Micros = 100_000_000 * SECOND;

const UNITS: [(&str, Micros); 4] = [("us", 1), ("ms", 1_000), ("s", SECOND), ("m", 60 * SECOND)];

impl<'a> Parser<'a> {
    /// The next word; fails if there is none.
    pub fn word(&mut self, expected: &'static str) -> Parsed<Word<'a>> {
        self.cursor.catch(expected, &[]);
        match self.cursor.next() {
            Some(word) => Ok(word),
            None => Err(self.missing(expected)),
        }
    }

    /// A key or a value: any word, or a quoted text.
    pub fn raw(&mut self, expected: &'static str) -> Parsed<Word<'a>> {
        self.cursor.catch(expected, &[]);
        match self.cursor.next_raw() {
            Some(word) => Ok(word),
            None => Err(self.missing(expected)),
        }
    }

    /// A quoted text.
    pub fn text(&mut self, expected: &'static str) -> Parsed<String> {
        match self.cursor.peek() {
            Some(word) if word.quoted => {
                self.cursor.take(&word);
                Ok(word.text.into_owned())
            }
            _ => Err(self.missing(expected)),
        }
    }

    /// The error that something is missing here.
    pub fn missing(&mut self, expected: &'static str) -> Box<ParseError> {
        self.cursor.offer(Cow::Borrowed(expected), &[]);
        self.cursor.unexpected()
    }

    /// A word that begins with a digit.
    fn numeric(&mut self, expected: &'static str) -> Parsed<Word<'a>> {
        if self.is_numeric() { self.word(expected) } else { Err(self.missing(expected)) }
    }

    /// Whether a number comes next.
    pub fn is_numeric(&self) -> bool {
        let begins_so = |word: Word<'_>| {
            !word.quoted && word.text.starts_with(|letter: char| letter.is_ascii_digit())
        };
        self.cursor.peek().is_some_and(begins_so)
    }

    /// A whole number within the bounds, both included.
    pub fn number(&mut self, least: u64, most: u64) -> Parsed<u64> {
        let word = self.numeric("a number")?;
        number_in(&self.cursor, &word, least, most)
    }

    /// All numbers that come next.
    pub fn numbers(&mut self) -> Parsed<Vec<u64>> {
        let mut numbers = Vec::new();
        while self.is_numeric() {
            numbers.push(self.number(0, NUMBER_MAX)?);
        }
        self.cursor.offer(Cow::Borrowed("a number"), &[]);
        Ok(numbers)
    }

    /// One of a few named values.
    pub fn choice<T: Copy>(
        &mut self,
        all: &[T],
        name: fn(T) -> &'static str,
        what: &'static str,
    ) -> Parsed<T> {
        if let Some(word) = self.cursor.peek()
            && let Some(thing) = all.iter().find(|thing| !word.quoted && name(**thing) == word.text)
        {
            self.cursor.take(&word);
            return Ok(*thing);
        }
        let names: Vec<&'static str> = all.iter().map(|thing| name(*thing)).collect();
        let shown: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let shown = alternatives(&shown);
        let text = if what.is_empty() { shown } else { format!("{what} ({shown})") };
        self.cursor.offer(text.into(), &names);
        Err(self.cursor.unexpected())
    }

    /// `on` or `off`.
    pub fn switch(&mut self) -> Parsed<bool> {
        self.choice(&[true, false], |on| if on { "on" } else { "off" }, "")
    }

    pub fn duration(&mut self, least_us: Micros) -> Parsed<Micros> {
        let word = self.numeric("a duration such as `50ms`")?;
        duration_in(&self.cursor, &word, least_us)
    }

    pub fn duration_or_never(&mut self, least_us: Micros) -> Parsed<Option<Micros>> {
        if self.cursor.keyword("never") {
            return Ok(None);
        }
        self.duration(least_us).map(Some)
    }

    /// A range of durations; a single one is a range of one.
    pub fn span(&mut self, least_us: Micros) -> Parsed<Span> {
        let word = self.numeric("a range such as `150ms..300ms`")?;
        let Some((from, to)) = word.text.split_once("..") else {
            let length_us = duration_in(&self.cursor, &word, least_us)?;
            return Ok(Span::new(length_us, length_us));
        };
        let from_us = duration_in(&self.cursor, &word.part(0, from), least_us)?;
        let to_us = duration_in(&self.cursor, &word.part(from.len() + 2, to), least_us)?;
        if from_us > to_us {
            let mut error = self.cursor.wrong(&word, "a range from the shorter to the longer");
            error.suggestion = Some(format!("{to}..{from}"));
            return Err(error);
        }
        Ok(Span::new(from_us, to_us))
    }

    /// A percentage, as parts of a million.
    pub fn percent(&mut self) -> Parsed<u32> {
        let expected = "a percentage such as `5%`";
        let word = self.numeric(expected)?;
        match word.text.strip_suffix('%').and_then(|number| scaled(number, 10_000)) {
            Some(ppm) if ppm <= u64::from(MILLION) => Ok(ppm as u32),
            Some(_) => Err(self.cursor.wrong(&word, "a percentage from 0% to 100%")),
            None => {
                let mut error = self.cursor.wrong(&word, expected);
                let only_the_sign_is_missing = plain(&word.text, 100).is_some();
                error.suggestion = only_the_sign_is_missing.then(|| format!("{}%", word.text));
                Err(error)
            }
        }
    }

    pub fn whole_percent(&mut self) -> Parsed<u8> {
        let expected = "a whole percentage from 0% to 100%";
        let word = self.numeric(expected)?;
        let percent = word.text.strip_suffix('%').and_then(|number| plain(number, 100));
        percent.map(|percent| percent as u8).ok_or_else(|| self.cursor.wrong(&word, expected))
    }

    /// A factor with at most three decimals, as thousandths.
    pub fn thousandths(&mut self, least: u32, most: u32) -> Parsed<u32> {
        let expected = "a factor from 0.1 to 10 such as `1.5`";
        let word = self.numeric(expected)?;
        let factor = scaled(&word.text, 1_000).and_then(|factor| u32::try_from(factor).ok());
        factor
            .filter(|factor| (least..=most).contains(factor))
            .ok_or_else(|| self.cursor.wrong(&word, expected))
    }

    /// An index and a term, as in `2/1`.
    pub fn position(&mut self) -> Parsed<(Index, Term)> {
        let expected = "an index and a term such as `2/1`";
        let word = self.numeric(expected)?;
        let parts = word
            .text
            .split_once('/')
            .and_then(|(index, term)| Some((plain(index, NUMBER_MAX)?, plain(term, NUMBER_MAX)?)));
        parts.ok_or_else(|| self.cursor.wrong(&word, expected))
    }

    /// A rate, as in `20/s`.
    pub fn rate(&mut self, most: u64) -> Parsed<u64> {
        let expected = "a rate from `1/s` to `100000/s`";
        let word = self.numeric(expected)?;
        let rate = word.text.strip_suffix("/s").and_then(|rate| plain(rate, most));
        rate.filter(|rate| *rate > 0).ok_or_else(|| {
            let mut error = self.cursor.wrong(&word, expected);
            error.suggestion = plain(&word.text, most).map(|rate| format!("{rate}/s"));
            error
        })
    }
}

fn number_in(cursor: &Cursor<'_>, word: &Word<'_>, least: u64, most: u64) -> Parsed<u64> {
    match plain(&word.text, most) {
        Some(number) if number >= least => Ok(number),
        _ if least == 0 && most >= NUMBER_MAX && !is_digits(&word.text) => {
            Err(cursor.wrong(word, "a number"))
        }
        _ => Err(cursor.wrong(word, format!("a number from {least} to {most}"))),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number in plain digits, at most `most`.
fn plain(text: &str, most: u64) -> Option<u64> {
    if !is_digits(text) {
        return None;
    }
    text.parse().ok().filter(|number| *number <= most)
}

/// A decimal number times `scale`, if the result is whole and does not overflow.
fn scaled(text: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let mut sum = whole.parse::<u64>().ok()?.checked_mul(scale)?;
    let mut unit = scale;
    for digit in fraction.bytes().map(|byte| u64::from(byte - b'0')) {
        if digit > 0 && !unit.is_multiple_of(10) {
            return None;
        }
        unit /= 10;
        sum = sum.checked_add(digit * unit)?;
    }
    Some(sum)
}

fn duration_in(cursor: &Cursor<'_>, word: &Word<'_>, least_us: Micros) -> Parsed<Micros> {
    let text: &str = &word.text;
    let unit_at = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, unit) = text.split_at(unit_at.unwrap_or(text.len()));
    let Some((_, unit_us)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        let mut error =
            cursor.wrong(word, "a duration such as `50ms` (the units are us, ms, s and m)");
        error.suggestion = likely_unit(unit)
            .filter(|_| plain(number, 1_000_000).is_some())
            .map(|unit| format!("{number}{unit}"));
        return Err(error);
    };
    match scaled(number, *unit_us) {
        Some(us) if us < least_us => {
            Err(cursor.wrong(word, format!("a duration of at least {}", Duration(least_us))))
        }
        Some(us) if us <= DURATION_MAX_US => Ok(us),
        Some(_) => Err(cursor.wrong(word, format!("at most {}", Duration(DURATION_MAX_US)))),
        None => Err(cursor.wrong(word, "a duration in whole microseconds such as `1.5s`")),
    }
}

/// The unit that a wrong or missing unit probably stands for.
fn likely_unit(unit: &str) -> Option<&'static str> {
    match unit {
        "" | "msec" | "millis" | "MS" | "Ms" => Some("ms"),
        "sec" | "secs" | "S" => Some("s"),
        "min" | "mins" => Some("m"),
        "µs" | "usec" => Some("us"),
        _ => None,
    }
}
