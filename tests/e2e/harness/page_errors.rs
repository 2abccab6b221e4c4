//! Collects a page's errors: on the console, uncaught, failed loads, breaches of its security
//! policy.

use headless_chrome::Tab;
use headless_chrome::protocol::cdp::{Log, Runtime, types::Event};
use std::sync::{Arc, Mutex, PoisonError};

/// The errors of one tab, as text, in order.
#[derive(Clone, Default)]
pub struct PageErrors(Arc<Mutex<Vec<String>>>);

impl PageErrors {
    /// Listens to the tab from now on.
    pub fn watch(tab: &Tab) -> Self {
        let errors = Self::default();
        let collected = errors.clone();
        let listen = move |event: &Event| {
            if let Some(error) = error_of(event) {
                collected.0.lock().unwrap_or_else(PoisonError::into_inner).push(error);
            }
        };
        tab.add_event_listener(Arc::new(listen)).expect("listening to the tab");
        tab.enable_runtime().expect("the console's messages");
        tab.enable_log().expect("the browser's log");
        errors
    }

    /// All errors so far.
    pub fn list(&self) -> Vec<String> {
        let list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.clone()
    }
}

fn error_of(event: &Event) -> Option<String> {
    match event {
        Event::RuntimeConsoleAPICalled(called) => console_error(&called.params),
        Event::RuntimeExceptionThrown(thrown) => {
            let details = &thrown.params.exception_details;
            let exception = details.exception.as_ref();
            let text = exception.and_then(|exception| exception.description.clone());
            Some(format!("uncaught: {}", text.unwrap_or(details.text.clone())))
        }
        Event::LogEntryAdded(added) => {
            let entry = &added.params.entry;
            let error = matches!(entry.level, Log::LogEntryLevel::Error);
            let url = entry.url.as_deref().unwrap_or_default();
            error.then(|| format!("browser: {} {url}", entry.text))
        }
        _ => None,
    }
}

fn console_error(called: &Runtime::events::ConsoleAPICalledEventParams) -> Option<String> {
    use Runtime::ConsoleAPICalledEventTypeOption::{Assert, Error};
    if !matches!(&called.Type, Error | Assert) {
        return None;
    }
    let words = called.args.iter().map(|arg| match (&arg.value, &arg.description) {
        (Some(value), _) => value.to_string(),
        (None, Some(description)) => description.clone(),
        (None, None) => "?".into(),
    });
    Some(format!("console: {}", words.collect::<Vec<_>>().join(" ")))
}
