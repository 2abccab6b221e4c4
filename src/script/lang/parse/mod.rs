//! Parses text into a [`Script`].
//!
//! Each line is a statement, so a wrong line does not affect the others: all errors are reported at
//! once. A [`cursor::Cursor`] walks along a line and remembers what it would have accepted at a
//! place. The error message lists that, suggests the most similar word, and completion offers it.

mod acts;
mod conditions;
mod cursor;
mod error;
mod links;
mod messages;
mod narration;
mod numbers;
mod offers;
mod servers;
mod settings;
mod spelling;
mod statements;

use crate::raft::{Address, ServerId, ServerSet};
use crate::sim::{Setting, Settings};

use super::ast::{Line, Script, Statement};
use cursor::{Cursor, Parsed};
pub use error::ParseError;
pub(in crate::script) use offers::offers_at;
pub(in crate::script) use spelling::nearest;

/// The longest script, in bytes.
pub const TEXT_MAX: usize = 1_000_000;
/// The most errors that are reported.
const ERRORS_MAX: usize = 100;

/// Parses one line.
struct Parser<'a> {
    cursor: Cursor<'a>,
    /// The servers and clients that the line names, each with the byte of its first mention.
    mentions: Vec<(Address, usize)>,
    /// All names of servers so far, each with its byte.
    names: Vec<(ServerId, usize)>,
    /// The words that may follow the part of the statement that is being parsed.
    follows: &'static [&'static str],
}

impl<'a> Parser<'a> {
    fn new(number: u32, text: &'a str) -> Parsed<Parser<'a>> {
        let cursor = Cursor::new(number, text)?;
        Ok(Parser { cursor, mentions: Vec::new(), names: Vec::new(), follows: &[] })
    }

    fn allowed_only_by_hand(&self) -> Box<ParseError> {
        let expected = "`after`, and `at` within `at`, only below `by-hand`";
        self.cursor.wrong_statement(expected.into())
    }

    fn mention(&mut self, who: Address, at: usize) {
        if !self.mentions.iter().any(|(known, _)| *known == who) {
            self.mentions.push((who, at));
        }
    }

    fn mentions(&self) -> impl Iterator<Item = Mention> {
        let (line, cursor) = (self.cursor.line(), &self.cursor);
        self.mentions.iter().map(move |(who, at)| Mention {
            who: *who,
            line,
            column: cursor.column(*at),
        })
    }
}

/// A server or client in a line.
struct Mention {
    who: Address,
    line: u32,
    column: u32,
}

impl Mention {
    /// Fails if the cluster has no such server or client.
    fn check(&self, servers: usize, clients: usize) -> Parsed<()> {
        let (number, count, what) = match self.who {
            Address::Server(server) => (server.number(), servers, "server"),
            Address::Client(client) => (client.number(), clients, "client"),
        };
        if number <= count {
            return Ok(());
        }
        let letter = &what[..1];
        let expected = match count {
            0 => format!("no {what}, since the cluster has none"),
            1 => format!("`{letter}1`, the only {what} of this cluster"),
            _ => format!(
                "one of the {count} {what}s of this cluster, `{letter}1` to `{letter}{count}`"
            ),
        };
        let found = format!("`{}`", self.who);
        let Mention { line, column, .. } = *self;
        Err(Box::new(ParseError { line, column, expected, found, suggestion: None }))
    }
}

/// Parses a script, or returns its errors in the order of their lines.
pub fn parse(text: &str) -> Result<Script, Vec<ParseError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > TEXT_MAX {
        return Err(vec![ParseError {
            line: 1,
            column: 1,
            expected: format!("a script of at most {TEXT_MAX} bytes"),
            found: format!("{} bytes", text.len()),
            suggestion: None,
        }]);
    }
    let mut parser = ScriptParser::default();
    for (index, line) in text.lines().enumerate() {
        if let Err(error) = parser.line(index as u32 + 1, line) {
            parser.fail(line, *error);
        }
        if parser.errors.len() >= ERRORS_MAX {
            break;
        }
    }
    parser.finish()
}

/// Parses one statement for an existing cluster with this many servers and clients.
pub fn parse_statement(
    text: &str,
    servers: usize,
    clients: usize,
) -> Result<Option<Statement>, ParseError> {
    statement_for(text, servers, clients).map_err(|error| *error)
}

fn statement_for(text: &str, servers: usize, clients: usize) -> Parsed<Option<Statement>> {
    let mut parser = Parser::new(1, text)?;
    if parser.cursor.peek().is_none() {
        return Ok(None);
    }
    let statement = parser.statement()?;
    if statement.must_stand_by_hand() {
        return Err(parser.allowed_only_by_hand());
    }
    parser.mentions().try_for_each(|mention| mention.check(servers, clients))?;
    Ok(Some(statement))
}

/// The words of a line, without quotes.
pub(in crate::script) fn words(text: &str) -> Result<Vec<String>, ParseError> {
    let mut cursor = Cursor::new(1, text).map_err(|error| *error)?;
    let mut words = Vec::new();
    while let Some(word) = cursor.next_raw() {
        words.push(word.text.into_owned());
    }
    Ok(words)
}

/// The state between lines.
#[derive(Default)]
struct ScriptParser {
    lines: Vec<Line>,
    errors: Vec<ParseError>,
    mentions: Vec<Mention>,
    /// The end of the head: its number of lines, and the line number of the statement that ends it.
    head: Option<(usize, u32)>,
    settings: Settings,
    /// The lines of `servers`, `seed` and `clients`.
    fixed: Vec<(&'static str, u32)>,
    /// Whether `servers` or `clients` does not parse: names cannot be checked then.
    is_size_unknown: bool,
    given: ServerSet,
    joining: ServerSet,
    learners: ServerSet,
    /// Whether `by-hand` came before this line.
    by_hand: bool,
}

impl ScriptParser {
    fn line(&mut self, number: u32, text: &str) -> Parsed<()> {
        let mut parser = Parser::new(number, text)?;
        let statement = match parser.cursor.peek() {
            Some(_) => Some(parser.statement()?),
            None => None,
        };
        let comment = parser.cursor.comment().map(Into::into);
        if let Some(statement) = &statement {
            self.check_position(number, statement, &parser)?;
            self.mentions.extend(parser.mentions());
        }
        if statement.is_some() || comment.is_some() {
            self.lines.push(Line { number, statement, comment });
        }
        Ok(())
    }

    /// Fails if the statement is not allowed here. Records where the head ends.
    fn check_position(
        &mut self,
        number: u32,
        statement: &Statement,
        parser: &Parser<'_>,
    ) -> Parsed<()> {
        match statement {
            Statement::At { .. } if self.by_hand => return Ok(()),
            statement if statement.is_of_reader() && self.by_hand => return Ok(()),
            statement if statement.is_of_reader() => {
                return Err(parser.cursor.wrong_statement("this only below `by-hand`".into()));
            }
            statement if statement.must_stand_by_hand() => {
                return Err(parser.allowed_only_by_hand());
            }
            _ if self.by_hand => {
                return Err(parser.cursor.wrong_statement("`at`, below `by-hand`".into()));
            }
            statement => self.by_hand = *statement == Statement::ByHand,
        }
        match self.head {
            None if statement.belongs_to_head() => self.check_head(statement, parser),
            None => {
                self.head = Some((self.lines.len(), number));
                Ok(())
            }
            Some((_, end)) if statement.must_stand_at_head() => {
                let expected =
                    format!("this only at the head of the script, which ends before line {end}");
                Err(parser.cursor.wrong_statement(expected))
            }
            Some(_) => Ok(()),
        }
    }

    fn check_head(&mut self, statement: &Statement, parser: &Parser<'_>) -> Parsed<()> {
        match statement {
            Statement::Set(setting) => {
                self.check_given_once(setting, parser)?;
                self.settings.apply(setting);
            }
            Statement::Given(given) if self.given.contains(given.server) => {
                let expected = format!("no second `given` for {}", given.server);
                return Err(parser.cursor.wrong_statement(expected));
            }
            Statement::Given(given) => self.given.insert(given.server),
            Statement::Joining(servers) => self.joining = self.joining.union(*servers),
            Statement::Learners(servers) => self.learners = self.learners.union(*servers),
            _ => {}
        }
        let both = self.joining.intersection(self.learners);
        if both.is_empty() {
            return Ok(());
        }
        let expected = format!("{both} either under `joining` or under `learners`");
        Err(parser.cursor.wrong_statement(expected))
    }

    /// Fails at the second `servers`, `seed` or `clients`: they hold for the whole run, so one of
    /// the two would have no effect.
    fn check_given_once(&mut self, setting: &Setting, parser: &Parser<'_>) -> Parsed<()> {
        let verb = match setting {
            Setting::Servers(_) => "servers",
            Setting::Seed(_) => "seed",
            Setting::Clients(_) => "clients",
            _ => return Ok(()),
        };
        if let Some((_, line)) = self.fixed.iter().find(|(known, _)| *known == verb) {
            let expected = format!("no second `{verb}`, only the one in line {line}");
            return Err(parser.cursor.wrong_statement(expected));
        }
        self.fixed.push((verb, parser.cursor.line()));
        Ok(())
    }

    fn fail(&mut self, text: &str, error: ParseError) {
        let verb = text.split_whitespace().next();
        self.is_size_unknown |= matches!(verb, Some("servers" | "clients"));
        self.errors.push(error);
    }

    fn finish(mut self) -> Result<Script, Vec<ParseError>> {
        let Settings { servers, clients, .. } = self.settings;
        if !self.is_size_unknown {
            let wrong =
                self.mentions.iter().filter_map(|mention| mention.check(servers, clients).err());
            let wrong = wrong.map(|error| *error);
            self.errors.extend(wrong.take(ERRORS_MAX));
        }
        let without_vote = self.joining.union(self.learners);
        if ServerSet::first(servers).difference(without_vote).is_empty() {
            self.errors.push(self.no_voter());
        }
        if !self.errors.is_empty() {
            self.errors.sort_by_key(|error| (error.line, error.column));
            self.errors.truncate(ERRORS_MAX);
            return Err(self.errors);
        }
        let head_len = self.head.map_or(self.lines.len(), |(len, _)| len);
        Ok(Script { lines: self.lines, head_len })
    }

    fn no_voter(&self) -> ParseError {
        let takes_vote = |statement: &Option<Statement>| {
            matches!(statement, Some(Statement::Joining(_) | Statement::Learners(_)))
        };
        let last = self.lines.iter().rfind(|line| takes_vote(&line.statement));
        ParseError {
            line: last.map_or(1, |line| line.number),
            column: 1,
            expected: "at least one server to start as a voter".into(),
            found: "only servers that join or learn".into(),
            suggestion: None,
        }
    }
}
