//! The items of a server's menu.

use std::rc::Rc;

use crate::raft::ServerSet;
use crate::sim::{Act, Servers, Setting, Span};
use crate::ui::text;
use crate::ui::view::{ClusterModel, Membership, ServerModel};

use super::items::{MenuItem, ValueQuestion};
use super::unavailable::unavailable;

/// The speed of a true clock, in thousandths.
const TRUE_CLOCK: u32 = 1000;
/// A slow disk, unless you say how slow.
const SLOW_DISK_MS: f64 = 50.0;
/// The slowest disk of the menu. The language allows slower ones.
const DISK_MS_MAX: f64 = 10_000.0;

pub fn server_items(server: &ServerModel, cluster: &ClusterModel) -> Vec<MenuItem> {
    let only = || Servers::Named(ServerSet::only(server.id));
    let unless = |act: &Act| unavailable(act, server, cluster.servers.len(), cluster.leader);
    let item = |(name, act): (&str, Act)| {
        let reason = unless(&act);
        MenuItem::act(name, act).unless(reason)
    };
    let first = [
        ("Crash", Act::Crash(only())),
        ("Restart", Act::Restart(only())),
        ("Pause", Act::Pause(only(), None)),
        ("Resume", Act::Resume(only())),
        ("Isolate", Act::Isolate(only())),
        ("Time out", Act::Timeout(only())),
        ("Transfer leadership here", Act::Transfer(only())),
        ("Take a snapshot", Act::Snapshot(only())),
    ];
    let asks = [
        MenuItem::ask("Pause for", pause_for(server)).unless(unless(&Act::Pause(only(), None))),
        MenuItem::ask("Clock speed", clock_speed(server)),
        MenuItem::ask("Slow disk", slow_disk(server)),
    ];
    let true_clock = server.clock_milli.map(|_| ("True clock", Act::Skew(only(), TRUE_CLOCK)));
    let usual_disk = Setting::DiskOf { server: server.id, own: None };
    let usual_disk = server.disk.map(|_| ("Usual disk", Act::Set(usual_disk)));
    let add = |learner: bool| Act::Add { server: only(), learner };
    let remove = ("Remove from the cluster", Act::Remove(only()));
    let changes = match server.membership {
        Membership::Voter => vec![remove],
        Membership::Learner => vec![("Promote to a voter", Act::Promote(only())), remove],
        Membership::CatchingUp => vec![("Stop adding it", Act::Remove(only()))],
        Membership::Outside => {
            vec![("Add to the cluster", add(false)), ("Add as a learner", add(true))]
        }
    };
    let last = changes.into_iter().chain([("Wipe the disk", Act::Wipe(only()))]);
    let first = first.into_iter().map(item).chain(asks);
    let usual = true_clock.into_iter().chain(usual_disk);
    first.chain(usual.chain(last).map(item)).collect()
}

fn pause_for(server: &ServerModel) -> ValueQuestion {
    let id = server.id;
    ValueQuestion {
        label: format!("Pause {} for", text::server(id)),
        unit: "ms",
        min: 1.0,
        max: 60_000.0,
        step: 1.0,
        value: 500.0,
        verb: "Pause",
        act: Rc::new(move |ms| Act::Pause(Servers::from(id), Some((ms * 1000.0) as u64))),
    }
}

/// As the language allows it: a tenth of the true speed to ten times.
fn clock_speed(server: &ServerModel) -> ValueQuestion {
    let id = server.id;
    let now = server.clock_milli.unwrap_or(TRUE_CLOCK);
    ValueQuestion {
        label: format!("{}'s clock runs at", text::server(id)),
        unit: "times the true speed",
        min: 0.1,
        max: 10.0,
        step: 0.05,
        value: f64::from(now) / f64::from(TRUE_CLOCK),
        verb: "Set",
        act: Rc::new(move |times| {
            Act::Skew(Servers::from(id), (times * f64::from(TRUE_CLOCK)).round() as u32)
        }),
    }
}

/// Every write then takes the same time. A range can be written as a line of the language.
fn slow_disk(server: &ServerModel) -> ValueQuestion {
    let id = server.id;
    let present_ms = server.disk.map(|own| own.to_us as f64 / 1000.0);
    ValueQuestion {
        label: format!("A write on {}'s disk takes", text::server(id)),
        unit: "ms",
        min: 0.0,
        max: DISK_MS_MAX,
        step: 0.5,
        value: present_ms.unwrap_or(SLOW_DISK_MS).min(DISK_MS_MAX),
        verb: "Set",
        act: Rc::new(move |ms| {
            let takes_us = (ms * 1000.0).round() as u64;
            let own = Some(Span::new(takes_us, takes_us));
            Act::Set(Setting::DiskOf { server: id, own })
        }),
    }
}
