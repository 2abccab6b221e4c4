//! Paints a drawing on a canvas.

use crate::ui::platform::canvas::{Canvas, computed};
use crate::ui::platform::dom::Element;

use super::drawing::{Drawing, Ink, Label, Lines, Sign, SignAt};

/// Texts are this high, in pixels.
const FONT_PX: f64 = 11.0;
/// How wide a letter is, roughly: measuring each text would cost more than it is worth.
const LETTER_PX: f64 = 5.9;

/// The colours of the page as they are now, and its font.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Palette {
    colors: Vec<String>,
    family: String,
}

impl Palette {
    /// As the style sheets have them: each child of `swatches` has one of the colours.
    pub fn read(swatches: &[Element]) -> Palette {
        let colors = swatches.iter().map(|swatch| computed(swatch, "color")).collect();
        let family = swatches.first().map(|swatch| computed(swatch, "font-family"));
        Palette { colors, family: family.unwrap_or_default() }
    }

    fn color(&self, ink: Ink) -> &str {
        let place = Ink::ALL.iter().position(|known| *known == ink).unwrap_or(0);
        self.colors.get(place).map_or("gray", String::as_str)
    }
}

/// Paints on a canvas that has begun.
pub fn paint(canvas: &Canvas, drawing: &Drawing, palette: &Palette) {
    lines(canvas, &drawing.ground, palette);
    for rects in &drawing.rects {
        canvas.set_color(palette.color(rects.ink), rects.alpha);
        canvas.rects(&rects.rects);
    }
    lines(canvas, &drawing.lines, palette);
    canvas.lines(1.6, &[], &[]);
    for sign in &drawing.signs {
        paint_sign(canvas, sign, palette);
    }
    for label in &drawing.labels {
        paint_label(canvas, label, palette);
    }
}

fn lines(canvas: &Canvas, all: &[Lines], palette: &Palette) {
    for Lines { pen, lines } in all {
        canvas.set_color(palette.color(pen.ink), pen.alpha);
        canvas.lines(pen.width, pen.dash.lengths(), lines);
    }
}

fn paint_label(canvas: &Canvas, label: &Label, palette: &Palette) {
    let weight = if label.bold { "600 " } else { "" };
    canvas.set_font(&format!("{weight}{FONT_PX}px {}", palette.family), label.centered);
    if !label.plain {
        let width = label.text.chars().count() as f64 * LETTER_PX;
        let left = if label.centered { label.x - width / 2.0 } else { label.x };
        canvas.set_color(palette.color(Ink::Panel), 0.78);
        canvas.rects(&[[left - 1.0, label.y - FONT_PX + 1.0, width + 2.0, FONT_PX + 1.0]]);
    }
    canvas.set_color(palette.color(label.ink), 1.0);
    canvas.text(&label.text, label.x, label.y);
}

fn paint_sign(canvas: &Canvas, &SignAt { sign, ink, x, y }: &SignAt, palette: &Palette) {
    let color = palette.color(ink);
    let around = |corners: &[(f64, f64)]| {
        let corners: Vec<_> = corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
        canvas.polygon(&corners);
    };
    canvas.set_color(color, 1.0);
    match sign {
        Sign::Disc => canvas.disc(x, y, 3.0, true),
        Sign::Ring => {
            canvas.set_color(palette.color(Ink::Panel), 1.0);
            canvas.disc(x, y, 3.2, true);
            canvas.set_color(color, 1.0);
            canvas.lines(1.6, &[], &[]);
            canvas.disc(x, y, 3.2, false);
        }
        Sign::Down => around(&[(0.0, 0.0), (-3.4, -6.0), (3.0, -6.4)]),
        Sign::Up => around(&[(0.0, 0.0), (-3.4, 6.0), (3.0, 6.4)]),
        Sign::Cross => {
            let r = 4.0;
            let arms = [[x - r, y - r, x + r, y + r], [x - r, y + r, x + r, y - r]];
            canvas.lines(2.2, &[], &arms);
        }
        Sign::Square => around(&[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]),
        Sign::Diamond => around(&[(0.0, -4.2), (4.2, 0.0), (0.0, 4.2), (-4.2, 0.0)]),
        Sign::Crown => {
            let crown = [(-6.0, -5.0), (-3.0, -1.0), (0.0, -6.0), (3.0, -1.0), (6.0, -5.0)];
            let base = [(5.0, 4.0), (-5.0, 4.0)];
            canvas.set_color(palette.color(Ink::Panel), 1.0);
            canvas.disc(x, y, 8.5, true);
            canvas.set_color(color, 1.0);
            around(&[&crown[..], &base[..]].concat());
        }
        Sign::Flag => around(&[(0.0, -4.0), (7.0, 0.0), (0.0, 4.0)]),
    }
}
