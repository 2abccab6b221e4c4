//! The seeds of trials, and the draws that an experiment makes itself.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// The stream of the moments that an experiment draws, apart from all streams of a world.
const STREAM: u64 = 0x001A_B0E1;

/// The seed of a trial. It does not depend on the series: a series has the same result alone and
/// among others.
pub(super) fn trial_seed(seed: u64, trial: u32) -> u64 {
    let mut random = Pcg32::new(seed, u64::from(trial));
    random.next_u64()
}

/// Draws for one trial.
pub(super) struct TrialChance(Pcg32);

impl TrialChance {
    pub fn new(seed: u64) -> TrialChance {
        TrialChance(Pcg32::new(seed, STREAM))
    }

    /// A number below `count`, all about equally likely.
    pub fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(count)) >> 64) as u64
    }
}
