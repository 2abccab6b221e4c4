//! Pictures: SVG drawn to a canvas and saved as PNG, and put onto the sheet that is printed.

use js_sys::encode_uri_component;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
};

use super::dom::{document, find};
use super::listen::{Listener, on_window};

/// Pixels of a PNG for each pixel of the SVG: fine enough for print.
const SCALE: f64 = 2.0;

/// Has the browser download an SVG as a PNG of that name, and calls back with whether it can.
pub fn save_png(name: &str, svg: &str, done: impl FnOnce(bool) + 'static) {
    let Ok(image) = HtmlImageElement::new() else { return done(false) };
    let (drawn, name) = (image.clone(), name.to_owned());
    let on_load = Closure::once_into_js(move || {
        let saved = canvas_of(&drawn).and_then(|canvas| save_canvas(&canvas, name));
        done(saved.is_some());
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    image.set_src(&data_address(svg));
}

/// The address of a picture that holds the picture itself. A canvas may be saved after it was drawn
/// there, even in a frame without an origin.
fn data_address(svg: &str) -> String {
    format!("data:image/svg+xml,{}", String::from(encode_uri_component(svg)))
}

fn canvas_of(image: &HtmlImageElement) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(image.width()) * SCALE, f64::from(image.height()) * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    Some(canvas)
}

fn save_canvas(canvas: &HtmlCanvasElement, name: String) -> Option<()> {
    let save = Closure::once_into_js(move |blob: Option<Blob>| {
        let address = blob.and_then(|blob| Url::create_object_url_with_blob(&blob).ok());
        let Some(address) = address else { return };
        if let Ok(anchor) = document().create_element("a") {
            let anchor: HtmlAnchorElement = anchor.unchecked_into();
            anchor.set_href(&address);
            anchor.set_download(&name);
            anchor.click();
        }
        let _ = Url::revoke_object_url(&address);
    });
    canvas.to_blob(save.unchecked_ref()).ok()
}

/// Puts pictures onto the printed sheet each time the page is printed: `pictures` makes the SVG for
/// the sheet before the logs, and for the one after them.
pub fn print(pictures: impl Fn() -> [String; 2] + 'static) -> [Listener; 2] {
    let show = |selector: &str, svg: &str| {
        if let Some(sheet) = find(selector) {
            sheet.set_inner_html(svg);
        }
    };
    let sheets = ["#print-before", "#print-after"];
    [
        on_window("beforeprint", move || {
            for (sheet, svg) in sheets.into_iter().zip(pictures()) {
                show(sheet, &svg);
            }
        }),
        on_window("afterprint", move || {
            sheets.into_iter().for_each(|sheet| show(sheet, ""));
        }),
    ]
}
