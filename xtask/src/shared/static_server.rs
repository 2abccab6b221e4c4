//! A server of files on the loopback interface, for `cargo xtask serve` and the browser tests. The
//! tests include this file by its path.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A longer request line, or longer headers, are cut off.
const REQUEST_BYTES_MAX: u64 = 64 * 1024;

/// Serves a folder until it is dropped.
pub struct StaticServer {
    address: SocketAddr,
    mount: String,
    stopped: Arc<AtomicBool>,
}

impl StaticServer {
    /// Serves `folder` at `http://127.0.0.1:PORT` followed by `mount`, which begins and ends with a
    /// slash. Port 0 takes any free port.
    pub fn start(folder: &Path, mount: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let stopped = Arc::new(AtomicBool::new(false));
        let site = Arc::new((folder.to_owned(), mount.to_owned()));
        let stop = stopped.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                // A thread for each connection: a browser opens some early and leaves them idle,
                // and those must not block the others.
                let site = site.clone();
                thread::spawn(move || answer(&stream, &site.0, &site.1));
            }
        });
        Ok(Self { address, mount: mount.to_owned(), stopped })
    }

    /// The address of the folder's `index.html`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers one request and closes the connection. An error means that the browser left.
fn answer(stream: &TcpStream, folder: &Path, mount: &str) -> io::Result<()> {
    let mut lines = BufReader::new(stream.take(REQUEST_BYTES_MAX)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for header in lines {
        if header?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !matches!(method, "GET" | "HEAD") {
        return send(stream, "405 Method Not Allowed", "", b"");
    }
    let file = file_of(url, folder, mount);
    let found =
        file.and_then(|path| fs::read(&path).ok().map(|bytes| (file_headers(&path), bytes)));
    match found {
        Some((headers, _)) if method == "HEAD" => send(stream, "200 OK", &headers, b""),
        Some((headers, bytes)) => send(stream, "200 OK", &headers, &bytes),
        None => send(stream, "404 Not Found", "", b""),
    }
}

/// Any origin may read the files, as on GitHub Pages: a sandboxed frame has no origin of its own.
fn send(mut stream: &TcpStream, status: &str, headers: &str, bytes: &[u8]) -> io::Result<()> {
    let length = bytes.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\
         Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(bytes)?;
    stream.flush()
}

/// The file that a URL's path names, unless it is outside the folder.
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

fn file_headers(path: &Path) -> String {
    let cache = if has_hashed_name(path) { "max-age=31536000, immutable" } else { "no-cache" };
    format!("Content-Type: {}\r\nCache-Control: {cache}\r\n", media_type(path))
}

/// Whether the name holds a hash of the contents, as Trunk's do: `style-0123456789abcdef.css`.
fn has_hashed_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let parts = name.split(['-', '.', '_']);
    parts.skip(1).any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
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

    #[test]
    fn only_files_with_a_hash_in_their_name_may_be_cached() {
        assert!(has_hashed_name(Path::new("page-53d62f18d01d9b2a_bg.wasm")));
        assert!(has_hashed_name(Path::new("boot-3ad1573ef62ddd21.js")));
        assert!(!has_hashed_name(Path::new("page_bg.wasm")));
        assert!(!has_hashed_name(Path::new("index.html")));
    }
}
