//! The page in Firefox, driven by WebDriver BiDi (<https://w3c.github.io/webdriver-bidi/>), which
//! Firefox speaks itself over a WebSocket.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, process, thread};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

use super::browsers::FIREFOX;
use super::page::{WAIT_MAX, wait_until};
use super::site;

/// The keys of WebDriver.
pub const ENTER: char = '\u{e007}';
pub const HOME: char = '\u{e011}';
pub const ARROW_LEFT: char = '\u{e012}';

/// The line in which Firefox says where it listens.
const LISTENING: &str = "WebDriver BiDi listening on ";

/// The fresh profile asks nobody for anything.
const PREFERENCES: &str = "\
user_pref('app.update.enabled', false);
user_pref('browser.shell.checkDefaultBrowser', false);
user_pref('datareporting.policy.dataSubmissionEnabled', false);
user_pref('dom.w3c_touch_events.enabled', 1);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
user_pref('toolkit.telemetry.enabled', false);
";

/// A Firefox with the page in its only tab. It ends when this is dropped.
pub struct Firefox {
    process: Child,
    profile: PathBuf,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    commands: u64,
    tab: String,
    /// What the page logged as an error, or threw.
    errors: Vec<String>,
}

impl Firefox {
    /// Opens the page in a Firefox of its own, and waits until it has started.
    pub fn visit(width: u32, height: u32) -> Firefox {
        let Some(program) = FIREFOX.find() else {
            panic!("{}", FIREFOX.remedy);
        };
        let profile = fresh_profile();
        let mut process = launch(&program, &profile);
        let socket = connect(&address(&mut process));
        let (tab, errors) = (String::new(), Vec::new());
        let mut firefox = Firefox { process, profile, socket, commands: 0, tab, errors };
        firefox.command("session.new", json!({ "capabilities": {} }));
        firefox.command("session.subscribe", json!({ "events": ["log.entryAdded"] }));
        let tree = firefox.command("browsingContext.getTree", json!({}));
        firefox.tab = tree["contexts"][0]["context"].as_str().expect("a tab").to_owned();
        let size = json!({ "width": width, "height": height });
        firefox.command_to_tab("browsingContext.setViewport", json!({ "viewport": size }));
        let open = json!({ "url": site::url(), "wait": "complete" });
        firefox.command_to_tab("browsingContext.navigate", open);
        firefox.wait_for("document.querySelector('h1') !== null && 'raftarium' in window");
        firefox
    }

    /// The value of a JavaScript expression, or of its promise.
    pub fn eval(&mut self, js: &str) -> Value {
        self.try_eval(js).unwrap_or_else(|error| panic!("{js}\n{error}"))
    }

    fn try_eval(&mut self, js: &str) -> Result<Value, String> {
        let answer = self.command(
            "script.evaluate",
            json!({
                "expression": format!("(async () => JSON.stringify((await ({js})) ?? null))()"),
                "target": { "context": self.tab },
                "awaitPromise": true,
                "userActivation": true,
            }),
        );
        match answer["result"]["value"].as_str() {
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
            None => Err(answer["exceptionDetails"]["text"].to_string()),
        }
    }

    /// Waits until a JavaScript expression is true.
    pub fn wait_for(&mut self, condition: &str) {
        let js = format!("Boolean({condition})");
        let mut last = Ok(Value::Null);
        let holds = wait_until(|| {
            last = self.try_eval(&js);
            last == Ok(Value::Bool(true))
        });
        assert!(holds, "waited {WAIT_MAX:?} for {condition}: {last:?}, {:#?}", self.errors);
    }

    /// Clicks the middle of the element with this role and accessible name.
    pub fn click(&mut self, role: &str, name: &str) {
        let locator = json!({ "type": "accessibility", "value": { "role": role, "name": name } });
        let mut nodes = Value::Null;
        let found = wait_until(|| {
            let locate = json!({ "locator": locator });
            nodes = self.command_to_tab("browsingContext.locateNodes", locate)["nodes"].take();
            nodes.as_array().is_some_and(|nodes| nodes.len() == 1)
        });
        assert!(found, "waited {WAIT_MAX:?} for one {role} {name:?}: {nodes}");
        let marked = self.command(
            "script.callFunction",
            json!({
                "functionDeclaration": "element => { window.located = element }",
                "arguments": [{ "sharedId": nodes[0]["sharedId"] }],
                "target": { "context": self.tab },
                "awaitPromise": false,
            }),
        );
        assert_eq!(marked["type"], "success", "{role} {name:?}: {marked}");
        self.click_element("window.located");
    }

    /// Clicks the middle of the element that the JavaScript expression names.
    pub fn click_element(&mut self, element: &str) {
        self.wait_for(element);
        let (x, y) = self.middle(element);
        self.perform(json!([{
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" },
            "actions": [
                { "type": "pointerMove", "x": x, "y": y },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ],
        }]));
    }

    /// The middle of an element, in CSS pixels of the view.
    fn middle(&mut self, element: &str) -> (i64, i64) {
        let middle = self.eval(&format!(
            "(e => {{ e.scrollIntoView({{ block: 'nearest' }});
                      const box = e.getBoundingClientRect();
                      return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round);
             }})({element})"
        ));
        (middle[0].as_i64().expect("a place"), middle[1].as_i64().expect("a place"))
    }

    /// Presses keys one after the other: characters, or the keys of WebDriver.
    pub fn press(&mut self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })))
            .collect();
        self.perform(json!([{ "type": "key", "id": "keyboard", "actions": strokes }]));
    }

    /// Puts a finger down at one point, moves it to another, and lifts it there.
    pub fn swipe(&mut self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 12;
        let mut actions = vec![
            json!({ "type": "pointerMove", "x": from.0.round(), "y": from.1.round() }),
            json!({ "type": "pointerDown", "button": 0 }),
        ];
        for step in 1..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let at = |from: f64, to: f64| (from + (to - from) * share).round();
            let (x, y) = (at(from.0, to.0), at(from.1, to.1));
            actions.push(json!({ "type": "pointerMove", "x": x, "y": y, "duration": 16 }));
        }
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.perform(json!([{
            "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" },
            "actions": actions,
        }]));
    }

    /// Fails if the page reported an error.
    pub fn assert_no_errors(&self) {
        assert!(self.errors.is_empty(), "the page reported: {:#?}", self.errors);
    }

    fn perform(&mut self, sources: Value) {
        self.command_to_tab("input.performActions", json!({ "actions": sources }));
    }

    fn command_to_tab(&mut self, method: &str, mut params: Value) -> Value {
        params["context"] = Value::from(self.tab.as_str());
        self.command(method, params)
    }

    /// Sends a command, and waits for its result.
    fn command(&mut self, method: &str, params: Value) -> Value {
        self.commands += 1;
        let command = json!({ "id": self.commands, "method": method, "params": params });
        let sent = self.socket.send(Message::text(command.to_string()));
        sent.unwrap_or_else(|error| panic!("{method}: {error}"));
        loop {
            let message = self.socket.read().unwrap_or_else(|error| panic!("{method}: {error}"));
            let Message::Text(text) = message else { continue };
            let mut message: Value = serde_json::from_str(&text).expect("JSON of WebDriver BiDi");
            if message["method"] == "log.entryAdded" && message["params"]["level"] == "error" {
                self.errors.push(message["params"]["text"].to_string());
            }
            if message["id"] == self.commands {
                assert_eq!(message["type"], "success", "{method}: {message}");
                return message["result"].take();
            }
        }
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // It may have ended already, and a temporary folder may stay behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

fn fresh_profile() -> PathBuf {
    let thread = format!("{:?}", thread::current().id()).replace(['(', ')'], "");
    let profile = env::temp_dir().join(format!("raftarium-firefox-{}-{thread}", process::id()));
    fs::create_dir_all(&profile).expect("a folder for the profile");
    fs::write(profile.join("user.js"), PREFERENCES).expect("the profile's preferences");
    profile
}

fn launch(program: &Path, profile: &Path) -> Child {
    let mut firefox = Command::new(program);
    firefox.args(["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]);
    firefox.arg(profile).arg("about:blank").stdout(Stdio::null()).stderr(Stdio::piped());
    firefox.spawn().unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()))
}

/// Where Firefox listens. What it writes afterwards is read too, or the pipe would fill.
fn address(process: &mut Child) -> String {
    let stderr = process.stderr.take().expect("its stderr is piped");
    let mut lines = BufReader::new(stderr).lines();
    let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, address) = line.split_once(LISTENING)?;
        Some(format!("{}/session", address.trim()))
    });
    thread::spawn(move || lines.for_each(drop));
    address.expect("Firefox ended without an address for WebDriver BiDi")
}

fn connect(address: &str) -> WebSocket<MaybeTlsStream<TcpStream>> {
    let (socket, _) = tungstenite::connect(address).expect("Firefox accepts the connection");
    if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
        let limit = Some(WAIT_MAX + Duration::from_secs(60));
        stream.set_read_timeout(limit).expect("a limit for each answer");
    }
    socket
}
