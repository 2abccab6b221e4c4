//! Files that are saved, opened and dropped onto the page, and the clipboard.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, HtmlAnchorElement, Response, Url};

pub use web_sys::File;

use super::dom::{self, HtmlInputElement, document, window};
use super::listen::{Listener, on_document};

/// Has the browser download a text as a file of that name.
pub fn save(name: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let parts = Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(anchor) = document().create_element("a").map(JsCast::unchecked_into) {
        let anchor: HtmlAnchorElement = anchor;
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Calls back with the content of the file; `None` if it cannot be read.
pub fn read(file: &File, done: impl FnOnce(Option<String>) + 'static) {
    let text = JsFuture::from(file.text());
    spawn_local(async move { done(text.await.ok().and_then(|text| text.as_string())) });
}

/// Calls back with the content of a file of this site, or why it cannot be fetched. Its path is
/// relative to the page.
pub fn fetch_text(path: &str, done: impl FnOnce(Result<String, String>) + 'static) {
    let response = JsFuture::from(window().fetch_with_str(path));
    let path = path.to_owned();
    spawn_local(async move {
        let unreachable = || format!("{path} cannot be fetched: the site does not answer");
        let content = async {
            let response: Response = response.await.ok()?.unchecked_into();
            if !response.ok() {
                return Some(Err(format!("{path}: the site answers {}", response.status())));
            }
            let text = JsFuture::from(response.text().ok()?).await.ok()?;
            text.as_string().map(Ok)
        };
        done(content.await.unwrap_or_else(|| Err(unreachable())));
    });
}

/// The file that was chosen in the field. The field is cleared, so that the same file can be
/// chosen again.
pub fn chosen(field: &HtmlInputElement) -> Option<File> {
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// Copies a text to the clipboard, and calls back with whether the browser allowed it.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    // It is undefined on pages without HTTPS.
    if clipboard.is_undefined() {
        return done(false);
    }
    let written = JsFuture::from(clipboard.write_text(text));
    spawn_local(async move { done(written.await.is_ok()) });
}

/// Calls back with the first of the files that are dropped onto the page, and their number. While
/// files are dragged over the page, it shows where to drop them.
pub fn on_drop(mut callback: impl FnMut(File, u32) + 'static) -> [Listener; 3] {
    let files = |event: &web_sys::Event| {
        let transfer = event.dyn_ref::<DragEvent>()?.data_transfer()?;
        transfer.types().includes(&"Files".into(), 0).then_some(transfer)
    };
    let show = |on: bool| dom::set_root_attribute("data-drop", if on { "here" } else { "" });
    [
        on_document("dragover", move |event| {
            if files(event).is_some() {
                event.prevent_default();
                show(true);
            }
        }),
        on_document("dragleave", move |event| {
            let drag = event.dyn_ref::<DragEvent>();
            // No related target: the pointer left the window.
            if drag.is_some_and(|drag| drag.related_target().is_none()) {
                show(false);
            }
        }),
        on_document("drop", move |event| {
            show(false);
            let Some(transfer) = files(event) else { return };
            event.prevent_default();
            let files = transfer.files();
            if let Some((files, file)) =
                files.and_then(|files| Some((files.length(), files.get(0)?)))
            {
                callback(file, files);
            }
        }),
    ]
}
