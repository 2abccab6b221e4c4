//! Finds the tags of `index.html` that name parts to build.

use anyhow::{Result, bail};

/// A tag with its attributes, in the order of the page.
#[derive(Debug, PartialEq)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

/// A tag marked `data-trunk`, and the bytes it takes in the text, its end tag
/// included.
#[derive(Debug)]
pub struct Found {
    pub tag: Tag,
    pub start: usize,
    pub end: usize,
}

impl Tag {
    /// The value of an attribute; empty where it has none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The attributes that go into the finished page, in trunk's order: sorted by
    /// name, without trunk's own and without those in `but`. Each has a space in
    /// front.
    pub fn kept(&self, but: &[&str], integrity: &str) -> String {
        let mut kept: Vec<_> = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| !name.starts_with("data-trunk") && !but.contains(name))
            .chain([("integrity", integrity)])
            .collect();
        kept.sort();
        let written = kept.into_iter().map(|(name, value)| match value {
            "" => format!(" {name}"),
            value => format!(" {name}=\"{value}\""),
        });
        written.collect()
    }
}

/// The first tag in `text` that is marked `data-trunk`, comments left out.
pub fn next_annotated(text: &str) -> Result<Option<Found>> {
    let mut from = 0;
    while let Some(open) = text[from..].find('<').map(|at| from + at) {
        if text[open..].starts_with("<!--") {
            let Some(close) = text[open..].find("-->") else {
                bail!("index.html has a comment without an end");
            };
            from = open + close + 3;
            continue;
        }
        let (tag, after) = read_tag(text, open)?;
        from = after;
        if tag.get("data-trunk").is_some() && matches!(&*tag.name, "link" | "script") {
            let end = end_of(text, &tag, after)?;
            return Ok(Some(Found { tag, start: open, end }));
        }
    }
    Ok(None)
}

/// Where the element ends: a script has an end tag, a link has none.
fn end_of(text: &str, tag: &Tag, after: usize) -> Result<usize> {
    const END: &str = "</script>";
    if tag.name == "link" {
        return Ok(after);
    }
    match text[after..].find(END) {
        Some(at) => Ok(after + at + END.len()),
        None => bail!("index.html has a script without an end tag"),
    }
}

/// Reads the tag that opens at `open`; returns it and the place after its `>`.
fn read_tag(text: &str, open: usize) -> Result<(Tag, usize)> {
    let mut reader = Reader { text, at: open + 1 };
    let name = reader.word(|c| !c.is_whitespace() && c != '>' && c != '/');
    let mut attributes = Vec::new();
    loop {
        reader.word(|c| c.is_whitespace() || c == '/');
        match reader.peek() {
            None => bail!("index.html has a tag <{name} without an end"),
            Some('>') => {
                let name = name.to_ascii_lowercase();
                return Ok((Tag { name, attributes }, reader.at + 1));
            }
            Some(_) => attributes.push(read_attribute(&mut reader, name)?),
        }
    }
}

fn read_attribute(reader: &mut Reader, tag: &str) -> Result<(String, String)> {
    let name = reader.word(|c| !c.is_whitespace() && !matches!(c, '=' | '>' | '/')).to_owned();
    reader.word(char::is_whitespace);
    if reader.peek() != Some('=') {
        return Ok((name, String::new()));
    }
    reader.at += 1;
    reader.word(char::is_whitespace);
    let value = match reader.peek() {
        Some(quote @ ('"' | '\'')) => {
            reader.at += 1;
            let value = reader.word(|c| c != quote);
            if reader.peek().is_none() {
                bail!("index.html: the value of {name} in <{tag} has no closing quote");
            }
            reader.at += 1;
            value
        }
        _ => reader.word(|c| !c.is_whitespace() && c != '>'),
    };
    Ok((name, value.to_owned()))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Takes characters while `belongs` holds.
    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let len = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_past_comments_and_plain_tags() {
        let text = "<!-- <link data-trunk> --><p a='>'>x</p><link data-trunk rel=css\n/>rest";
        let found = next_annotated(text).unwrap().unwrap();
        assert_eq!(found.tag.get("rel"), Some("css"));
        assert_eq!(&text[found.end..], "rest");
    }

    #[test]
    fn a_script_is_taken_with_its_end_tag() {
        let text = "<script data-trunk type=\"module\" src=\"a.js\"></script>!";
        let found = next_annotated(text).unwrap().unwrap();
        assert_eq!(&text[found.end..], "!");
        let kept = found.tag.kept(&["src"], "sha384-x");
        assert_eq!(kept, " integrity=\"sha384-x\" type=\"module\"");
    }

    #[test]
    fn a_page_without_parts_has_none() {
        assert!(next_annotated("<p>x</p> 1 < 2 >").unwrap().is_none());
    }

    #[test]
    fn an_open_quote_is_an_error_that_names_the_attribute() {
        let error = next_annotated("<link data-trunk href=\"a>").unwrap_err();
        assert!(error.to_string().contains("the value of href"));
    }
}
