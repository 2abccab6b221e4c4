//! All randomness of a run: seeded streams of PCG numbers.
//!
//! Each purpose has streams of its own, and each server or link has its own stream of that purpose.
//! So one more draw in one place shifts no number elsewhere: to add a client, to lose a message or
//! to switch a setting leaves the election timeouts as they were, and two runs stay comparable.
//!
//! Draws use integers only, with the same result on every platform. A stream that cannot matter (a
//! range of one value, a probability of 0) draws nothing.

use std::hash::{Hash, Hasher};

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use super::settings::MILLION;
use super::time::{Micros, Span};

/// The purpose of a stream. The numbers are part of the seed: to change one changes every run.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(super) enum Purpose {
    ElectionTimeout = 1,
    DiskWrite,
    LinkDelay,
    LinkLoss,
    LinkDuplicate,
    Load,
    LinkOwnDelay,
    LinkOwnLoss,
    OwnDiskWrite,
    TimerDelay,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stream {
    generator: Pcg32,
    drawn: u64,
}

impl Stream {
    /// The stream of this purpose for server, link or load number `which`.
    pub fn new(seed: u64, purpose: Purpose, which: usize) -> Stream {
        let stream = (purpose as u64) << 32 | which as u64;
        Stream { generator: Pcg32::new(scatter(seed ^ scatter(stream)), stream), drawn: 0 }
    }

    /// A number below `count`, all about equally likely.
    #[inline]
    pub fn below(&mut self, count: u64) -> u64 {
        self.drawn += 1;
        if count <= u64::from(u32::MAX) {
            (u64::from(self.generator.next_u32()) * count) >> 32
        } else {
            ((u128::from(self.generator.next_u64()) * u128::from(count)) >> 64) as u64
        }
    }

    /// A duration in the range, both ends included.
    #[inline]
    pub fn within(&mut self, span: Span) -> Micros {
        if span.from_us == span.to_us {
            return span.from_us;
        }
        span.from_us + self.below((span.to_us - span.from_us).saturating_add(1))
    }

    /// A stream for a draw that must not shift later draws of this one. It depends on the newest
    /// draw of this stream.
    pub fn aside(&self) -> Stream {
        let next = self.generator.clone().next_u64();
        Stream { generator: Pcg32::new(scatter(next), next), drawn: 0 }
    }

    /// True with a probability of `ppm` parts per million.
    #[inline]
    pub fn happens(&mut self, ppm: u32) -> bool {
        ppm > 0 && self.below(u64::from(MILLION)) < u64::from(ppm)
    }
}

/// The seed, which the settings hold, and the number of draws determine the generator.
impl Hash for Stream {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.drawn.hash(state);
    }
}

/// Spreads neighbouring seeds far apart (the finalizer of splitmix64).
fn scatter(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_range_and_fill_it() {
        let mut stream = Stream::new(7, Purpose::LinkDelay, 3);
        let draws: Vec<u64> = (0..1000).map(|_| stream.within(Span::new(5, 14))).collect();
        assert!((5..=14).all(|value| draws.contains(&value)));
        assert!(draws.iter().all(|draw| (5..=14).contains(draw)));
    }

    #[test]
    fn streams_of_neighbouring_seeds_and_purposes_differ() {
        let first = |seed, which| Stream::new(seed, Purpose::Load, which).below(1 << 30);
        assert_ne!(first(1, 0), first(2, 0));
        assert_ne!(first(1, 0), first(1, 1));
        assert_eq!(first(1, 0), first(1, 0));
    }

    #[test]
    fn a_draw_aside_shifts_nothing() {
        let (mut stream, mut other) = (Stream::new(3, Purpose::LinkDelay, 1), Vec::new());
        let mut same = stream.clone();
        for _ in 0..100 {
            other.push(stream.aside().below(1 << 30));
            assert_eq!(stream.below(1 << 30), same.below(1 << 30));
        }
        other.sort_unstable();
        other.dedup();
        assert_eq!(other.len(), 100);
    }

    #[test]
    fn something_that_never_happens_draws_nothing() {
        let mut stream = Stream::new(1, Purpose::LinkLoss, 0);
        assert!(!stream.happens(0));
        assert_eq!(stream.drawn, 0);
        assert!(stream.happens(MILLION));
    }
}
