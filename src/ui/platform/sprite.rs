//! A small picture of an element of the page, to be painted often.
//!
//! It takes shapes from the element's SVG and looks from the style sheets, so it is what the
//! element itself looks like.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement, Path2d};

use super::canvas::{Canvas, pixel_ratio};
use super::dom::{Element, all_within, document, window};

/// From the middle to the upper and the lower edge, in pixels.
const HALF_HEIGHT: f64 = 16.0;
/// From the middle of a shape to the label beside it, in pixels; the same as in
/// styles/messages.css, as are the next two.
const LABEL_LEFT: f64 = 11.0;
const LABEL_PADDING: f64 = 3.0;
const BOX_PADDING: f64 = 5.0;
const BOX_HALF_HEIGHT: f64 = 9.0;
const BOX_RADIUS: f64 = 5.0;

/// A picture around its own middle.
pub struct Sprite {
    picture: HtmlCanvasElement,
    half_width: f64,
}

impl Sprite {
    /// The mark of a message with that label, `scale` times as large. `None` if the browser
    /// refuses to draw.
    pub fn of(mark: &Element, label: &str, mirrored: bool, scale: f64) -> Option<Sprite> {
        let picture = document().create_element("canvas").ok()?;
        let picture: HtmlCanvasElement = picture.dyn_into().ok()?;
        let context = picture.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        let tag = mark.query_selector(".tag").ok().flatten();
        let tag = tag.map(|tag| (font_of(&tag), tag));
        if let Some((font, _)) = &tag {
            context.set_font(font);
        }
        let width = context.measure_text(label).map_or(0.0, |text| text.width());
        let half_width = 16.0 + LABEL_LEFT + width + 2.0 * LABEL_PADDING;
        let ratio = pixel_ratio() * scale;
        picture.set_width((2.0 * half_width * ratio).ceil() as u32);
        picture.set_height((2.0 * HALF_HEIGHT * ratio).ceil() as u32);
        let middle = [half_width * ratio, HALF_HEIGHT * ratio];
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, middle[0], middle[1]);
        let pen = StyledPen { context: &context };
        for shape in all_within(mark, "path, circle, text") {
            pen.draw(&shape);
        }
        if let Some((font, tag)) = tag {
            context.set_font(&font);
            context.set_text_baseline("middle");
            if mark.class_list().contains("box") {
                pen.label_box(mark, label, width);
            } else if !label.is_empty() {
                pen.label_beside(&tag, label, width, mirrored);
            }
        }
        Some(Sprite { picture, half_width })
    }
}

impl Canvas {
    /// Paints a sprite around that place.
    pub fn sprite(&self, sprite: &Sprite, x: f64, y: f64) {
        // A picture without pixels is all that fails.
        let _ = self.context().draw_image_with_html_canvas_element_and_dw_and_dh(
            &sprite.picture,
            x - sprite.half_width,
            y - HALF_HEIGHT,
            2.0 * sprite.half_width,
            2.0 * HALF_HEIGHT,
        );
    }
}

/// Draws as the style sheets say.
struct StyledPen<'a> {
    context: &'a CanvasRenderingContext2d,
}

impl StyledPen<'_> {
    fn draw(&self, shape: &Element) {
        let Some(style) = style_of(shape) else { return };
        let number = |name: &str| shape.get_attribute(name)?.parse::<f64>().ok();
        let fill = value(&style, "fill");
        if shape.tag_name() == "text" {
            self.context.set_font(&font_of(shape));
            self.context.set_text_align("center");
            self.context.set_fill_style_str(&fill);
            let text = shape.text_content().unwrap_or_default();
            let _ = self.context.fill_text(&text, 0.0, number("y").unwrap_or(0.0));
            return;
        }
        let path = match (shape.get_attribute("d"), number("r")) {
            (Some(path), _) => Path2d::new_with_path_string(&path).ok(),
            (None, radius) => Path2d::new().ok().inspect(|path| {
                let _ = path.arc(0.0, 0.0, radius.unwrap_or(0.0), 0.0, std::f64::consts::TAU);
            }),
        };
        let Some(path) = path else { return };
        if fill != "none" {
            self.context.set_fill_style_str(&fill);
            self.context.fill_with_path_2d(&path);
        }
        let stroke = value(&style, "stroke");
        if stroke != "none" {
            self.context.set_stroke_style_str(&stroke);
            self.context
                .set_line_width(lengths(&style, "stroke-width").first().copied().unwrap_or(1.0));
            self.context.set_line_cap(&value(&style, "stroke-linecap"));
            self.context.set_line_join(&value(&style, "stroke-linejoin"));
            let dashes: Array = lengths(&style, "stroke-dasharray")
                .into_iter()
                .map(wasm_bindgen::JsValue::from_f64)
                .collect();
            let _ = self.context.set_line_dash(&dashes);
            self.context.stroke_with_path(&path);
        }
    }

    /// A box around its label.
    fn label_box(&self, mark: &Element, label: &str, width: f64) {
        let Some(style) = style_of(mark) else { return };
        let half_width = width / 2.0 + BOX_PADDING;
        let draw = |color: &str, rim: f64| {
            let (left, top) = (-half_width - rim, -BOX_HALF_HEIGHT - rim);
            self.context.set_fill_style_str(&value(&style, color));
            self.context.begin_path();
            let _ =
                self.context.round_rect_with_f64(left, top, -2.0 * left, -2.0 * top, BOX_RADIUS);
            self.context.fill();
        };
        draw("border-top-color", 1.0);
        draw("background-color", 0.0);
        self.context.set_text_align("center");
        self.context.set_fill_style_str(&value(&style, "color"));
        let _ = self.context.fill_text(label, 0.0, 0.5);
    }

    /// A label on the right of its shape, mirrored on the left.
    fn label_beside(&self, tag: &Element, label: &str, width: f64, mirrored: bool) {
        let Some(style) = style_of(tag) else { return };
        let whole = width + 2.0 * LABEL_PADDING;
        let left = if mirrored { -LABEL_LEFT - whole } else { LABEL_LEFT };
        self.context.set_fill_style_str(&value(&style, "background-color"));
        self.context.fill_rect(left, -7.0, whole, 14.0);
        self.context.set_text_align("left");
        self.context.set_fill_style_str(&value(&style, "color"));
        let _ = self.context.fill_text(label, left + LABEL_PADDING, 0.5);
    }
}

fn style_of(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok().flatten()
}

fn value(style: &CssStyleDeclaration, property: &str) -> String {
    style.get_property_value(property).unwrap_or_default()
}

/// The lengths of a list in pixels; none for `none`.
fn lengths(style: &CssStyleDeclaration, property: &str) -> Vec<f64> {
    let list = value(style, property);
    list.split([' ', ',']).filter_map(|length| length.trim_end_matches("px").parse().ok()).collect()
}

fn font_of(element: &Element) -> String {
    let Some(style) = style_of(element) else { return String::new() };
    let [weight, size, family] =
        ["font-weight", "font-size", "font-family"].map(|property| value(&style, property));
    format!("{weight} {size} {family}")
}
