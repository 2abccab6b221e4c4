//! Prints actions.

use std::fmt::{Formatter, Result};

use crate::raft::Op;
use crate::sim::{
    Act, Count, Duration, Factor, Filter, Inject, Interception, Load, MessageAct, MessageName,
};

use super::Bare;

pub(super) fn write(f: &mut Formatter<'_>, act: &Act) -> Result {
    match act {
        Act::Set(setting) => write!(f, "{setting}"),
        Act::Crash(servers) => write!(f, "crash {}", servers),
        Act::Restart(servers) => write!(f, "restart {}", servers),
        Act::Pause(servers, None) => write!(f, "pause {}", servers),
        Act::Pause(servers, Some(time_us)) => {
            write!(f, "pause {} for {}", servers, Duration(*time_us))
        }
        Act::Resume(servers) => write!(f, "resume {}", servers),
        Act::Wipe(servers) => write!(f, "wipe {}", servers),
        Act::Skew(servers, milli) => write!(f, "skew {} {}", servers, Factor(*milli)),
        Act::Timeout(servers) => write!(f, "timeout {}", servers),
        Act::Beat(servers) => write!(f, "beat {}", servers),
        Act::Cut { from, to, both } => {
            let arrow = if *both { "<->" } else { "->" };
            write!(f, "cut {} {arrow} {}", from, to)
        }
        Act::Partition(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| group.to_string()).collect();
            write!(f, "partition {}", groups.join(" | "))
        }
        Act::Isolate(servers) => write!(f, "isolate {}", servers),
        Act::Heal(None) => f.write_str("heal"),
        Act::Heal(Some((a, b))) => write!(f, "heal {} <-> {}", a, b),
        Act::Intercept(interception, count, filter) => {
            write_order(f, *interception, *count, filter)
        }
        Act::Release(count, filter) => write_release(f, "release", *count, filter),
        Act::Discard(count, filter) => write_release(f, "discard", *count, filter),
        Act::Message(act, name) => write_message_act(f, *act, name),
        Act::Link { from, to, both, quality } => {
            let arrow = if *both { "<->" } else { "->" };
            write!(f, "link {from} {arrow} {to}{quality}")
        }
        Act::Inject(inject) => write_inject(f, inject),
        Act::Request { op, via, by } => {
            write_op(f, op)?;
            via.iter().try_for_each(|via| write!(f, " via {}", via))?;
            by.iter().try_for_each(|by| write!(f, " by {by}"))
        }
        Act::Load(None) => f.write_str("load off"),
        Act::Load(Some(Load { rate_per_s, keys, writes_percent })) => {
            write!(f, "load {rate_per_s}/s keys {keys} writes {writes_percent}%")
        }
        Act::Transfer(servers) => write!(f, "transfer {}", servers),
        Act::Add { server, learner: false } => write!(f, "add {server}"),
        Act::Add { server, learner: true } => write!(f, "add {server} learner"),
        Act::Remove(server) => write!(f, "remove {server}"),
        Act::Promote(server) => write!(f, "promote {server}"),
        Act::Members(servers) => write!(f, "members {servers}"),
        Act::Snapshot(servers) => write!(f, "snapshot {}", servers),
    }
}

fn write_order(
    f: &mut Formatter<'_>,
    interception: Interception,
    count: Count,
    filter: &Filter,
) -> Result {
    write!(f, "{} {count}{filter}", interception.name())?;
    match interception {
        Interception::Delay(time_us) => write!(f, " by {}", Duration(time_us)),
        _ => Ok(()),
    }
}

fn write_message_act(f: &mut Formatter<'_>, act: MessageAct, name: &MessageName) -> Result {
    write!(f, "{}{name}", act.verb())?;
    match act {
        MessageAct::Delay(by_us) => write!(f, " by {}", Duration(by_us)),
        MessageAct::Resend(after_us) => write!(f, " after {}", Duration(after_us)),
        _ => Ok(()),
    }
}

fn write_release(f: &mut Formatter<'_>, verb: &str, count: Option<u32>, filter: &Filter) -> Result {
    f.write_str(verb)?;
    count.iter().try_for_each(|count| write!(f, " next {count}"))?;
    write!(f, "{filter}")
}

fn write_inject(f: &mut Formatter<'_>, inject: &Inject) -> Result {
    write!(f, "inject {} from {} to {}", inject.kind, inject.from, inject.to)?;
    inject.term.iter().try_for_each(|term| write!(f, " term {term}"))?;
    inject.prev.iter().try_for_each(|(index, term)| write!(f, " prev {index}/{term}"))?;
    if !inject.entries.is_empty() {
        f.write_str(" entries")?;
        inject.entries.iter().try_for_each(|term| write!(f, " {term}"))?;
    }
    if inject.commit > 0 {
        write!(f, " commit {}", inject.commit)?;
    }
    inject.last.iter().try_for_each(|(index, term)| write!(f, " last {index}/{term}"))?;
    match inject.granted {
        Some(true) => f.write_str(" granted"),
        Some(false) => f.write_str(" rejected"),
        None => Ok(()),
    }
}

fn write_op(f: &mut Formatter<'_>, op: &Op) -> Result {
    match op {
        Op::Set { key, value } => write!(f, "set {} {}", Bare(key, &[]), Bare(value, &[])),
        Op::Get { key } => write!(f, "get {}", Bare(key, &[])),
        Op::Delete { key } => write!(f, "delete {}", Bare(key, &[])),
        Op::Cas { key, old, new } => {
            write!(f, "cas {} {} {}", Bare(key, &[]), Bare(old, &[]), Bare(new, &[]))
        }
    }
}
