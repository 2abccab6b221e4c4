//! `imsmanifest.xml`: what a SCORM 1.2 package consists of.

/// The most letters of a title that the schema of manifests allows.
const TITLE_LEN_MAX: usize = 200;

/// A part of the package with a score of its own.
pub(super) struct Sco {
    pub title: String,
    /// The page that starts it, relative to the manifest.
    pub file: String,
}

/// The manifest of a package: one item for each page, all of which need the shared files.
pub(super) fn manifest(identifier: &str, title: &str, parts: &[Sco], shared: &[String]) -> String {
    let title = escaped(&short_line(title));
    let items: String = (1..).zip(parts).map(|(number, part)| item(number, part)).collect();
    let resources: String = (1..).zip(parts).map(|(number, part)| resource(number, part)).collect();
    let files: String = shared.iter().map(|path| file(path)).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{identifier}" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
      http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{title}</title>
{items}    </organization>
  </organizations>
  <resources>
{resources}    <resource identifier="shared" type="webcontent" adlcp:scormtype="asset">
{files}    </resource>
  </resources>
</manifest>
"#
    )
}

fn item(number: usize, part: &Sco) -> String {
    let title = escaped(&short_line(&part.title));
    format!(
        r#"      <item identifier="item-{number}" identifierref="exercise-{number}">
        <title>{title}</title>
      </item>
"#
    )
}

fn resource(number: usize, part: &Sco) -> String {
    let (href, file) = (address(&part.file), file(&part.file));
    format!(
        r#"    <resource identifier="exercise-{number}" type="webcontent" adlcp:scormtype="sco"
        href="{href}">
{file}      <dependency identifierref="shared"/>
    </resource>
"#
    )
}

fn file(path: &str) -> String {
    format!("      <file href=\"{}\"/>\n", address(path))
}

/// A path as an address: everything but letters, digits and `-_.~/` is escaped.
fn address(path: &str) -> String {
    let letter = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(letter).collect()
}

/// The text on one line that is not too long for a title.
fn short_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TITLE_LEN_MAX) {
        None => line,
        Some(_) => line.chars().take(TITLE_LEN_MAX - 1).chain(['…']).collect(),
    }
}

/// A text in XML or HTML. Letters that XML forbids are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {}
            letter => out.push(letter),
        }
    }
    out
}
