//! What a person exports, and in which form.

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureExport {
    Stage,
    Timeline,
}

/// The run as a text for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextExport {
    Mermaid,
    Shiviz,
    Trace,
}

/// One export in one form: a file that is saved, or a text that is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SingleExport {
    Svg(PictureExport),
    Png(PictureExport),
    Copy(TextExport),
    Save(TextExport),
}

impl SingleExport {
    pub const ALL: [SingleExport; 10] = {
        use PictureExport::{Stage, Timeline};
        use SingleExport::{Copy, Png, Save, Svg};
        use TextExport::{Mermaid, Shiviz, Trace};
        [
            Svg(Stage),
            Png(Stage),
            Svg(Timeline),
            Png(Timeline),
            Copy(Mermaid),
            Save(Mermaid),
            Copy(Shiviz),
            Save(Shiviz),
            Copy(Trace),
            Save(Trace),
        ]
    };
}
