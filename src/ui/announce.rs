//! What a screen reader is told: politely, at most one thing a second, and the newest thing.

/// How far apart announcements are, in milliseconds of real time.
pub const GAP_MS: f64 = 1000.0;

/// Holds announcements back until it is time for one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Announcer {
    last_ms: Option<f64>,
    waiting: Option<String>,
}

impl Announcer {
    /// Something to say. What was still waiting is stale, and forgotten.
    pub fn say(&mut self, text: String) {
        self.waiting = Some(text);
    }

    /// How long until something is due, in milliseconds; nothing where nothing waits.
    pub fn due_in_ms(&self, now_ms: f64) -> Option<f64> {
        self.waiting.as_ref()?;
        Some(self.last_ms.map_or(0.0, |last_ms| (last_ms + GAP_MS - now_ms).max(0.0)))
    }

    /// What is due now, once.
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
        let mut announcer = Announcer::default();
        announcer.say("one".into());
        assert_eq!(announcer.take(0.0), Some("one".into()));
        announcer.say("two".into());
        announcer.say("three".into());
        assert_eq!(announcer.take(400.0), None);
        assert_eq!(announcer.due_in_ms(400.0), Some(600.0));
        assert_eq!(announcer.take(1000.0), Some("three".into()));
        assert_eq!(announcer.take(5000.0), None);
    }
}
