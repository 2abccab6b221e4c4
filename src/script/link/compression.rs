//! Compresses the text of links: an arithmetic coder over bits, each predicted from the bytes
//! before it.
//!
//! Several models, each with a context of another length, predict how likely the next bit is a one.
//! Their predictions are mixed by weights that follow which model was right lately. All models have
//! read [`PRIMER`] first, so the words of the language cost little from the first line on. Only
//! integers are used: the bytes are the same on every platform.
//!
//! This is the format of links of version 1. A change here, even of one letter of the primer,
//! breaks them.

use std::sync::OnceLock;

/// The text that the models have read before the first byte.
const PRIMER: &str = "\
servers 3\nseed 7\nclients 2\nelection-timeout 150ms..300ms\nheartbeat 50ms\nloss 5%\n\
latency 15ms..25ms\ndisk 0ms..2ms\nreads local\npre-vote on\ncheck-quorum on\n\
snapshot-every 20\nrule one-vote off\nrule up-to-date off\ngiven s1 term 2 log 1 1 2\n\
joining s4\nretry off\nduplicate 1%\nfifo on\ntitle \"How a leader is elected\"\n\
say \"The leader of this term has the log of a majority of the servers.\"\n\
wait leader within 2s\nwait leader s1\nexpect safe\nexpect log s1 = 1 2\n\
expect value x = 1 on s2\nexpect commit s3 >= 4\nexpect term all = 2\nexpect role s2 follower\n\
expect linearizable and agree\nwhen leader do crash leader\n\
whenever crashed s1,s2 do restart all\nevery 500ms set tick tock times 2\ntimeout s2\nsettle\n\
run 1s\nrun 200ms\nisolate s1\nheal\npartition s1,s2 | others\ncut s1 <-> s2\ncut s2 -> s3\n\
hold append from s1 to s2\nrelease\ndrop next 3 vote to s1\ndelay append-reply by 10ms\n\
set y 2 via s3 by c1\nget x\ntransfer s3\nadd s4\nremove s2\nsnapshot s1\n\
load 20/s keys 3 writes 50%\nload off\nby-hand\nat 1.234567s crash s1\n\
at 2.345678s restart s1\nat 3.456789s isolate s2\nat 4.567891s heal\nat 5.678912s crash s3\n\
at 6.789123s restart s3\nat 7.891234s pause s4\nat 8.912345s resume s4\n\
at 9.123456s timeout s5\nat 10.213243s set x 1\nat 11.322134s partition s1,s2 | s3,s4,s5\n\
at 12.432151s cut s1 <-> s2\nat 13.541287s heal s1 <-> s2\nat 14.657439s crash s2\n\
at 15.768915s restart s2\n";

/// The length of each model's context, in bytes; 0 stands for the word so far.
const ORDERS: [usize; 5] = [1, 2, 3, 5, 0];
const MODELS: usize = ORDERS.len();
/// The number of slots of each model, as a power of two.
const SLOTS_BITS: u32 = 14;
/// A slot counts at most this many bits, so that it adapts to newer ones.
const COUNT_MAX: u32 = 30;

/// Predicts the next bit.
#[derive(Clone)]
struct Predictor {
    /// For each model and slot: the probability of a one in 65536ths in the upper half, the count
    /// of bits seen in the lower.
    slots: Vec<u32>,
    /// [`stretch`] of every probability.
    stretch: Vec<i16>,
    /// The weight of each model in 65536ths, by the bits of the byte so far.
    weights: Vec<[i32; MODELS]>,
    /// The hash of each model's context.
    contexts: [u32; MODELS],
    /// The newest eight bytes.
    history: u64,
    /// A hash of the word so far.
    word: u32,
    /// The bits of the byte so far, after a leading one.
    bits: u32,
    /// The slot of each model for the next bit.
    slots_used: [usize; MODELS],
    stretched: [i32; MODELS],
    /// The probability of a one, in 4096ths.
    probability: i32,
}

/// The logistic function, from 256ths to 4096ths.
fn squash(input: i32) -> i32 {
    const TABLE: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994,
        3348, 3607, 3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let input = input.clamp(-2047, 2047) + 2048;
    let (at, rest) = ((input >> 7) as usize, input & 127);
    (TABLE[at] * (128 - rest) + TABLE[at + 1] * rest + 64) >> 7
}

/// The inverse of [`squash`].
fn stretch(probability: i32) -> i16 {
    let (mut low, mut high): (i32, i32) = (-2047, 2047);
    while low < high {
        let middle = (low + high).div_euclid(2);
        if squash(middle) < probability { low = middle + 1 } else { high = middle }
    }
    low as i16
}

impl Predictor {
    fn new() -> Predictor {
        let mut predictor = Predictor {
            slots: vec![1 << 31; MODELS << SLOTS_BITS],
            stretch: (0..4096).map(stretch).collect(),
            weights: vec![[24_000; MODELS]; 256],
            contexts: [0; MODELS],
            history: 0,
            word: 0,
            bits: 1,
            slots_used: [0; MODELS],
            stretched: [0; MODELS],
            probability: 2048,
        };
        predictor.predict();
        predictor
    }

    /// Predicts the next bit.
    fn predict(&mut self) {
        let mut sum: i64 = 0;
        let weights = &self.weights[self.bits as usize & 255];
        for (model, weight) in weights.iter().enumerate() {
            let mut slot = self.contexts[model] ^ self.bits.wrapping_mul(0x9E37_79B1);
            slot = (slot ^ (slot >> 15)).wrapping_mul(0x85EB_CA6B);
            self.slots_used[model] = model << SLOTS_BITS | (slot >> (32 - SLOTS_BITS)) as usize;
            let probability = self.slots[self.slots_used[model]] >> 20;
            self.stretched[model] = self.stretch[probability as usize].into();
            sum += i64::from(self.stretched[model]) * i64::from(*weight);
        }
        self.probability = squash((sum >> 16).clamp(-2047, 2047) as i32).clamp(1, 4095);
    }

    /// Learns the bit that was predicted.
    fn learn(&mut self, bit: bool) {
        let error = (i32::from(bit) << 12) - self.probability;
        let weights = &mut self.weights[self.bits as usize & 255];
        for (model, weight) in weights.iter_mut().enumerate() {
            *weight += (self.stretched[model] * error * 10 + (1 << 15)) >> 16;
            let slot = &mut self.slots[self.slots_used[model]];
            let (probability, count) = ((*slot >> 16) as i32, *slot & 0xFFFF);
            let target = if bit { 65_535 } else { 0 };
            let probability = probability + (target - probability) * 2 / (2 * count as i32 + 3);
            *slot = (probability as u32) << 16 | (count + 1).min(COUNT_MAX);
        }
        self.bits = self.bits << 1 | u32::from(bit);
        if self.bits >= 256 {
            self.end_byte();
        }
        self.predict();
    }

    fn end_byte(&mut self) {
        let byte = (self.bits & 255) as u8;
        self.bits = 1;
        self.history = self.history << 8 | u64::from(byte);
        self.word = match byte.is_ascii_alphabetic() {
            true => (self.word ^ u32::from(byte)).wrapping_mul(0x0100_0193),
            // The separator before the next word belongs to its context.
            false => u32::from(byte).wrapping_mul(0x2545_F491),
        };
        for (model, order) in ORDERS.into_iter().enumerate() {
            let seen = match order {
                0 => u64::from(self.word) | 1 << 40,
                order => self.history & ((1 << (8 * order)) - 1) | (order as u64) << 48,
            };
            self.contexts[model] = (seen.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32;
        }
    }

    /// A predictor that has read the primer.
    fn primed() -> Predictor {
        static PRIMED: OnceLock<Predictor> = OnceLock::new();
        let primed = PRIMED.get_or_init(|| {
            let mut predictor = Predictor::new();
            for byte in PRIMER.bytes() {
                for shift in (0..8).rev() {
                    predictor.learn(byte >> shift & 1 == 1);
                }
            }
            predictor
        });
        primed.clone()
    }
}

/// The interval of numbers that stand for the bits so far.
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const WHOLE: Interval = Interval { low: 0, high: u32::MAX };

    /// The last number of the lower part, which stands for a one.
    fn split(&self, probability: i32) -> u32 {
        let width = u64::from(self.high - self.low);
        self.low + ((width * probability as u64) >> 12) as u32
    }

    fn narrow(&mut self, bit: bool, split: u32) {
        if bit { self.high = split } else { self.low = split + 1 }
    }

    /// Shifts out the first byte if both ends agree on it.
    fn shift(&mut self) -> Option<u8> {
        let first = (self.low >> 24) as u8;
        ((self.low ^ self.high) >> 24 == 0).then(|| {
            self.low <<= 8;
            self.high = self.high << 8 | 255;
            first
        })
    }
}

/// Compresses a text.
pub(super) fn compress(text: &[u8]) -> Vec<u8> {
    let mut predictor = Predictor::primed();
    let mut interval = Interval::WHOLE;
    let mut out = Vec::new();
    for byte in text {
        for shift in (0..8).rev() {
            let bit = byte >> shift & 1 == 1;
            let split = interval.split(predictor.probability);
            interval.narrow(bit, split);
            predictor.learn(bit);
            while let Some(first) = interval.shift() {
                out.push(first);
            }
        }
    }
    // One byte suffices to point into the interval: missing bytes are read as zeros.
    out.push((interval.low >> 24) as u8 + u8::from(interval.low << 8 != 0));
    out
}

/// Decompresses `length` bytes. Damaged input gives wrong bytes, never an error.
pub(super) fn decompress(compressed: &[u8], length: usize) -> Vec<u8> {
    let mut predictor = Predictor::primed();
    let mut interval = Interval::WHOLE;
    let mut rest = compressed.iter().copied();
    let mut next = || u32::from(rest.next().unwrap_or(0));
    let mut number = (0..4).fold(0, |number, _| number << 8 | next());
    let mut out = Vec::new();
    for _ in 0..length {
        let mut byte = 0;
        for _ in 0..8 {
            let split = interval.split(predictor.probability);
            let bit = number <= split;
            interval.narrow(bit, split);
            predictor.learn(bit);
            byte = byte << 1 | u8::from(bit);
            while interval.shift().is_some() {
                number = number << 8 | next();
            }
        }
        out.push(byte);
    }
    out
}
