//! What one pointer or two do on the diagram: a drag moves it, two fingers zoom it, and a drag on
//! the scale of time moves the present.

use crate::ui::context::PageContext;

/// A pointer that moves less is clicked, in pixels.
const CLICK_PX: f64 = 5.0;
/// The scale of time is this high.
const SCALE_PX: f64 = 18.0;

/// A pointer that is pressed, and where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Finger {
    id: i32,
    at: (f64, f64),
}

/// The pointers that are pressed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Gesture {
    fingers: Vec<Finger>,
    start: (f64, f64),
    /// Whether it is more than a click.
    moved: bool,
    /// Whether it moves the present.
    scrubs: bool,
}

impl Gesture {
    pub fn is_active(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// A pointer is pressed.
    pub fn press(&mut self, page: &PageContext, id: i32, at: (f64, f64)) {
        if self.fingers.is_empty() {
            self.start = at;
            self.scrubs = at.1 < SCALE_PX;
            self.moved = self.scrubs;
        } else {
            self.moved = true;
        }
        self.fingers.push(Finger { id, at });
        if self.scrubs {
            scrub(page, at.0);
        }
    }

    /// A pointer that is pressed moves.
    pub fn drag(&mut self, page: &PageContext, id: i32, at: (f64, f64)) {
        self.moved |= (at.0 - self.start.0).hypot(at.1 - self.start.1) > CLICK_PX;
        let before = self.fingers.clone();
        let Some(finger) = self.fingers.iter_mut().find(|finger| finger.id == id) else { return };
        finger.at = at;
        if !self.moved {
            return;
        }
        if self.scrubs {
            return scrub(page, at.0);
        }
        let (was, is) = (Spread::of(&before), Spread::of(&self.fingers));
        page.player.with_timeline(|board, session| {
            board.pan(was.middle - is.middle, session);
            if was.width > 8.0 && is.width > 8.0 {
                board.zoom(is.middle, is.width / was.width, session);
            }
        });
    }

    /// A pointer is released. Whether that was a click.
    pub fn release(&mut self, id: i32) -> bool {
        let was_active = self.is_active();
        self.fingers.retain(|finger| finger.id != id);
        was_active && !self.is_active() && !self.moved
    }
}

/// Where some fingers are and how far apart.
struct Spread {
    middle: f64,
    width: f64,
}

impl Spread {
    fn of(fingers: &[Finger]) -> Spread {
        let xs = fingers.iter().map(|finger| finger.at.0);
        let (least, most) = xs.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        Spread { middle: (least + most) / 2.0, width: most - least }
    }
}

fn scrub(page: &PageContext, x: f64) {
    let moment = page.player.with_timeline(|board, _| {
        board.follow(false);
        board.viewport().moment(x)
    });
    if let Some(time_us) = moment {
        page.player.scrub(time_us as f64 / 1000.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fingers_have_a_middle_and_a_width() {
        let finger = |id, x| Finger { id, at: (x, 40.0) };
        let spread = Spread::of(&[finger(1, 300.0), finger(2, 100.0)]);
        assert_eq!((spread.middle, spread.width), (200.0, 200.0));
        assert_eq!(Spread::of(&[finger(1, 300.0)]).width, 0.0);
    }

    #[test]
    fn only_the_last_of_the_fingers_can_have_clicked() {
        let finger = |id| Finger { id, at: (0.0, 0.0) };
        let mut gesture = Gesture { fingers: vec![finger(1), finger(2)], ..Gesture::default() };
        assert!(!gesture.release(1) && gesture.release(2) && !gesture.release(2));
    }
}
