//! Clients' requests: commands, redirects and reads (section 8; dissertation, chapter 6).

use std::sync::Arc;

use super::command::{Answer, Command, Entry};
use super::io::Effects;
use super::message::{Body, Reads, Redirect, Request};
use super::node::Node;
use super::role::{Leadership, PendingRead, State};
use super::rules::Rule;
use super::store::Applied;
use super::types::{Address, ServerSet};
use super::why::Why;

impl Node {
    /// A request arrives, from its client or passed on by another server.
    pub(super) fn request(&mut self, request: &Arc<Request>, from: Address, out: &mut Effects) {
        if request.command.op.is_read() && request.reads == Reads::Local {
            self.answer_read(request, false, out);
        } else if !matches!(self.state, State::Leader(_)) {
            self.not_leading(request, from, out);
        } else if let Some(to) = self.transferring_to() {
            self.refuse_while_transferring(request, to, out);
        } else if request.command.op.is_read() && request.reads != Reads::Log {
            self.read(request, out);
        } else {
            self.propose(request, out);
        }
    }

    fn not_leading(&mut self, request: &Arc<Request>, from: Address, out: &mut Effects) {
        let client = request.client();
        let leader = self.leader();
        // Only what comes straight from a client is passed on, so that no request goes in circles.
        if request.forward
            && from.client().is_some()
            && let Some(leader) = leader
        {
            out.why(|| Why::Forwarded { client, leader });
            self.send(leader, Body::Request(Arc::clone(request)), out);
            return;
        }
        out.why(|| Why::Redirected { client, leader });
        let body = Body::Reply { serial: request.command.serial, result: Err(Redirect { leader }) };
        self.send(client, body, out);
    }

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
                Some(Answer::Expired) => Why::SessionExpired { client, serial },
                _ => Why::DuplicateSkipped { client, serial },
            });
            if let Some(answer) = answer {
                self.send(client, Body::Reply { serial, result: Ok(answer) }, out);
            }
            return;
        }
        let entry =
            Entry { term: self.current_term, command: Command::Client(Arc::clone(command)) };
        let index = self.append_to_own_log(entry);
        if let Some(leadership) = self.leadership() {
            leadership.awaited.push_back(index);
        }
        out.why(|| Why::Proposed { client, serial, index });
        self.send_new_entries(out);
        self.commit_by_counting(out);
    }

    fn read(&mut self, request: &Arc<Request>, out: &mut Effects) {
        if request.reads == Reads::Leader || !self.options.rules.on(Rule::ReadQuorum) {
            self.answer_read(request, false, out);
            return;
        }
        let (client, term) = (request.client(), self.current_term);
        let commit_index = self.commit_index;
        let Some(leadership) = self.leadership() else { return };
        if commit_index < leadership.own_term_from {
            leadership.early_reads.push(Arc::clone(request));
            out.why(|| Why::ReadWaitsForTerm { client, term });
            return;
        }
        if request.reads == Reads::Lease && self.holds_lease() {
            out.why(|| Why::LeaseHeld { client });
            self.answer_read(request, true, out);
            return;
        }
        self.ask_for_read(Arc::clone(request), out);
    }

    /// Asks a majority whether this server still leads; only answers to what is sent from now on
    /// count.
    fn ask_for_read(&mut self, request: Arc<Request>, out: &mut Effects) {
        let read_index = self.commit_index;
        let client = request.client();
        let Some(leadership) = self.leadership() else { return };
        let round = leadership.round + 1;
        leadership.reads.push(PendingRead { request, read_index, round });
        out.why(|| Why::ReadWaitsForQuorum { client, read_index, round });
        self.start_round(out);
        self.confirm_reads(out);
    }

    /// The first entry of the leader's own term is committed: the reads that waited for it go on.
    pub(super) fn start_early_reads(&mut self, out: &mut Effects) {
        let commit_index = self.commit_index;
        let Some(leadership) = self.leadership() else { return };
        if commit_index < leadership.own_term_from {
            return;
        }
        for request in std::mem::take(&mut leadership.early_reads) {
            self.ask_for_read(request, out);
        }
    }

    /// Answers the reads whose round a majority has answered.
    pub(super) fn confirm_reads(&mut self, out: &mut Effects) {
        let State::Leader(leadership) = &self.state else { return };
        if leadership.reads.is_empty() {
            return;
        }
        let confirmed = self.confirmed_round(leadership);
        let Some(leadership) = self.leadership() else { return };
        let waiting = leadership.reads.iter().position(|read| read.round > confirmed);
        let count = waiting.unwrap_or(leadership.reads.len());
        let ready: Vec<PendingRead> = leadership.reads.drain(..count).collect();
        for read in ready {
            debug_assert!(self.last_applied >= read.read_index, "a leader applies what it commits");
            self.answer_read(&read.request, true, out);
        }
    }

    /// The highest round that a majority has answered, this server among it.
    fn confirmed_round(&self, leadership: &Leadership) -> u64 {
        let majority = self.options.rules.on(Rule::Majority);
        let answered = |round| {
            let mut servers: ServerSet = self
                .peers()
                .iter()
                .filter(|peer| leadership.progress[peer.slot()].acked_round >= round)
                .collect();
            servers.insert(self.id);
            self.configuration().is_quorum(servers, majority)
        };
        let rounds = leadership.reads.iter().map(|read| read.round);
        rounds.take_while(|&round| answered(round)).last().unwrap_or(0)
    }

    fn answer_read(&self, request: &Request, confirmed: bool, out: &mut Effects) {
        let client = request.client();
        out.why(|| Why::ReadAnswered { client, applied: self.last_applied, confirmed });
        let answer = self.store.get(request.command.op.key());
        let body = Body::Reply { serial: request.command.serial, result: Ok(answer) };
        self.send(client, body, out);
    }

    /// A leader that steps down cannot confirm its reads any more; their clients may go elsewhere.
    /// (Commands are another matter: what became of their entries is not known.)
    pub(super) fn drop_reads(&self, leadership: Leadership, out: &mut Effects) {
        let confirming = leadership.reads.into_iter().map(|read| read.request);
        for request in confirming.chain(leadership.early_reads) {
            let client = request.client();
            out.why(|| Why::ReadDropped { client });
            let result = Err(Redirect { leader: self.leader() });
            let body = Body::Reply { serial: request.command.serial, result };
            self.send(client, body, out);
        }
    }
}
