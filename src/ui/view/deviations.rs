//! What makes a run differ from plain Raft: a chip for each, and what removes it.
//!
//! **Plain Raft** is the algorithm of the paper on a network and on servers that do as they should:
//! every rule is on; no message is lost, doubled, held, kept in order or intercepted on purpose;
//! all links are up and alike; clocks are true; writes are stable at once; reads are confirmed by
//! a majority (read-index, section 8); clients are redirected and retry within a second (section
//! 8); each AppendEntries carries what there is, one in flight to a server; nothing is compacted;
//! and nobody has set a trigger, a load or a log before time 0. What only the dissertation has is
//! no part of it: pre-vote, check-quorum, catch-up, leases.
//!
//! The number of servers and clients, the seed and the membership say which cluster it is, not
//! which algorithm. So do election timeout, heartbeat and latency, as long as timers run and the
//! timing requirement of section 5.6 holds: a round trip, and the time between two heartbeats, are
//! shorter than the shortest election timeout. Crashed and paused servers are states of servers,
//! which the stage shows.

use crate::raft::{Address, Rule, ServerSet};
use crate::script::{Session, Statement, act_line};
use crate::sim::{Act, Ends, LinkQuality, LinkValue, Setting, Settings, World};
use crate::ui::text;

/// A way in which the run differs from plain Raft.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviationModel {
    /// A few words, as in the language.
    pub label: String,
    /// What it means, in a sentence.
    pub meaning: String,
    pub removal: Removal,
}

/// How a deviation ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Removal {
    Act(Act),
    /// Without this line of the script.
    Line(u32),
    /// Not in a running cluster, for this reason.
    Impossible(&'static str),
}

impl DeviationModel {
    fn act(label: String, meaning: String, act: Act) -> DeviationModel {
        DeviationModel { label, meaning, removal: Removal::Act(act) }
    }

    /// The rule that is off, if that is the deviation.
    pub fn rule(&self) -> Option<Rule> {
        match self.removal {
            Removal::Act(Act::Set(Setting::Rule { rule, .. })) => Some(rule),
            _ => None,
        }
    }
}

/// The deviations, rules that are off first.
pub fn deviations(session: &Session) -> Vec<DeviationModel> {
    let world = session.world();
    let mut found = Vec::new();
    for (setting, default) in world.settings().differences() {
        let standing = setting_label(&setting, world.settings());
        found.extend(
            standing.map(|(label, meaning)| DeviationModel::act(label, meaning, Act::Set(default))),
        );
    }
    // A rule that is off changes the algorithm itself.
    let (mut found, others): (Vec<DeviationModel>, Vec<_>) =
        found.into_iter().partition(|deviation| deviation.rule().is_some());
    found.extend(others);
    found.extend(clocks(world));
    found.extend(cuts(world));
    found.extend(links(world));
    found.extend(interceptions(world));
    found.extend(world.load().map(|load| {
        let act = Act::Load(Some(*load));
        DeviationModel::act(act_line(&act), text::LOAD_MEANS.to_owned(), Act::Load(None))
    }));
    found.extend(standing_statements(session));
    found.extend(given_logs(session));
    found
}

/// The label and the meaning of a setting that is not at its default; `None` if plain Raft leaves
/// it open. A new setting must be decided here.
fn setting_label(setting: &Setting, settings: &Settings) -> Option<(String, String)> {
    let means = |meaning: &str| Some((plain_label(setting), meaning.to_owned()));
    match setting {
        Setting::DiskOf { server, own } => {
            own.map(|own| (text::disk_label(*server, own), text::disk_means(*server, own)))
        }
        Setting::Servers(_) | Setting::Seed(_) | Setting::Clients(_) => None,
        // It sets two other settings.
        Setting::Preset(_) => None,
        Setting::ElectionTimeout(None) => means(text::NO_ELECTION_TIMEOUT_MEANS),
        Setting::Heartbeat(None) => means(text::NO_HEARTBEAT_MEANS),
        Setting::ElectionTimeout(Some(_)) if is_slow(settings) || beats_rarely(settings) => {
            means(text::SHORT_TIMEOUT_MEANS)
        }
        Setting::Heartbeat(Some(_)) if beats_rarely(settings) => means(text::RARE_HEARTBEAT_MEANS),
        Setting::Latency(_) if is_slow(settings) => means(text::SLOW_LINKS_MEANS),
        Setting::ElectionTimeout(Some(_)) | Setting::Heartbeat(Some(_)) | Setting::Latency(_) => {
            None
        }
        Setting::Loss(_) => means(text::LOSS_MEANS),
        Setting::Duplicate(_) => means(text::DUPLICATE_MEANS),
        Setting::Fifo(_) => means(text::FIFO_MEANS),
        Setting::Disk(_) => means(text::DISK_MEANS),
        Setting::ClientTimeout(_) => means(text::CLIENT_TIMEOUT_MEANS),
        Setting::Retry(_) => means(text::RETRY_MEANS),
        Setting::Routing(routing) => means(&text::sentence(text::routing_means(*routing))),
        Setting::Reads(reads) => means(&text::sentence(text::reads_means(*reads))),
        Setting::PreVote(_) => means(text::PRE_VOTE_MEANS),
        Setting::CheckQuorum(_) => means(text::CHECK_QUORUM_MEANS),
        Setting::CatchUp(_) => means(text::CATCH_UP_MEANS),
        Setting::SnapshotEvery(_) => means(text::SNAPSHOT_MEANS),
        Setting::MaxEntries(_) => means(text::MAX_ENTRIES_MEANS),
        Setting::MaxInflight(_) => means(text::MAX_INFLIGHT_MEANS),
        Setting::Rule { rule, server, .. } => Some((
            text::rule_off_label(*rule, *server),
            format!("{}. Without it: {}.", rule.statement(), rule.without()),
        )),
    }
}

/// The line of the language without the words that every chip would have.
fn plain_label(setting: &Setting) -> String {
    let line = setting.to_string();
    line.strip_suffix(" on").unwrap_or(&line).to_owned()
}

/// Whether a round trip may take as long as an election timeout.
fn is_slow(settings: &Settings) -> bool {
    let least_us = settings.election_timeout.map(|timeout| timeout.from_us);
    least_us.is_some_and(|least_us| 2 * settings.latency.to_us >= least_us)
}

/// Whether an election timeout may fire between two heartbeats.
fn beats_rarely(settings: &Settings) -> bool {
    let least_us = settings.election_timeout.map(|timeout| timeout.from_us);
    let beat_us = settings.heartbeat_us.map(|beat_us| beat_us + settings.latency.to_us);
    least_us.zip(beat_us).is_some_and(|(least_us, beat_us)| beat_us >= least_us)
}

fn clocks(world: &World) -> impl Iterator<Item = DeviationModel> {
    let skewed = world.servers().iter().filter(|server| server.skew_milli() != 1_000);
    skewed.map(|server| {
        let (id, milli) = (server.id(), server.skew_milli());
        DeviationModel::act(
            text::clock_label(id, milli),
            text::clock_means(id, milli),
            Act::Skew(id.into(), 1_000),
        )
    })
}

/// Every pair of a server and another server or a client.
fn pairs(world: &World) -> Vec<(Address, Address)> {
    let servers: Vec<Address> = world.server_ids().iter().map(Address::from).collect();
    let clients = world.clients().iter().map(|client| Address::from(client.id()));
    let others: Vec<Address> = servers.iter().copied().chain(clients).collect();
    let later = |at: usize| others.iter().skip(at + 1).copied();
    let from = |(at, a): (usize, &Address)| later(at).map(|b| (*a, b)).collect::<Vec<_>>();
    servers.iter().enumerate().flat_map(from).collect()
}

/// One chip for all cut links: a partition is many.
fn cuts(world: &World) -> Option<DeviationModel> {
    let is_cut = |(a, b): &(Address, Address)| !(world.link_up(*a, *b) && world.link_up(*b, *a));
    let cut = pairs(world).iter().filter(|pair| is_cut(pair)).count();
    let label = text::cuts_label(cut);
    (cut > 0).then(|| DeviationModel::act(label, text::CUTS_MEANS.to_owned(), Act::Heal(None)))
}

/// The links with a latency or a loss of their own.
fn links(world: &World) -> Vec<DeviationModel> {
    let own = |from: Address, to: Address| LinkQuality {
        latency: world.own_latency(from, to).map(LinkValue::Own),
        loss_ppm: world.own_loss_ppm(from, to).map(LinkValue::Own),
    };
    let link = |from: Address, to: Address, both: bool, quality: LinkQuality| {
        let act = |quality| Act::Link { from: end(from), to: end(to), both, quality };
        (quality != LinkQuality::default()).then(|| {
            let meaning = text::LINK_MEANS.to_owned();
            DeviationModel::act(act_line(&act(quality)), meaning, act(LinkQuality::DEFAULT))
        })
    };
    let found = pairs(world).into_iter().flat_map(move |(a, b)| {
        let (there, back) = (own(a, b), own(b, a));
        match there == back {
            true => [link(a, b, true, there), None],
            false => [link(a, b, false, there), link(b, a, false, back)],
        }
    });
    found.flatten().collect()
}

fn end(address: Address) -> Ends {
    match address {
        Address::Server(server) => Ends::Servers(server.into()),
        Address::Client(client) => Ends::Mixed(ServerSet::EMPTY, vec![client]),
    }
}

fn interceptions(world: &World) -> Vec<DeviationModel> {
    let standing = world.standing_interceptions();
    let mut found: Vec<DeviationModel> = standing
        .into_iter()
        .map(|(act, end)| {
            DeviationModel::act(act_line(&act), text::interception_means(&act, &end), end)
        })
        .collect();
    let held = world.held().len();
    // A standing hold releases what it holds when it ends.
    if held > 0 && found.is_empty() {
        let release = Act::Release(None, Default::default());
        let meaning = text::HELD_MEANS.to_owned();
        found.push(DeviationModel::act(text::held_label(held), meaning, release));
    }
    found
}

fn standing_statements(session: &Session) -> impl Iterator<Item = DeviationModel> {
    session.run().standing().into_iter().map(|(line, statement)| {
        let line = session.line_in_text(line);
        let meaning = match statement {
            Statement::Every { .. } => text::repeat_means(line),
            _ => text::trigger_means(line),
        };
        let removal = match line {
            0 => Removal::Impossible(text::NOT_A_LINE),
            line => Removal::Line(line),
        };
        DeviationModel { label: statement.to_string(), meaning, removal }
    })
}

fn given_logs(session: &Session) -> Option<DeviationModel> {
    let script = session.run().script();
    let head = &script.lines[..script.head_len];
    let is_given = head.iter().any(|line| matches!(line.statement, Some(Statement::Given(_))));
    is_given.then(|| DeviationModel {
        label: text::GIVEN_LABEL.to_owned(),
        meaning: text::GIVEN_LOGS_MEANS.to_owned(),
        removal: Removal::Impossible(text::GIVEN_FIXED),
    })
}
