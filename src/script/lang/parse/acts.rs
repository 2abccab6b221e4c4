//! Parses actions on the cluster.

use crate::raft::{Kind, Op};
use crate::sim::{Act, Inject, Load, Servers};

use super::Parser;
use super::cursor::{Cursor, Parsed};
use super::numbers::NUMBER_MAX;

/// The highest rate of `load`, in requests per second.
const RATE_MAX: u64 = 100_000;
/// The most keys that `load` uses.
const KEYS_MAX: u64 = 100_000;
/// The defaults of `load`.
const LOAD_KEYS: u32 = 5;
const LOAD_WRITES_PERCENT: u8 = 50;

type ForServers = fn(Servers) -> Act;

/// Actions whose only argument is a set of servers.
const FOR_SERVERS: [(&str, ForServers); 9] = [
    ("crash", Act::Crash),
    ("restart", Act::Restart),
    ("resume", Act::Resume),
    ("wipe", Act::Wipe),
    ("timeout", Act::Timeout),
    ("beat", Act::Beat),
    ("isolate", Act::Isolate),
    ("members", Act::Members),
    ("snapshot", Act::Snapshot),
];
/// Actions whose only argument is one server.
const FOR_ONE_SERVER: [(&str, ForServers); 3] =
    [("transfer", Act::Transfer), ("remove", Act::Remove), ("promote", Act::Promote)];

impl Parser<'_> {
    /// The action that begins with `verb`; `None` if there is none.
    pub fn act(&mut self, verb: &str) -> Parsed<Option<Act>> {
        if let Some((_, act)) = FOR_SERVERS.iter().find(|(name, _)| *name == verb) {
            return Ok(Some(act(self.servers()?)));
        }
        if let Some((_, act)) = FOR_ONE_SERVER.iter().find(|(name, _)| *name == verb) {
            return Ok(Some(act(self.one_server()?)));
        }
        Ok(Some(match verb {
            "pause" | "suspend" => {
                let servers = self.servers()?;
                let time_us =
                    if self.cursor.keyword("for") { Some(self.duration(1)?) } else { None };
                Act::Pause(servers, time_us)
            }
            "skew" => Act::Skew(self.servers()?, self.thousandths(100, 10_000)?),
            "cut" => self.cut()?,
            "partition" => self.partition()?,
            "heal" => self.heal()?,
            "link" => self.link()?,
            "drop" | "hold" | "duplicate" | "delay" | "release" | "discard" | "resend" => {
                self.messages(verb)?
            }
            "inject" => Act::Inject(Box::new(self.inject()?)),
            "set" | "get" | "delete" | "cas" => self.request(verb)?,
            "load" => self.load()?,
            "add" => {
                let server = self.one_server()?;
                Act::Add { server, learner: self.cursor.keyword("learner") }
            }
            _ => return Ok(None),
        }))
    }

    /// `K V`, `K`, or `K OLD NEW`, then `[via SERVER] [by CLIENT]`
    fn request(&mut self, verb: &str) -> Parsed<Act> {
        let key = self.raw("a key")?.text.into_owned();
        let op = match verb {
            "set" => Op::Set { key, value: self.value()? },
            "get" => Op::Get { key },
            "delete" => Op::Delete { key },
            _ => Op::Cas { key, old: self.value()?, new: self.value()? },
        };
        let (mut via, mut by) = (None, None);
        loop {
            if via.is_none() && self.cursor.keyword("via") {
                via = Some(self.one_server()?);
            } else if by.is_none() && self.cursor.keyword("by") {
                by = Some(self.client()?);
            } else {
                return Ok(Act::Request { op, via, by });
            }
        }
    }

    fn value(&mut self) -> Parsed<String> {
        Ok(self.raw("a value")?.text.into_owned())
    }

    /// `RATE/s [keys N] [writes P%]` or `off`
    fn load(&mut self) -> Parsed<Act> {
        if self.cursor.keyword("off") {
            return Ok(Act::Load(None));
        }
        let rate_per_s = self.rate(RATE_MAX)? as u32;
        let (mut keys, mut writes_percent) = (None, None);
        loop {
            if keys.is_none() && self.cursor.keyword("keys") {
                keys = Some(self.number(1, KEYS_MAX)? as u32);
            } else if writes_percent.is_none() && self.cursor.keyword("writes") {
                writes_percent = Some(self.whole_percent()?);
            } else {
                break;
            }
        }
        Ok(Act::Load(Some(Load {
            rate_per_s,
            keys: keys.unwrap_or(LOAD_KEYS),
            writes_percent: writes_percent.unwrap_or(LOAD_WRITES_PERCENT),
        })))
    }

    /// `KIND from A to B [term N] [prev INDEX/TERM] [entries TERM...] [commit N] [last INDEX/TERM]
    /// [granted|rejected]`, where each kind takes only its own fields
    fn inject(&mut self) -> Parsed<Inject> {
        let kinds: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| between_servers(*kind)).collect();
        let kind = self.choice(&kinds, Kind::name, "a kind of message between servers")?;
        self.cursor.require("from")?;
        let from = self.server()?;
        self.cursor.require("to")?;
        let to = self.other_server(from)?;
        let mut fields = Fields::default();
        while self.field(kind, &mut fields)? {}
        Ok(Inject {
            kind,
            from,
            to,
            term: fields.term,
            prev: fields.prev,
            entries: fields.entries.unwrap_or_default(),
            commit: fields.commit.unwrap_or(0),
            last: fields.last,
            granted: fields.granted,
        })
    }

    /// The next field of an injected message, if one follows.
    fn field(&mut self, kind: Kind, fields: &mut Fields) -> Parsed<bool> {
        let comes = |cursor: &mut Cursor<'_>, name: &'static str, is_new: bool| {
            is_new && has_field(kind, name) && cursor.keyword(name)
        };
        if comes(&mut self.cursor, "term", fields.term.is_none()) {
            fields.term = Some(self.number(0, NUMBER_MAX)?);
        } else if comes(&mut self.cursor, "prev", fields.prev.is_none()) {
            fields.prev = Some(self.position()?);
        } else if comes(&mut self.cursor, "entries", fields.entries.is_none()) {
            fields.entries = Some(self.entries()?);
        } else if comes(&mut self.cursor, "commit", fields.commit.is_none()) {
            fields.commit = Some(self.number(0, NUMBER_MAX)?);
        } else if comes(&mut self.cursor, "last", fields.last.is_none()) {
            fields.last = Some(self.position()?);
        } else if comes(&mut self.cursor, "granted", fields.granted.is_none()) {
            fields.granted = Some(true);
        } else if comes(&mut self.cursor, "rejected", fields.granted.is_none()) {
            fields.granted = Some(false);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// The terms of injected entries.
    fn entries(&mut self) -> Parsed<Vec<u64>> {
        let mut terms = vec![self.number(1, NUMBER_MAX)?];
        while self.is_numeric() {
            terms.push(self.number(1, NUMBER_MAX)?);
        }
        Ok(terms)
    }
}

#[derive(Default)]
struct Fields {
    term: Option<u64>,
    prev: Option<(u64, u64)>,
    entries: Option<Vec<u64>>,
    commit: Option<u64>,
    last: Option<(u64, u64)>,
    granted: Option<bool>,
}

/// Whether servers send each other messages of that kind.
fn between_servers(kind: Kind) -> bool {
    !matches!(kind, Kind::Request | Kind::Reply)
}

/// Whether messages of that kind have that field.
fn has_field(kind: Kind, field: &str) -> bool {
    match field {
        "term" => true,
        "prev" => matches!(kind, Kind::Append | Kind::AppendReply),
        "entries" | "commit" => kind == Kind::Append,
        "last" => matches!(
            kind,
            Kind::RequestVote
                | Kind::PreVote
                | Kind::AppendReply
                | Kind::InstallSnapshot
                | Kind::SnapshotReply
        ),
        _ => matches!(
            kind,
            Kind::Vote | Kind::PreVoteReply | Kind::AppendReply | Kind::SnapshotReply
        ),
    }
}
