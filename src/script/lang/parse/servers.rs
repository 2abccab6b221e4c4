//! Parses names and sets of servers and clients, and message filters.

use std::borrow::Cow;

use crate::raft::{ClientId, Kind, ServerId, ServerSet};
use crate::sim::{Ends, Filter, Servers};

use super::Parser;
use super::cursor::{Parsed, Word};

/// Sets of servers by their state.
const GROUPS: [(&str, Servers); 4] = [
    ("all", Servers::All),
    ("leader", Servers::Leader),
    ("followers", Servers::Followers),
    ("others", Servers::Others),
];
pub(super) const SERVER_NAMES: [&str; 9] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];
const CLIENT_NAMES: [&str; 9] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"];
const GROUP_NAMES: [&str; 4] = ["all", "leader", "followers", "others"];

const SERVER: &str = "a server, `s1` to `s9`";
const SERVER_LIST: &str = "servers such as `s1,s3`";
const ONE_SERVER: &str = "a single server such as `s1` or `leader`";
const SERVERS: &str = "servers such as `s1,s3`, `all`, `leader`, `followers` or `others`";
const ENDS: &str =
    "servers or clients such as `s1,s3`, `c1`, `all`, `leader`, `followers` or `others`";

impl<'a> Parser<'a> {
    /// A single server by name.
    pub fn server(&mut self) -> Parsed<ServerId> {
        self.cursor.catch("", &SERVER_NAMES);
        let word = self.word(SERVER)?;
        self.server_in(&word, SERVER)
    }

    /// A single server by name or by role.
    pub fn one_server(&mut self) -> Parsed<Servers> {
        let at = self.cursor.start();
        match self.group() {
            Some(group @ (Servers::Leader | Servers::Followers)) => return Ok(group),
            Some(_) => return Err(self.cursor.wrong_since(at, ONE_SERVER)),
            None => self.check_name(ONE_SERVER, false, &["leader", "followers"])?,
        }
        let (servers, _) = self.names(ONE_SERVER, false)?;
        if servers.len() == 1 {
            return Ok(Servers::Named(servers));
        }
        Err(self.cursor.wrong_since(at, ONE_SERVER))
    }

    /// The next group of a partition, after these.
    pub fn partition_group(&mut self, groups: &mut Vec<Servers>) -> Parsed<()> {
        const ONE_GROUP: &str = "each server in one group only";
        let at = self.cursor.start();
        let first_name = self.names.len();
        let group = self.servers()?;
        let is_taken = |server: ServerId| {
            groups.iter().any(|group| matches!(group, Servers::Named(set) if set.contains(server)))
        };
        let taken = self.names[first_name..].iter().find(|(server, _)| is_taken(*server));
        if let Some((server, at)) = taken {
            return Err(self.cursor.wrong_at(*at, ONE_GROUP, &server.to_string()));
        }
        let is_again = !matches!(group, Servers::Named(_)) && groups.contains(&group);
        let has_all = group == Servers::All || groups.contains(&Servers::All);
        if is_again || has_all && !groups.is_empty() {
            let mut error = self.cursor.wrong_since(at, ONE_GROUP);
            let meant = group == Servers::All && !groups.contains(&Servers::Others);
            error.suggestion = meant.then(|| "others".to_owned());
            return Err(error);
        }
        groups.push(group);
        Ok(())
    }

    /// The ends that links from `from` lead to. Fails if there can be no such link.
    pub fn far_ends(&mut self, from: &Ends) -> Parsed<Ends> {
        let at = self.cursor.start();
        let to = self.ends()?;
        if from.may_reach(&to) {
            return Ok(to);
        }
        let expected = match from {
            Ends::Mixed(servers, _) if servers.is_empty() => {
                "a server at one end, since clients have no links to each other".to_owned()
            }
            _ => format!("a server other than {from}"),
        };
        Err(self.cursor.wrong_since(at, expected))
    }

    /// The server at the other end of a link.
    pub fn other_server(&mut self, from: ServerId) -> Parsed<ServerId> {
        let at = self.cursor.start();
        let to = self.server()?;
        if to != from {
            return Ok(to);
        }
        Err(self.cursor.wrong_since(at, format!("a server other than {from}")))
    }

    /// A single client by name.
    pub fn client(&mut self) -> Parsed<ClientId> {
        let expected = "a client, `c1` to `c9`";
        self.cursor.catch("", &CLIENT_NAMES);
        let word = self.word(expected)?;
        match client_in(&word) {
            Some(client) => {
                self.mention(client.into(), word.at);
                Ok(client)
            }
            None => Err(self.cursor.wrong(&word, expected)),
        }
    }

    /// Server names, separated by commas.
    pub fn named_servers(&mut self) -> Parsed<ServerSet> {
        self.check_name(SERVER_LIST, false, &[])?;
        Ok(self.names(SERVER_LIST, false)?.0)
    }

    /// Server names, or a group such as `all`.
    pub fn servers(&mut self) -> Parsed<Servers> {
        if let Some(group) = self.group() {
            return Ok(group);
        }
        self.check_name(SERVERS, false, &GROUP_NAMES)?;
        Ok(Servers::Named(self.names(SERVERS, false)?.0))
    }

    /// Servers or clients: the ends of links.
    pub fn ends(&mut self) -> Parsed<Ends> {
        if let Some(group) = self.group() {
            return Ok(Ends::Servers(group));
        }
        self.check_name(ENDS, true, &GROUP_NAMES)?;
        let (servers, clients) = self.names(ENDS, true)?;
        Ok(match clients.is_empty() {
            true => Ends::Servers(Servers::Named(servers)),
            false => Ends::Mixed(servers, clients),
        })
    }

    fn group(&mut self) -> Option<Servers> {
        let word = self.cursor.peek().filter(|word| !word.quoted)?;
        let (_, group) = GROUPS.iter().find(|(name, _)| *name == word.text)?;
        self.cursor.take(&word);
        Some(*group)
    }

    /// Fails if the next word does not look like a name, also with the offers made before.
    fn check_name(
        &mut self,
        expected: &'static str,
        clients: bool,
        known: &[&'static str],
    ) -> Parsed<()> {
        let looks_like_name = |word: &Word<'_>| {
            let mut letters = word.text.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            !word.quoted
                && (first == Some('s') || clients && first == Some('c'))
                && letters.next().is_some_and(|letter| letter.is_ascii_digit())
        };
        if self.cursor.peek().is_some_and(|word| looks_like_name(&word)) {
            return Ok(());
        }
        self.cursor.offer(Cow::Borrowed(expected), known);
        self.catch_names(clients);
        Err(self.cursor.unexpected())
    }

    fn catch_names(&mut self, clients: bool) {
        self.cursor.catch("", &SERVER_NAMES);
        if clients {
            self.cursor.catch("", &CLIENT_NAMES);
        }
    }

    /// Names separated by commas; blanks may follow a comma.
    fn names(
        &mut self,
        expected: &'static str,
        clients: bool,
    ) -> Parsed<(ServerSet, Vec<ClientId>)> {
        let (mut servers, mut named_clients) = (ServerSet::EMPTY, Vec::new());
        loop {
            self.catch_names(clients);
            let word = self.word(expected)?;
            let more = word.text.ends_with(',');
            let mut from = 0;
            for part in word.text.strip_suffix(',').unwrap_or(&word.text).split(',') {
                let name = word.part(from, part);
                from += part.len() + 1;
                match client_in(&name).filter(|_| clients) {
                    Some(client) => {
                        self.mention(client.into(), name.at);
                        named_clients.push(client);
                    }
                    None => servers.insert(self.server_in(&name, expected)?),
                }
            }
            if !more {
                break;
            }
        }
        named_clients.sort();
        named_clients.dedup();
        Ok((servers, named_clients))
    }

    fn server_in(&mut self, word: &Word<'_>, expected: &str) -> Parsed<ServerId> {
        if let Some(server) = server_named(&word.text).filter(|_| !word.quoted) {
            self.mention(server.into(), word.at);
            self.names.push((server, word.at));
            return Ok(server);
        }
        let mut error = self.cursor.wrong(word, expected);
        let lower = word.text.to_ascii_lowercase();
        error.suggestion = server_named(&lower).map(|server| server.to_string());
        Err(error)
    }

    /// `[KIND] [from SET] [to SET]`, in any order.
    pub fn filter(&mut self) -> Parsed<Filter> {
        let mut filter = Filter::default();
        loop {
            if filter.kind.is_none()
                && let Some(kind) = self.kind_here()
            {
                filter.kind = Some(kind);
            } else if filter.from.is_none() && self.cursor.keyword("from") {
                filter.from = Some(self.filter_ends(&filter.to)?);
            } else if filter.to.is_none() && self.cursor.keyword("to") {
                filter.to = Some(self.filter_ends(&filter.from)?);
            } else {
                return Ok(filter);
            }
        }
    }

    /// One end of a filter; the other one may stand before it.
    fn filter_ends(&mut self, other: &Option<Ends>) -> Parsed<Ends> {
        match other {
            Some(other) => self.far_ends(other),
            None => self.ends(),
        }
    }

    fn kind_here(&mut self) -> Option<Kind> {
        if let Some(word) = self.cursor.peek()
            && let Some(kind) = Kind::ALL.iter().find(|kind| kind.name() == word.text)
        {
            self.cursor.take(&word);
            return Some(*kind);
        }
        let shown = Cow::Borrowed("a kind of message such as `append`");
        self.cursor.offer(shown, &Kind::ALL.map(Kind::name));
        None
    }
}

fn server_named(text: &str) -> Option<ServerId> {
    number_of(text, 's').and_then(ServerId::new)
}

fn client_in(word: &Word<'_>) -> Option<ClientId> {
    if word.quoted { None } else { number_of(&word.text, 'c').and_then(ClientId::new) }
}

/// The number in a name such as `s3`.
fn number_of(name: &str, letter: char) -> Option<usize> {
    let digits = name.strip_prefix(letter)?;
    if !digits.starts_with(|digit: char| ('1'..='9').contains(&digit)) {
        return None;
    }
    digits.parse().ok()
}
