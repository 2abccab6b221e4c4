//! Parses acts on messages: on those that will be sent, on those that are held, and on one message.

use crate::sim::{Act, Count, Interception, MessageAct, MessageName, MessageState};

use super::Parser;
use super::cursor::Parsed;

impl Parser<'_> {
    /// What follows a verb that is about messages.
    pub fn messages(&mut self, verb: &str) -> Parsed<Act> {
        match verb {
            "drop" => self.order(MessageAct::Drop, Interception::Drop),
            "hold" => self.order(MessageAct::Hold, Interception::Hold),
            "duplicate" => self.order(MessageAct::Duplicate, Interception::Duplicate),
            "delay" => self.delay(),
            "release" => self.of_held(MessageAct::Release),
            "discard" => self.of_held(MessageAct::Discard),
            _ => self.resend(),
        }
    }

    /// `[Nth] in-flight|held [KIND] [from SET] [to SET]`, or
    /// `[next N|all] [KIND] [from SET] [to SET]`
    fn order(&mut self, act: MessageAct, interception: Interception) -> Parsed<Act> {
        if let Some(name) = self.one_message(act)? {
            return Ok(Act::Message(act, name));
        }
        Ok(Act::Intercept(interception, self.count()?, self.filter()?))
    }

    /// As `order`, with `by D`
    fn delay(&mut self) -> Parsed<Act> {
        if let Some(name) = self.one_message(MessageAct::Delay(0))? {
            self.cursor.require("by")?;
            return Ok(Act::Message(MessageAct::Delay(self.duration(1)?), name));
        }
        let (count, filter) = (self.count()?, self.filter()?);
        self.cursor.require("by")?;
        Ok(Act::Intercept(Interception::Delay(self.duration(1)?), count, filter))
    }

    /// `[Nth] in-flight|held [KIND] [from SET] [to SET]`, or `[next N] [KIND] [from SET] [to SET]`
    fn of_held(&mut self, act: MessageAct) -> Parsed<Act> {
        if let Some(name) = self.one_message(act)? {
            return Ok(Act::Message(act, name));
        }
        let (count, filter) = (self.next_count()?, self.filter()?);
        Ok(match act {
            MessageAct::Release => Act::Release(count, filter),
            _ => Act::Discard(count, filter),
        })
    }

    /// `[Nth] in-flight|held|delivered|lost [KIND] [from SET] [to SET] after D`
    fn resend(&mut self) -> Parsed<Act> {
        let Some(name) = self.one_message(MessageAct::Resend(0))? else {
            return Err(self.cursor.unexpected());
        };
        self.cursor.require("after")?;
        Ok(Act::Message(MessageAct::Resend(self.duration(1)?), name))
    }

    /// One message, if a word says so that the act goes with.
    fn one_message(&mut self, act: MessageAct) -> Parsed<Option<MessageName>> {
        let nth = self.ordinal();
        let mut states = act.states().iter().copied();
        match states.find(|state| self.cursor.keyword(MessageState::name(*state))) {
            Some(state) => {
                Ok(Some(MessageName { state, nth: nth.unwrap_or(1), filter: self.filter()? }))
            }
            None if nth.is_some() => Err(self.cursor.unexpected()),
            None => Ok(None),
        }
    }

    /// An ordinal number, such as `2nd`.
    fn ordinal(&mut self) -> Option<u32> {
        let word = self.cursor.peek().filter(|word| !word.quoted);
        let number = word.as_ref().and_then(|word| ordinal_in(&word.text));
        match (number, word) {
            (Some(_), Some(word)) => self.cursor.take(&word),
            _ => self.cursor.offer("a place such as `2nd`".into(), &["1st", "2nd", "3rd"]),
        }
        number
    }

    /// `[next N|all]`
    fn count(&mut self) -> Parsed<Count> {
        Ok(match self.next_count()? {
            Some(count) => Count::Next(count),
            None if self.cursor.keyword("all") => Count::All,
            None => Count::Next(1),
        })
    }

    /// `[next N]`
    fn next_count(&mut self) -> Parsed<Option<u32>> {
        if !self.cursor.keyword("next") {
            return Ok(None);
        }
        self.number(1, u64::from(u32::MAX)).map(|count| Some(count as u32))
    }
}

/// The number in a word such as `2nd`.
pub(super) fn ordinal_in(word: &str) -> Option<u32> {
    let digits = word.get(..word.len().checked_sub(2)?)?;
    let number: u32 = digits.parse().ok().filter(|number| *number > 0)?;
    (crate::sim::ordinal(number) == word).then_some(number)
}
