//! The page's second program: where its files are, and how it starts beside the page.
//!
//! Trunk gives the files of the page's own program names with hashes, but not those of another
//! program. So the name of the page's program goes with the request: after an update no cache
//! answers with the lab of the version before.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::dom::{find, window};
use super::export::set;
use super::worker::error_text;

/// The function of boot.js that starts a program.
const START: &str = "startRaftariumProgram";

/// The addresses of the program's two files, as boot.js expects them.
///
/// # Errors
/// If the page's tags do not name a program.
pub fn files() -> Result<Object, String> {
    addresses("")
}

/// Starts the program in the page, and says whether it runs. After a failure another attempt needs
/// another number: the browser remembers which files it could not load.
pub fn start(attempt: u32, done: impl FnOnce(Result<(), String>) + 'static) {
    spawn_local(async move {
        let started = match started(attempt) {
            Ok(promise) => JsFuture::from(promise).await.map_err(error_text),
            Err(error) => Err(error),
        };
        done(started.map(|_| ()));
    });
}

fn started(attempt: u32) -> Result<Promise, String> {
    let files = addresses(&if attempt > 0 { format!("&{attempt}") } else { String::new() })?;
    let start: Function = Reflect::get(&window(), &START.into())
        .and_then(JsCast::dyn_into)
        .map_err(|_| "boot.js does not run")?;
    start.call1(&window(), &files).and_then(JsCast::dyn_into).map_err(error_text)
}

fn addresses(suffix: &str) -> Result<Object, String> {
    let page = find("link[rel=modulepreload][href$='.js']")
        .and_then(|link| Reflect::get(&link, &"href".into()).ok()?.as_string())
        .ok_or("the page does not name its program")?;
    let (folder, version) = page.rsplit_once('/').ok_or("the page has no address")?;
    let address = |name: &str| format!("{folder}/{name}?{version}{suffix}");
    let files = Object::new();
    set(&files, "code", &address("lab.js").into());
    set(&files, "wasm", &address("lab_bg.wasm").into());
    Ok(files)
}
