//! Parses acts on links.

use crate::sim::{Act, Ends, LinkQuality, LinkValue};

use super::Parser;
use super::cursor::Parsed;

impl Parser<'_> {
    /// `A -> B` or `A <-> B`
    pub fn cut(&mut self) -> Parsed<Act> {
        let (from, to, both) = self.directed_ends()?;
        Ok(Act::Cut { from, to, both })
    }

    /// `A -> B` or `A <-> B`, and whether it is both ways
    fn directed_ends(&mut self) -> Parsed<(Ends, Ends, bool)> {
        let from = self.ends()?;
        let both = self.cursor.keyword("<->");
        if !both {
            self.cursor.require("->")?;
        }
        let to = self.far_ends(&from)?;
        Ok((from, to, both))
    }

    /// `SET | SET [| SET]`
    pub fn partition(&mut self) -> Parsed<Act> {
        let mut groups = Vec::new();
        self.partition_group(&mut groups)?;
        self.cursor.require("|")?;
        self.partition_group(&mut groups)?;
        while self.cursor.keyword("|") {
            self.partition_group(&mut groups)?;
        }
        Ok(Act::Partition(groups))
    }

    /// `[A <-> B]`
    pub fn heal(&mut self) -> Parsed<Act> {
        if self.ends_here() {
            return Ok(Act::Heal(None));
        }
        let from = self.ends()?;
        self.cursor.require("<->")?;
        let to = self.far_ends(&from)?;
        Ok(Act::Heal(Some((from, to))))
    }

    /// `A -> B` or `A <-> B`, then `[latency A..B|default] [loss P%|default]`, at least one of them
    pub fn link(&mut self) -> Parsed<Act> {
        let (from, to, both) = self.directed_ends()?;
        let mut quality = LinkQuality::default();
        loop {
            if quality.latency.is_none() && self.cursor.keyword("latency") {
                quality.latency = Some(match self.cursor.keyword("default") {
                    true => LinkValue::Default,
                    false => LinkValue::Own(self.span(0)?),
                });
            } else if quality.loss_ppm.is_none() && self.cursor.keyword("loss") {
                quality.loss_ppm = Some(match self.cursor.keyword("default") {
                    true => LinkValue::Default,
                    false => LinkValue::Own(self.percent()?),
                });
            } else if quality == LinkQuality::default() {
                return Err(self.cursor.unexpected());
            } else {
                return Ok(Act::Link { from, to, both, quality });
            }
        }
    }
}
