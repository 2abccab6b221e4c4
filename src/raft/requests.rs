//! Clients' requests: who answers them, and commands (section 8; dissertation, chapter 6). Reads
//! that do not go through the log are in `reads`.

use std::sync::Arc;

use super::effect::Effects;
use super::entry::{Answer, Command, Entry};
use super::message::{Body, Reads, Redirect, Request};
use super::node::Node;
use super::reason::{ReadGround, RequestWhy, SessionWhy, TransferWhy, Why};
use super::rules::Rule;
use super::state_machine::Applied;
use super::types::{Address, ClientId, Index, ServerId};

impl Node {
    /// A request arrives, from its client or forwarded by another server.
    pub(super) fn request(&mut self, request: &Arc<Request>, from: Address, out: &mut Effects) {
        let is_read = request.command.op.is_read();
        if is_read && request.reads == Reads::Local {
            self.answer_read(request, || ReadGround::Local, out);
            return;
        }
        let Some(leadership) = self.as_leader() else {
            self.redirect(request, from, out);
            return;
        };
        if let Some(to) = leadership.transfer_to {
            self.refuse_during_transfer(request, to, out);
        } else if is_read && request.reads != Reads::Log {
            self.read(request, out);
        } else {
            self.propose(request, out);
        }
    }

    fn redirect(&mut self, request: &Arc<Request>, from: Address, out: &mut Effects) {
        let client = request.client();
        let leader = self.leader();
        // Forwards only what comes from the client itself: two servers that take each other for the
        // leader would pass a request back and forth for ever.
        if request.forward
            && from.client().is_some()
            && let Some(leader) = leader
        {
            out.why(|| RequestWhy::Forwarded { client, leader });
            self.send(leader, Body::Request(Arc::clone(request)), out);
            return;
        }
        out.why(|| RequestWhy::Redirected { client, leader });
        let body = Body::Reply { serial: request.command.serial, result: Err(Redirect { leader }) };
        self.send(client, body, out);
    }

    /// With new entries all the time, the target of the transfer would never have the whole log.
    fn refuse_during_transfer(&self, request: &Request, to: ServerId, out: &mut Effects) {
        let client = request.client();
        out.why(|| TransferWhy::RequestRefused { client, to });
        let result = Err(Redirect { leader: None });
        let body = Body::Reply { serial: request.command.serial, result };
        self.send(client, body, out);
    }

    /// Appends the command, unless it is a retry that is applied already. The answer follows when
    /// the entry is applied. (A retry of a command that is in the log but not applied is appended a
    /// second time; the session recognizes it when it is applied.)
    fn propose(&mut self, request: &Request, out: &mut Effects) {
        let command = &request.command;
        let (client, serial) = (command.client, command.serial);
        if self.options.rules.on(Rule::Dedupe)
            && let Some(applied) = self.store.applied(command, self.last_applied)
        {
            let answer = match applied {
                Applied::Before(answer) | Applied::Now(answer) => Some(answer),
                Applied::Expired => Some(Answer::Expired),
                Applied::Answered => None,
            };
            out.why(|| match answer {
                Some(Answer::Expired) => SessionWhy::RetryRefused { client, serial },
                Some(_) => SessionWhy::RetryAnswered { client, serial },
                None => SessionWhy::RetryIgnored { client, serial },
            });
            if let Some(answer) = answer {
                self.send(client, Body::Reply { serial, result: Ok(answer) }, out);
            }
            return;
        }
        let command = Command::Client(Arc::clone(command));
        let index = self.append_to_own_log(Entry { term: self.current_term, command });
        self.leadership_mut().awaited.push_back(index);
        out.why(|| self.proposed(client, serial, index));
        self.explain_own_copy(index, out);
        self.send_new_entries(out);
        self.commit_by_counting(out);
    }
    /// With `dedupe` off, a retry of a command that is applied already is appended all the same.
    fn proposed(&self, client: ClientId, serial: u64, index: Index) -> Why {
        let applied = match self.options.rules.on(Rule::Dedupe) {
            true => None,
            false => self.entry_of(client, serial, self.last_applied + 1),
        };
        match applied {
            Some(applied) => SessionWhy::AppendedAgain { client, serial, applied, index }.into(),
            None => RequestWhy::Proposed { client, serial, index }.into(),
        }
    }
}
