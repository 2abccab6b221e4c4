//! The links between servers, and the directions in which they carry messages.

use crate::raft::ServerId;
use crate::sim::World;
use crate::ui::text::{percent, server};

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

/// A link; `a` has the lower number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkModel {
    pub a: ServerId,
    pub b: ServerId,
    pub state: LinkState,
    /// The number of messages in a million that it loses by chance.
    pub loss_ppm: u32,
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
        let loss = match self.loss_ppm {
            0 => String::new(),
            loss_ppm => format!(", loses {}", percent(loss_ppm)),
        };
        format!("Link {a} to {b}, {state}{loss}")
    }
}

pub(super) fn models(world: &World) -> Vec<LinkModel> {
    let servers: Vec<ServerId> = world.server_ids().iter().collect();
    let loss_ppm = world.settings().loss_ppm;
    let mut links = Vec::new();
    for (slot, &a) in servers.iter().enumerate() {
        for &b in &servers[slot + 1..] {
            let state = match (world.link_up(a.into(), b.into()), world.link_up(b.into(), a.into()))
            {
                (true, true) => LinkState::Up,
                (false, true) => LinkState::CutForward,
                (true, false) => LinkState::CutBackward,
                (false, false) => LinkState::Cut,
            };
            links.push(LinkModel { a, b, state, loss_ppm });
        }
    }
    links
}
