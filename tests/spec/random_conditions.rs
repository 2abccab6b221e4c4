//! Random conditions of every kind.

use raftarium::check::Property;
use raftarium::raft::{Answer, Kind, Role};
use raftarium::script::{
    Amount, Clause, ClusterNumber, Comparison, Condition, FollowerMeasure, Measure, Question,
};
use raftarium::sim::MessageState;

use crate::dice::Dice;
use crate::statements::filter;

pub fn condition(dice: &mut Dice) -> Condition {
    let clauses = dice.some(2, |dice| Clause { negated: dice.coin(), question: question(dice) });
    Condition { clauses }
}

fn question(dice: &mut Dice) -> Question {
    let servers = dice.servers();
    match dice.below(20) {
        0 => Question::Leader(dice.maybe(Dice::servers)),
        1 => Question::NoLeader,
        2 => Question::Role(servers, dice.one_of(&Role::ALL)),
        3 => Question::Leaders(dice.maybe(Dice::servers)),
        4 => Question::Alive(servers),
        5 => Question::Crashed(servers),
        6 => Question::Paused(servers),
        7 => Question::Number(quantity(dice), dice.one_of(&Comparison::ALL), amount(dice)),
        8 => Question::Vote(servers, dice.maybe(Dice::server)),
        9 => {
            let log = if dice.coin() { dice.some(6, Dice::index) } else { Vec::new() };
            Question::Log(servers, log)
        }
        10 => Question::Members(servers, dice.servers()),
        11 => Question::Value {
            key: dice.word(),
            value: dice.maybe(Dice::word),
            on: dice.maybe(Dice::servers),
        },
        12 => {
            let value = Answer::Value(dice.word());
            let others =
                [Answer::Ok, Answer::Nothing, Answer::NotLeader, Answer::Timeout, Answer::Failed];
            let other = dice.one_of(&others);
            Question::Answer(if dice.coin() { value } else { other })
        }
        13 => Question::Agree(dice.maybe(Dice::servers)),
        14 => Question::Safe,
        15 => Question::Violated(dice.one_of(&Property::ALL)),
        16 => Question::Linearizable,
        17 => Question::Answered,
        18 => {
            let filter = filter(dice);
            let may_have_prev = filter.kind.is_none_or(|kind| kind == Kind::Append);
            Question::Message {
                state: dice.one_of(&MessageState::ALL),
                prev: match may_have_prev && dice.coin() {
                    true => Some((dice.one_of(&Comparison::ALL), amount(dice))),
                    false => None,
                },
                filter,
            }
        }
        _ => Question::Time(dice.one_of(&Comparison::ALL), dice.time()),
    }
}

fn quantity(dice: &mut Dice) -> ClusterNumber {
    let servers = dice.servers();
    match dice.coin() {
        true => ClusterNumber::Server(dice.one_of(&Measure::ALL), servers),
        false => {
            ClusterNumber::Follower(dice.one_of(&FollowerMeasure::ALL), servers, dice.servers())
        }
    }
}

fn amount(dice: &mut Dice) -> Amount {
    match dice.coin() {
        true => Amount::Number(dice.index()),
        false => Amount::Cluster(quantity(dice)),
    }
}
