//! Suggests the known word that is most similar to a misspelt one.

/// Longer words get no suggestion: the cost grows with the length.
const LENGTH_MAX: usize = 32;

/// The most similar known word, if any is similar enough.
pub(in crate::script) fn nearest<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(LENGTH_MAX + 1).collect();
    if letters.is_empty() || letters.len() > LENGTH_MAX {
        return None;
    }
    let mut best: Option<(usize, usize, &str)> = None;
    for candidate in known {
        if candidate.eq_ignore_ascii_case(word) {
            return Some(candidate);
        }
        let distance = distance(&letters, candidate);
        // Of equally distant words, prefer the one with the longer common prefix.
        let common = common_prefix(word, candidate);
        let is_similar = distance <= tolerance(letters.len()) && distance < candidate.len();
        if is_similar
            && best.is_none_or(|(least, most, _)| {
                distance < least || distance == least && common > most
            })
        {
            best = Some((distance, common, candidate));
        }
    }
    best.map(|(.., candidate)| candidate)
}

/// The length of the common prefix.
fn common_prefix(word: &str, candidate: &str) -> usize {
    word.bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count()
}

/// The largest distance for a word of this length.
fn tolerance(length: usize) -> usize {
    match length {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

/// The Damerau-Levenshtein distance, in its restricted form: no letter is edited twice.
fn distance(word: &[char], candidate: &str) -> usize {
    let other: Vec<char> = candidate.chars().collect();
    let width = other.len() + 1;
    let mut rows = vec![0; (word.len() + 1) * width];
    rows.iter_mut().take(width).enumerate().for_each(|(j, cell)| *cell = j);
    for i in 1..=word.len() {
        rows[i * width] = i;
        for j in 1..width {
            let changed = usize::from(word[i - 1] != other[j - 1]);
            let mut least = (rows[(i - 1) * width + j] + 1)
                .min(rows[i * width + j - 1] + 1)
                .min(rows[(i - 1) * width + j - 1] + changed);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                least = least.min(rows[(i - 2) * width + j - 2] + 1);
            }
            rows[i * width + j] = least;
        }
    }
    rows[rows.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_its_word_and_an_unknown_word_finds_none() {
        let known = ["crash", "restart", "pause", "run", "set", "partition", "to"];
        assert_eq!(nearest("crsh", known), Some("crash"));
        assert_eq!(nearest("rnu", known), Some("run"));
        assert_eq!(nearest("Crash", known), Some("crash"));
        assert_eq!(nearest("partiton", known), Some("partition"));
        assert_eq!(nearest("ot", known), Some("to"));
        assert_eq!(nearest("of", ["on", "off"]), Some("off"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest("s1", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
