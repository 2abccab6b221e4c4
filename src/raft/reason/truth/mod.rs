//! Whether reasons are true, judged in debug builds after every step of a node that gives reasons.
//!
//! Each reason has a predicate over the node before the step, the input, the node after the step
//! and the effects. It checks every number that the reason carries and everything that its sentence
//! claims, the fact and the decision. A reason without a predicate does not compile; a reason that
//! is false panics with its text, the claim that does not hold, both states and the input.
//!
//! A step may decide several things: adopt a term, then grant a vote; learn of a copy, then commit,
//! apply and leave a joint configuration. A predicate sees only the two ends of the step, and the
//! reasons given before its own. So it judges a decision in between by what the earlier reasons,
//! which are judged as well, say of the state until then ([`JudgedStep`]). It misses:
//!
//! - an earlier state that no reason tells of: a message that is sent although it came too late,
//!   for example, or a log that changed twice at the same index;
//! - everything that only the world knows: whether the election timeout had passed when its timer
//!   fired, or whether a lease was over;
//! - a decision without any reason.

mod acknowledgements;
mod appending;
mod catch_up;
mod check_quorum;
mod commitment;
mod elections;
mod membership;
mod pre_vote;
mod reads;
mod replication;
mod requests;
mod sessions;
mod snapshots;
mod step;
mod terms;
mod transfer;
mod votes;

use super::why::Why;
use crate::raft::effect::Effects;
use crate::raft::input::Input;
use crate::raft::message::Message;
use crate::raft::node::Node;

use step::JudgedStep;

/// The claim that does not hold, if there is one.
type Truth = Result<(), &'static str>;

/// All claims of a reason; the first that does not hold is reported.
fn all<const COUNT: usize>(claims: [(&'static str, bool); COUNT]) -> Truth {
    claims.into_iter().find(|(_, holds)| !holds).map_or(Ok(()), |(claim, _)| Err(claim))
}

/// What a node is about to handle.
#[derive(Clone, Debug)]
pub(in crate::raft) enum Cause<'m> {
    Message(&'m Message),
    /// Anything but a message.
    Input(Option<Input>),
}

impl<'m> Cause<'m> {
    /// For an input that `step` takes by value. It hands messages on to `receive`.
    pub fn of(input: &Input) -> Cause<'m> {
        match input {
            Input::Receive(_) => Cause::Input(None),
            input => Cause::Input(Some(input.clone())),
        }
    }
}

/// The node as it was before a step, if the step gives reasons.
pub(in crate::raft) struct Witness<'m>(Option<(Box<Node>, Cause<'m>, usize)>);

impl<'m> Witness<'m> {
    pub fn of(node: &Node, cause: Cause<'m>, out: &Effects) -> Witness<'m> {
        Witness(out.explain.then(|| (Box::new(node.clone()), cause, out.whys.len())))
    }

    /// Judges all reasons of the step.
    ///
    /// # Panics
    /// If one is false: a bug.
    pub fn judge(self, after: &Node, out: &Effects) {
        let Some((before, cause, first)) = self.0 else { return };
        for at in first..out.whys.len() {
            let step = JudgedStep { before: &before, cause: &cause, after, out, at };
            let why = &out.whys[at];
            if let Err(claim) = why.truth(&step) {
                panic!(
                    "{} gives a reason that is not true: {why}\n\
                     it is not so that {claim}\n\
                     reason:  {why:?}\n\
                     cause:   {cause:?}\n\
                     before:  {before:?}\n\
                     after:   {after:?}\n\
                     effects: {:?}\n\
                     write:   {:?}\n\
                     reasons: {:?}",
                    before.id, out.list, out.write, out.whys
                );
            }
        }
    }
}

/// Whether the reason at that place of the effects is true; if not, the claim that does not hold.
/// For tests with wrong reasons.
pub fn judge(
    before: &Node,
    input: &Input,
    after: &Node,
    out: &Effects,
    at: usize,
) -> Result<(), &'static str> {
    let cause = match input {
        Input::Receive(message) => Cause::Message(message),
        input => Cause::of(input),
    };
    out.whys[at].truth(&JudgedStep { before, cause: &cause, after, out, at })
}

impl Why {
    fn truth(&self, step: &JudgedStep) -> Truth {
        match self {
            Why::Term(why) => why.truth(step),
            Why::Election(why) => why.truth(step),
            Why::Vote(why) => why.truth(step),
            Why::PreVote(why) => why.truth(step),
            Why::Quorum(why) => why.truth(step),
            Why::Transfer(why) => why.truth(step),
            Why::Replication(why) => why.truth(step),
            Why::Acknowledgement(why) => why.truth(step),
            Why::Append(why) => why.truth(step),
            Why::Commit(why) => why.truth(step),
            Why::Request(why) => why.truth(step),
            Why::Session(why) => why.truth(step),
            Why::Read(why) => why.truth(step),
            Why::Membership(why) => why.truth(step),
            Why::CatchUp(why) => why.truth(step),
            Why::Snapshot(why) => why.truth(step),
            Why::Stopped(_) => Err("a node that takes no input gives no reason"),
        }
    }
}
