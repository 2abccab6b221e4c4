//! Pitfalls that real implementations fell into. Each test hands messages to a [`Node`] in an order that a
//! network and a disk can produce, and says what went wrong in the world, and what would break here.

use std::sync::Arc;

use raftarium::raft::{
    Address, Answer, Append, Body, Change, ClientCommand, ClientId, Command, Configuration, Effect,
    Effects, Entry, HardState, Index, Input, Log, Message, Node, Op, Options, Outcome, Reads,
    Request, Role, ServerId, ServerSet, Term, Timer, WriteId,
};

/// Server 1, with the others played by the test.
struct Bench {
    node: Node,
    /// What it has sent, and after which write each message may leave.
    sent: Vec<(WriteId, Message)>,
    /// The writes that it has asked for and nobody has made stable.
    writes: Vec<WriteId>,
    /// The timers that it has set since they were looked at last.
    timers_set: Vec<Timer>,
}

fn server(number: usize) -> ServerId {
    ServerId::new(number).expect("a server")
}

fn client() -> ClientId {
    ClientId::new(1).expect("a client")
}

fn noop(term: Term) -> Entry {
    Entry { term, command: Command::Noop }
}

fn request(serial: u64, op: Op) -> Body {
    let command = Arc::new(ClientCommand { client: client(), serial, answered_below: 1, op });
    Body::Request(Arc::new(Request { command, reads: Reads::ReadIndex, forward: false }))
}

fn set(serial: u64) -> Body {
    request(serial, Op::Set { key: "x".into(), value: serial.to_string() })
}

fn get(serial: u64) -> Body {
    request(serial, Op::Get { key: "x".into() })
}

fn append(prev: (Index, Term), terms: &[Term], commit: Index, round: u64) -> Body {
    let entries = terms.iter().map(|&term| noop(term)).collect();
    Body::Append(Append { prev_index: prev.0, prev_term: prev.1, entries, commit, round })
}

fn matched(index: Index, round: u64) -> Body {
    Body::AppendReply { outcome: Outcome::Matched { index }, round }
}

fn asks(last: (Index, Term)) -> Body {
    Body::RequestVote { last_index: last.0, last_term: last.1, transfer: false }
}

impl Bench {
    /// Server 1 of so many, with that log, in that term.
    fn new(servers: usize, term: Term, terms: &[Term]) -> Bench {
        Bench::with(servers, term, terms, Options::default())
    }

    fn with(servers: usize, term: Term, terms: &[Term], options: Options) -> Bench {
        let mut log = Log::default();
        terms.iter().for_each(|&term| {
            log.push(noop(term));
        });
        let configuration =
            Configuration { voters: ServerSet::first(servers), ..Configuration::default() };
        let hard_state = HardState { term, voted_for: None };
        let node = Node::new(server(1), options, configuration, hard_state, log);
        let (sent, writes, timers_set) = (Vec::new(), Vec::new(), Vec::new());
        let mut bench = Bench { node, sent, writes, timers_set };
        bench.step(Input::Start);
        bench.timers_set.clear();
        bench
    }

    fn step(&mut self, input: Input) {
        let mut effects = Effects::default();
        self.node.step(input, &mut effects);
        self.writes.extend(effects.write.map(|write| write.id));
        for effect in effects.list {
            match effect {
                Effect::Send { message, after } => self.sent.push((after, message)),
                Effect::SetTimer(timer) => self.timers_set.push(timer),
                Effect::StopTimer(_) => {}
            }
        }
    }

    /// A message of that term arrives from that server.
    fn hear(&mut self, from: usize, term: Term, body: Body) {
        let (from, to) = (Address::from(server(from)), Address::from(server(1)));
        self.step(Input::Receive(Message { from, to, term, body }));
    }

    /// A client's request arrives.
    fn ask(&mut self, body: Body) {
        let (from, to) = (Address::from(client()), Address::from(server(1)));
        self.step(Input::Receive(Message { from, to, term: 0, body }));
    }

    /// All that is being written becomes stable, and what follows from that.
    fn flush(&mut self) {
        while let Some(newest) = self.writes.last().copied() {
            self.writes.clear();
            self.step(Input::Stable(newest));
        }
    }

    /// Takes out what it has sent.
    fn take_sent(&mut self) -> Vec<Body> {
        self.sent.drain(..).map(|(_, message)| message.body).collect()
    }

    /// Makes it the leader of the next term, with the vote of server 2 and a stable disk.
    fn lead(&mut self) {
        self.step(Input::Timer(Timer::Election));
        self.flush();
        let term = self.node.current_term();
        let votes = self.node.configuration().voters.len() / 2;
        (2..2 + votes).for_each(|voter| self.hear(voter, term, Body::Vote { granted: true }));
        self.flush();
        assert_eq!(self.node.role(), Role::Leader);
    }

    /// The last round of AppendEntries that it has sent.
    fn round(&self) -> u64 {
        let rounds = self.sent.iter().filter_map(|(_, message)| match &message.body {
            Body::Append(append) => Some(append.round),
            _ => None,
        });
        rounds.max().expect("a round")
    }

    fn grants(&mut self) -> Vec<bool> {
        let votes = self.take_sent().into_iter().filter_map(|body| match body {
            Body::Vote { granted } => Some(granted),
            _ => None,
        });
        votes.collect()
    }

    fn answers(&mut self) -> Vec<Answer> {
        let replies = self.take_sent().into_iter().filter_map(|body| match body {
            Body::Reply { result, .. } => result.ok(),
            _ => None,
        });
        replies.collect()
    }

    fn told_to_campaign(&mut self) -> usize {
        let sent = self.take_sent();
        sent.iter().filter(|body| matches!(body, Body::TimeoutNow)).count()
    }
}

/// Some servers reset their vote whenever they become followers, also within a term. A candidate has voted
/// for itself; when it concedes to the leader of its own term, that vote stays given. Freed, it could go
/// to a third candidate of the term, and two servers would lead it.
#[test]
fn a_candidate_that_concedes_keeps_its_vote() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, append((0, 0), &[1], 0, 1));
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    assert_eq!(bench.node.voted_for(), Some(server(1)));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// The same where a majority has refused: the candidate becomes a follower, and its vote is given.
#[test]
fn a_candidate_that_is_refused_keeps_its_vote() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    bench.hear(2, 1, Body::Vote { granted: false });
    bench.hear(3, 1, Body::Vote { granted: false });
    assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 1));
    bench.hear(3, 1, asks((9, 1)));
    assert_eq!(bench.grants(), [false]);
}

/// Who asks first is in the term in which it may have voted already. When it gives up asking, as a leader of
/// that term is heard or a majority says no, the vote for another server stays.
#[test]
fn a_server_that_gave_up_asking_first_keeps_its_vote_for_another() {
    let options = Options { pre_vote: true, ..Options::default() };
    let give_up: [fn(&mut Bench); 2] = [
        |bench| bench.hear(3, 4, append((0, 0), &[], 0, 1)),
        |bench| {
            for voter in [2, 3] {
                bench.hear(voter, 4, Body::PreVoteReply { proposed: 5, granted: false });
            }
        },
    ];
    for give_up in give_up {
        let mut bench = Bench::with(3, 4, &[], options);
        bench.hear(3, 4, asks((0, 0)));
        assert_eq!(bench.grants(), [true]);
        bench.flush();
        bench.step(Input::Timer(Timer::Election));
        assert_eq!(bench.node.role(), Role::PreCandidate);
        give_up(&mut bench);
        assert_eq!((bench.node.role(), bench.node.current_term()), (Role::Follower, 4));
        assert_eq!(bench.node.voted_for(), Some(server(3)));
        bench.take_sent();
        bench.hear(2, 4, asks((9, 4)));
        assert_eq!(bench.grants(), [false]);
    }
}

/// To answer a pre-vote is to promise nothing. Servers that started their timers anew for it let one that
/// could never win keep all the others from campaigning.
#[test]
fn an_answer_to_a_pre_vote_leaves_timer_term_and_vote_alone() {
    let mut bench = Bench::new(3, 4, &[]);
    bench.hear(2, 4, Body::PreVote { proposed: 5, last_index: 0, last_term: 0 });
    let granted = Body::PreVoteReply { proposed: 5, granted: true };
    assert_eq!(bench.take_sent(), [granted]);
    assert!(bench.timers_set.is_empty() && bench.writes.is_empty());
    assert_eq!((bench.node.current_term(), bench.node.voted_for()), (4, None));
}

/// With slow disks a write is confirmed long after it was asked for. Meanwhile a new leader may have replaced
/// what it wrote. An engine that notes only "stable up to 5" then takes its newer entry 4 for stable, which
/// is still being written; it counts itself, commits with one copy, and a crash loses a committed entry.
#[test]
fn a_write_that_was_overwritten_confirms_only_what_is_left_of_it() {
    let mut bench = Bench::new(3, 1, &[1]);
    bench.hear(2, 1, append((1, 1), &[1, 1, 1, 1], 0, 1));
    let first = bench.writes.clone();
    bench.hear(3, 2, append((1, 1), &[2, 2], 0, 1));
    bench.step(Input::Timer(Timer::Election));
    for voter in [2, 3] {
        bench.hear(voter, 3, Body::Vote { granted: true });
    }
    assert_eq!(bench.node.role(), Role::Leader);
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [1, 2, 2, 3]);
    assert_eq!(bench.node.stable_index(), 1);

    bench.step(Input::Stable(first[0]));
    assert_eq!(bench.node.stable_index(), 1);
    let round = bench.round();
    bench.hear(2, 3, matched(4, round));
    assert_eq!(bench.node.commit_index(), 0);
    bench.flush();
    assert_eq!((bench.node.stable_index(), bench.node.commit_index()), (4, 4));
}

/// The same trap between servers: a follower acknowledges entry 2 of term 1, and the answer is slow. The leader
/// crashes, loses that entry, is elected again and appends another entry 2. The old answer names an index of
/// the new log, but not its entry: counted, it commits what nobody else has.
#[test]
fn an_acknowledgement_of_an_earlier_term_does_not_confirm_the_entry_that_is_there_now() {
    let mut bench = Bench::new(3, 1, &[1]);
    bench.lead();
    assert_eq!(bench.node.log().last_index(), 2);
    for term in [0, 1] {
        bench.hear(3, term, matched(2, 99));
        assert_eq!(bench.node.progress(server(3)).expect("a peer").match_index, 0);
        assert_eq!(bench.node.commit_index(), 0);
    }
    let round = bench.round();
    bench.hear(3, 2, matched(2, round));
    assert_eq!(bench.node.commit_index(), 2);
}

/// An acknowledgement leaves when what it acknowledges is stable, also where the entry had been there before:
/// a second message with the same entries changes nothing, and yet must not be answered ahead of the disk.
#[test]
fn a_repeated_append_is_not_acknowledged_before_the_first_is_stable() {
    let mut bench = Bench::new(3, 1, &[]);
    bench.hear(2, 1, append((0, 0), &[1, 1], 0, 1));
    bench.hear(2, 1, append((0, 0), &[1, 1], 0, 2));
    let write = bench.writes[0];
    let waits: Vec<WriteId> = bench.sent.iter().map(|(after, _)| *after).collect();
    assert_eq!(waits, [write, write]);
}

/// A read is confirmed by answers to what was sent after it was asked. Where rounds are told apart only by the
/// client's request, a retry of it is confirmed by answers to the first attempt, which may be older than another
/// leader's election.
#[test]
fn late_answers_confirm_the_first_attempt_of_a_read_and_not_its_retry() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.lead();
    let round = bench.round();
    for follower in [2, 3] {
        bench.hear(follower, 1, matched(1, round));
    }
    assert_eq!(bench.node.commit_index(), 1);
    bench.take_sent();
    bench.ask(get(7));
    let first = bench.round();
    bench.ask(get(7));
    let second = bench.round();
    assert!(second > first, "a retry is a round of its own");

    // Two answers of one follower are one, and answers to earlier rounds are none.
    bench.hear(2, 1, matched(1, first));
    bench.hear(2, 1, matched(1, first));
    bench.hear(3, 1, matched(1, first - 1));
    assert_eq!(bench.answers(), []);
    bench.hear(3, 1, matched(1, first));
    assert_eq!(bench.answers(), [Answer::Nothing]);
    bench.hear(4, 1, matched(1, first));
    assert_eq!(bench.answers(), []);
    bench.hear(4, 1, matched(1, second));
    bench.hear(5, 1, matched(1, second));
    assert_eq!(bench.answers(), [Answer::Nothing]);
}

/// A leader counts its rounds from the start of its term. An answer of an earlier leadership names a higher round, and
/// would confirm every read of this one.
#[test]
fn an_answer_of_an_earlier_leadership_confirms_no_read() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    (0..20).for_each(|_| bench.step(Input::Timer(Timer::Heartbeat)));
    let high = bench.round();
    bench.hear(2, 2, append((1, 1), &[], 0, 1));
    bench.take_sent();
    bench.lead();
    let round = bench.round();
    bench.hear(2, 3, matched(bench.node.log().last_index(), round));
    bench.take_sent();
    bench.ask(get(1));
    assert!(bench.round() < high);
    for follower in [2, 3] {
        bench.hear(follower, 1, matched(1, high));
    }
    assert_eq!(bench.answers(), []);
    bench.step(Input::Timer(Timer::Heartbeat));
    let round = bench.round();
    bench.hear(3, 3, matched(0, round));
    assert_eq!(bench.answers(), [Answer::Nothing]);
}

/// A heartbeat verifies the follower's log only up to the entry that it names. Followers that took over the
/// leader's commit index up to their own last entry committed what an old leader had left behind it.
#[test]
fn an_empty_append_commits_only_what_it_verifies() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2, 2]);
    bench.hear(2, 3, append((1, 1), &[], 4, 1));
    assert_eq!(bench.node.commit_index(), 1);
    bench.hear(2, 3, append((1, 1), &[3, 3, 3], 4, 1));
    assert_eq!(bench.node.log().terms().collect::<Vec<_>>(), [1, 3, 3, 3]);
    assert_eq!(bench.node.commit_index(), 4);
}

/// The other side of it: a follower that answers a heartbeat with its own last index acknowledges entries that the
/// leader does not have, and the leader counts them as copies of its own.
#[test]
fn an_empty_append_acknowledges_only_what_it_verifies() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2, 2]);
    bench.hear(2, 3, append((1, 1), &[], 4, 5));
    assert_eq!(bench.take_sent(), [matched(1, 5)]);
}

/// A message that does not match says nothing about what is committed, however high its commit index.
#[test]
fn an_append_that_is_refused_commits_nothing() {
    let mut bench = Bench::new(3, 2, &[1, 2, 2]);
    bench.hear(2, 3, append((3, 3), &[3], 4, 1));
    bench.hear(2, 3, append((7, 3), &[3], 8, 2));
    assert_eq!(bench.node.commit_index(), 0);
}

/// A transfer that outlives the leadership makes the server, once elected again, refuse all clients, or
/// hand over to a target that nobody wants any more as soon as that has caught up.
#[test]
fn a_transfer_ends_with_the_leadership() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    bench.step(Input::Transfer(server(3)));
    bench.ask(set(1));
    assert_eq!(bench.node.log().last_index(), 1, "no command is taken meanwhile");
    bench.hear(2, 2, append((1, 1), &[], 0, 1));
    assert_eq!(bench.node.role(), Role::Follower);
    bench.lead();
    bench.take_sent();
    bench.ask(set(2));
    bench.flush();
    assert_eq!(bench.node.log().last_index(), 3);
    bench.step(Input::Timer(Timer::Heartbeat));
    let round = bench.round();
    bench.hear(3, 3, matched(3, round));
    assert_eq!(bench.told_to_campaign(), 0);
    // A timer of the old transfer that fires late gives up nothing of the new one.
    bench.step(Input::Transfer(server(2)));
    bench.hear(2, 3, matched(3, round));
    assert_eq!(bench.told_to_campaign(), 1);
}

/// A vote of a server that has none counted as one where votes were counted by messages, not by voters.
#[test]
fn votes_are_counted_by_voters_not_by_messages() {
    let mut bench = Bench::new(5, 0, &[]);
    bench.step(Input::Timer(Timer::Election));
    bench.flush();
    for voter in [2, 2, 2, 6, 7, 8] {
        bench.hear(voter, 1, Body::Vote { granted: true });
    }
    assert_eq!(bench.node.role(), Role::Candidate);
    bench.hear(3, 1, Body::Vote { granted: true });
    assert_eq!(bench.node.role(), Role::Leader);
}

/// An acknowledgement that arrives after a later one must not move the follower's match index back: the leader
/// would take an entry for uncommitted that it has acknowledged to its client.
#[test]
fn acknowledgements_that_overtake_each_other_take_nothing_back() {
    let options = Options { max_inflight: 4, ..Options::default() };
    let mut bench = Bench::with(3, 0, &[], options);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    (1..=3).for_each(|serial| bench.ask(set(serial)));
    bench.flush();
    bench.hear(2, 1, matched(4, round));
    bench.hear(2, 1, matched(2, round));
    let progress = bench.node.progress(server(2)).expect("a peer");
    assert_eq!((progress.match_index, progress.next_index), (4, 5));
    assert_eq!(bench.node.commit_index(), 4);
}

/// The end of a change of several servers is appended by the leader itself, when the joint configuration is
/// committed. Where every later commitment set that off again, the second end went into the log while the first
/// was not committed, or undid a change that had been asked for meanwhile.
#[test]
fn a_joint_configuration_is_left_once() {
    let mut bench = Bench::new(3, 0, &[]);
    bench.lead();
    let round = bench.round();
    bench.hear(2, 1, matched(1, round));
    let new_voters: ServerSet = [1, 4, 5].into_iter().map(server).collect();
    bench.step(Input::Change(Change::Members(new_voters)));
    bench.ask(set(1));
    bench.flush();
    assert!(bench.node.configuration().is_joint());
    assert_eq!(bench.node.log().last_index(), 3);

    // Committed by both majorities, one entry after the other.
    bench.hear(2, 1, matched(2, round));
    assert!(bench.node.configuration().is_joint(), "the new majority is missing");
    bench.hear(4, 1, matched(2, round));
    bench.flush();
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (2, 4));
    assert_eq!(bench.node.configuration().voters, new_voters);
    assert!(!bench.node.configuration().is_joint());
    for follower in [2, 3, 4, 5] {
        bench.hear(follower, 1, matched(2, round));
        bench.hear(follower, 1, matched(3, round));
    }
    bench.flush();
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (3, 4));
    bench.hear(5, 1, matched(4, round));
    assert_eq!((bench.node.commit_index(), bench.node.log().last_index()), (4, 4));
}

/// A follower that took a configuration for its own for good, because it had applied it when it was appended, went on
/// with it after the entry was gone. It is in force as long as it is in the log, also where a restart reads it there.
#[test]
fn a_configuration_goes_with_its_entry() {
    let mut bench = Bench::new(3, 1, &[1]);
    let before = *bench.node.configuration();
    let grown = Configuration { voters: ServerSet::first(4), ..before };
    let entry = Entry { term: 1, command: Command::Configuration(grown) };
    let entries = vec![entry.clone(), noop(1)];
    let body = Append { prev_index: 1, prev_term: 1, entries, commit: 0, round: 1 };
    bench.hear(2, 1, Body::Append(body));
    assert_eq!((*bench.node.configuration(), bench.node.configuration_index()), (grown, 2));

    let mut log = Log::default();
    log.push(noop(1));
    log.push(entry);
    let options = Options::default();
    let restarted = Node::new(server(1), options, before, HardState::default(), log);
    assert_eq!((*restarted.configuration(), restarted.configuration_index()), (grown, 2));

    bench.hear(3, 2, append((1, 1), &[2], 0, 1));
    assert_eq!((*bench.node.configuration(), bench.node.configuration_index()), (before, 0));
}
