//! The space-time diagram on the page: lanes, messages as slanted lines, marks.
//!
//! `viewport` and `rows` say where a moment and a lane stand. `picture` makes a drawing from the
//! diagram of the session: `lanes`, `lines` and `marks` are its layers, `overview` is the strip
//! of the whole run. All of that is plain values. `paint` puts a drawing on a canvas, and
//! `board` owns the elements.
//!
//! A canvas, because some thousand lines must be drawn again sixty times a second while a person
//! zooms. What a drawing costs does not grow with the run: messages are found by time, and of too
//! many every nth is drawn, with a note that says so. While the run plays, the picture is drawn at
//! most ten times a second; between two drawings the browser's compositor moves it.

mod board;
mod drawing;
mod hit;
mod lanes;
mod lines;
mod look;
mod marks;
mod overview;
mod paint;
mod picture;
mod rows;
mod stops;
mod viewport;

pub use board::{ComparedRun, DiagramBoard};
pub use drawing::Ink;
pub use hit::Hit;
pub use stops::Stop;
pub use viewport::Viewport;
