//! The names by which the program and its JavaScript know each other: long ones, with a hash each.

use std::collections::HashMap;

/// Short names for wasm-bindgen's.
pub struct Names(HashMap<String, String>);

impl Names {
    /// Finds the names in wasm-bindgen's JavaScript.
    pub fn of_glue(glue: &str) -> Names {
        let mut names = HashMap::new();
        for (_, word) in words(glue).filter(|(_, word)| is_of_bindgen(word)) {
            let next = format!("${}", names.len());
            names.entry(word.to_owned()).or_insert(next);
        }
        Names(names)
    }

    /// The short name, or the name itself where it is none of these.
    pub fn short<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The text with all names short.
    pub fn shorten(&self, text: &str) -> String {
        let (mut shortened, mut done) = (String::new(), 0);
        for (at, word) in words(text) {
            shortened.push_str(&text[done..at]);
            shortened.push_str(self.short(word));
            done = at + word.len();
        }
        shortened.push_str(&text[done..]);
        shortened
    }
}

fn is_of_bindgen(word: &str) -> bool {
    word.starts_with("__wb") || word.starts_with("__wasm_bindgen")
}

/// The words of a text and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(inside)?;
        let length = text[start..].find(|letter| !inside(letter));
        at = length.map_or(text.len(), |length| start + length);
        Some((start, &text[start..at]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_become_short_everywhere() {
        let glue = "__wbg_a_12: f, x.__wbg_a_123(), `${__wbg_a_12}`, _wbg_b";
        let names = Names::of_glue(glue);
        assert_eq!(names.shorten(glue), "$0: f, x.$1(), `${$0}`, _wbg_b");
        assert_eq!(names.short("__wbg_a_123"), "$1");
        assert_eq!(names.short("memory"), "memory");
    }
}
