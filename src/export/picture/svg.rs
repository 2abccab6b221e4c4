//! Writes elements and attributes of SVG, with the texts escaped.

use std::fmt::{Display, Write};

use super::colors::PAPER;

/// A picture that is being written.
#[derive(Clone, Debug, Default)]
pub struct Svg {
    body: String,
}

impl Svg {
    /// The whole picture, on a white ground, with its title for screen readers.
    pub fn finish(self, (width, height): (f64, f64), title: &str) -> String {
        let title = escaped(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"system-ui, sans-serif\" \
             role=\"img\">\n<title>{title}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n{}</svg>\n",
            self.body
        )
    }

    /// An element without content. The attributes are written as they are.
    pub fn element(&mut self, name: &str, attributes: impl Display) {
        let _ = writeln!(self.body, "<{name} {attributes}/>");
    }

    /// A line of the colour, the width and the dashes.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), color: &str, width: f64, dash: &str) {
        let dash = dashes(dash);
        self.element(
            "path",
            format_args!(
                "d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{color}\" stroke-width=\"{width}\"{dash}",
                from.0, from.1, to.0, to.1
            ),
        );
    }

    /// A path of lines only, without a fill.
    pub fn stroke(&mut self, d: &str, color: &str, width: f64) {
        self.element(
            "path",
            format_args!(
                "d=\"{d}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" \
                 stroke-linecap=\"round\" stroke-linejoin=\"round\""
            ),
        );
    }

    /// A text whose base line begins at that point; `attributes` may say otherwise.
    pub fn text(&mut self, (x, y): (f64, f64), size: f64, attributes: &str, text: &str) {
        let text = escaped(text);
        let space = if attributes.is_empty() { "" } else { " " };
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\"{space}{attributes}>{text}</text>"
        );
    }

    /// What follows up to [`Svg::end_group`] has these attributes.
    pub fn begin_group(&mut self, attributes: impl Display) {
        let _ = writeln!(self.body, "<g {attributes}>");
    }

    /// Adds all of another picture.
    pub fn append(&mut self, other: Svg) {
        self.body.push_str(&other.body);
    }

    pub fn end_group(&mut self) {
        self.body.push_str("</g>\n");
    }
}

/// The attribute for dashes, if there are any.
pub(super) fn dashes(dash: &str) -> String {
    if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") }
}

/// Roughly the width of a text of that size, in pixels.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.56
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML has no other control characters.
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
