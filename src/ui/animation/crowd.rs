//! A crowd of messages, painted on one canvas in each frame.
//!
//! A message with an animation of its own is a layer of its own, and the browser arranges all
//! layers again whenever one comes or goes. With a hundred of them that takes most of a frame;
//! to paint a hundred small pictures takes a fraction of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use crate::ui::platform::animation::{Easing, Pace};
use crate::ui::platform::canvas::{Canvas, computed};
use crate::ui::platform::clock::{Alarm, now_ms};
use crate::ui::platform::dom::Element;
use crate::ui::platform::sprite::Sprite;
use crate::ui::scene::{Layout, MessageShape, Point};

/// From this number on messages are a crowd.
pub const CROWD_MIN: usize = 60;
/// Fewer are a crowd no longer: a number in between changes nothing.
pub const CROWD_END: usize = 45;
/// The most pictures that are kept.
const SPRITES_MAX: usize = 300;
/// The arrowhead, as in styles/messages.css.
const HEAD_LENGTH: f64 = 7.0;
const HEAD_HALF: f64 = 5.0;

/// A message on its way through the crowd.
pub struct Traveller {
    pub shape: MessageShape,
    pub label: String,
    /// Whether the label stands on the left.
    pub mirrored: bool,
    /// Where it starts, and where it ends or is lost.
    pub path: [Point; 2],
    /// When, in simulated milliseconds.
    pub span_ms: [f64; 2],
    /// The corners of the arrowhead, from the middle of the message.
    pub head: [Point; 3],
}

impl Traveller {
    fn position(&self, now_ms: f64, easing: Easing) -> Point {
        let [from_ms, to_ms] = self.span_ms;
        let share = ((now_ms - from_ms) / (to_ms - from_ms).max(0.001)).clamp(0.0, 1.0);
        self.path[0].towards(self.path[1], easing.at(share))
    }
}

/// The corners of an arrowhead that begins at that distance in that direction.
pub fn arrowhead(edge: f64, degrees: f64) -> [Point; 3] {
    let middle = Point { x: 0.0, y: 0.0 };
    let root = middle.offset(degrees, edge);
    [
        root.offset(degrees - 90.0, HEAD_HALF),
        middle.offset(degrees, edge + HEAD_LENGTH),
        root.offset(degrees + 90.0, HEAD_HALF),
    ]
}

/// The canvas of the crowd, and the frames that it is painted in.
pub struct Crowd {
    painter: Rc<RefCell<Painter>>,
    frame: Rc<Alarm>,
}

impl Crowd {
    /// A crowd of copies of `prototypes`; none if the browser cannot draw on that canvas.
    pub fn new(canvas: &Element, prototypes: Element) -> Option<Crowd> {
        let painter = Rc::new(RefCell::new(Painter::new(Canvas::new(canvas)?, prototypes)));
        let frame = Rc::new_cyclic(|frame: &Weak<Alarm>| {
            let (painter, frame) = (painter.clone(), frame.clone());
            Alarm::new(move || {
                painter.borrow_mut().paint();
                let goes_on = painter.borrow().pace.is_some_and(|pace| pace.playing);
                frame.upgrade().filter(|_| goes_on).into_iter().for_each(|it| it.set_in(0.0));
            })
        });
        Some(Crowd { painter, frame })
    }

    /// The stage has another size.
    pub fn refit(&self, layout: &Layout) {
        let mut painter = self.painter.borrow_mut();
        painter.scale = layout.scale;
        painter.size = (layout.width, layout.height);
        painter.sprites.clear();
    }

    /// Shows these messages, and moves them at that pace.
    pub fn show(&self, travellers: Vec<Rc<Traveller>>, pace: Pace, easing: Easing) {
        let mut painter = self.painter.borrow_mut();
        painter.travellers = travellers;
        (painter.pace, painter.easing) = (Some(pace), easing);
        self.frame.set_in(0.0);
    }

    /// Shows nothing any more.
    pub fn clear(&self) {
        self.frame.clear();
        let mut painter = self.painter.borrow_mut();
        painter.travellers.clear();
        painter.pace = None;
        painter.canvas.begin(0.0, 0.0, 1.0);
    }
}

/// What a sprite shows: shape, label, and whether the label stands on the left.
type SpriteKey = (MessageShape, String, bool);

struct Painter {
    canvas: Canvas,
    prototypes: Element,
    /// The size of the stage, and its unit in CSS pixels.
    size: (f64, f64),
    scale: f64,
    /// The pictures, each with the colour of its arrowhead.
    sprites: BTreeMap<SpriteKey, (Sprite, String)>,
    /// The colour of the page's text when the pictures were made: it differs between themes.
    ink: String,
    travellers: Vec<Rc<Traveller>>,
    pace: Option<Pace>,
    easing: Easing,
}

impl Painter {
    fn new(canvas: Canvas, prototypes: Element) -> Painter {
        Painter {
            canvas,
            prototypes,
            size: (0.0, 0.0),
            scale: 1.0,
            sprites: BTreeMap::new(),
            ink: String::new(),
            travellers: Vec::new(),
            pace: None,
            easing: Easing::Linear,
        }
    }

    fn paint(&mut self) {
        let Some(pace) = self.pace else { return };
        let passed_ms = if pace.playing { (now_ms() - pace.real_ms) * pace.speed } else { 0.0 };
        let ink = computed(&self.prototypes, "color");
        if ink != self.ink || self.sprites.len() > SPRITES_MAX {
            self.ink = ink;
            self.sprites.clear();
        }
        self.canvas.begin(self.size.0, self.size.1, self.scale);
        for traveller in self.travellers.clone() {
            let at = traveller.position(pace.now_ms + passed_ms, self.easing);
            self.paint_one(&traveller, at);
        }
    }

    fn paint_one(&mut self, traveller: &Traveller, at: Point) {
        let key = (traveller.shape, traveller.label.clone(), traveller.mirrored);
        if !self.sprites.contains_key(&key)
            && let Some(sprite) = self.sprite(&key)
        {
            self.sprites.insert(key.clone(), sprite);
        }
        let Some((sprite, color)) = self.sprites.get(&key) else { return };
        self.canvas.sprite(sprite, at.x, at.y);
        let corners = traveller.head.map(|to| (at.x + to.x, at.y + to.y));
        self.canvas.set_color(color, 1.0);
        self.canvas.polygon(&corners);
    }

    fn sprite(&self, (shape, label, mirrored): &SpriteKey) -> Option<(Sprite, String)> {
        let selector = format!(".flight.{}", shape.class());
        let prototype = self.prototypes.query_selector(&selector).ok()??;
        let mark = prototype.query_selector(".mark").ok()??;
        // As styles/messages.css has it.
        let label = if *shape == MessageShape::Other { "RPC" } else { label };
        let sprite = Sprite::of(&mark, label, *mirrored, self.scale)?;
        Some((sprite, computed(&prototype, "color")))
    }
}
