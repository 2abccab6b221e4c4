//! The wheel, two fingers, and a mouse that only points.

use headless_chrome::protocol::cdp::types::Method;
use serde::Serialize;
use serde_json::Value;

use super::page::Page;

/// `Input.dispatchMouseEvent` of a wheel or of a mouse without a button.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pointing {
    #[serde(rename = "type")]
    kind: &'static str,
    x: f64,
    y: f64,
    delta_x: f64,
    delta_y: f64,
}

impl Method for Pointing {
    const NAME: &'static str = "Input.dispatchMouseEvent";
    type ReturnObject = Value;
}

/// `Input.dispatchTouchEvent` of several fingers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingers {
    #[serde(rename = "type")]
    kind: &'static str,
    touch_points: Vec<Finger>,
}

#[derive(Debug, Serialize)]
struct Finger {
    x: f64,
    y: f64,
    id: u32,
}

impl Method for Fingers {
    const NAME: &'static str = "Input.dispatchTouchEvent";
    type ReturnObject = Value;
}

impl Page {
    /// Moves the mouse to a point, in CSS pixels.
    pub fn point_at(&self, (x, y): (f64, f64)) {
        self.call(Pointing { kind: "mouseMoved", x, y, delta_x: 0.0, delta_y: 0.0 });
    }

    /// Turns the wheel at a point by that many pixels.
    pub fn wheel(&self, (x, y): (f64, f64), (delta_x, delta_y): (f64, f64)) {
        self.call(Pointing { kind: "mouseWheel", x, y, delta_x, delta_y });
    }

    /// Puts two fingers down around a point, side by side, and moves them until they
    /// are that far apart.
    pub fn pinch(&self, (x, y): (f64, f64), from: f64, to: f64) {
        const STEPS: u32 = 8;
        let fingers = |kind: &'static str, apart: Option<f64>| {
            let sides = apart.into_iter().flat_map(|apart| [(0, -apart / 2.0), (1, apart / 2.0)]);
            let touch_points = sides.map(|(id, dx)| Finger { x: x + dx, y, id }).collect();
            self.call(Fingers { kind, touch_points });
        };
        fingers("touchStart", Some(from));
        for step in 1..=STEPS {
            fingers("touchMove", Some(from + (to - from) * f64::from(step) / f64::from(STEPS)));
        }
        fingers("touchEnd", None);
    }
}
