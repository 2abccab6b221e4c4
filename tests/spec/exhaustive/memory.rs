//! A cache of steps. The core's step is a function, so each pair of a server and an input is
//! stepped once, in however many states of the cluster it appears.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use raftarium::raft::Message;

use super::server::Server;

/// The hash function of the digests.
pub fn digest_of(value: &impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

/// A message in flight.
#[derive(Clone, Copy)]
pub struct Flight {
    pub digest: u64,
    pub message: &'static Message,
}

impl PartialEq for Flight {
    fn eq(&self, other: &Flight) -> bool {
        self.digest == other.digest
    }
}

impl fmt::Debug for Flight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { from, to, term, body } = self.message;
        write!(f, "{from} to {to} in term {term}: {body:?}")
    }
}

/// A server after a step, and the messages that it sent.
pub struct Outcome {
    pub server: &'static Server,
    pub sent: Vec<Flight>,
}

/// Leaks the value on purpose: millions of states share some ten thousand different servers and
/// messages, and reference counts would cost more than everything else.
pub fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// By the digests of the server and of its input.
type Known = HashMap<u64, &'static Outcome, BuildHasherDefault<Mixed>>;

/// Any odd number. It keeps the digests of a server and an input from cancelling each other out.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Keys are hashes already.
#[derive(Default)]
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Sharded, so that the threads of the search seldom wait for each other.
#[derive(Default)]
pub struct Memory {
    parts: [Mutex<Known>; 32],
}

impl Memory {
    /// The outcome of the step; calls `step` if it is not in the cache.
    pub fn outcome(
        &self,
        server: &Server,
        input: u64,
        step: impl FnOnce(&Server) -> (Server, Vec<Message>),
    ) -> &'static Outcome {
        let key = server.digest.rotate_left(21).wrapping_mul(ODD) ^ input;
        let part = &self.parts[key as usize % self.parts.len()];
        if let Some(known) = part.lock().expect("no search panics").get(&key) {
            return known;
        }
        let (after, sent) = step(server);
        let flight =
            |message: Message| Flight { digest: digest_of(&message), message: keep(message) };
        let sent = sent.into_iter().map(flight).collect();
        let outcome = keep(Outcome { server: keep(after), sent });
        part.lock().expect("no search panics").insert(key, outcome);
        outcome
    }

    /// Whether this holds for any outcome in the cache.
    pub fn any(&self, is: impl Fn(&Outcome) -> bool) -> bool {
        self.parts
            .iter()
            .any(|part| part.lock().expect("no search panics").values().any(|one| is(one)))
    }
}
