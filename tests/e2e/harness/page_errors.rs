//! What counts as an error of the page: on the console, uncaught, failed loads, breaches of its
//! security policy.

use serde_json::Value;

/// The error that an event of the browser's protocol reports, as text.
pub fn error_of(event: &Value) -> Option<String> {
    let params = &event["params"];
    match event["method"].as_str()? {
        "Runtime.consoleAPICalled" => console_error(params),
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let text = details["exception"]["description"].as_str().or(details["text"].as_str());
            Some(format!("uncaught: {}", text.unwrap_or_default()))
        }
        "Log.entryAdded" if params["entry"]["level"] == "error" => {
            let [text, url] = ["text", "url"].map(|key| params["entry"][key].as_str());
            Some(format!("browser: {} {}", text.unwrap_or_default(), url.unwrap_or_default()))
        }
        _ => None,
    }
}

fn console_error(called: &Value) -> Option<String> {
    if called["type"] != "error" && called["type"] != "assert" {
        return None;
    }
    let words = called["args"].as_array().into_iter().flatten().map(|word| {
        let description = word["description"].as_str().unwrap_or("?");
        word.get("value").map_or_else(|| description.to_owned(), Value::to_string)
    });
    Some(format!("console: {}", words.collect::<Vec<_>>().join(" ")))
}
