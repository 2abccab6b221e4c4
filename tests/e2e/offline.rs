//! The service worker: visits without a server, new versions, and pages where it is denied.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cluster::wait_for_state;
use crate::harness::{Page, StaticServer, site, visit};
use crate::session::wait_for_text;

/// Whether the page and its program are stored.
const STORED: &str = "(await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(request => request.url)))).flat()
    .filter(url => url === location.href.split(/[?#]/)[0] || url.endsWith('.wasm')).length === 2";

/// Whether a file that the page fetches later is stored.
fn stored_file(name: &str) -> String {
    format!(
        "(await (await caches.open(`raftarium ${{location.pathname}} 1`)).keys())
            .some(({{ url }}) => url.includes('/{name}'))"
    )
}

/// A copy of the built page that a test may change, on a server that it may stop.
struct Copy {
    folder: PathBuf,
    site: Option<StaticServer>,
    url: String,
}

impl Copy {
    fn new(name: &str) -> Copy {
        let folder = std::env::temp_dir().join(format!("raftarium-{name}-{}", std::process::id()));
        copy_folder(&site::dist(), &folder);
        let site = site::serve(&folder);
        let url = site.url();
        Copy { folder, site: Some(site), url }
    }

    fn visit(&self) -> Page {
        let page = Page::blank();
        page.go_to(&self.url);
        page.wait_for(STORED);
        page
    }

    fn stop(&mut self) {
        self.site = None;
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).expect("a file of the page")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A temporary folder may stay behind.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the page's folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn the_second_visit_needs_no_server() {
    let mut copy = Copy::new("offline");
    let page = copy.visit();
    copy.stop();
    page.navigate("about:blank");
    page.go_to(&format!("{}?embed=0", copy.url));
    wait_for_state(&page, "state.servers.some(server => server.role === 'leader')");
    page.close();
}

#[test]
fn what_was_opened_once_opens_without_a_server() {
    let mut copy = Copy::new("opened-once");
    let page = copy.visit();
    // The first visit has no service worker from its start.
    page.navigate("about:blank");
    page.go_to(&copy.url);
    page.wait_for("navigator.serviceWorker.controller !== null");
    let open = |page: &Page| {
        page.click("tab", "Lessons");
        page.wait_for("document.querySelector('.gallery-item')");
        page.click("button", "Terms and elections");
        page.wait_for("document.querySelector('.narration .said')");
        page.click("tab", "Lab");
        page.wait_for("document.querySelector('.lab-form')");
    };
    open(&page);
    page.wait_for(&stored_file("lessons/02-terms-and-elections.raft"));
    page.wait_for(&stored_file("lab_bg.wasm"));
    copy.stop();
    page.navigate("about:blank");
    page.go_to(&copy.url);
    open(&page);
    page.click("tab", "Lessons");
    page.wait_for("document.querySelector('.gallery-item')");
    page.click("button", "Heartbeats");
    wait_for_text(&page, ".banner", "cannot be fetched");
    page.close();
}

#[test]
fn only_the_page_and_its_own_files_are_stored() {
    let mut copy = Copy::new("own-files");
    let other = copy.folder.join("blog");
    fs::create_dir_all(&other).expect("a folder");
    fs::write(other.join("index.html"), "<!doctype html><title>Another page</title>")
        .expect("a page");
    fs::write(copy.folder.join("notes.txt"), "not the page's").expect("a file");
    let page = copy.visit();
    page.eval("caches.open('raftarium /some/other/ 1').then(() => caches.open('theirs'))");
    page.eval("Promise.all([fetch('notes.txt'), fetch('blog/')]).then(() => null)");
    page.navigate(&format!("{}blog/", copy.url));
    assert_eq!(page.eval("document.title"), "Another page");
    page.go_to(&copy.url);
    let names = page.eval("caches.keys().then(names => names.sort())");
    let own = page.eval("`raftarium ${location.pathname} 1`");
    assert_eq!(names, serde_json::json!(["raftarium /some/other/ 1", own, "theirs"]));
    let foreign = "(await (await caches.open(`raftarium ${location.pathname} 1`)).keys())
        .filter(request => /notes|blog/.test(request.url)).length";
    assert_eq!(page.eval(&format!("(async () => {foreign})()")), 0);
    copy.stop();
    // Without its server, the other page is not replaced by this one.
    let failed = page.eval("fetch('blog/').then(() => false, () => true)");
    assert_eq!(failed, true);
    page.close();
}

#[test]
fn an_old_cache_of_this_page_is_deleted() {
    let copy = Copy::new("old-cache");
    let page = Page::blank();
    page.before_each_start("caches.open(`raftarium ${location.pathname} 0`)");
    page.go_to(&copy.url);
    page.wait_for(STORED);
    page.wait_for("!(await caches.keys()).some(name => name.endsWith(' 0'))");
    page.close();
}

/// Gives one style sheet another name, as a build does when its contents change.
fn publish_new_version(copy: &Copy) -> bool {
    let index = copy.read("index.html");
    let Some(start) = index.find("/style-").map(|at| at + 1) else { return false };
    let name: String = index[start..].chars().take_while(|letter| *letter != '"').collect();
    let new_name = "style-ffffffffffffffff.css";
    let style = copy.read(&name) + "\n:root { --version: new }\n";
    fs::write(copy.folder.join(new_name), style).expect("the new file");
    fs::remove_file(copy.folder.join(&name)).expect("the old file");
    // The changed file has another integrity hash, which this test leaves out.
    let tag_start = index[..start].rfind('<').expect("a tag");
    let tag_end = start + index[start..].find('>').expect("its end");
    let tag = format!("<link rel=\"stylesheet\" href=\"./{new_name}\" crossorigin=\"anonymous\"");
    let changed = format!("{}{tag}{}", &index[..tag_start], &index[tag_end..]);
    fs::write(copy.folder.join("index.html"), changed).expect("the new page");
    true
}

#[test]
fn a_new_version_is_offered_and_opens_after_a_reload() {
    let mut copy = Copy::new("new-version");
    let page = copy.visit();
    if !publish_new_version(&copy) {
        eprintln!("the page was built without hashes in its file names: nothing to test");
        return;
    }
    page.eval("raftarium.load('servers 3\\n')");
    page.eval("void document.dispatchEvent(new Event('visibilitychange'))");
    wait_for_text(&page, ".banner", "A new version of Raftarium is ready");
    page.eval("window.left = true");
    page.click("button", "Reload");
    page.wait_for("!window.left && 'raftarium' in window");
    let version = "getComputedStyle(document.documentElement).getPropertyValue('--version').trim()";
    page.wait_for_value(version, "new");
    wait_for_state(&page, "state.servers.length === 3");
    // The old file is gone from the cache, and the new version opens without its server.
    page.wait_for(
        "(await (await caches.open(`raftarium ${location.pathname} 1`)).keys())
             .filter(request => request.url.includes('/style-')).map(request => request.url)
             .join().endsWith('style-ffffffffffffffff.css')",
    );
    copy.stop();
    page.eval("window.left = true; void location.reload()");
    page.wait_for("!window.left && 'raftarium' in window");
    page.wait_for_value(version, "new");
    assert!(!page.eval("document.body.textContent").to_string().contains("new version"));
    page.close();
}

#[test]
fn a_denied_service_worker_is_silent() {
    let page = Page::blank();
    page.before_each_start(
        "window.asked = 0;
         ServiceWorkerContainer.prototype.register = () => {
             asked += 1;
             return Promise.reject(new DOMException('denied', 'SecurityError'));
         };",
    );
    page.go("");
    page.wait_for("asked === 1");
    page.eval("void document.dispatchEvent(new Event('visibilitychange'))");
    wait_for_state(&page, "state.servers.some(server => server.role === 'leader')");
    assert_eq!(page.errors(), Vec::<String>::new());
    page.close();
}

#[test]
fn the_page_can_be_installed() {
    visit(|page| {
        let manifest = page.eval("fetch('manifest.webmanifest').then(answer => answer.json())");
        let icons = manifest["icons"].as_array().expect("icons");
        for icon in icons.iter().filter(|icon| icon["type"] == "image/png") {
            let measured = page.eval(&format!(
                "new Promise((loaded, failed) => {{
                     const image = new Image();
                     image.onload = () =>
                         loaded(`${{image.naturalWidth}}x${{image.naturalHeight}}`);
                     image.onerror = failed;
                     image.src = {};
                 }})",
                icon["src"]
            ));
            assert_eq!(measured, icon["sizes"], "{icon}");
        }
        assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"), "{manifest}");
    });
}

/// The mean difference of a picture from the drawing, in shares of the full range.
const DIFFERENCE: &str = "(async (name, size, width, ground) => {
    const drawn = async (source, width) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = new OffscreenCanvas(size, size).getContext('2d');
        canvas.fillStyle = ground;
        canvas.fillRect(0, 0, size, size);
        const at = (size - width) / 2;
        canvas.drawImage(image, at, at, width, width);
        return canvas.getImageData(0, 0, size, size).data;
    };
    const [a, b] = [await drawn(name, size), await drawn('icons/icon.svg', width)];
    return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length / 255;
})";

#[test]
fn the_icons_are_drawn_from_the_svg() {
    visit(|page| {
        for (file, size, width, ground) in [
            ("icon-192.png", 192, 192, "#fff"),
            ("icon-512.png", 512, 512, "#fff"),
            ("maskable-512.png", 512, 376, "#faf9f6"),
        ] {
            let js = format!("{DIFFERENCE}('icons/{file}', {size}, {width}, '{ground}')");
            let difference = page.eval(&js).as_f64().expect("a number");
            assert!(difference < 0.01, "{file} differs by {difference}: cargo xtask icons");
        }
    });
}
