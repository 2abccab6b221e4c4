//! A WebSocket to Chromium, over which one tab, or the browser itself, is driven by the DevTools
//! protocol (<https://chromedevtools.github.io/devtools-protocol/>).
//!
//! The connection of `headless_chrome` is shared by all tabs, and its reader holds the lock while
//! it waits, so that each call takes a tenth of a second. A test makes hundreds.

use std::cell::{Cell, RefCell};
use std::net::TcpStream;
use std::time::Duration;

use headless_chrome::Browser;
use headless_chrome::protocol::cdp::types::Method;
use serde::Serialize;
use serde_json::{Value, json};
use tungstenite::client::connect_with_config;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// Longer than any one call takes.
const ANSWER_MAX: Duration = Duration::from_secs(600);

pub struct Connection {
    socket: RefCell<WebSocket<MaybeTlsStream<TcpStream>>>,
    calls: Cell<u64>,
    /// What the browser told without being asked, and nobody has taken yet: each with `method` and
    /// `params`.
    events: RefCell<Vec<Value>>,
}

impl Connection {
    pub fn to_browser(browser: &Browser) -> Connection {
        Connection::open(&browser.get_ws_url())
    }

    pub fn to_tab(browser: &Browser, target_id: &str) -> Connection {
        let address = browser.get_ws_url();
        let (host, _) = address.split_once("/devtools/").expect("the address of the browser");
        Connection::open(&format!("{host}/devtools/page/{target_id}"))
    }

    fn open(address: &str) -> Connection {
        // Pictures and traces are large.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let connected = connect_with_config(address, Some(config), 0);
        let (socket, _) = connected.unwrap_or_else(|error| panic!("{address}: {error}"));
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_read_timeout(Some(ANSWER_MAX)).expect("a limit for each answer");
            stream.set_nodelay(true).expect("calls are sent at once");
        }
        Connection { socket: RefCell::new(socket), calls: Cell::new(0), events: RefCell::default() }
    }

    /// Calls a method, and waits for its answer.
    ///
    /// # Errors
    /// What the browser says instead.
    pub fn call<C: Method + Serialize>(&self, method: C) -> Result<C::ReturnObject, String> {
        let parameters = serde_json::to_value(&method).expect("it has a form in JSON");
        let answer = self.command(C::NAME, parameters)?;
        serde_json::from_value(answer).map_err(|error| error.to_string())
    }

    /// The same without types: those of `headless_chrome` are older than the browser.
    pub fn command(&self, method: &str, parameters: Value) -> Result<Value, String> {
        let id = self.calls.get() + 1;
        self.calls.set(id);
        let call = json!({ "id": id, "method": method, "params": parameters });
        let sent = self.socket.borrow_mut().send(Message::text(call.to_string()));
        sent.map_err(|error| error.to_string())?;
        loop {
            let mut message = self.read()?;
            if message["id"] != id {
                self.events.borrow_mut().push(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(message["error"].to_string());
            }
        }
    }

    /// The parameters of the next event of that name, which may have happened since the last call.
    pub fn event(&self, method: &str) -> Value {
        loop {
            let mut events = self.events.borrow_mut();
            if let Some(place) = events.iter().position(|event| event["method"] == method) {
                return events.remove(place)["params"].take();
            }
            drop(events);
            let message = self.read().unwrap_or_else(|error| panic!("{method}: {error}"));
            self.events.borrow_mut().push(message);
        }
    }

    /// The events since the last time.
    pub fn take_events(&self) -> Vec<Value> {
        self.events.take()
    }

    fn read(&self) -> Result<Value, String> {
        loop {
            let message = self.socket.borrow_mut().read().map_err(|error| error.to_string())?;
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).map_err(|error| error.to_string());
            }
        }
    }
}
