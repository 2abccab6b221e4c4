//! What the stage and its animations share: positions, and the shape of every message.
//!
//! Everything here is pure. The stage draws the parts that stand still, `ui::animation` moves the
//! messages and timers; both take their positions from one [`Layout`].

mod layout;
mod message_shape;
mod point;

pub use layout::{CLIENT_HALF, Layout};
pub use message_shape::{MessageShape, message_label};
pub use point::{Point, line_path};
