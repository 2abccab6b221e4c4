//! The hash of a world, the same on every platform.

use std::hash::Hasher;

/// FNV-1a, 64 bits, with every number written as 8 bytes in little-endian order: `usize` is
/// narrower in the browser.
#[derive(Clone, Debug)]
pub(super) struct StableHasher(u64);

impl Default for StableHasher {
    fn default() -> StableHasher {
        StableHasher(0xCBF2_9CE4_8422_2325)
    }
}

impl StableHasher {
    fn number(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.number(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.number(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.number(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.number(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.number(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.number(number as i64 as u64);
    }
}
