//! The range decoder: bits out of bytes, each bit by its chance.

use crate::{Damaged, chances};

/// How many bits a chance has.
const CHANCE_BITS: u32 = 11;
/// How slowly a chance follows what happens.
const MOVE_BITS: u32 = 5;

pub struct Range<'a> {
    rest: &'a [u8],
    range: u32,
    code: u32,
    /// Bytes were wanted after the last.
    short: bool,
    /// How likely each bit is 0.
    chances: [u16; chances::COUNT],
}

impl<'a> Range<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let [0, a, b, c, d, rest @ ..] = bytes else { return Err(Damaged) };
        Ok(Range {
            rest,
            range: u32::MAX,
            code: u32::from_be_bytes([*a, *b, *c, *d]),
            short: false,
            chances: [1 << (CHANCE_BITS - 1); chances::COUNT],
        })
    }

    /// Whether more was read than there is.
    pub fn is_short(&self) -> bool {
        self.short
    }

    /// Whether all was read and nothing is left over.
    pub fn is_done(&self) -> bool {
        !self.short && self.rest.is_empty() && self.code == 0
    }

    /// The next bit of the kind whose chance is at that place.
    ///
    /// A browser makes fast what is called often, and only from the next call on: this is to be called.
    #[inline(never)]
    pub fn bit(&mut self, place: usize) -> usize {
        let Some(chance) = self.chances.get_mut(place) else { return 0 };
        let bound = (self.range >> CHANCE_BITS) * u32::from(*chance);
        let bit = self.code >= bound;
        if bit {
            self.range -= bound;
            self.code -= bound;
            *chance -= *chance >> MOVE_BITS;
        } else {
            self.range = bound;
            *chance += ((1 << CHANCE_BITS) - *chance) >> MOVE_BITS;
        }
        self.fill();
        bit.into()
    }

    /// So many bits, the highest first, each with chances of its own.
    pub fn tree(&mut self, place: usize, bits: u32) -> usize {
        let mut node = 1;
        for _ in 0..bits {
            node = node << 1 | self.bit(place + node);
        }
        node - (1 << bits)
    }

    /// So many bits, the lowest first, each with chances of its own.
    pub fn tree_from_below(&mut self, place: usize, bits: u32) -> usize {
        let (mut node, mut value) = (1, 0);
        for shift in 0..bits {
            let bit = self.bit(place + node);
            node = node << 1 | bit;
            value |= bit << shift;
        }
        value
    }

    /// So many bits, the highest first, as likely 0 as 1.
    pub fn even(&mut self, bits: u32) -> usize {
        let mut value = 0;
        for _ in 0..bits {
            self.range >>= 1;
            let bit = self.code >= self.range;
            if bit {
                self.code -= self.range;
            }
            value = value << 1 | usize::from(bit);
            self.fill();
        }
        value
    }

    #[inline(always)]
    fn fill(&mut self) {
        if self.range < 1 << 24 {
            let next = self.rest.split_off_first();
            self.short |= next.is_none();
            self.range <<= 8;
            self.code = self.code << 8 | u32::from(*next.unwrap_or(&0));
        }
    }
}
