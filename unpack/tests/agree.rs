//! Another's packer and this unpacker agree, and what is damaged is told so.

use lzma_rust2::{LzmaOptions, LzmaWriter};
use std::io::Write;
use unpack::{Damaged, length, unpack};

fn packed(bytes: &[u8], lc: u32, lp: u32, pb: u32) -> Vec<u8> {
    let options = LzmaOptions { lc, lp, pb, ..LzmaOptions::with_preset(6) };
    let mut writer =
        LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len() as u64)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn unpacked(packed: &[u8]) -> Result<Vec<u8>, Damaged> {
    // What is damaged may claim any length.
    let length = length(packed)?;
    let mut bytes = vec![0; length.min(1 << 20)];
    unpack(packed, &mut bytes).map(|()| bytes)
}

/// Numbers by chance, the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 33
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() as usize % end
    }

    /// Bytes that repeat themselves near and far, long and short.
    fn text(&mut self, length: usize, letters: usize) -> Vec<u8> {
        let mut text = Vec::new();
        while text.len() < length {
            if text.is_empty() || self.below(3) == 0 {
                text.push(self.below(letters) as u8);
            } else {
                let reach = 1 << self.below(18);
                let from = text.len() - 1 - self.below(reach.min(text.len()));
                let length_max = 1 << (1 + self.below(9));
                let length = 1 + self.below(length_max);
                (from..from + length).for_each(|at| text.push(text[at]));
            }
        }
        text
    }
}

#[test]
fn what_was_packed_comes_out_again() {
    let mut chance = Chance(1);
    let noise: Vec<u8> = (0..40_000).map(|_| chance.next() as u8).collect();
    let mut inputs = vec![vec![], vec![7], vec![0; 100_000], b"abcabcabcabd".to_vec(), noise];
    for (length, letters) in [(10, 2), (1_000, 256), (70_000, 4), (400_000, 60)] {
        inputs.push(chance.text(length, letters));
    }
    // The unpacker itself is a text, too.
    inputs.push(include_bytes!("../src/decoder.rs").to_vec());
    for input in inputs {
        for (lc, lp, pb) in [(4, 0, 0), (3, 0, 2), (0, 4, 4), (0, 0, 0), (2, 2, 1)] {
            let packed = packed(&input, lc, lp, pb);
            assert!(unpacked(&packed) == Ok(input.clone()), "{} {lc} {lp} {pb}", input.len());
        }
    }
}

#[test]
fn what_is_cut_is_damaged() {
    let input = Chance(2).text(20_000, 50);
    let packed = packed(&input, 4, 0, 0);
    for end in 0..packed.len() {
        assert_eq!(unpacked(&packed[..end]), Err(Damaged), "{end} of {}", packed.len());
    }
    let longer = [&packed[..], &[0]].concat();
    assert_eq!(unpacked(&longer), Err(Damaged));
}

#[test]
fn what_is_changed_is_damaged() {
    let input = Chance(3).text(5_000, 50);
    let packed = packed(&input, 4, 0, 0);
    for at in 0..packed.len() {
        // The size of the dictionary makes no difference.
        if (1..5).contains(&at) {
            continue;
        }
        for flip in [1, 0x80] {
            let mut changed = packed.clone();
            changed[at] ^= flip;
            assert_eq!(unpacked(&changed), Err(Damaged), "byte {at} of {}", packed.len());
        }
    }
}

#[test]
fn what_is_no_packed_file_at_all_is_damaged() {
    let mut chance = Chance(4);
    for _ in 0..2_000 {
        let length = chance.below(200);
        let mut bytes: Vec<u8> = (0..length).map(|_| chance.next() as u8).collect();
        assert_eq!(unpacked(&bytes), Err(Damaged));
        // With a header that could be one.
        if length > 14 {
            bytes[0] = 4;
            bytes[5..14].copy_from_slice(&[0, 16, 0, 0, 0, 0, 0, 0, 0]);
            assert_eq!(unpacked(&bytes), Err(Damaged));
        }
    }
    assert_eq!(unpacked(b"<!doctype html><p>Not found</p>"), Err(Damaged));
}

#[test]
fn another_length_than_was_packed_is_refused() {
    let packed = packed(b"some text", 4, 0, 0);
    assert_eq!(unpack(&packed, &mut [0; 8]), Err(Damaged));
    assert_eq!(unpack(&packed, &mut [0; 10]), Err(Damaged));
    assert_eq!(unpack(&packed, &mut [0; 9]), Ok(()));
}
