//! The script of an answer, in whatever form a student hands it in.

use std::fs;
use std::path::Path;

use crate::script::{Script, ShareLink, Statement, parse};
use crate::sim::Duration;

use super::terminal::read;

/// Fewer letters after a `#` are no link, but a comment such as `#1`.
const LINK_LEN_MIN: usize = 9;

/// The script of an answer: a file with a script or with a link in a text, or a link itself.
pub(super) fn read_answer(name: &str) -> Result<String, String> {
    let path = Path::new(name);
    if name != "-" && fs::metadata(path).is_err() {
        let not_link = |error| format!("is neither a file nor a link: {error}");
        return ShareLink::read(name).map(|link| text_to_moment(&link)).map_err(not_link);
    }
    let text = read(path).map_err(|error| format!("cannot be read: {error}"))?;
    // A fragment alone is a comment to the language.
    if parse(&text).is_ok_and(|script| script.statements().next().is_some()) {
        return Ok(text);
    }
    match links(&text)[..] {
        [] => Ok(text),
        [link] => ShareLink::read(link).map(|link| text_to_moment(&link)),
        [..] => Err("holds several links: leave only the one to the answer".to_owned()),
    }
}

/// The links in a text or in HTML, each once, without the parameters of the page.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || "\"'<>()".contains(letter)) {
        let Some((_, fragment)) = word.rsplit_once('#') else { continue };
        let link = fragment.split('&').next().unwrap_or_default().trim_end_matches(['.', ',', ';']);
        let is_link =
            link.len() >= LINK_LEN_MIN && link.starts_with(|it: char| it.is_ascii_digit());
        if is_link && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The script of a link, up to the time at which the link opens.
fn text_to_moment(link: &ShareLink) -> String {
    let is_recorded =
        |script: Script| script.statements().any(|(_, statement)| *statement == Statement::ByHand);
    let by_hand = if parse(&link.text).is_ok_and(is_recorded) { "" } else { "by-hand\n" };
    let line_break = if link.text.ends_with('\n') { "" } else { "\n" };
    format!("{}{line_break}{by_hand}at {} stop\n", link.text, Duration(link.time_us))
}
