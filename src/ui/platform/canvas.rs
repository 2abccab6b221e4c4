//! A canvas that is as sharp as the screen.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::dom::{Element, window};

/// A canvas and how large it is.
pub struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// Width and height in units, the unit in CSS pixels, and the pixels of the screen in one.
    fitted: (f64, f64, f64, f64),
    /// The font, and whether texts are centered. To set a font makes the browser calculate the
    /// styles of the page, even if it is the same.
    font: RefCell<(String, bool)>,
}

impl Canvas {
    /// `None` if the element is no canvas, or the browser refuses to draw.
    pub fn new(element: &Element) -> Option<Canvas> {
        let element: HtmlCanvasElement = element.clone().dyn_into().ok()?;
        let context = element.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Canvas { element, context, fitted: (0.0, 0.0, 0.0, 0.0), font: RefCell::default() })
    }

    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Clears the canvas and gives it that size. A unit of the drawing is `unit` CSS pixels.
    pub fn begin(&mut self, width: f64, height: f64, unit: f64) {
        let density = pixel_ratio();
        let scale = density * unit;
        if self.fitted != (width, height, unit, density) {
            self.fitted = (width, height, unit, density);
            *self.font.get_mut() = Default::default();
            self.element.set_width((width * scale).ceil() as u32);
            self.element.set_height((height * scale).ceil() as u32);
            let style = self.element.style();
            let _ = style.set_property("width", &format!("{}px", width * unit));
            let _ = style.set_property("height", &format!("{}px", height * unit));
        }
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, width, height);
    }

    /// Draws what follows in that colour and opacity.
    pub fn set_color(&self, color: &str, alpha: f64) {
        self.context.set_fill_style_str(color);
        self.context.set_stroke_style_str(color);
        self.context.set_global_alpha(alpha);
    }

    /// Draws lines of that width, from x, y to x, y each.
    pub fn lines(&self, width: f64, dash: &[f64], lines: &[[f64; 4]]) {
        self.context.set_line_width(width);
        let dashes: Array = dash.iter().map(|length| JsValue::from_f64(*length)).collect();
        let _ = self.context.set_line_dash(&dashes);
        self.context.begin_path();
        for [x1, y1, x2, y2] in lines {
            self.context.move_to(*x1, *y1);
            self.context.line_to(*x2, *y2);
        }
        self.context.stroke();
    }

    /// Fills rectangles: x, y, width and height each.
    pub fn rects(&self, rects: &[[f64; 4]]) {
        for [x, y, width, height] in rects {
            self.context.fill_rect(*x, *y, *width, *height);
        }
    }

    /// Fills a disc, or draws its rim.
    pub fn disc(&self, x: f64, y: f64, radius: f64, filled: bool) {
        self.context.begin_path();
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        if filled { self.context.fill() } else { self.context.stroke() }
    }

    /// Fills a shape with these corners.
    pub fn polygon(&self, corners: &[(f64, f64)]) {
        self.context.begin_path();
        for (place, (x, y)) in corners.iter().enumerate() {
            match place {
                0 => self.context.move_to(*x, *y),
                _ => self.context.line_to(*x, *y),
            }
        }
        self.context.fill();
    }

    /// The font of the texts that follow, as in CSS.
    pub fn set_font(&self, font: &str, centered: bool) {
        let mut set = self.font.borrow_mut();
        if set.0 != font || set.1 != centered {
            self.context.set_font(font);
            self.context.set_text_align(if centered { "center" } else { "left" });
            *set = (font.to_owned(), centered);
        }
    }

    pub fn text(&self, text: &str, x: f64, y: f64) {
        let _ = self.context.fill_text(text, x, y);
    }
}

/// The pixels of the screen in one of CSS, at least one.
fn pixel_ratio() -> f64 {
    window().device_pixel_ratio().max(1.0)
}

/// The computed value of a property of an element.
pub fn computed(element: &Element, property: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default()
}
