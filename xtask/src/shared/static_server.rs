//! A server of files on this machine's loopback: for `cargo xtask serve`, and for
//! the browser tests, which take this file in by its path.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

/// Threads that answer. A browser opens six connections to one host.
const WORKERS: usize = 6;

/// Serves a folder until it is dropped.
pub struct StaticServer {
    server: Arc<Server>,
    address: SocketAddr,
    mount: String,
}

impl StaticServer {
    /// Serves `folder` at `http://127.0.0.1:PORT` followed by `mount`, which
    /// begins and ends with a slash. Port 0 takes any free port.
    pub fn start(folder: &Path, mount: &str, port: u16) -> io::Result<Self> {
        let server = Server::http(("127.0.0.1", port)).map_err(io::Error::other)?;
        let server = Arc::new(server);
        let Some(address) = server.server_addr().to_ip() else {
            return Err(io::Error::other("the server has no IP address"));
        };
        for _ in 0..WORKERS {
            let (server, folder, mount) = (server.clone(), folder.to_owned(), mount.to_owned());
            thread::spawn(move || answer_all(&server, &folder, &mount));
        }
        let mount = mount.to_owned();
        Ok(Self { server, address, mount })
    }

    /// The address of the folder's `index.html`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        for _ in 0..WORKERS {
            self.server.unblock();
        }
    }
}

fn answer_all(server: &Server, folder: &Path, mount: &str) {
    // Ends when the server is unblocked.
    while let Ok(request) = server.recv() {
        // A browser that went away in the middle is no trouble of ours.
        let _ = answer(request, folder, mount);
    }
}

fn answer(request: Request, folder: &Path, mount: &str) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let Some(path) = file_of(request.url(), folder, mount) else {
        return request.respond(Response::empty(404));
    };
    match fs::read(&path) {
        Ok(bytes) => {
            let response = Response::from_data(bytes)
                .with_header(header("Content-Type", media_type(&path)))
                .with_header(header("Cache-Control", "no-cache"))
                // As GitHub Pages does: without it a frame in a sandbox could not load the page's own files.
                .with_header(header("Access-Control-Allow-Origin", "*"));
            request.respond(response)
        }
        Err(_) => request.respond(Response::empty(404)),
    }
}

/// The file that a URL's path names; none where it would leave the folder.
fn file_of(url: &str, folder: &Path, mount: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let inner = Path::new(path.strip_prefix(mount)?);
    let plain = |part| matches!(part, Component::Normal(_));
    if !inner.components().all(plain) {
        return None;
    }
    let file = folder.join(inner);
    if file.is_dir() {
        return Some(file.join("index.html"));
    }
    Some(file)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json" | "webmanifest") => "application/json",
        Some("txt" | "raft") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("the headers above are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_the_folder_and_the_mount() {
        let folder = Path::new("/pages");
        assert_eq!(file_of("/x/a.js?v=1", folder, "/x/"), Some(PathBuf::from("/pages/a.js")));
        assert_eq!(file_of("/a.js", folder, "/x/"), None);
        assert_eq!(file_of("/x/../secret", folder, "/x/"), None);
        assert_eq!(file_of("/x//etc/passwd", folder, "/x/"), None);
    }
}
