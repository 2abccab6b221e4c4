//! Where in one long list the chances of each kind of bit begin.

/// How many states the decoder has: what the last few symbols were.
pub const STATES: usize = 12;
/// How many positions can be told apart, by their lowest bits.
pub const POSITIONS: usize = 16;
/// For a length: two choices, two trees of 8 for each position, one of 256.
const LENGTH: usize = 2 + 2 * POSITIONS * 8 + 256;
/// For a literal: a tree of 256, and two more beside the byte that a match would have.
pub const LITERAL: usize = 0x300;
/// How many bits of its surroundings may choose a literal's chances.
pub const LITERAL_BITS_MAX: u32 = 4;

pub const IS_MATCH: usize = 0;
pub const IS_REPEAT: usize = IS_MATCH + STATES * POSITIONS;
/// Three times: not the last distance, not the one before, not the one before that.
pub const IS_OLDER: usize = IS_REPEAT + STATES;
pub const IS_LONG: usize = IS_OLDER + 3 * STATES;
pub const SLOT: usize = IS_LONG + STATES * POSITIONS;
pub const NEAR: usize = SLOT + 4 * 64;
pub const ALIGN: usize = NEAR + 128;
pub const MATCH_LENGTH: usize = ALIGN + 16;
pub const REPEAT_LENGTH: usize = MATCH_LENGTH + LENGTH;
pub const LITERALS: usize = REPEAT_LENGTH + LENGTH;
pub const COUNT: usize = LITERALS + (LITERAL << LITERAL_BITS_MAX);
