//! What the bits mean: literals, and matches with what came before.

use crate::Damaged;
use crate::chances as at;
use crate::out::Out;
use crate::range::Range;

pub struct Decoder<'a> {
    range: Range<'a>,
    out: Out<'a>,
    /// How many bits of the byte before choose a literal's chances.
    context_bits: u32,
    /// The bits of the position that do.
    literal_mask: usize,
    /// The bits of the position that choose the other chances.
    position_mask: usize,
    /// What the last symbols were: below 7 the last was a literal.
    state: usize,
    /// The last distances, less one; the latest first.
    distances: [usize; 4],
}

impl<'a> Decoder<'a> {
    pub fn new(properties: u8, bytes: &'a [u8], out: &'a mut [u8]) -> Result<Self, Damaged> {
        let properties = u32::from(properties);
        let (context_bits, rest) = (properties % 9, properties / 9);
        let (literal_bits, position_bits) = (rest % 5, rest / 5);
        if context_bits + literal_bits > at::LITERAL_BITS_MAX || 1 << position_bits > at::POSITIONS
        {
            return Err(Damaged);
        }
        Ok(Decoder {
            range: Range::new(bytes)?,
            out: Out::new(out),
            context_bits,
            literal_mask: (1 << literal_bits) - 1,
            position_mask: (1 << position_bits) - 1,
            state: 0,
            distances: [0; 4],
        })
    }

    pub fn decode(mut self) -> Result<(), Damaged> {
        while !self.out.is_full() {
            if self.range.is_short() {
                return Err(Damaged);
            }
            let position = self.out.position() & self.position_mask;
            if self.range.bit(at::IS_MATCH + self.state * at::POSITIONS + position) == 0 {
                let byte = self.literal();
                self.out.push(byte)?;
            } else {
                let length = self.match_length(position);
                self.out.repeat(self.distances[0], length)?;
            }
        }
        if self.range.is_done() { Ok(()) } else { Err(Damaged) }
    }

    fn literal(&mut self) -> u8 {
        let before = |distance| self.out.back(distance).map_or(0, usize::from);
        let context = (self.out.position() & self.literal_mask) << self.context_bits
            | before(0) >> (8 - self.context_bits);
        let place = at::LITERALS + at::LITERAL * context;
        let mut other = before(self.distances[0]);
        // After a match the byte is not the one with which it would go on: that one helps to guess.
        let mut like_other = self.state >= 7;
        let mut node = 1;
        while node < 0x100 {
            other <<= 1;
            let expected = other >> 8 & 1;
            let table = if like_other { (1 + expected) << 8 } else { 0 };
            let bit = self.range.bit(place + table + node);
            like_other &= bit == expected;
            node = node << 1 | bit;
        }
        self.state = match self.state {
            0..4 => 0,
            4..10 => self.state - 3,
            _ => self.state - 6,
        };
        node as u8
    }

    /// The length of a match, whose distance is then the first.
    fn match_length(&mut self, position: usize) -> usize {
        let state = self.state;
        let after = |literal, matched| if state < 7 { literal } else { matched };
        let [a, b, c, d] = self.distances;
        if self.range.bit(at::IS_REPEAT + state) == 0 {
            self.state = after(7, 10);
            let length = self.length(at::MATCH_LENGTH, position);
            self.distances = [self.distance(length), a, b, c];
            return length;
        }
        let mut is_older = |age| self.range.bit(at::IS_OLDER + age * at::STATES + state) == 1;
        if is_older(0) {
            self.distances = match () {
                () if !is_older(1) => [b, a, c, d],
                () if !is_older(2) => [c, a, b, d],
                () => [d, a, b, c],
            };
        } else if self.range.bit(at::IS_LONG + state * at::POSITIONS + position) == 0 {
            self.state = after(9, 11);
            return 1;
        }
        self.state = after(8, 11);
        self.length(at::REPEAT_LENGTH, position)
    }

    fn length(&mut self, place: usize, position: usize) -> usize {
        let tree = place + 2 + position * 8;
        if self.range.bit(place) == 0 {
            2 + self.range.tree(tree, 3)
        } else if self.range.bit(place + 1) == 0 {
            2 + 8 + self.range.tree(tree + at::POSITIONS * 8, 3)
        } else {
            2 + 8 + 8 + self.range.tree(place + 2 + 2 * at::POSITIONS * 8, 8)
        }
    }

    /// The distance of a match of that length, less one.
    fn distance(&mut self, length: usize) -> usize {
        let slot = self.range.tree(at::SLOT + 64 * (length - 2).min(3), 6);
        if slot < 4 {
            return slot;
        }
        let bits = slot as u32 / 2 - 1;
        let first = (2 | slot & 1) << bits;
        if slot < 14 {
            first + self.range.tree_from_below(at::NEAR + first - slot, bits)
        } else {
            first + (self.range.even(bits - 4) << 4) + self.range.tree_from_below(at::ALIGN, 4)
        }
    }
}
