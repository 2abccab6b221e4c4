//! Texts without what is there for a reader: comments and indentation.

/// A module of JavaScript. Comments that share their line with something stay, and so does a text
/// that goes over several lines.
pub fn script(source: &str) -> String {
    let mut kept = String::new();
    let mut in_comment = false;
    let mut in_text = false;
    for line in source.lines() {
        let bare = line.trim();
        if !in_text {
            if in_comment || bare.starts_with("/*") {
                in_comment = !bare.ends_with("*/");
                continue;
            }
            if bare.is_empty() || bare.starts_with("//") {
                continue;
            }
        }
        kept.push_str(if in_text { line } else { line.trim_start() });
        kept.push('\n');
        in_text ^= line.matches('`').count() % 2 == 1;
    }
    kept
}

/// A stylesheet. A comment in the midst of a text in quotes stays.
pub fn style(source: &str) -> String {
    let mut bare = String::new();
    let mut rest = source;
    let mut quote = None;
    while let Some(letter) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match quote {
            Some(open) if open == letter => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        bare.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).fold(
        String::new(),
        |mut lines, line| {
            lines.push_str(line);
            lines.push('\n');
            lines
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_comments_and_indentation_only() {
        let source = "/**\n * @x\n */\nlet a = 1; // one\n\n  // two\n  let b = `\n    // c\n`;\n";
        assert_eq!(script(source), "let a = 1; // one\nlet b = `\n    // c\n`;\n");
    }

    #[test]
    fn a_style_loses_comments_outside_of_quotes() {
        let source = "/* a */\np {\n  content: \"/* b */\"; /* c */\n}\n";
        assert_eq!(style(source), "p {\ncontent: \"/* b */\";\n}\n");
    }
}
