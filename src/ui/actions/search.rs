//! Finds actions by a few letters.

use super::PageAction;

/// How well a word of the query fits a text; larger is better.
const AT_WORD_START: u32 = 8;
const INSIDE: u32 = 4;
const SCATTERED: u32 = 2;
const IN_MEANING: u32 = 1;

/// The actions that every word of the query fits, the best first, in their order among equals.
pub fn best_matches<'a>(actions: &'a [PageAction], query: &str) -> Vec<&'a PageAction> {
    let query = query.to_ascii_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let scored = actions.iter().filter_map(|action| Some((score(action, &words)?, action)));
    let mut scored: Vec<(u32, &PageAction)> = scored.collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, action)| action).collect()
}

fn score(action: &PageAction, words: &[&str]) -> Option<u32> {
    let name = action.name.to_ascii_lowercase();
    let about = format!("{} {}", action.section.title(), action.means).to_ascii_lowercase();
    words.iter().try_fold(0, |sum, word| Some(sum + fit(&name, &about, word)?))
}

fn fit(name: &str, about: &str, word: &str) -> Option<u32> {
    let starts = |text: &str| words_of(text).any(|found| found.starts_with(word));
    if starts(name) {
        Some(AT_WORD_START)
    } else if name.contains(word) {
        Some(INSIDE)
    } else if starts(about) {
        Some(IN_MEANING)
    } else {
        words_of(name).any(|found| is_scattered_in(word, found)).then_some(SCATTERED)
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the letters stand in the text in that order, the first one at its start.
fn is_scattered_in(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().next() == text.chars().next()
        && letters.chars().all(|letter| rest.any(|found| found == letter))
}

#[cfg(test)]
mod tests {
    use super::super::{ActionSection, PageCommand};
    use super::*;

    fn found(query: &str) -> Vec<String> {
        let action = |name: &str, means: &str| {
            PageAction::new(ActionSection::Time, name, PageCommand::Skip).meaning(means)
        };
        let actions = [
            action("Restart S1", ""),
            action("Crash S1", "a server goes down"),
            action("Crash S2", "a server goes down"),
            action("Open Settings", "rules, themes"),
        ];
        best_matches(&actions, query).iter().map(|action| action.name.clone()).collect()
    }

    #[test]
    fn words_may_stand_in_any_order_and_lack_letters() {
        assert_eq!(found("s1 crash"), ["Crash S1"]);
        assert_eq!(found("csh"), ["Crash S1", "Crash S2"]);
        assert_eq!(found("stng"), ["Open Settings"]);
        assert_eq!(found("zebra"), Vec::<String>::new());
    }

    #[test]
    fn a_name_counts_more_than_a_meaning() {
        assert_eq!(found("down"), ["Crash S1", "Crash S2"]);
        assert_eq!(found("s"), ["Restart S1", "Crash S1", "Crash S2", "Open Settings"]);
        assert_eq!(found("themes"), ["Open Settings"]);
    }

    #[test]
    fn without_a_query_everything_is_listed_in_order() {
        assert_eq!(found("  ").len(), 4);
        assert_eq!(found("")[0], "Restart S1");
    }
}
