//! Share links: every script survives the round trip, and damaged links are rejected.

use std::fs;
use std::path::Path;
use std::time::Instant;

use raftarium::script::{LINK_TEXT_MAX, ShareLink};

use crate::dice::Dice;
use crate::statements::{random_script, short_script};

fn fragment(text: &str, time_us: u64) -> String {
    ShareLink { text: text.to_owned(), time_us }.fragment().expect("short enough")
}

fn round_trip(text: &str, time_us: u64) -> usize {
    let fragment = fragment(text, time_us);
    assert!(
        fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
        "{fragment}"
    );
    let link = ShareLink::read(&fragment).unwrap_or_else(|error| panic!("{error} in {fragment}"));
    assert_eq!(link, ShareLink { text: text.to_owned(), time_us });
    fragment.len()
}

/// Every script of the repository, with its name.
pub fn scripts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders =
        vec![root.join("tests/spec/scripts"), root.join("scenarios"), root.join("lessons")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.ends_with("lessons/solutions") {
                // The ends of lessons, no scripts of their own.
            } else if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "raft") {
                found.push((path.display().to_string(), fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

#[test]
fn every_script_of_the_repository_goes_through_a_link() {
    let scripts = scripts();
    assert!(scripts.len() > 300, "only {} scripts were found", scripts.len());
    let (mut letters, mut bytes) = (0, 0);
    for (place, (_, text)) in scripts.iter().enumerate() {
        letters += round_trip(text, place as u64 * 1_234_567);
        bytes += text.len();
    }
    println!("{bytes} bytes are {letters} letters");
    assert!(letters * 2 < bytes, "{bytes} bytes are {letters} letters");
}

#[test]
fn random_scripts_go_through_links() {
    let halves: Vec<_> = [0..5_000, 5_000..10_000]
        .into_iter()
        .map(|seeds| {
            std::thread::spawn(move || {
                for seed in seeds {
                    let mut dice = Dice::new(seed);
                    let script = match seed % 8 {
                        0 => random_script(&mut dice),
                        _ => short_script(&mut dice),
                    };
                    round_trip(&script.to_string(), seed << 20);
                }
            })
        })
        .collect();
    halves.into_iter().for_each(|half| half.join().expect("no thread panics"));
}

#[test]
fn unusual_texts_and_times_go_through_links() {
    for text in ["", "x", "\n", "\u{0}", "Ünïcödé → ☃ 🦀", "crash s1"] {
        for time_us in [0, 127, 128, 1_234_567, 100_000_000_000_000] {
            round_trip(text, time_us);
        }
    }
    round_trip(&"a".repeat(LINK_TEXT_MAX), 1);
    let long = ShareLink { text: "a".repeat(LINK_TEXT_MAX + 1), time_us: 0 };
    assert!(long.fragment().expect_err("too long").contains("at most 200000 bytes"));
}

#[test]
fn fifty_actions_fit_into_a_thousand_letters() {
    let mut dice = Dice::new(1);
    let mut text = "servers 5\nlatency 15ms..25ms\nby-hand\n".to_owned();
    let mut time_us = 0;
    for number in 0..50 {
        time_us += dice.below(3_000_000);
        let (a, b) = (1 + dice.below(5), 1 + dice.below(5));
        let action = match number % 6 {
            0 => format!("crash s{a}"),
            1 => format!("restart s{a}"),
            2 => format!("set key{b} value{}", dice.below(1_000)),
            3 => format!("cut s{a} <-> s{b}"),
            4 => format!("pause s{a} for {}ms", dice.below(5_000)),
            _ => format!("partition s{a},s{b} | others"),
        };
        text.push_str(&format!(
            "at {}.{:06}s {action}\n",
            time_us / 1_000_000,
            time_us % 1_000_000
        ));
    }
    let letters = round_trip(&text, time_us);
    println!("{} bytes are {letters} letters", text.len());
    assert!(letters < 1_000, "{} bytes are {letters} letters", text.len());
}

/// These must never change: links that people have shared stay readable.
#[test]
fn old_links_are_still_read() {
    for (fragment, text, time_us) in GOLDEN {
        let link = ShareLink::read(fragment).expect("an old link");
        assert_eq!((link.text.as_str(), link.time_us), (text, time_us));
        assert_eq!(link.fragment().as_deref(), Ok(fragment));
    }
}

const GOLDEN: [(&str, &str, u64); 3] = [
    ("1_fewAAAA", "", 0),
    ("1zjcA4MZbMQDlde9N2htqNg", "wait leader\nrun 1s\nby-hand\nat 1.234567s crash s1\n", 1_500_000),
    (
        "1wcGpKir_65amp1sS8sj_K2cT2FG3abPH6t73SDQIFrfPPZtEdGstpY9Zjw",
        "# Größe → ☃\nsay \"Nobody leads yet.\"\n",
        42,
    ),
];

#[test]
fn other_input_is_rejected_with_a_reason() {
    let whole = fragment("wait leader\n", 7);
    for link in [whole.clone(), format!("#{whole}"), format!("https://x.org/a/?embed=1#{whole}")] {
        assert_eq!(ShareLink::read(&link).map(|link| link.time_us), Ok(7), "{link}");
    }
    for (link, said) in [
        ("", "empty"),
        ("#", "empty"),
        ("2abc", "version 2"),
        ("#9", "version 9"),
        ("hello", "not a link"),
        ("1", "damaged"),
        ("1????", "damaged"),
        ("1ÄÖÜ", "damaged"),
        (&whole[..whole.len() - 1], "damaged"),
        (&format!("{whole}A"), "damaged"),
    ] {
        let error = ShareLink::read(link).expect_err(link);
        assert!(error.contains(said), "{link}: {error}");
    }
    let error = ShareLink::read(&("1".to_owned() + &"A".repeat(1_000_000))).expect_err("too long");
    assert!(error.contains("too long"), "{error}");
}

#[test]
fn damaged_links_are_rejected_quickly() {
    let began = Instant::now();
    let whole: Vec<char> =
        fragment(&random_script(&mut Dice::new(3)).to_string(), 12).chars().collect();
    let letters: Vec<char> = "ABCxyz019-_1#é \0".chars().collect();
    let mut dice = Dice::new(4);
    let mut accepted = 0;
    for _ in 0..100_000 {
        let mut link = whole.clone();
        for _ in 0..=dice.below(3) {
            let (a, b) = (dice.below(link.len() as u64), dice.below(link.len() as u64));
            let (from, to) = (a.min(b) as usize, a.max(b) as usize);
            match dice.below(4) {
                0 => link[from] = letters[dice.below(letters.len() as u64) as usize],
                1 => link.insert(from, letters[dice.below(letters.len() as u64) as usize]),
                2 => drop(link.drain(from..to)),
                _ => link.swap(from, to),
            }
        }
        let link: String = link.into_iter().collect();
        accepted += u32::from(ShareLink::read(&link).is_ok());
    }
    // Some changes have no effect: text before a `#` is not part of the link.
    assert!(accepted < 20_000, "{accepted} of them were accepted");
    assert!(began.elapsed().as_secs() < 20, "it took {:?}", began.elapsed());
}
