//! The time to check the history of five busy clients for linearizability.

use std::time::Instant;

use raftarium::check::{Cluster, History, Verdict};
use raftarium::sim::{Act, Load, Operation, Recorder, SECOND, Settings, Setup};

/// Commands of all clients per second.
const RATE_PER_S: u32 = 250;

/// A recorded history, oldest moment first.
pub struct Recorded {
    /// Each operation, at its invocation without and at its answer with it.
    moments: Vec<(u64, Operation)>,
}

impl Recorded {
    /// Operations of five clients, half of them writes, as a simulated cluster answered them.
    pub fn new(operations: u64, keys: u32) -> Recorded {
        let settings = Settings { clients: 5, ..Settings::default() };
        let recorder = &mut Recorder::off();
        let mut cluster = Cluster::new(&Setup { settings, ..Setup::default() }, recorder);
        cluster.set_checking(false);
        cluster.run_until(SECOND, recorder);
        let load = Load { rate_per_s: RATE_PER_S, keys, writes_percent: 50 };
        cluster.act(&Act::Load(Some(load)), None, recorder).expect("the cluster has clients");
        // The first is sent at once. No client may forget one.
        cluster.run_until(SECOND + (operations - 1) * SECOND / u64::from(RATE_PER_S), recorder);
        let operations = cluster.world().clients().iter().flat_map(|client| client.operations());
        let mut moments = Vec::new();
        for operation in operations {
            let open = Operation { answered: None, answer_order: 0, ..Operation::clone(operation) };
            moments.push((operation.invoke_order, open));
            if operation.answered.is_some() {
                moments.push((operation.answer_order, Operation::clone(operation)));
            }
        }
        moments.sort_by_key(|(order, _)| *order);
        Recorded { moments }
    }

    pub fn operations(&self) -> usize {
        self.moments.iter().filter(|(_, operation)| operation.answered.is_none()).count()
    }

    /// Checks it as it would be checked while it happens. In milliseconds.
    pub fn check_ms(&self) -> f64 {
        let start = Instant::now();
        let mut history = History::default();
        for (_, operation) in &self.moments {
            match operation.answered {
                None => history.invoke(operation, 0),
                Some(_) => assert_eq!(history.respond(operation, 0), None),
            }
        }
        let elapsed = start.elapsed();
        assert_eq!(history.verdict(), Verdict::Linearizable);
        elapsed.as_secs_f64() * 1_000.0
    }
}
