//! Announcements for screen readers: at most one a second, always the newest.

/// The least time between two announcements, in real milliseconds.
const GAP_MS: f64 = 1000.0;

/// Holds an announcement back until it is due.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Announcements {
    last_ms: Option<f64>,
    waiting: Option<String>,
}

impl Announcements {
    /// Replaces the announcement that is waiting: it is out of date.
    pub fn push(&mut self, text: String) {
        self.waiting = Some(text);
    }

    /// In how many milliseconds the waiting announcement is due.
    pub fn due_in_ms(&self, now_ms: f64) -> Option<f64> {
        self.waiting.as_ref()?;
        Some(self.last_ms.map_or(0.0, |last_ms| (last_ms + GAP_MS - now_ms).max(0.0)))
    }

    /// Takes the announcement where it is due.
    pub fn take(&mut self, now_ms: f64) -> Option<String> {
        if self.due_in_ms(now_ms)? > 0.0 {
            return None;
        }
        self.last_ms = Some(now_ms);
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_one_a_second_and_the_newest() {
        let mut announcements = Announcements::default();
        announcements.push("one".into());
        assert_eq!(announcements.take(0.0), Some("one".into()));
        announcements.push("two".into());
        announcements.push("three".into());
        assert_eq!(announcements.take(400.0), None);
        assert_eq!(announcements.due_in_ms(400.0), Some(600.0));
        assert_eq!(announcements.take(1000.0), Some("three".into()));
        assert_eq!(announcements.take(5000.0), None);
    }
}
