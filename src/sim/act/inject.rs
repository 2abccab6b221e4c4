//! Injected messages: those that no server sent.

use crate::raft::{
    Address, Append, AppendOutcome, Body, Command, Entry, InstallSnapshot, Kind, Message, Node,
    Received, SnapshotReply, Term,
};

use super::{ActError, Inject, Servers};
use crate::sim::world::World;

impl World {
    pub(in crate::sim) fn inject_message(&mut self, inject: &Inject) -> Result<(), ActError> {
        self.resolve(&Servers::from(inject.from))?;
        self.resolve(&Servers::from(inject.to))?;
        if inject.from == inject.to {
            return Err(ActError::ToItself(inject.to));
        }
        let sender = &self.servers[inject.from.slot()].node;
        let term = inject.term.unwrap_or(sender.current_term());
        let body = match inject.kind {
            Kind::InstallSnapshot => snapshot_of(sender, inject),
            _ => body_of(inject, term + 1)?,
        };
        let (from, to): (Address, Address) = (inject.from.into(), inject.to.into());
        self.inject(Message { from, to, term, body });
        Ok(())
    }
}

/// A snapshot in one piece, of the sender's state machine as it is now.
fn snapshot_of(sender: &Node, inject: &Inject) -> Body {
    let (last_index, last_term) = inject.last.unwrap_or_else(|| {
        let applied = sender.last_applied();
        (applied, sender.log().term_at(applied).unwrap_or(0))
    });
    Body::InstallSnapshot(Box::new(InstallSnapshot {
        last_index,
        last_term,
        configuration: *sender.configuration(),
        offset: 0,
        items: sender.store().items().collect(),
        done: true,
        round: 0,
    }))
}

fn body_of(inject: &Inject, proposed: Term) -> Result<Body, ActError> {
    let (prev_index, prev_term) = inject.prev.unwrap_or((0, 0));
    let (last_index, last_term) = inject.last.unwrap_or((0, 0));
    let granted = inject.granted.unwrap_or(true);
    let noop = |&term: &u64| Entry { term, command: Command::Noop };
    match inject.kind {
        Kind::RequestVote => Ok(Body::RequestVote { last_index, last_term, transfer: false }),
        Kind::Vote => Ok(Body::Vote { granted }),
        Kind::Append => {
            let entries = inject.entries.iter().map(noop).collect();
            let commit = inject.commit;
            Ok(Body::Append(Append { prev_index, prev_term, entries, commit, round: 0 }))
        }
        Kind::AppendReply if granted => Ok(Body::AppendReply {
            outcome: AppendOutcome::Matched { index: last_index },
            round: 0,
        }),
        Kind::AppendReply => Ok(Body::AppendReply {
            outcome: AppendOutcome::Rejected {
                prev_index,
                conflict_index: last_index,
                conflict_term: last_term,
                first_index: last_index,
            },
            round: 0,
        }),
        Kind::PreVote => Ok(Body::PreVote { proposed, last_index, last_term }),
        Kind::PreVoteReply => Ok(Body::PreVoteReply { proposed, granted }),
        Kind::SnapshotReply => {
            let received = if granted { Received::All } else { Received::Nothing };
            let reply = SnapshotReply { last_index, offset: 0, received, round: 0 };
            Ok(Body::SnapshotReply(reply))
        }
        Kind::TimeoutNow => Ok(Body::TimeoutNow),
        Kind::InstallSnapshot | Kind::Request | Kind::Reply => {
            Err(ActError::CannotInject(inject.kind))
        }
    }
}
