//! Simpler forms of actions and settings.

use crate::raft::ServerSet;
use crate::sim::{
    Act, Ends, Filter, Interception, LinkQuality, MessageAct, MessageName, Micros, Servers,
    Setting, Span,
};

/// The servers of an action that may have several.
fn servers_of(act: &mut Act) -> Option<&mut Servers> {
    match act {
        Act::Crash(servers)
        | Act::Restart(servers)
        | Act::Pause(servers, _)
        | Act::Resume(servers)
        | Act::Wipe(servers)
        | Act::Skew(servers, _)
        | Act::Timeout(servers)
        | Act::Beat(servers)
        | Act::Isolate(servers)
        | Act::Members(servers)
        | Act::Snapshot(servers) => Some(servers),
        _ => None,
    }
}

/// Simpler forms of an action, the simplest first.
pub(super) fn simpler_acts(act: &Act) -> Vec<Act> {
    let mut simpler = Vec::new();
    match act {
        Act::Request { op, via, by } => {
            let form = |via, by| Act::Request { op: op.clone(), via, by };
            simpler.extend([form(None, None), form(None, *by), form(*via, None)]);
        }
        Act::Intercept(interception, count, filter) if filter.from.is_some() => {
            simpler.push(Act::Intercept(
                *interception,
                *count,
                Filter { from: None, ..filter.clone() },
            ));
        }
        Act::Message(act, name) if name.filter.from.is_some() => {
            let filter = Filter { from: None, ..name.filter.clone() };
            simpler.push(Act::Message(*act, MessageName { filter, ..name.clone() }));
        }
        Act::Link { from, to, both, quality } => {
            let form =
                |both, quality| Act::Link { from: from.clone(), to: to.clone(), both, quality };
            if let LinkQuality { latency: Some(_), loss_ppm: Some(_) } = *quality {
                simpler.push(form(*both, LinkQuality { latency: None, ..*quality }));
                simpler.push(form(*both, LinkQuality { loss_ppm: None, ..*quality }));
            }
            if *both {
                simpler.push(form(false, *quality));
            }
        }
        Act::Set(setting) => simpler.extend(without_chance(setting).into_iter().map(Act::Set)),
        Act::Add { server, learner: true } => {
            simpler.push(Act::Add { server: *server, learner: false });
        }
        _ => {}
    }
    let mut act = act.clone();
    if let Some(Servers::Named(all)) = servers_of(&mut act).copied()
        && all.len() > 1
    {
        for server in all.iter() {
            let fewer = all.difference(ServerSet::only(server));
            if let Some(servers) = servers_of(&mut act) {
                *servers = Servers::Named(fewer);
            }
            simpler.push(act.clone());
        }
    }
    simpler
}

/// Removes all servers but these from an action. False: nothing of the action is left.
pub(super) fn narrow(act: &mut Act, left: ServerSet) -> bool {
    let keep = |servers: &mut Servers| match servers {
        Servers::Named(named) => {
            *named = named.intersection(left);
            !named.is_empty()
        }
        _ => true,
    };
    let keep_ends = |ends: &mut Ends| match ends {
        Ends::Servers(servers) => keep(servers),
        Ends::Mixed(servers, _) => {
            *servers = servers.intersection(left);
            true
        }
    };
    let keep_filter = |filter: &mut Filter| {
        filter.from.as_mut().is_none_or(keep_ends) && filter.to.as_mut().is_none_or(keep_ends)
    };
    if let Some(servers) = servers_of(act) {
        return keep(servers);
    }
    match act {
        Act::Cut { from, to, .. } | Act::Link { from, to, .. } | Act::Heal(Some((from, to))) => {
            keep_ends(from) && keep_ends(to)
        }
        Act::Message(_, name) => keep_filter(&mut name.filter),
        Act::Set(Setting::Rule { server: Some(server), .. } | Setting::DiskOf { server, .. }) => {
            left.contains(*server)
        }
        Act::Partition(groups) => {
            groups.retain_mut(keep);
            groups.len() > 1
        }
        Act::Intercept(_, _, filter) | Act::Release(_, filter) | Act::Discard(_, filter) => {
            keep_filter(filter)
        }
        Act::Request { via, .. } => {
            if !via.as_mut().is_none_or(keep) {
                *via = None;
            }
            true
        }
        Act::Transfer(server)
        | Act::Add { server, .. }
        | Act::Remove(server)
        | Act::Promote(server) => keep(server),
        _ => true,
    }
}

/// Rounds the duration in an action.
pub(super) fn round_act(act: &mut Act, unit_us: Micros) {
    match act {
        Act::Pause(_, Some(time_us))
        | Act::Intercept(Interception::Delay(time_us), _, _)
        | Act::Message(MessageAct::Delay(time_us) | MessageAct::Resend(time_us), _) => {
            *time_us = time_us.next_multiple_of(unit_us);
        }
        _ => {}
    }
}

/// A range replaced by either of its ends.
pub(super) fn without_chance(setting: &Setting) -> Vec<Setting> {
    let ends = |span: Span| [span.from_us, span.to_us].map(|us| Span::new(us, us));
    match *setting {
        Setting::Latency(span) => ends(span).map(Setting::Latency).to_vec(),
        Setting::Disk(span) => ends(span).map(Setting::Disk).to_vec(),
        Setting::DiskOf { server, own: Some(span) } => {
            ends(span).map(|own| Setting::DiskOf { server, own: Some(own) }).to_vec()
        }
        _ => Vec::new(),
    }
}
