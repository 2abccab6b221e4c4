//! The links between servers, and the directions in which they carry messages.

use crate::raft::ServerId;
use crate::sim::World;
use crate::ui::text::server;

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
}

impl LinkModel {
    /// The name of its button: `Link S1 to S2, up`.
    pub fn button_name(&self) -> String {
        let (a, b) = (server(self.a), server(self.b));
        match self.state {
            LinkState::Up => format!("Link {a} to {b}, up"),
            LinkState::CutForward => format!("Link {a} to {b}, cut from {a} to {b}"),
            LinkState::CutBackward => format!("Link {a} to {b}, cut from {b} to {a}"),
            LinkState::Cut => format!("Link {a} to {b}, cut"),
        }
    }
}

pub(super) fn models(world: &World) -> Vec<LinkModel> {
    let servers: Vec<ServerId> = world.server_ids().iter().collect();
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
            links.push(LinkModel { a, b, state });
        }
    }
    links
}
