//! Which part of the script is being edited.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// Nothing. The line that was edited last takes the focus; 0 stands for none.
    Nothing(u32),
    Line(u32),
    /// A new line below this one, or above the first one for 0.
    Below(u32),
    Text,
}
