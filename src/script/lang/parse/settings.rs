//! Parses settings and the states of servers at time 0.

use crate::raft::{CLIENTS_MAX, Reads, Rule, SERVERS_MAX};
use crate::sim::{Given, Preset, Routing, Setting};

use super::Parser;
use super::cursor::Parsed;
use super::numbers::NUMBER_MAX;

/// The largest value of `max-entries` and `max-inflight`.
const BATCH_MAX: u64 = 1_000_000;

impl Parser<'_> {
    /// The setting that begins with `verb`; `None` if there is none.
    pub fn setting(&mut self, verb: &str) -> Parsed<Option<Setting>> {
        Ok(Some(match verb {
            "servers" => Setting::Servers(self.number(1, SERVERS_MAX as u64)? as usize),
            "seed" => Setting::Seed(self.number(0, u64::MAX)?),
            "clients" => Setting::Clients(self.number(0, CLIENTS_MAX as u64)? as usize),
            "election-timeout" => Setting::ElectionTimeout(match self.cursor.keyword("never") {
                true => None,
                false => Some(self.span(1)?),
            }),
            "heartbeat" => Setting::Heartbeat(self.duration_or_never(1)?),
            "latency" => Setting::Latency(self.span(0)?),
            "loss" => Setting::Loss(self.percent()?),
            "duplicate" => Setting::Duplicate(self.percent()?),
            "fifo" => Setting::Fifo(self.switch()?),
            "disk" => self.disk()?,
            "client-timeout" => Setting::ClientTimeout(self.duration_or_never(1)?),
            "retry" => Setting::Retry(self.switch()?),
            "routing" => Setting::Routing(self.choice(&Routing::ALL, Routing::name, "")?),
            "reads" => Setting::Reads(self.choice(&Reads::ALL, Reads::name, "")?),
            "pre-vote" => Setting::PreVote(self.switch()?),
            "check-quorum" => Setting::CheckQuorum(self.switch()?),
            "catch-up" => Setting::CatchUp(self.switch()?),
            "snapshot-every" => Setting::SnapshotEvery(match self.cursor.keyword("off") {
                true => None,
                false => Some(self.number(1, NUMBER_MAX)?),
            }),
            "max-entries" => Setting::MaxEntries(self.number(1, BATCH_MAX)? as usize),
            "max-inflight" => Setting::MaxInflight(self.number(1, BATCH_MAX)? as usize),
            "rule" => self.rule()?,
            "preset" => Setting::Preset(self.choice(&Preset::ALL, Preset::name, "a preset")?),
            _ => return Ok(None),
        }))
    }

    /// `A..B [on SERVER]` or `default on SERVER`
    fn disk(&mut self) -> Parsed<Setting> {
        if self.cursor.keyword("default") {
            self.cursor.require("on")?;
            return Ok(Setting::DiskOf { server: self.server()?, own: None });
        }
        let span = self.span(0)?;
        Ok(match self.cursor.keyword("on") {
            true => Setting::DiskOf { server: self.server()?, own: Some(span) },
            false => Setting::Disk(span),
        })
    }

    /// `NAME on|off [on SERVER]`
    fn rule(&mut self) -> Parsed<Setting> {
        let rule = self.choice(&Rule::ALL, Rule::name, "a rule")?;
        let on = self.switch()?;
        let server = if self.cursor.keyword("on") { Some(self.server()?) } else { None };
        Ok(Setting::Rule { rule, on, server })
    }

    /// `SERVER [term N] [vote SERVER] [log TERM...] [commit N]`
    pub fn given(&mut self) -> Parsed<Given> {
        let server = self.server()?;
        let (mut term, mut vote, mut log, mut commit) = (None, None, None, None);
        loop {
            if term.is_none() && self.cursor.keyword("term") {
                term = Some((self.number(0, NUMBER_MAX)?, self.cursor.last()));
            } else if vote.is_none() && self.cursor.keyword("vote") {
                vote = Some(self.server()?);
            } else if log.is_none() && self.cursor.keyword("log") {
                log = Some(self.given_log()?);
            } else if commit.is_none() && self.cursor.keyword("commit") {
                commit = Some((self.number(0, NUMBER_MAX)?, self.cursor.last()));
            } else {
                break;
            }
        }
        let log = log.unwrap_or_default();
        let last_term = log.last().copied().unwrap_or(0);
        if let Some((term, at)) = term
            && term < last_term
        {
            let expected = format!("at least the term of its last entry, {last_term}");
            return Err(self.cursor.wrong_number(at, term, expected));
        }
        if let Some((commit, at)) = commit
            && commit > log.len() as u64
        {
            let expected = format!("at most the index of its last entry, {}", log.len());
            return Err(self.cursor.wrong_number(at, commit, expected));
        }
        let term = term.map_or(last_term, |(term, _)| term);
        Ok(Given { server, term, vote, log, commit: commit.map_or(0, |(commit, _)| commit) })
    }

    /// The terms of a log, which never decrease.
    fn given_log(&mut self) -> Parsed<Vec<u64>> {
        if self.cursor.keyword("none") {
            return Ok(Vec::new());
        }
        let mut log = vec![self.number(1, NUMBER_MAX)?];
        while self.is_numeric() {
            let term = self.number(1, NUMBER_MAX)?;
            if log.last().is_some_and(|before| *before > term) {
                let expected = "a term that is not lower than the one before".to_owned();
                return Err(self.cursor.wrong_number(self.cursor.last(), term, expected));
            }
            log.push(term);
        }
        self.cursor.offer("a number".into(), &[]);
        Ok(log)
    }
}
