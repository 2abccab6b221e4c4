//! Share links: a script and a time as the fragment of an address.
//!
//! The first letter is the version of the format. In version 1, base64url text follows. It holds a
//! checksum of three bytes, the time in microseconds and the length of the text as LEB128 numbers,
//! and the [compressed](compression) text. Parameters of the page may follow, each after an `&`, as
//! in `&select=s1`: they say what is selected there. Everybody else ignores them.

mod compression;

use crate::sim::Micros;

use compression::{compress, decompress};

/// The longest text that a link can hold, in bytes.
pub const LINK_TEXT_MAX: usize = 200_000;
/// The longest link that is accepted, in letters.
const LETTERS_MAX: usize = 400_000;
/// The only version so far.
const VERSION: char = '1';
const CHECKSUM_LEN: usize = 3;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The contents of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLink {
    /// The script.
    pub text: String,
    /// The time at which the link opens, in microseconds.
    pub time_us: Micros,
}

impl ShareLink {
    /// The fragment, without `#`.
    ///
    /// # Errors
    /// If the text is too long.
    pub fn fragment(&self) -> Result<String, String> {
        let ShareLink { text, time_us } = self;
        if text.len() > LINK_TEXT_MAX {
            return Err(format!(
                "a link holds at most {LINK_TEXT_MAX} bytes of script, and this one has {}: share \
                 the file instead",
                text.len()
            ));
        }
        let mut body = Vec::new();
        push_number(&mut body, *time_us);
        push_number(&mut body, text.len() as u64);
        body.extend(compress(text.as_bytes()));
        let bytes = [&checksum(&body)[..], &body].concat();
        Ok(VERSION.to_string() + &letters(&bytes))
    }

    /// Reads a fragment, with or without `#`, or a whole address.
    ///
    /// # Errors
    /// If the link is damaged, too long, of another version, or no link at all.
    pub fn read(link: &str) -> Result<ShareLink, String> {
        let link = link.trim();
        let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
        let fragment = fragment.split_once('&').map_or(fragment, |(fragment, _)| fragment);
        let mut rest = fragment.chars();
        match rest.next() {
            Some(VERSION) => {}
            Some(version) if version.is_ascii_digit() => {
                return Err(format!(
                    "this link has version {version}, and this Raftarium reads only version \
                     {VERSION}: open it with a newer one"
                ));
            }
            Some(_) => return Err("this is not a link to a Raftarium script".to_owned()),
            None => return Err("this link is empty".to_owned()),
        }
        if fragment.len() > LETTERS_MAX {
            return Err(format!("this link is too long: the limit is {LETTERS_MAX} letters"));
        }
        let damaged = || "this link is damaged: part of it is missing or was changed".to_owned();
        let bytes = bytes(rest.as_str()).ok_or_else(damaged)?;
        let (sum, mut body) = bytes.split_at_checked(CHECKSUM_LEN).ok_or_else(damaged)?;
        if sum != checksum(body) {
            return Err(damaged());
        }
        let time_us = take_number(&mut body).ok_or_else(damaged)?;
        let length = take_number(&mut body).ok_or_else(damaged)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= LINK_TEXT_MAX);
        let text = decompress(body, length.ok_or_else(damaged)?);
        Ok(ShareLink { text: String::from_utf8(text).map_err(|_| damaged())?, time_us })
    }
}

/// FNV-1a, with its highest byte folded into the lowest.
fn checksum(body: &[u8]) -> [u8; CHECKSUM_LEN] {
    let fold = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let sum = body.iter().fold(0x811C_9DC5, fold);
    let [a, b, c, d] = sum.to_le_bytes();
    [a ^ d, b, c]
}

fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(body: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for byte_index in 0..9 {
        let (&byte, rest) = body.split_first()?;
        *body = rest;
        number |= u64::from(byte & 127) << (7 * byte_index);
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

fn letters(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() {
            out.push(LETTERS[(bits >> (18 - 6 * at) & 63) as usize].into());
        }
    }
    out
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for four in letters.as_bytes().chunks(4) {
        let mut bits = 0;
        for (at, letter) in four.iter().enumerate() {
            let value = LETTERS.iter().position(|known| known == letter)?;
            bits |= (value as u32) << (18 - 6 * at);
        }
        let [_, a, b, c] = bits.to_be_bytes();
        out.extend(&[a, b, c][..four.len() - 1]);
    }
    Some(out)
}
