//! docs/script.md: every example runs, and every statement has an example.

use raftarium::script::{CONDITIONS, Run, SETS, USAGES, parse, topics};
use raftarium::sim::Recorder;

const MANUAL: &str = include_str!("../../docs/script.md");

struct Example {
    line: usize,
    text: String,
    /// The expected output, from the `text` block after the example.
    message: Option<String>,
}

/// All blocks that begin with "```raft". A block "```text" after one holds its expected output.
fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = MANUAL.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(kind) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let text = block.join("\n") + "\n";
        match kind {
            "raft" => examples.push(Example { line: number + 2, text, message: None }),
            "text" => {
                let example = examples.last_mut().expect("a message follows its example");
                example.message = Some(text.trim_end().to_owned());
            }
            "sh" => {}
            other => {
                panic!("docs/script.md:{}: a block of `{other}` is run by no test", number + 1)
            }
        }
    }
    examples
}

/// The errors that the command line would print for a script of that name.
fn output_of(name: &str, text: &str) -> Vec<String> {
    match parse(text) {
        Err(errors) => errors.iter().map(|error| format!("{name}:{error}")).collect(),
        Ok(script) => {
            let report = Run::new(script, &mut Recorder::off()).finish(&mut Recorder::off());
            let failures = report.failures.iter();
            failures.map(|failure| format!("{name}:{}: {}", failure.line, failure.text)).collect()
        }
    }
}

#[test]
fn every_example_does_what_the_manual_says() {
    let examples = examples();
    assert!(examples.len() >= 18, "only {} examples were found", examples.len());
    let mut wrong = Vec::new();
    for example in examples {
        let output = output_of("example.raft", &example.text).join("\n");
        let expected = example.message.unwrap_or_default();
        if output != expected {
            wrong.push(format!(
                "docs/script.md:{}: {output}\n  but the manual shows: {expected}",
                example.line
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_statement_is_explained_and_has_an_example() {
    let examples: String = examples().into_iter().map(|example| example.text).collect();
    let shown =
        |verb: &str| examples.lines().any(|line| line.split_whitespace().any(|word| word == verb));
    for usage in [USAGES, CONDITIONS, SETS].concat() {
        assert!(shown(usage.verb), "`{}` has no example", usage.verb);
    }
    for topic in topics() {
        assert!(MANUAL.contains(&format!("`{}", topic.word)), "`{}` is not explained", topic.word);
    }
}

/// Runs each line of the shell blocks in an empty folder.
#[test]
fn every_shell_command_works() {
    let folder = std::env::temp_dir().join(format!("raftarium-manual-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut commands = 0;
    for block in MANUAL.split("```sh\n").skip(1) {
        for line in block.lines().take_while(|line| *line != "```") {
            let mut words = line.split(' ');
            assert_eq!(words.next(), Some("raftarium"), "{line}");
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_raftarium"));
            let output = command.args(words).current_dir(&folder).output().expect("it runs");
            // A search that finds a violation exits with 1.
            let code = if line.contains("fuzz") { 1 } else { 0 };
            assert_eq!(output.status.code(), Some(code), "{line}: {output:?}");
            commands += 1;
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert_eq!(commands, 2);
}
