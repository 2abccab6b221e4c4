//! Makes a challenge of the present moment, and opens it.

use super::Player;
use crate::script::{ChallengeTerms, ShareLink};
use crate::sim::Micros;
use crate::ui::platform::dom;
use crate::ui::text;

impl Player {
    /// The script of a challenge that starts here, and its link, or why there is no link.
    ///
    /// # Errors
    /// If the terms are wrong, or no challenge can start here.
    pub fn make_challenge(
        &self,
        terms: &ChallengeTerms,
    ) -> Result<(String, Result<String, String>), String> {
        let (made, time_us) =
            self.read_session(|session| (session.challenge(terms), session.world().now_us()));
        let script = made?;
        let link = link_to(&script, time_us);
        Ok((script, link))
    }

    /// Opens a challenge that starts at the present time.
    pub fn open_challenge(&self, script: &str) {
        let time_us = self.with_world(|world| world.now_us());
        match self.open_at(script, time_us) {
            Ok(()) => self.report_opened(text::OPENED_CHALLENGE),
            Err(error) => self.notice(error),
        }
    }
}

/// The address that shows a script at a time.
fn link_to(script: &str, time_us: Micros) -> Result<String, String> {
    let link = ShareLink { text: script.to_owned(), time_us };
    link.fragment().map(|fragment| format!("{}#{fragment}", dom::address()))
}
