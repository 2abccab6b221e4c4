//! Whether a text is well-formed XML, as far as our pictures use it.

use regex::Regex;

/// An element that begins.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// The elements in the order in which they begin.
///
/// # Panics
/// If the text is not well-formed.
pub fn elements(text: &str) -> Vec<Element> {
    let content = Regex::new(r"^(?:[^<>&]|&(?:amp|lt|gt|quot);)*$").expect("a pattern");
    let attribute = Regex::new(r#"^\s+([a-zA-Z-]+)="([^"<>]*)""#).expect("a pattern");
    let (mut open, mut found) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        assert!(content.is_match(before), "bare text: {before}");
        assert!(!open.is_empty() || before.trim().is_empty(), "text outside: {before}");
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()), "a wrong end");
            continue;
        }
        let (tag, ends) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name_len = tag.find(char::is_whitespace).unwrap_or(tag.len());
        let (name, mut list) = tag.split_at(name_len);
        let mut attributes: Vec<(String, String)> = Vec::new();
        while let Some(pair) = attribute.captures(list) {
            assert!(attributes.iter().all(|(known, _)| *known != pair[1]), "twice: {tag}");
            assert!(content.is_match(&pair[2]), "{tag}");
            attributes.push((pair[1].to_owned(), pair[2].to_owned()));
            list = &list[pair[0].len()..];
        }
        assert_eq!(list.trim(), "", "no attribute in <{tag}>");
        if !ends {
            open.push(name.to_owned());
        }
        found.push(Element { name: name.to_owned(), attributes });
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "not closed: {open:?}");
    found
}
