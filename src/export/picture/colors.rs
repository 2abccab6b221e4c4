//! The colours of pictures: those of the page in its light theme, dark enough for print.

pub const INK: &str = "#1c2126";
pub const DIM: &str = "#565f68";
pub const EDGE: &str = "#8b8d8c";
pub const LINE: &str = "#dcd9d1";
pub const PAPER: &str = "#ffffff";
pub const LEADER: &str = "#0072b2";
pub const CANDIDATE: &str = "#e69f00";
pub const CANDIDATE_EDGE: &str = "#8a5f00";
pub const YES: &str = "#00805d";
pub const NO: &str = "#c14f00";
pub const REQUEST: &str = "#a3467a";
