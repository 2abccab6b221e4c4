use raftarium::check::Cluster;
use raftarium::lab::Chaos;
fn main() {
    let seed: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let chaos = Chaos::new(seed, &[]);
    println!("{:?} joining {:?} learners {:?}", chaos.setup.settings, chaos.setup.joining, chaos.setup.learners);
    let mut cluster = Cluster::new(&chaos.setup);
    let mut last = 0;
    let mut show = |c: &Cluster| {
        for e in c.world().journal().events() {
            if e.id > last {
                last = e.id;
                let whys: Vec<_> = e.whys.iter().map(|(s, w)| format!("{s}: {w}")).collect();
                let whys: Vec<_> = whys.into_iter().filter(|w| !w.contains("heartbeat is due") && !w.contains("goes on leading") && !w.contains("timer starts anew")&&!w.contains("the write is stable")).collect();
                if !whys.is_empty() || matches!(e.kind, raftarium::sim::EventKind::Acted(_)) {
                    println!("{} #{} {} | {}", e.time_us, e.id, e.title(), whys.join(" ; "));
                }
            }
        }
    };
    for (t, act) in &chaos.acts {
        while cluster.world().next_event_us().is_some_and(|n| n <= *t) && cluster.violations().is_empty() { cluster.step(); show(&cluster); }
        if !cluster.violations().is_empty() { break; }
        cluster.run_until(*t);
        if let raftarium::sim::Act::Request { by: Some(by), .. } = act { if cluster.world().clients()[by.slot()].open() >= 4 { continue; } }
        let _ = cluster.act(act);
        show(&cluster);
    }
    while cluster.world().next_event_us().is_some_and(|n| n <= 3_000_000) && cluster.violations().is_empty() { cluster.step(); show(&cluster); }
    cluster.run_until(3_000_000);
    let end = 8_000_000;
    use raftarium::sim::{Act, Servers, Setting};
    for act in [Act::Load(None), Act::Set(Setting::Loss(0)), Act::Set(Setting::Duplicate(0)), Act::Heal(None), Act::Restart(Servers::All), Act::Resume(Servers::All), Act::Skew(Servers::All, 1000), Act::Set(Setting::MaxEntries(64))] {
        if cluster.violations().is_empty() { cluster.act(&act).unwrap(); }
    }
    while cluster.world().next_event_us().is_some_and(|n| n <= end) && cluster.violations().is_empty() { cluster.step(); show(&cluster); }
    println!("{:?}", cluster.violations());
}
