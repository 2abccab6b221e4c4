//! The links between servers, and the directions in which they carry messages.

use crate::raft::ServerId;
use crate::sim::{Span, World};
use crate::ui::text::{latency_range, percent, server};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    Up,
    /// Cut from `a` to `b`.
    CutForward,
    /// Cut from `b` to `a`.
    CutBackward,
    /// Cut in both directions.
    Cut,
}

impl LinkState {
    /// Messages get through from `a` to `b`.
    pub fn forward_up(self) -> bool {
        matches!(self, LinkState::Up | LinkState::CutBackward)
    }

    /// Messages get through from `b` to `a`.
    pub fn backward_up(self) -> bool {
        matches!(self, LinkState::Up | LinkState::CutForward)
    }
}

/// What one direction of a link does differently from the cluster's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LinkOwn {
    pub latency: Option<Span>,
    /// The number of messages in a million that it loses by chance.
    pub loss_ppm: Option<u32>,
}

/// A link; `a` has the lower number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkModel {
    pub a: ServerId,
    pub b: ServerId,
    pub state: LinkState,
    pub latency: Span,
    /// Of the cluster, as `latency`: how many messages in a million are lost by chance.
    pub loss_ppm: u32,
    /// From `a` to `b`.
    pub forward: LinkOwn,
    /// From `b` to `a`.
    pub backward: LinkOwn,
}

impl LinkModel {
    /// The name of its button: `Link S1 to S2, up`.
    pub fn button_name(&self) -> String {
        let (a, b) = (server(self.a), server(self.b));
        let state = match self.state {
            LinkState::Up => "up".to_string(),
            LinkState::CutForward => format!("cut from {a} to {b}"),
            LinkState::CutBackward => format!("cut from {b} to {a}"),
            LinkState::Cut => "cut".to_string(),
        };
        let mut name = format!("Link {a} to {b}, {state}");
        match self.losses() {
            (0, 0) => {}
            (loss, same) if loss == same => name += &format!(", loses {}", percent(loss)),
            (forward, backward) => {
                for (loss, from, to) in [(forward, &a, &b), (backward, &b, &a)] {
                    if loss > 0 {
                        name += &format!(", loses {} from {from} to {to}", percent(loss));
                    }
                }
            }
        }
        match (self.forward.latency, self.backward.latency) {
            (Some(latency), same) if same == Some(latency) => {
                name += &format!(", takes {}", latency_range(latency));
            }
            own => {
                for (latency, from, to) in [(own.0, &a, &b), (own.1, &b, &a)] {
                    if let Some(latency) = latency {
                        let range = latency_range(latency);
                        name += &format!(", takes {range} from {from} to {to}");
                    }
                }
            }
        }
        name
    }

    /// The losses of both directions, its own or the cluster's.
    pub fn losses(&self) -> (u32, u32) {
        let loss = |own: &LinkOwn| own.loss_ppm.unwrap_or(self.loss_ppm);
        (loss(&self.forward), loss(&self.backward))
    }

    /// Whether it loses messages by chance in any direction.
    pub fn is_lossy(&self) -> bool {
        self.losses() != (0, 0)
    }

    /// Whether it is slower than the cluster's links in any direction.
    pub fn is_slow(&self) -> bool {
        let own = [self.forward.latency, self.backward.latency];
        own.into_iter().flatten().any(|latency| latency.to_us > self.latency.to_us)
    }

    /// Whether a latency or a loss is its own.
    pub fn has_own(&self) -> bool {
        (self.forward, self.backward) != Default::default()
    }
}

pub(super) fn models(world: &World) -> Vec<LinkModel> {
    let servers: Vec<ServerId> = world.server_ids().iter().collect();
    let mut links = Vec::new();
    for (slot, &a) in servers.iter().enumerate() {
        for &b in &servers[slot + 1..] {
            links.push(model(world, a, b));
        }
    }
    links
}

fn model(world: &World, a: ServerId, b: ServerId) -> LinkModel {
    let state = match (world.link_up(a.into(), b.into()), world.link_up(b.into(), a.into())) {
        (true, true) => LinkState::Up,
        (false, true) => LinkState::CutForward,
        (true, false) => LinkState::CutBackward,
        (false, false) => LinkState::Cut,
    };
    let own = |from: ServerId, to: ServerId| LinkOwn {
        latency: world.own_latency(from.into(), to.into()),
        loss_ppm: world.own_loss_ppm(from.into(), to.into()),
    };
    LinkModel {
        a,
        b,
        state,
        latency: world.settings().latency,
        loss_ppm: world.settings().loss_ppm,
        forward: own(a, b),
        backward: own(b, a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    /// The name of the link between S1 and S2 after that script.
    fn name(script: &str) -> String {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        models(session.world())[0].button_name()
    }

    #[test]
    fn a_link_is_named_with_all_that_is_unusual_about_it() {
        assert_eq!(name("run 0ms\n"), "Link S1 to S2, up");
        assert_eq!(name("loss 5%\ncut s1 -> s2\n"), "Link S1 to S2, cut from S1 to S2, loses 5 %");
        assert_eq!(
            name("link s1 <-> s2 latency 40ms..60ms loss 30%\n"),
            "Link S1 to S2, up, loses 30 %, takes 40–60 ms"
        );
        assert_eq!(
            name("link s2 -> s1 latency 1.5s loss 30%\n"),
            "Link S1 to S2, up, loses 30 % from S2 to S1, takes 1.5 s from S2 to S1"
        );
        assert_eq!(name("loss 5%\nlink s1 <-> s2 loss 0%\n"), "Link S1 to S2, up");
    }
}
