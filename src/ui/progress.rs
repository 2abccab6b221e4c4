//! How far a person has come in lessons and scenarios, as the browser's storage holds it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The progress in each script, by its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseProgress(BTreeMap<String, StoryProgress>);

/// The progress in one script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryProgress {
    /// The number of the step at which the person stands, from 1.
    pub step: usize,
    /// How many steps there are.
    pub count: usize,
    /// Whether the person has come to the end, and reached all goals.
    pub is_done: bool,
    /// For the lines of the questions, the numbers of the choices.
    pub choices: Vec<(u32, u32)>,
}

/// The script that is open: where the person stands in it, for a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenStory {
    /// Where it stands beside the page; empty if it came from elsewhere.
    pub path: String,
    /// Tells its text from others.
    pub fingerprint: u64,
    pub progress: StoryProgress,
}

impl OpenStory {
    /// The fingerprint of a script.
    pub fn fingerprint(script: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        script.hash(&mut hasher);
        hasher.finish()
    }

    /// The fingerprint, then the line of the progress.
    pub fn parse(text: &str) -> Option<OpenStory> {
        let (fingerprint, line) = text.split_once('\n')?;
        let (path, progress) = parse_line(line)?;
        Some(OpenStory { path, fingerprint: fingerprint.parse().ok()?, progress })
    }

    /// The inverse of [`OpenStory::parse`].
    pub fn to_text(&self) -> String {
        format!("{}\n{}", self.fingerprint, line_of(&self.path, &self.progress))
    }
}

impl CourseProgress {
    /// A line each: path, step, count, whether it is done, and the choices.
    pub fn parse(text: &str) -> CourseProgress {
        CourseProgress(text.lines().filter_map(parse_line).collect())
    }

    /// The inverse of [`CourseProgress::parse`].
    pub fn to_text(&self) -> String {
        self.0.iter().map(|(path, progress)| line_of(path, progress) + "\n").collect()
    }

    pub fn of(&self, path: &str) -> Option<&StoryProgress> {
        self.0.get(path)
    }

    /// Replaces the progress in a script. What is done stays done.
    pub fn set(&mut self, path: &str, progress: StoryProgress) {
        let was_done = self.of(path).is_some_and(|known| known.is_done);
        let is_done = progress.is_done || was_done;
        self.0.insert(path.to_owned(), StoryProgress { is_done, ..progress });
    }
}

fn line_of(path: &str, progress: &StoryProgress) -> String {
    let StoryProgress { step, count, is_done, choices } = progress;
    let choices = choices.iter().map(|(line, choice)| format!("{line}={choice}"));
    let choices = choices.collect::<Vec<_>>().join(",");
    format!("{path}\t{step}\t{count}\t{is_done}\t{choices}")
}

fn parse_line(line: &str) -> Option<(String, StoryProgress)> {
    let mut fields = line.split('\t');
    let path = fields.next()?.to_owned();
    let (step, count) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let is_done = fields.next()?.parse().ok()?;
    let choice = |pair: &str| {
        let (line, choice) = pair.split_once('=')?;
        Some((line.parse().ok()?, choice.parse().ok()?))
    };
    let choices = fields.next()?.split(',').filter_map(choice).collect();
    Some((path, StoryProgress { step, count, is_done, choices }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_back_and_what_is_done_stays_done() {
        let mut progress = CourseProgress::default();
        let choices = vec![(12, 2), (30, 1)];
        let done = StoryProgress { step: 9, count: 9, is_done: true, choices };
        progress.set("lessons/a.raft", done.clone());
        progress.set("lessons/b.raft", StoryProgress { step: 1, count: 4, ..Default::default() });
        assert_eq!(CourseProgress::parse(&progress.to_text()), progress);
        progress.set("lessons/a.raft", StoryProgress { step: 2, is_done: false, ..done });
        let again = progress.of("lessons/a.raft").expect("progress");
        assert!(again.is_done && again.step == 2);
    }

    #[test]
    fn the_open_story_is_read_back() {
        let progress = StoryProgress { step: 3, count: 9, is_done: false, choices: vec![(7, 1)] };
        let fingerprint = OpenStory::fingerprint("servers 3\n");
        assert_ne!(fingerprint, OpenStory::fingerprint("servers 5\n"));
        for path in ["", "lessons/a.raft"] {
            let (path, progress) = (path.to_owned(), progress.clone());
            let story = OpenStory { path, fingerprint, progress };
            assert_eq!(OpenStory::parse(&story.to_text()), Some(story));
        }
        assert_eq!(OpenStory::parse("lessons/a.raft"), None);
    }

    #[test]
    fn a_damaged_line_is_left_out() {
        assert_eq!(
            CourseProgress::parse("x\t1\nlessons/a.raft\tone\t2\ttrue\t\n"),
            CourseProgress::default()
        );
    }
}
