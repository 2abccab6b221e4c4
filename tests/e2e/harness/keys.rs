//! Keys as the browser's protocol names them.

use serde_json::{Value, json};

/// Keys without a character: their names, numbers, and what they type.
const NAMED: [(&str, u32, Option<&str>); 15] = [
    ("Backspace", 8, None),
    ("Tab", 9, None),
    ("Enter", 13, Some("\r")),
    ("Escape", 27, None),
    ("PageUp", 33, None),
    ("PageDown", 34, None),
    ("End", 35, None),
    ("Home", 36, None),
    ("ArrowLeft", 37, None),
    ("ArrowUp", 38, None),
    ("ArrowRight", 39, None),
    ("ArrowDown", 40, None),
    ("Delete", 46, None),
    ("F1", 112, None),
    ("F6", 117, None),
];

/// The parameters of `Input.dispatchKeyEvent` for pressing a key: one of those above, or a
/// character.
pub fn key(name: &str) -> Value {
    if let Some((_, number, text)) = NAMED.iter().find(|(known, ..)| *known == name) {
        let mut key = json!({ "key": name, "code": name, "windowsVirtualKeyCode": number });
        if let Some(text) = text {
            key["text"] = (*text).into();
        }
        return key;
    }
    let mut letters = name.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        panic!("no key is called {name:?}");
    };
    let upper = letter.to_ascii_uppercase();
    let code = match letter {
        ' ' => "Space".to_owned(),
        'a'..='z' | 'A'..='Z' => format!("Key{upper}"),
        '0'..='9' => format!("Digit{letter}"),
        _ => String::new(),
    };
    // Letters, digits and the space have the numbers of their characters.
    let number = if code.is_empty() { 0 } else { u32::from(upper) };
    json!({ "key": name, "code": code, "windowsVirtualKeyCode": number, "text": name })
}
