//! What is to be drawn, as plain shapes: the browser's canvas gets them at once.

/// A colour of the page. The style sheet has its value, for light, dark and forced colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Text,
    Dim,
    Line,
    Edge,
    Panel,
    Leader,
    Candidate,
    CandidateRim,
    Append,
    Yes,
    No,
    Request,
    Mark,
}

impl Ink {
    /// In the order of their numbers.
    pub const ALL: [Ink; 13] = [
        Ink::Text,
        Ink::Dim,
        Ink::Line,
        Ink::Edge,
        Ink::Panel,
        Ink::Leader,
        Ink::Candidate,
        Ink::CandidateRim,
        Ink::Append,
        Ink::Yes,
        Ink::No,
        Ink::Request,
        Ink::Mark,
    ];

    /// The name of its custom property in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Ink::Text => "ink",
            Ink::Dim => "dim",
            Ink::Line => "line",
            Ink::Edge => "edge",
            Ink::Panel => "panel",
            Ink::Leader => "leader",
            Ink::Candidate => "candidate",
            Ink::CandidateRim => "candidate-rim",
            Ink::Append => "link",
            Ink::Yes => "yes",
            Ink::No => "no",
            Ink::Request => "request",
            Ink::Mark => "playhead",
        }
    }
}

/// Whether a line is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// The lengths of dashes and gaps, in pixels.
    pub fn lengths(self) -> &'static [f64] {
        match self {
            Dash::Solid => &[],
            Dash::Dashed => &[5.0, 3.0],
            Dash::Dotted => &[1.5, 3.0],
        }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    pub ink: Ink,
    pub alpha: f64,
    pub width: f64,
    pub dash: Dash,
}

/// Lines of one look, each from x, y to x, y.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    pub pen: Pen,
    pub lines: Vec<[f64; 4]>,
}

/// Rectangles of one look, each as x, y, width, height.
#[derive(Clone, Debug, PartialEq)]
pub struct Rects {
    pub ink: Ink,
    pub alpha: f64,
    pub rects: Vec<[f64; 4]>,
}

/// A small sign, some six pixels wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A reply that grants, accepts or answers.
    Disc,
    /// A reply that denies or rejects.
    Ring,
    /// A request arrives from above, or from below.
    Down,
    Up,
    /// Where a message was lost.
    Cross,
    /// Where a message is held.
    Square,
    /// The commit index has grown.
    Diamond,
    /// A server became leader.
    Crown,
    /// A person or the script acted.
    Flag,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignAt {
    pub sign: Sign,
    pub ink: Ink,
    pub x: f64,
    pub y: f64,
}

/// A short text; `y` is its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    pub text: String,
    pub ink: Ink,
    pub bold: bool,
    /// `x` is the middle rather than the left.
    pub centered: bool,
    /// Whether the ground shines through.
    pub plain: bool,
}

/// A drawing, from the ground up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    pub ground: Vec<Lines>,
    pub rects: Vec<Rects>,
    pub lines: Vec<Lines>,
    pub signs: Vec<SignAt>,
    pub labels: Vec<Label>,
}

impl Drawing {
    /// Adds a line to those of the same look.
    pub fn line(&mut self, pen: Pen, line: [f64; 4]) {
        add_line(&mut self.lines, pen, line);
    }

    /// The same under everything else.
    pub fn ground_line(&mut self, pen: Pen, line: [f64; 4]) {
        add_line(&mut self.ground, pen, line);
    }

    pub fn rect(&mut self, ink: Ink, alpha: f64, rect: [f64; 4]) {
        match self.rects.iter_mut().find(|it| it.ink == ink && it.alpha == alpha) {
            Some(known) => known.rects.push(rect),
            None => self.rects.push(Rects { ink, alpha, rects: vec![rect] }),
        }
    }

    pub fn sign(&mut self, sign: Sign, ink: Ink, x: f64, y: f64) {
        self.signs.push(SignAt { sign, ink, x, y });
    }
}

fn add_line(all: &mut Vec<Lines>, pen: Pen, line: [f64; 4]) {
    match all.iter_mut().find(|known| known.pen == pen) {
        Some(known) => known.lines.push(line),
        None => all.push(Lines { pen, lines: vec![line] }),
    }
}
