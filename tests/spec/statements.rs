//! Random statements of every kind.

use raftarium::raft::{Kind, Op, Reads, Rule, ServerId, ServerSet};
use raftarium::script::{
    AnswerChoice, Level, Line, Narration, ScheduledAction, Script, Statement, Target,
    parse_statement,
};
use raftarium::sim::{
    Act, Count, Filter, Given, Inject, Interception, LinkQuality, LinkValue, Load, MessageAct,
    MessageName, Preset, Routing, Setting, Span,
};

use crate::dice::Dice;
use crate::random_conditions::condition;

/// A script with statements of every kind, each where it is allowed.
pub fn random_script(dice: &mut Dice) -> Script {
    let mut statements = vec![
        Statement::Set(Setting::Servers(9)),
        Statement::Set(Setting::Clients(9)),
        Statement::Set(Setting::Seed(dice.draw())),
        Statement::Joining(ServerSet::only(ServerId::from_slot(7))),
        Statement::Learners(ServerSet::only(ServerId::from_slot(8))),
        Statement::Given(Box::new(given(dice))),
        Statement::Set(setting(dice)),
    ];
    let head_len = statements.len();
    statements.push(Statement::Act(act(dice)));
    statements.extend(dice.some(12, statement));
    if dice.coin() {
        statements.push(Statement::ByHand);
        statements.extend(dice.some(4, |dice| Statement::At {
            time_us: dice.time(),
            after: dice.maybe(|dice| dice.below(9) as u32),
            action: late_action(dice, true),
        }));
        statements.push(Statement::Answers(dice.some(3, |dice| dice.below(5) as u32)));
        statements.push(Statement::Claim { possible: dice.coin() });
    }
    let lines = statements.into_iter().enumerate().map(|(place, statement)| Line {
        number: place as u32 + 1,
        statement: Some(statement),
        comment: None,
    });
    Script { lines: lines.collect(), head_len }
}

/// A script that ends soon: all its times are short, and nothing floods the cluster.
pub fn short_script(dice: &mut Dice) -> Script {
    let servers = 1 + dice.below(5) as usize;
    let clients = dice.below(3) as usize;
    let mut statements = vec![
        Statement::Set(Setting::Servers(servers)),
        Statement::Set(Setting::Clients(clients)),
        Statement::Set(Setting::Seed(dice.draw())),
    ];
    statements.extend(dice.some(2, |dice| Statement::Set(tame_setting(setting(dice), dice))));
    let head_len = statements.len();
    while statements.len() < head_len + 4 {
        let statement = short_statement(dice);
        // Statements about missing servers are left out.
        if parse_statement(&statement.to_string(), servers, clients).is_ok() {
            statements.push(statement);
        }
    }
    let lines = statements.into_iter().enumerate().map(|(place, statement)| Line {
        number: place as u32 + 1,
        statement: Some(statement),
        comment: None,
    });
    Script { lines: lines.collect(), head_len }
}

/// A script of the whole language, including `given` and `joining`, that ends soon.
pub fn whole_script(dice: &mut Dice) -> Script {
    let mut script = short_script(dice);
    let mut heads =
        vec![Statement::Given(Box::new(given(dice))), Statement::Narration(narration(dice))];
    if dice.coin() {
        heads.push(Statement::Joining(ServerSet::only(dice.server())));
        heads.push(Statement::Learners(ServerSet::only(dice.server())));
    }
    for statement in heads {
        let mut longer = script.clone();
        let line = Line { number: 0, statement: Some(statement), comment: None };
        longer.lines.insert(longer.head_len, line);
        longer.head_len += 1;
        // Statements that do not fit this cluster are left out.
        if raftarium::script::parse(&longer.to_string()).is_ok() {
            script = longer;
        }
    }
    for (place, line) in script.lines.iter_mut().enumerate() {
        line.number = place as u32 + 1;
    }
    script
}

/// A statement with short times and up to nine servers and clients.
pub fn short_statement(dice: &mut Dice) -> Statement {
    let short = |dice: &mut Dice| 1 + dice.below(200_000);
    match statement(dice) {
        Statement::Run(_) => Statement::Run(short(dice)),
        Statement::Settle { .. } => Statement::Settle { within: Some(short(dice)) },
        Statement::Wait { condition, .. } => {
            Statement::Wait { condition, within: Some(short(dice)) }
        }
        Statement::At { action, .. } => {
            let action = tame(action, dice);
            Statement::At { time_us: dice.below(600_000), after: None, action }
        }
        Statement::Every { action, times, .. } => {
            let action = tame(action, dice);
            Statement::Every { period_us: 10_000 + dice.below(100_000), action, times }
        }
        Statement::When { again, condition, action } => {
            Statement::When { again, condition, action: tame(action, dice) }
        }
        Statement::Set(setting) => Statement::Set(tame_setting(setting, dice)),
        Statement::Act(act) => Statement::Act(tame_act(act, dice)),
        other => other,
    }
}

/// An action that makes the cluster no busier than before.
pub fn short_act(dice: &mut Dice) -> Act {
    let act = act(dice);
    tame_act(act, dice)
}

fn tame(action: ScheduledAction, dice: &mut Dice) -> ScheduledAction {
    match action {
        ScheduledAction::Act(act) => ScheduledAction::Act(tame_act(act, dice)),
        other => other,
    }
}

fn tame_act(act: Act, dice: &mut Dice) -> Act {
    match act {
        Act::Set(setting) => Act::Set(tame_setting(setting, dice)),
        Act::Load(Some(load)) => {
            Act::Load(Some(Load { rate_per_s: 1 + load.rate_per_s % 300, ..load }))
        }
        Act::Pause(servers, Some(_)) => Act::Pause(servers, Some(1 + dice.below(100_000))),
        Act::Intercept(Interception::Delay(_), count, filter) => {
            Act::Intercept(Interception::Delay(dice.below(50_000)), count, filter)
        }
        Act::Message(MessageAct::Delay(_), name) => {
            Act::Message(MessageAct::Delay(1 + dice.below(50_000)), name)
        }
        Act::Message(MessageAct::Resend(_), name) => {
            Act::Message(MessageAct::Resend(1 + dice.below(50_000)), name)
        }
        Act::Link { from, to, both, quality: LinkQuality { latency: Some(_), loss_ppm } } => {
            // As for the setting.
            let span = Span::new(500 + 1_000 * dice.below(10), 500 + 1_000 * dice.below(30));
            let latency = Some(LinkValue::Own(span));
            Act::Link { from, to, both, quality: LinkQuality { latency, loss_ppm } }
        }
        other => other,
    }
}

fn tame_setting(setting: Setting, dice: &mut Dice) -> Setting {
    let ms = |dice: &mut Dice, most| 1_000 * dice.below(most);
    match setting {
        Setting::ElectionTimeout(Some(_)) => {
            let from_us = 20_000 + ms(dice, 200);
            Setting::ElectionTimeout(Some(Span::new(from_us, from_us + ms(dice, 100))))
        }
        Setting::Heartbeat(Some(_)) => Setting::Heartbeat(Some(5_000 + ms(dice, 60))),
        // Without any delay, clients and servers could exchange messages without end at one moment.
        Setting::Latency(_) => Setting::Latency(Span::new(500 + ms(dice, 10), 500 + ms(dice, 30))),
        Setting::Disk(_) => Setting::Disk(Span::new(ms(dice, 5), ms(dice, 10))),
        // Of a server that every cluster has.
        Setting::DiskOf { own, .. } => {
            let own = own.map(|_| Span::new(ms(dice, 5), ms(dice, 10)));
            Setting::DiskOf { server: ServerId::from_slot(0), own }
        }
        Setting::ClientTimeout(Some(_)) => Setting::ClientTimeout(Some(10_000 + ms(dice, 500))),
        Setting::Rule { rule, on, .. } => Setting::Rule { rule, on, server: None },
        Setting::SnapshotEvery(Some(_)) => Setting::SnapshotEvery(Some(1 + dice.below(20))),
        other => other,
    }
}

fn given(dice: &mut Dice) -> Given {
    let mut log = if dice.coin() { dice.some(6, |dice| dice.index().max(1)) } else { Vec::new() };
    log.sort();
    Given {
        server: dice.server(),
        term: log.last().copied().unwrap_or(0) + dice.below(1),
        vote: dice.maybe(Dice::server),
        commit: dice.below(log.len() as u64 + 1),
        log,
    }
}

fn statement(dice: &mut Dice) -> Statement {
    match dice.below(12) {
        0 => Statement::Set(setting(dice)),
        1..=3 => Statement::Act(act(dice)),
        4 => Statement::Run(dice.time()),
        5 => Statement::Settle { within: dice.maybe(Dice::time) },
        6 => Statement::Wait { condition: condition(dice), within: dice.maybe(Dice::time) },
        7 => Statement::At { time_us: dice.time(), after: None, action: late_action(dice, false) },
        8 => Statement::Every {
            period_us: dice.time(),
            action: action(dice),
            times: dice.maybe(|dice| dice.number(1_000_000_000).max(1) as u32),
        },
        9 => {
            Statement::When { again: dice.coin(), condition: condition(dice), action: action(dice) }
        }
        10 if dice.coin() => Statement::Stop,
        10 => Statement::Expect(condition(dice)),
        _ => Statement::Narration(narration(dice)),
    }
}

/// The action of an `at`, which may also start a trigger or a repetition.
fn late_action(dice: &mut Dice, by_hand: bool) -> ScheduledAction {
    let (time_us, action) = (dice.time(), action(dice));
    match dice.below(6) {
        0 if by_hand => {
            ScheduledAction::Begin(Box::new(Statement::At { time_us, after: None, action }))
        }
        1 => ScheduledAction::Begin(Box::new(Statement::Every {
            period_us: time_us,
            action,
            times: None,
        })),
        2 => {
            let (again, condition) = (dice.coin(), condition(dice));
            ScheduledAction::Begin(Box::new(Statement::When { again, condition, action }))
        }
        _ => action,
    }
}

fn action(dice: &mut Dice) -> ScheduledAction {
    match dice.below(6) {
        0 => ScheduledAction::Stop,
        1 => ScheduledAction::Act(Act::Set(setting(dice))),
        _ => ScheduledAction::Act(act(dice)),
    }
}

fn setting(dice: &mut Dice) -> Setting {
    match dice.below(20) {
        0 => Setting::ElectionTimeout(dice.maybe(Dice::span)),
        1 => Setting::Heartbeat(dice.maybe(Dice::time)),
        2 => Setting::Latency(dice.span()),
        3 => Setting::Loss(dice.below(1_000_001) as u32),
        4 => Setting::Duplicate(dice.below(1_000_001) as u32),
        5 => Setting::Fifo(dice.coin()),
        6 => Setting::Disk(dice.span()),
        7 => Setting::ClientTimeout(dice.maybe(Dice::time)),
        8 => Setting::Retry(dice.coin()),
        9 => Setting::Routing(dice.one_of(&Routing::ALL)),
        10 => Setting::Reads(dice.one_of(&Reads::ALL)),
        11 => Setting::PreVote(dice.coin()),
        12 => Setting::CheckQuorum(dice.coin()),
        13 => Setting::SnapshotEvery(dice.maybe(|dice| dice.index().max(1))),
        14 => Setting::MaxEntries(dice.number(1_000_000).max(1) as usize),
        15 => Setting::MaxInflight(dice.number(1_000_000).max(1) as usize),
        16 => Setting::Rule {
            rule: dice.one_of(&Rule::ALL),
            on: dice.coin(),
            server: dice.maybe(Dice::server),
        },
        17 => Setting::CatchUp(dice.coin()),
        18 => Setting::DiskOf { server: dice.server(), own: dice.maybe(Dice::span) },
        _ => Setting::Preset(dice.one_of(&Preset::ALL)),
    }
}

fn act(dice: &mut Dice) -> Act {
    let servers = dice.servers();
    match dice.below(33) {
        0 => Act::Crash(servers),
        1 => Act::Restart(servers),
        2 => Act::Pause(servers, dice.maybe(Dice::time)),
        3 => Act::Resume(servers),
        4 => Act::Wipe(servers),
        5 => Act::Skew(servers, 100 + dice.below(9_901) as u32),
        6 => Act::Timeout(servers),
        7 => Act::Beat(servers),
        8 => {
            let (from, to) = dice.joined_ends();
            Act::Cut { from, to, both: dice.coin() }
        }
        9 => Act::Partition(dice.groups()),
        10 => Act::Isolate(servers),
        11 => Act::Heal(dice.maybe(Dice::joined_ends)),
        12..=15 => Act::Intercept(interception(dice), count(dice), filter(dice)),
        16 => Act::Release(dice.maybe(some_times), filter(dice)),
        17 => Act::Discard(dice.maybe(some_times), filter(dice)),
        18..=19 => Act::Inject(Box::new(inject(dice))),
        20..=21 => Act::Request {
            op: op(dice),
            via: dice.maybe(Dice::one_server),
            by: dice.maybe(Dice::client),
        },
        22 => Act::Load(dice.maybe(|dice| Load {
            rate_per_s: 1 + dice.below(100_000) as u32,
            keys: 1 + dice.below(100_000) as u32,
            writes_percent: dice.below(101) as u8,
        })),
        23 => Act::Transfer(dice.one_server()),
        24 => Act::Add { server: dice.one_server(), learner: dice.coin() },
        25 => Act::Remove(dice.one_server()),
        26 => Act::Promote(dice.one_server()),
        27 => Act::Members(servers),
        28..=30 => one_message(dice),
        31 => {
            let (from, to) = dice.joined_ends();
            Act::Link { from, to, both: dice.coin(), quality: quality(dice) }
        }
        _ => Act::Snapshot(servers),
    }
}

/// Often one that is there: the oldest in flight or held, the newest delivered or lost.
fn one_message(dice: &mut Dice) -> Act {
    let (by_us, after_us) = (dice.time(), dice.time());
    let act = dice.one_of(&[
        MessageAct::Drop,
        MessageAct::Hold,
        MessageAct::Release,
        MessageAct::Discard,
        MessageAct::Delay(by_us),
        MessageAct::Duplicate,
        MessageAct::Resend(after_us),
    ]);
    let state = dice.one_of(act.states());
    let name = match dice.below(4) {
        0 => MessageName { state, nth: some_times(dice), filter: filter(dice) },
        _ => MessageName { state, nth: 1 + dice.below(2) as u32, filter: Filter::default() },
    };
    Act::Message(act, name)
}

fn quality(dice: &mut Dice) -> LinkQuality {
    let latency = LinkValue::Own(dice.span());
    let loss_ppm = LinkValue::Own(dice.below(1_000_001) as u32);
    let latency = dice.one_of(&[latency, LinkValue::Default]);
    let loss_ppm = dice.one_of(&[loss_ppm, LinkValue::Default]);
    match dice.below(3) {
        0 => LinkQuality { latency: Some(latency), loss_ppm: None },
        1 => LinkQuality { latency: None, loss_ppm: Some(loss_ppm) },
        _ => LinkQuality { latency: Some(latency), loss_ppm: Some(loss_ppm) },
    }
}

fn some_times(dice: &mut Dice) -> u32 {
    dice.number(u64::from(u32::MAX)).max(1) as u32
}

fn interception(dice: &mut Dice) -> Interception {
    let delay = Interception::Delay(dice.time());
    dice.one_of(&[Interception::Drop, Interception::Hold, Interception::Duplicate, delay])
}

fn count(dice: &mut Dice) -> Count {
    if dice.coin() { Count::All } else { Count::Next(some_times(dice)) }
}

pub fn filter(dice: &mut Dice) -> Filter {
    let kind = dice.maybe(|dice| dice.one_of(&Kind::ALL));
    let (from, to) = dice.joined_ends();
    Filter { kind, from: dice.maybe(|_| from), to: dice.maybe(|_| to) }
}

fn inject(dice: &mut Dice) -> Inject {
    let kind = dice.one_of(&Kind::ALL[..9]);
    let has = |kinds: &[Kind]| kinds.contains(&kind);
    let position = |dice: &mut Dice| (dice.index(), dice.index());
    use Kind::{Append, AppendReply, InstallSnapshot, PreVote, PreVoteReply, RequestVote};
    let (from, to) = dice.two_servers();
    Inject {
        kind,
        from,
        to,
        term: dice.maybe(Dice::index),
        prev: if has(&[Append, AppendReply]) { dice.maybe(position) } else { None },
        entries: match has(&[Append]) && dice.coin() {
            true => dice.some(4, |dice| dice.index().max(1)),
            false => Vec::new(),
        },
        commit: if has(&[Append]) { dice.index() } else { 0 },
        last: match has(&[RequestVote, PreVote, AppendReply, InstallSnapshot, Kind::SnapshotReply])
        {
            true => dice.maybe(position),
            false => None,
        },
        granted: match has(&[Kind::Vote, PreVoteReply, AppendReply, Kind::SnapshotReply]) {
            true => dice.maybe(Dice::coin),
            false => None,
        },
    }
}

fn op(dice: &mut Dice) -> Op {
    let key = dice.word();
    match dice.below(4) {
        0 => Op::Set { key, value: dice.word() },
        1 => Op::Get { key },
        2 => Op::Delete { key },
        _ => Op::Cas { key, old: dice.word(), new: dice.word() },
    }
}

fn narration(dice: &mut Dice) -> Narration {
    match dice.below(14) {
        0 => Narration::Title(dice.word()),
        1 => Narration::Say(dice.word()),
        2 => {
            let judged = dice.below(2) == 0;
            let choice = |dice: &mut Dice| AnswerChoice {
                text: dice.word(),
                condition: judged.then(|| condition(dice)),
            };
            let choices = [vec![choice(dice)], dice.some(3, choice)].concat();
            let answer = 1 + dice.below(choices.len() as u64) as u32;
            Narration::Ask { question: dice.word(), choices, answer }
        }
        3 => Narration::Point(match dice.below(5) {
            0 => Target::Server(dice.server()),
            1 => {
                let (from, to) = dice.two_servers();
                Target::Link(from, to)
            }
            2 => Target::Log(dice.server()),
            3 => Target::Timeline,
            _ => Target::Console,
        }),
        4 => Narration::Goal(condition(dice), dice.word()),
        5 => {
            Narration::Allow(dice.some(3, |dice| dice.one_of(&["crash", "set", "run"]).to_owned()))
        }
        6 => Narration::Budget("crash".to_owned(), dice.below(1_000_000_000) as u32),
        7 => Narration::Hint(dice.word()),
        8 => Narration::Section(dice.word()),
        9 => Narration::Level(dice.one_of(&Level::ALL)),
        10 => Narration::Misconception(dice.word()),
        11 => Narration::Score(1 + dice.below(100) as u32, dice.word()),
        12 => Narration::Possible(dice.coin(), dice.word()),
        _ => Narration::Chapter(dice.word()),
    }
}
