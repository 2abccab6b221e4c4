//! Draws a cluster, and the features of Raft that its schedule uses.

use crate::raft::{HashedIfSet, Reads, Rule, ServerSet};
use crate::sim::{MS, Routing, Setting, Settings, Setup, Span};

use super::{Features, Generator};

/// The rules without which the algorithm is slow or answers wrongly, but keeps its log.
const MILD: [Rule; 5] =
    [Rule::StepDown, Rule::RandomTimeout, Rule::LeaderNoop, Rule::Dedupe, Rule::ReadQuorum];

impl Generator {
    /// Draws the cluster, and which features of Raft the schedule uses.
    pub fn cluster(&mut self, seed: u64) -> Setup {
        let settings = self.first_settings(seed);
        let mut setup = Setup { settings, ..Setup::default() };
        self.draw_features(&setup);
        self.features.membership = self.one_in(3);
        if self.features.membership {
            // Two more servers to be added; one of them may start as a learner.
            let servers = self.servers;
            let newcomers = ServerSet::first(servers + 2).difference(ServerSet::first(servers));
            self.servers += 2;
            setup.settings.servers = self.servers;
            setup.joining = newcomers;
            if self.one_in(2) {
                let learner = newcomers.iter().take(1).collect();
                setup.joining = newcomers.difference(learner);
                setup.learners = learner;
            }
        }
        setup
    }

    /// Uses a given cluster, and draws only which features of Raft the schedule uses.
    pub fn use_cluster(&mut self, setup: &Setup) {
        self.draw_features(setup);
        // The cluster is to stay as it was given.
        self.is_given = true;
        self.features.live_settings = false;
        let has_newcomers = !setup.joining.is_empty() || !setup.learners.is_empty();
        self.features.membership = has_newcomers || self.one_in(3);
    }

    fn draw_features(&mut self, setup: &Setup) {
        self.servers = setup.settings.servers;
        self.clients = setup.settings.clients;
        let leases = setup.settings.reads == Reads::Lease || self.one_in(4);
        self.features = Features {
            membership: false,
            snapshots: self.one_in(3),
            live_settings: self.one_in(2),
            leases,
            bounded_clocks: leases && !(self.wild && self.one_in(2)),
            wipes: self.wild && self.one_in(6),
        };
        if self.wild {
            let from: &[Rule] = if self.one_in(2) { &MILD } else { &Rule::ALL };
            self.rules = (0..self.below(4)).map(|_| self.pick(from)).collect();
        }
    }

    fn first_settings(&mut self, seed: u64) -> Settings {
        let mut settings = Settings {
            servers: self.pick(&[3, 3, 5]),
            clients: 3,
            seed,
            client_timeout_us: Some(self.pick(&[100 * MS, 400 * MS])),
            routing: self.pick(&Routing::ALL),
            reads: self.pick(&[Reads::ReadIndex, Reads::Log, Reads::Lease]),
            snapshot_every: self.pick(&[None, None, Some(1), Some(7), Some(25)]),
            max_entries: self.pick(&[1, 2, 64]),
            max_inflight: self.pick(&[1, 1, 4]),
            fifo: self.one_in(3),
            latency: self.pick(&[Span::new(MS, 5 * MS), Span::new(MS, 40 * MS)]),
            loss_ppm: self.pick(&[0, 20_000, 100_000]),
            duplicate_ppm: self.pick(&[0, 50_000]),
            pre_vote: self.one_in(3),
            check_quorum: self.one_in(3),
            catch_up: HashedIfSet(self.one_in(3)),
            disk: self.pick(&[Span::new(0, 0), Span::new(0, 0), Span::new(0, 10 * MS)]),
            ..Settings::default()
        };
        if self.one_in(3) {
            settings.apply(&Setting::ElectionTimeout(Some(Span::new(100 * MS, 130 * MS))));
        }
        settings
    }
}
