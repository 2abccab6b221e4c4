//! Availability and commit latency of a cluster whose leader crashes again and again, against loss,
//! latency and size.

/// What the runs differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    Loss,
    Latency,
    Servers,
}

impl Against {
    pub const ALL: [Against; 3] = [Against::Loss, Against::Latency, Against::Servers];

    pub fn name(self) -> &'static str {
        match self {
            Against::Loss => "loss",
            Against::Latency => "latency",
            Against::Servers => "servers",
        }
    }

    pub fn named(name: &str) -> Option<Against> {
        Against::ALL.into_iter().find(|against| against.name() == name)
    }

    /// The settings of each series.
    pub fn variants(self) -> &'static [&'static str] {
        match self {
            Against::Loss => {
                &["loss 0%", "loss 1%", "loss 2%", "loss 5%", "loss 10%", "loss 20%", "loss 30%"]
            }
            Against::Latency => &[
                "latency 1ms..2ms",
                "latency 5ms..15ms",
                "latency 20ms..30ms",
                "latency 40ms..60ms",
                "latency 60ms..90ms",
                "latency 100ms..140ms",
            ],
            Against::Servers => &["servers 1", "servers 3", "servers 5", "servers 7", "servers 9"],
        }
    }
}

/// A minute of load. From second 5 on the leader crashes every five seconds, as soon as there is
/// one, and restarts in seconds 7, 12 and so on: `every` first acts after its interval.
pub(super) const SCRIPT: &str = "\
servers 5
clients 3
client-timeout 200ms
load 20/s keys 5 writes 50%
when time >= 5s and leader do crash leader
when time >= 10s and leader do crash leader
when time >= 15s and leader do crash leader
when time >= 20s and leader do crash leader
when time >= 25s and leader do crash leader
when time >= 30s and leader do crash leader
when time >= 35s and leader do crash leader
when time >= 40s and leader do crash leader
when time >= 45s and leader do crash leader
when time >= 50s and leader do crash leader
when time >= 55s and leader do crash leader
at 2s every 5s restart all
run 60s
";
