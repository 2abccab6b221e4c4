//! Parses conditions.

use crate::check::Property;
use crate::raft::{Answer, Kind, Role};
use crate::script::condition::{
    Amount, Clause, ClusterNumber, Comparison, Condition, FollowerMeasure, Measure, Question,
};
use crate::script::lang::words::questions;
use crate::sim::{MessageState, Servers};

use super::Parser;
use super::cursor::Parsed;
use super::numbers::NUMBER_MAX;

impl Parser<'_> {
    /// `COND and COND ...`
    pub fn condition(&mut self) -> Parsed<Condition> {
        let mut clauses = vec![self.clause()?];
        while self.cursor.keyword("and") {
            clauses.push(self.clause()?);
        }
        Ok(Condition { clauses })
    }

    /// `[not] QUESTION`
    fn clause(&mut self) -> Parsed<Clause> {
        let mut negated = false;
        while self.cursor.keyword("not") {
            negated = !negated;
        }
        Ok(Clause { negated, question: self.question()? })
    }

    fn question(&mut self) -> Parsed<Question> {
        let known = questions();
        let Some(word) = self.cursor.peek().filter(|word| known.contains(&&*word.text)) else {
            self.cursor.offer("a condition such as `leader s1`".into(), &known);
            return Err(self.cursor.unexpected());
        };
        self.cursor.take(&word);
        Ok(match &*word.text {
            "leader" => Question::Leader(self.servers_if_any()?),
            "no" => {
                self.cursor.require("leader")?;
                Question::NoLeader
            }
            "role" => Question::Role(self.servers()?, self.choice(&Role::ALL, Role::name, "")?),
            "leaders" => {
                self.equals()?;
                Question::Leaders(self.servers_or_none()?)
            }
            "alive" => Question::Alive(self.servers()?),
            "crashed" => Question::Crashed(self.servers()?),
            "paused" => Question::Paused(self.servers()?),
            "vote" => self.vote()?,
            "log" => self.log()?,
            "members" => {
                let servers = self.servers()?;
                self.equals()?;
                Question::Members(servers, self.servers()?)
            }
            "value" => self.key_value()?,
            "answer" => {
                self.equals()?;
                Question::Answer(self.answer()?)
            }
            "answered" => Question::Answered,
            "agree" => Question::Agree(self.servers_if_any()?),
            "safe" => Question::Safe,
            "violated" => {
                Question::Violated(self.choice(&Property::ALL, Property::name, "a property")?)
            }
            "linearizable" => Question::Linearizable,
            "time" => Question::Time(self.comparison()?, self.duration(0)?),
            name => match MessageState::ALL.into_iter().find(|state| state.name() == name) {
                Some(state) => self.message(state)?,
                None => self.measure(name)?,
            },
        })
    }

    /// `SERVER OP N`, or `LEADER SERVER OP N`
    fn measure(&mut self, name: &str) -> Parsed<Question> {
        let quantity = self.quantity(name)?;
        Ok(Question::Number(quantity, self.comparison()?, self.amount()?))
    }

    /// What follows the name of a number.
    fn quantity(&mut self, name: &str) -> Parsed<ClusterNumber> {
        if let Some(measure) = FollowerMeasure::ALL.into_iter().find(|it| it.name() == name) {
            return Ok(ClusterNumber::Follower(measure, self.servers()?, self.servers()?));
        }
        let measure = Measure::ALL.into_iter().find(|measure| measure.name() == name);
        let measure = measure.expect("every other question has been read");
        Ok(ClusterNumber::Server(measure, self.servers()?))
    }

    /// `N`, or another number of the cluster such as `commit s2`
    fn amount(&mut self) -> Parsed<Amount> {
        let names = || {
            Measure::ALL
                .map(Measure::name)
                .into_iter()
                .chain(FollowerMeasure::ALL.map(FollowerMeasure::name))
        };
        if let Some(word) = self.cursor.peek().filter(|word| !word.quoted)
            && names().any(|name| name == word.text)
        {
            self.cursor.take(&word);
            return Ok(Amount::Cluster(self.quantity(&word.text)?));
        }
        let known: Vec<&'static str> = names().collect();
        self.cursor.catch("", &known);
        Ok(Amount::Number(self.number(0, NUMBER_MAX)?))
    }

    /// `[KIND] [from SET] [to SET] [prev OP N]`
    fn message(&mut self, state: MessageState) -> Parsed<Question> {
        let filter = self.filter()?;
        let may_have_prev = filter.kind.is_none_or(|kind| kind == Kind::Append);
        let prev = match may_have_prev && self.cursor.keyword("prev") {
            true => Some((self.comparison()?, self.amount()?)),
            false => None,
        };
        Ok(Question::Message { state, filter, prev })
    }

    /// `SERVER = SERVER|none`
    fn vote(&mut self) -> Parsed<Question> {
        let servers = self.servers()?;
        self.equals()?;
        let vote = if self.cursor.keyword("none") { None } else { Some(self.server()?) };
        Ok(Question::Vote(servers, vote))
    }

    /// `SERVER = TERM...|none`
    fn log(&mut self) -> Parsed<Question> {
        let servers = self.servers()?;
        self.equals()?;
        if self.cursor.keyword("none") {
            return Ok(Question::Log(servers, Vec::new()));
        }
        let mut terms = vec![self.number(0, NUMBER_MAX)?];
        terms.extend(self.numbers()?);
        Ok(Question::Log(servers, terms))
    }

    /// `K = V|none [on SERVER]`
    fn key_value(&mut self) -> Parsed<Question> {
        let key = self.word("a key")?.text.into_owned();
        self.equals()?;
        self.cursor.catch("", &["none"]);
        let word = self.raw("a value or `none`")?;
        let value = if word.is("none") { None } else { Some(word.text.into_owned()) };
        let on = if self.cursor.keyword("on") { Some(self.servers()?) } else { None };
        Ok(Question::Value { key, value, on })
    }

    /// The answer to a command; a quoted word is always a value.
    fn answer(&mut self) -> Parsed<Answer> {
        let known = ["ok", "none", "not-leader", "timeout", "failed", "expired"];
        self.cursor.catch("", &known);
        let word =
            self.raw("`ok`, `none`, `not-leader`, `timeout`, `failed`, `expired` or a value")?;
        if word.quoted {
            return Ok(Answer::Value(word.text.into_owned()));
        }
        Ok(match &*word.text {
            "ok" => Answer::Ok,
            "none" => Answer::Nothing,
            "not-leader" => Answer::NotLeader,
            "timeout" => Answer::Timeout,
            "failed" => Answer::Failed,
            "expired" => Answer::Expired,
            value => Answer::Value(value.to_owned()),
        })
    }

    fn servers_or_none(&mut self) -> Parsed<Option<Servers>> {
        if self.cursor.keyword("none") { Ok(None) } else { self.servers().map(Some) }
    }

    /// A set, unless the condition ends here.
    fn servers_if_any(&mut self) -> Parsed<Option<Servers>> {
        if self.ends_here() { Ok(None) } else { self.servers().map(Some) }
    }

    /// `=`, the only sign except between numbers.
    fn equals(&mut self) -> Parsed<()> {
        self.cursor.require("=")
    }

    fn comparison(&mut self) -> Parsed<Comparison> {
        self.choice(&Comparison::ALL, Comparison::sign, "")
    }
}
