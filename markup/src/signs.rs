//! The signs that structure the text of a template. None of them may stand in a page's own texts.

/// Opens an element; its tag follows.
pub const OPEN: char = '\u{1}';
/// An attribute; its name follows.
pub const NAME: char = '\u{2}';
/// The fixed value of the attribute just named; it follows.
pub const VALUE: char = '\u{3}';
/// A hole in the tag: the value of the attribute just named, a listener, a key, a reference.
pub const GIVEN: char = '\u{4}';
/// A text; it follows.
pub const TEXT: char = '\u{5}';
/// A hole among the children.
pub const HOLE: char = '\u{6}';
/// Closes the element.
pub const CLOSE: char = '\u{7}';
