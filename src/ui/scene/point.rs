//! Points of the stage and the SVG attributes made from them.

/// A point of the stage, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// The point at that share of the way to another one.
    pub fn towards(self, other: Point, share: f64) -> Point {
        Point { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }

    pub fn distance(self, other: Point) -> f64 {
        (other.x - self.x).hypot(other.y - self.y)
    }

    /// The direction to another point, in degrees clockwise from the right.
    pub fn heading(self, other: Point) -> f64 {
        (other.y - self.y).atan2(other.x - self.x).to_degrees()
    }

    /// The point at that distance in that direction, in degrees clockwise from the right.
    pub fn offset(self, heading: f64, length: f64) -> Point {
        let (sin, cos) = heading.to_radians().sin_cos();
        Point { x: self.x + cos * length, y: self.y + sin * length }
    }

    /// The `transform` attribute that moves a drawing to this point.
    pub fn translate(self) -> String {
        format!("translate({:.1} {:.1})", self.x, self.y)
    }

    /// The same as a CSS transform, which needs units.
    pub fn css_translate(self) -> String {
        format!("translate({:.1}px,{:.1}px)", self.x, self.y)
    }
}

/// The `d` attribute of a straight line.
pub fn line_path(from: Point, to: Point) -> String {
    format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)
}
