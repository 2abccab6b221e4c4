//! Chance is not shifted: what a person does to one message changes neither the latency nor the
//! loss nor the copies of any other, so runs with and without it can be compared.

use raftarium::check::Cluster;
use raftarium::raft::{Body, ServerId};
use raftarium::script::{Statement, parse, parse_statement};
use raftarium::sim::{Act, Flight, Micros, Recorder};

/// S1 campaigns that often; each campaign sends one RequestVote to S2 and one to S3.
const CAMPAIGNS: u64 = 12;
/// What may happen to the third RequestVote to S2, and what may end it.
const INTERVENTIONS: [(&str, &str); 19] = [
    ("drop request-vote to s2", ""),
    ("hold request-vote to s2", ""),
    ("hold request-vote to s2", "discard"),
    ("hold request-vote to s2", "release"),
    ("duplicate request-vote to s2", ""),
    ("delay request-vote to s2 by 30ms", ""),
    ("", "drop in-flight request-vote to s2"),
    ("", "hold in-flight request-vote to s2"),
    ("", "release in-flight request-vote to s2"),
    ("", "delay in-flight request-vote to s2 by 30ms"),
    ("", "duplicate in-flight request-vote to s2"),
    ("", "resend in-flight request-vote to s2 after 30ms"),
    ("link s1 -> s2 latency 200ms", "link s1 -> s2 latency default"),
    ("link s1 -> s2 latency 3ms..5ms", "link s1 -> s2 latency default"),
    ("link s1 -> s2 loss 0%", "link s1 -> s2 loss default"),
    ("link s1 -> s2 loss 50% latency 2ms..9ms", "link s1 -> s2 loss default latency default"),
    ("cut s1 -> s2", "heal s1 <-> s2"),
    ("crash s2", "restart s2"),
    ("pause s2", "resume s2"),
];
const INTERVENED: u64 = 3;
const NO_REPLIES: &str = "cut s2,s3 -> s1";

fn act(text: &str) -> Option<Act> {
    match parse_statement(text, 3, 1) {
        Ok(Some(Statement::Act(act))) => Some(act),
        Ok(None) => None,
        other => panic!("{text}: {other:?}"),
    }
}

fn perform(text: &str, cluster: &mut Cluster) {
    if let Some(act) = act(text) {
        cluster.act(&act, None, &mut Recorder::off()).expect("an act that is possible");
    }
}

/// What chance did to a RequestVote: its receiver, its term, its latency, and whether it was lost.
type Outcome = (Option<ServerId>, u64, Micros, bool);

fn outcome(flight: &Flight) -> Outcome {
    let latency_us = flight.due_us - flight.sent_us;
    (flight.message.to.server(), flight.message.term, latency_us, flight.loss.is_some())
}

/// The outcomes of all RequestVotes but those of the third campaign to S2.
fn outcomes(seed: u64, fifo: bool, (begin, end): (&str, &str)) -> Vec<Outcome> {
    let fifo = if fifo { "on" } else { "off" };
    let head = format!(
        "servers 3\nseed {seed}\nelection-timeout never\nlatency 1ms..100ms\nloss 20%\n\
         duplicate 30%\nfifo {fifo}\n"
    );
    let setup = parse(&head).expect("a head").setup();
    let mut cluster = Cluster::new(&setup, &mut Recorder::off());
    // S1 never wins, so it sends nothing but RequestVotes.
    perform(NO_REPLIES, &mut cluster);
    let mut found = Vec::new();
    for campaign in 1..=CAMPAIGNS {
        if campaign == INTERVENED {
            perform(begin, &mut cluster);
        }
        perform("timeout s1", &mut cluster);
        let now_us = cluster.world().now_us();
        let sent = cluster.world().in_flight().filter(|flight| flight.sent_us == now_us);
        let asks = sent.filter(|flight| matches!(flight.message.body, Body::RequestVote { .. }));
        found.extend(asks.map(outcome));
        if campaign == INTERVENED {
            perform(end, &mut cluster);
            perform(NO_REPLIES, &mut cluster);
        }
        cluster.run_until(now_us + 1_000_000, &mut Recorder::off());
    }
    let s2 = ServerId::new(2);
    found.retain(|(to, term, ..)| (*to, *term) != (s2, INTERVENED));
    found.sort_unstable();
    found
}

#[test]
fn intervening_on_one_message_shifts_no_other() {
    let mut copies = 0;
    for seed in 1..=20 {
        for fifo in [false, true] {
            let untouched = outcomes(seed, fifo, ("", ""));
            assert!(untouched.len() as u64 > 2 * CAMPAIGNS - 2, "some of them twice");
            copies += untouched.len();
            for intervention in INTERVENTIONS {
                let touched = outcomes(seed, fifo, intervention);
                assert_eq!(touched, untouched, "seed {seed}, fifo {fifo}: {intervention:?}");
            }
        }
    }
    assert!(copies > 1_000, "{copies}");
}

/// A copy that a person asks for is as late as chance would have it, not always by the same time.
#[test]
fn copies_by_order_have_random_latencies() {
    let head = "servers 2\nelection-timeout never\nlatency 1ms..100ms\n";
    let setup = parse(head).expect("a head").setup();
    let mut cluster = Cluster::new(&setup, &mut Recorder::off());
    perform("cut s2 -> s1", &mut cluster);
    perform("duplicate all request-vote", &mut cluster);
    let mut gaps = Vec::new();
    for _ in 0..50 {
        perform("timeout s1", &mut cluster);
        let mut dues: Vec<Micros> =
            cluster.world().in_flight().map(|flight| flight.due_us).collect();
        dues.sort_unstable();
        gaps.push(dues[1] - dues[0]);
        let now_us = cluster.world().now_us();
        cluster.run_until(now_us + 1_000_000, &mut Recorder::off());
    }
    gaps.sort_unstable();
    assert!(gaps[0] < 10_000 && gaps[49] > 90_000, "{gaps:?}");
    gaps.dedup();
    assert!(gaps.len() > 45, "{gaps:?}");
}

/// What the clients send depends on the loads before, not on the pauses.
#[test]
fn a_pause_does_not_shift_the_load() {
    let commands = |before: &str| {
        let setup = parse("servers 3\nseed 5\n").expect("a head").setup();
        let mut cluster = Cluster::new(&setup, &mut Recorder::off());
        perform(before, &mut cluster);
        perform("load 100/s", &mut cluster);
        cluster.run_until(500_000, &mut Recorder::off());
        let operations = cluster.world().clients()[0].operations().iter();
        operations.map(|operation| operation.op().to_string()).collect::<Vec<_>>()
    };
    let untouched = commands("");
    assert!(untouched.len() > 40, "{untouched:?}");
    assert_eq!(commands("pause s3"), untouched);
}
