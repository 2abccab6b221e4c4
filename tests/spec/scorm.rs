//! Packages for learning platforms: what they hold, and their manifest against the schema of IMS
//! content packaging 1.1.2 with the elements of SCORM 1.2.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};

use serde_json::Value;

use crate::command_line::{Folder, err, out};
use crate::grading::CHALLENGE;

const OTHER: &str = "title \"Cut & < \\\"quoted\\\" > </script>\"\r\nservers 3\r\n\
    goal not alive s1 \"S1 has crashed.\"\r\n";

/// A folder with two challenges and something that looks like a built page.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("one.raft", CHALLENGE);
    folder.write("two.raft", OTHER);
    let icons = folder.0.join("dist/icons");
    fs::create_dir_all(&icons).expect("a folder");
    for (file, text) in [
        ("index.html", "<!doctype html><title>page</title>"),
        ("page_bg.wasm", "\0asm"),
        ("icons/an icon & more.svg", "<svg/>"),
    ] {
        fs::write(folder.0.join("dist").join(file), text).expect("a file");
    }
    folder
}

/// The files of a package, by name.
fn pack(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = folder.run(&[&["pack"], arguments, &["--scorm", "-o", "out.zip"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let bytes = fs::read(folder.0.join("out.zip")).expect("a package");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let first = zip.by_index(0).expect("an entry");
    assert_eq!(first.name().expect("a name"), "imsmanifest.xml");
    drop(first);
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its checksum is right");
        let name = file.name().expect("a name").into_owned();
        assert!(files.insert(name.clone(), content).is_none(), "{name}");
    }
    files
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

/// What the page of an exercise gives to its script.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("type=\"application/json\">").expect("the data");
    let (data, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(data).expect("JSON")
}

#[test]
fn a_package_holds_the_page_and_a_part_for_each_challenge() {
    let folder = folder("scorm-whole");
    let files = pack(&folder, &["one.raft", "two.raft", "--page", "dist"]);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "exercise-1.html",
        "exercise-2.html",
        "exercise.css",
        "exercise.js",
        "imsmanifest.xml",
        "raftarium/icons/an icon & more.svg",
        "raftarium/index.html",
        "raftarium/page_bg.wasm",
    ];
    assert_eq!(names, expected);
    let one = data(&text(&files, "exercise-1.html"));
    assert_eq!(one["script"], CHALLENGE);
    assert_eq!((&one["page"], &one["goals"]), (&"raftarium/index.html".into(), &2.into()));
    let two = text(&files, "exercise-2.html");
    assert_eq!(data(&two)["script"], OTHER.replace("\r\n", "\n"));
    assert!(two.contains("<title>Cut &amp; &lt; &quot;quoted&quot; &gt; &lt;/script&gt;</title>"));
    // The same scripts give the same package.
    let before = fs::read(folder.0.join("out.zip")).expect("a package");
    pack(&folder, &["one.raft", "two.raft", "--page", "dist"]);
    assert_eq!(before, fs::read(folder.0.join("out.zip")).expect("a package"));
}

#[test]
fn a_package_may_name_a_page_that_is_online() {
    let folder = folder("scorm-online");
    let page = "https://example.org/raftarium/";
    let files = pack(&folder, &["one.raft", "--page", page, "--title", "Elections"]);
    assert_eq!(files.len(), 4);
    assert_eq!(data(&text(&files, "exercise-1.html"))["page"], page);
    assert!(text(&files, "imsmanifest.xml").contains("<title>Elections</title>"));
    check_manifest(&files);
}

#[test]
fn what_cannot_be_packed_is_refused_with_a_remedy() {
    let folder = folder("scorm-refused");
    folder.write("no-goal.raft", "servers 3\n");
    folder.write("typo.raft", "servrs 3\n");
    for (arguments, expected) in [
        (&["no-goal.raft", "--scorm", "--page", "dist", "-o", "x.zip"][..], "needs a goal"),
        (&["typo.raft", "--scorm", "--page", "dist", "-o", "x.zip"], "typo.raft:1:1: expected"),
        (&["one.raft", "--scorm", "--page", ".", "-o", "x.zip"], "there is no page in this folder"),
        (&["one.raft", "--scorm", "--page", "dist", "-o", "no/x.zip"], "cannot be written"),
        (
            &["one.raft", "--scorm", "--page", "https://", "-o", "x.zip"],
            "not the address of a page",
        ),
        (
            &["one.raft", "--scorm", "--page", "dist", "-o", "one.raft"],
            "would replace this challenge",
        ),
        (&["one.raft", "--page", "dist", "-o", "x.zip"], "--scorm"),
        (&["one.raft", "--scorm", "-o", "x.zip"], "--page"),
        (&["--scorm", "--page", "dist", "-o", "x.zip"], "FILE"),
    ] {
        let output = folder.run(&[&["pack"], arguments].concat());
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}");
        assert!(err(&output).contains(expected), "{arguments:?}: {}", err(&output));
        assert!(!folder.0.join("x.zip").exists(), "{arguments:?}");
    }
    let kept = fs::read_to_string(folder.0.join("one.raft")).expect("the challenge");
    assert_eq!(kept, CHALLENGE);
}

#[test]
fn a_challenge_that_is_won_at_once_is_reported() {
    let folder = folder("scorm-won");
    folder.write("easy.raft", "servers 1\ngoal alive s1 \"S1 lives.\"\n");
    let output = folder.run(&["pack", "easy.raft", "--scorm", "--page", "dist", "-o", "easy.zip"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("every goal holds before anybody acts"), "{}", err(&output));
}

/// An element of XML, as far as the manifest uses XML: without text beside elements, comments and
/// sections of characters.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

/// Reads one element. Panics where the text is not well-formed.
fn element(text: &mut &str) -> Element {
    *text = text.trim_start().strip_prefix('<').expect("an element");
    let (tag, rest) = text.split_once('>').expect("the end of the tag");
    *text = rest;
    let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    while !rest.trim().is_empty() {
        let (name, value) = rest.trim_start().split_once("=\"").expect("an attribute");
        let (value, after) = value.split_once('"').expect("the end of its value");
        let before = element.attributes.insert(name.to_owned(), plain(value));
        assert!(before.is_none(), "{name} stands twice in {tag}");
        rest = after;
    }
    if is_empty {
        return element;
    }
    loop {
        if let Some(rest) = text.trim_start().strip_prefix("</") {
            let (end, rest) = rest.split_once('>').expect("the end of the tag");
            assert_eq!(end, element.name);
            *text = rest;
            break;
        }
        if text.trim_start().starts_with('<') {
            element.children.push(self::element(text));
        } else {
            let at = text.find('<').expect("the end of the text");
            element.text = plain(&text[..at]);
            *text = &text[at..];
        }
    }
    assert!(element.text.is_empty() || element.children.is_empty(), "{element:?}");
    element
}

/// The text without escapes.
fn plain(text: &str) -> String {
    assert!(!text.contains('<'), "{text}");
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("the end of an escape");
        out += match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            _ => panic!("&{name};"),
        };
        out += rest;
    }
    out
}

/// The children that the schema allows, in their order, with the least and the most of them.
fn children(name: &str) -> &'static [(&'static str, usize, usize)] {
    const MANY: usize = usize::MAX;
    match name {
        "manifest" => &[
            ("metadata", 0, 1),
            ("organizations", 1, 1),
            ("resources", 1, 1),
            ("manifest", 0, MANY),
        ],
        "metadata" => &[("schema", 0, 1), ("schemaversion", 0, 1)],
        "organizations" => &[("organization", 0, MANY)],
        "organization" | "item" => &[("title", 0, 1), ("item", 0, MANY), ("metadata", 0, 1)],
        "resources" => &[("resource", 0, MANY)],
        "resource" => &[("metadata", 0, 1), ("file", 0, MANY), ("dependency", 0, MANY)],
        "file" => &[("metadata", 0, 1)],
        "dependency" | "schema" | "schemaversion" | "title" => &[],
        _ => panic!("the schema knows no <{name}>"),
    }
}

/// The attributes that the schema allows, which of them must be there, and their longest values.
fn attributes(name: &str) -> &'static [(&'static str, bool, usize)] {
    match name {
        "manifest" => &[
            ("identifier", true, 100),
            ("version", false, 20),
            ("xmlns", true, 100),
            ("xmlns:adlcp", true, 100),
            ("xmlns:xsi", true, 100),
            ("xsi:schemaLocation", true, 400),
        ],
        "organizations" => &[("default", false, 100)],
        "organization" => &[("identifier", true, 100), ("structure", false, 200)],
        "item" => &[
            ("identifier", true, 100),
            ("identifierref", false, 2000),
            ("isvisible", false, 5),
            ("parameters", false, 1000),
        ],
        "resource" => &[
            ("identifier", true, 100),
            ("type", true, 1000),
            // SCORM 1.2 requires it, and allows two values.
            ("adlcp:scormtype", true, 5),
            ("href", false, 2000),
        ],
        "file" => &[("href", true, 2000)],
        "dependency" => &[("identifierref", true, 2000)],
        _ => &[],
    }
}

/// The longest text that the schema allows in an element.
fn text_len_max(name: &str) -> usize {
    match name {
        "schema" => 100,
        "schemaversion" => 20,
        "title" => 200,
        _ => 0,
    }
}

fn check_schema(element: &Element) {
    let mut rest = &element.children[..];
    for (name, least, most) in children(&element.name) {
        let count = rest.iter().take_while(|child| child.name == *name).count();
        assert!((*least..=*most).contains(&count), "{count} <{name}> in <{}>", element.name);
        rest = &rest[count..];
    }
    assert!(rest.is_empty(), "<{}> is out of order in <{}>", rest[0].name, element.name);
    assert!(element.text.chars().count() <= text_len_max(&element.name), "{element:?}");
    let known = attributes(&element.name);
    for (name, value) in &element.attributes {
        let (_, _, most) = known.iter().find(|(known, ..)| known == name).expect(name);
        assert!(value.len() <= *most, "{name} is too long: {value}");
    }
    for (name, is_required, _) in known {
        assert!(!is_required || element.attributes.contains_key(*name), "{name} in {element:?}");
    }
    element.children.iter().for_each(check_schema);
}

fn all<'a>(element: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    if element.name == name {
        found.push(element);
    }
    element.children.iter().for_each(|child| all(child, name, found));
}

/// Whether it is a name that an `xsd:ID` may have.
fn is_id(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(is_letter)
}

/// The path that an address in the manifest names.
fn path(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address;
    while let Some(letter) = rest.chars().next() {
        assert!(letter.is_ascii_alphanumeric() || "-_.~/%".contains(letter), "{address}");
        let (byte, length) = match letter {
            '%' => (u8::from_str_radix(&rest[1..3], 16).expect("two digits"), 3),
            _ => (letter as u8, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Checks the manifest of a package against the schema, and against the package.
fn check_manifest(files: &BTreeMap<String, Vec<u8>>) -> Element {
    let text = text(files, "imsmanifest.xml");
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let mut rest = text.strip_prefix(declaration).expect("a declaration");
    let manifest = element(&mut rest);
    assert_eq!((&*manifest.name, rest.trim()), ("manifest", ""));
    check_schema(&manifest);
    let value = |element: &Element, name: &str| element.attributes.get(name).cloned();
    assert_eq!(
        value(&manifest, "xmlns").as_deref(),
        Some("http://www.imsproject.org/xsd/imscp_rootv1p1p2")
    );
    assert_eq!(
        value(&manifest, "xmlns:adlcp").as_deref(),
        Some("http://www.adlnet.org/xsd/adlcp_rootv1p2")
    );
    let metadata: Vec<&str> = manifest.children[0].children.iter().map(|it| &*it.text).collect();
    assert_eq!(metadata, ["ADL SCORM", "1.2"]);

    let mut ids = BTreeSet::new();
    for name in ["manifest", "organization", "item", "resource"] {
        let mut found = Vec::new();
        all(&manifest, name, &mut found);
        for id in found.into_iter().filter_map(|element| value(element, "identifier")) {
            assert!(is_id(&id) && ids.insert(id.clone()), "{id}");
        }
    }
    for (name, attribute) in
        [("organizations", "default"), ("item", "identifierref"), ("dependency", "identifierref")]
    {
        let mut found = Vec::new();
        all(&manifest, name, &mut found);
        assert!(!found.is_empty(), "{name}");
        for id in found.into_iter().filter_map(|element| value(element, attribute)) {
            assert!(ids.contains(&id), "{name} names {id}, which is missing");
        }
    }
    let mut listed = BTreeSet::from(["imsmanifest.xml".to_owned()]);
    let mut resources = Vec::new();
    all(&manifest, "resource", &mut resources);
    for resource in resources {
        let own = resource.children.iter().filter_map(|child| value(child, "href"));
        let own: BTreeSet<String> = own.map(|address| path(&address)).collect();
        match value(resource, "adlcp:scormtype").as_deref() {
            Some("sco") => assert!(own.contains(&path(&value(resource, "href").expect("a page")))),
            kind => assert_eq!(kind, Some("asset")),
        }
        listed.extend(own);
    }
    assert_eq!(listed, files.keys().cloned().collect());
    manifest
}

#[test]
fn the_manifest_fits_the_schema_and_the_package() {
    let folder = folder("scorm-manifest");
    let files = pack(&folder, &["one.raft", "two.raft", "--page", "dist"]);
    let manifest = check_manifest(&files);
    let mut items = Vec::new();
    all(&manifest, "item", &mut items);
    let titles: Vec<&str> = items.iter().map(|item| &*item.children[0].text).collect();
    assert_eq!(titles, ["Another leader", "Cut & < \"quoted\" > </script>"]);
}

#[test]
fn a_long_title_is_shortened_to_fit_the_schema() {
    let folder = folder("scorm-title");
    let title = format!("Elections\nand {}", "é".repeat(300));
    let page = "https://example.org/raftarium/";
    let manifest = check_manifest(&pack(&folder, &["one.raft", "--page", page, "--title", &title]));
    let mut titles = Vec::new();
    all(&manifest, "title", &mut titles);
    assert_eq!(titles[0].text.chars().count(), 200);
    assert!(titles[0].text.starts_with("Elections and é") && titles[0].text.ends_with("é…"));
}

/// The check of the schema finds what does not fit.
#[test]
#[should_panic = "<title> is out of order in <item>"]
fn a_manifest_out_of_order_does_not_fit() {
    let item = "<item identifier=\"a\"><item identifier=\"b\"/><title>A</title></item>";
    check_schema(&element(&mut &*item));
}
