//! Which shape a message has, and what stands on it.

use crate::raft::{Body, Kind, Message};

/// The shape of a message on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// RequestVote: a diamond with a question mark.
    Ask,
    /// A vote: a diamond with a tick.
    VoteYes,
    /// A refused vote: a diamond with a cross.
    VoteNo,
    /// AppendEntries with entries: a box with the command, or how many.
    Append,
    /// AppendEntries without: a ring.
    Heartbeat,
    /// Its answer: a disc with a tick.
    ReplyYes,
    /// Its refusal: a disc with a cross.
    ReplyNo,
    /// A client's request: a triangle.
    Request,
    /// An answer to a client: a triangle on its head, with a tick.
    AnswerYes,
    /// A refusal or a redirect to a client: the same with a cross.
    AnswerNo,
    /// Anything else that servers send each other: a box with its name.
    Other,
}

impl Shape {
    /// All of them, in the order of the legend.
    pub const ALL: [Shape; 11] = [
        Shape::Ask,
        Shape::VoteYes,
        Shape::VoteNo,
        Shape::Heartbeat,
        Shape::Append,
        Shape::ReplyYes,
        Shape::ReplyNo,
        Shape::Request,
        Shape::AnswerYes,
        Shape::AnswerNo,
        Shape::Other,
    ];

    /// Its name in style.css and in the prototypes.
    pub fn class(self) -> &'static str {
        match self {
            Shape::Ask => "ask",
            Shape::VoteYes => "vote-yes",
            Shape::VoteNo => "vote-no",
            Shape::Append => "append",
            Shape::Heartbeat => "heartbeat",
            Shape::ReplyYes => "reply-yes",
            Shape::ReplyNo => "reply-no",
            Shape::Request => "request",
            Shape::AnswerYes => "answer-yes",
            Shape::AnswerNo => "answer-no",
            Shape::Other => "other",
        }
    }

    /// The shape of a message.
    pub fn of(message: &Message) -> Shape {
        let yes = message.verdict().unwrap_or(true);
        match (message.kind(), yes) {
            (Kind::RequestVote | Kind::PreVote, _) => Shape::Ask,
            (Kind::Vote | Kind::PreVoteReply, true) => Shape::VoteYes,
            (Kind::Vote | Kind::PreVoteReply, false) => Shape::VoteNo,
            (Kind::Append, _) if carries_nothing(message) => Shape::Heartbeat,
            (Kind::Append, _) => Shape::Append,
            (Kind::AppendReply, true) => Shape::ReplyYes,
            (Kind::AppendReply, false) => Shape::ReplyNo,
            (Kind::Request, _) => Shape::Request,
            (Kind::Reply, true) => Shape::AnswerYes,
            (Kind::Reply, false) => Shape::AnswerNo,
            _ => Shape::Other,
        }
    }
}

fn carries_nothing(message: &Message) -> bool {
    matches!(&message.body, Body::Append(append) if append.entries.is_empty())
}

/// How many letters a label has room for.
const LABEL_MAX: usize = 9;

/// What stands on a message, or beside it: the command, how many entries, or the answer.
pub fn label(message: &Message) -> String {
    match &message.body {
        Body::Append(append) => match append.entries.as_slice() {
            [] => String::new(),
            [entry] => shortened(&entry.command.to_string()),
            entries => format!("×{}", entries.len()),
        },
        Body::Request(request) => shortened(&request.command.op.to_string()),
        Body::Reply { result: Ok(answer), .. } => shortened(&answer.to_string()),
        Body::Reply { result: Err(redirect), .. } => match redirect.leader {
            Some(leader) => format!("→ {leader}"),
            None => "no leader".to_string(),
        },
        _ => String::new(),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LABEL_MAX {
        return text.to_string();
    }
    text.chars().take(LABEL_MAX - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::{Append, Command, Entry, ServerId};

    fn message(body: Body) -> Message {
        let (from, to) = (ServerId::from_slot(0).into(), ServerId::from_slot(1).into());
        Message { from, to, term: 2, body }
    }

    fn append(count: usize) -> Message {
        let entries = vec![Entry { term: 2, command: Command::Noop }; count];
        message(Body::Append(Append { prev_index: 0, prev_term: 0, entries, commit: 0, round: 1 }))
    }

    #[test]
    fn each_kind_and_verdict_has_its_own_shape() {
        assert_eq!(Shape::of(&append(0)), Shape::Heartbeat);
        assert_eq!(Shape::of(&append(2)), Shape::Append);
        assert_eq!(Shape::of(&message(Body::Vote { granted: true })), Shape::VoteYes);
        assert_eq!(Shape::of(&message(Body::Vote { granted: false })), Shape::VoteNo);
    }

    #[test]
    fn a_label_is_the_command_or_the_count_and_short() {
        assert_eq!(label(&append(0)), "");
        assert_eq!(label(&append(1)), "noop");
        assert_eq!(label(&append(3)), "×3");
        assert_eq!(shortened("averylongkey←1"), "averylon…");
    }

    #[test]
    fn class_names_differ() {
        let mut classes: Vec<_> = Shape::ALL.iter().map(|shape| shape.class()).collect();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), Shape::ALL.len());
    }
}
