//! The session as a script: a window of its lines, and how far it has run.

use std::rc::Rc;

use crate::script::{LineState, Session, TextLine};

/// The number of lines in the window.
const LISTED: usize = 200;
/// The window moves by this number of lines, so that it seldom moves.
const STRIDE: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptModel {
    pub text: Rc<ScriptText>,
    /// One for each line.
    pub states: Vec<LineState>,
    /// The first line of the window, counted from 0.
    pub first: usize,
    /// The line of the `stop` that stopped the session.
    pub stopped: Option<u32>,
    /// Expectations that did not hold, with their lines.
    pub failures: Vec<(u32, String)>,
}

/// The part that changes only with the script itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptText {
    /// The session's generation and the script's revision.
    version: Option<(u64, u64)>,
    pub lines: Vec<TextLine>,
    /// The title of what can be undone.
    pub undo: Option<String>,
    /// The title of what can be redone.
    pub redo: Option<String>,
}

impl ScriptModel {
    /// The lines of the window, with their numbers and states.
    pub fn listed(&self) -> impl Iterator<Item = (u32, &TextLine, LineState)> {
        let all = self.text.lines.iter().zip(&self.states).enumerate();
        let listed = all.skip(self.first).take(LISTED);
        listed.map(|(place, (line, state))| (place as u32 + 1, line, *state))
    }

    /// The numbers of lines before and after the window.
    pub fn unlisted(&self) -> (usize, usize) {
        let after = self.text.lines.len().saturating_sub(self.first + LISTED);
        (self.first, after)
    }
}

/// `generation` tells sessions apart.
pub(super) fn model(
    session: &Session,
    generation: u64,
    before: Option<&ScriptModel>,
) -> ScriptModel {
    let version = Some((generation, session.revision()));
    let text = match before {
        Some(before) if before.text.version == version => before.text.clone(),
        _ => Rc::new(ScriptText {
            version,
            lines: session.lines(),
            undo: session.undo_title(),
            redo: session.redo_title(),
        }),
    };
    let states = session.states(&text.lines);
    let first = first_listed(&states);
    let failures = session.run().failures().iter().take(LISTED);
    let failures = failures.map(|found| (session.line_in_text(found.line), found.text.clone()));
    ScriptModel { text, states, first, stopped: session.stopped_by(), failures: failures.collect() }
}

/// The first line of the window around the last line that has begun.
fn first_listed(states: &[LineState]) -> usize {
    let here = states.iter().rposition(|state| *state != LineState::Ahead).unwrap_or(0);
    let latest = states.len().saturating_sub(LISTED);
    (here / STRIDE * STRIDE).saturating_sub(STRIDE / 2).min(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(session: &Session, before: Option<&ScriptModel>) -> ScriptModel {
        model(session, 0, before)
    }

    fn states(session: &Session) -> String {
        let sign = |state: &LineState| match state {
            LineState::Done => 'd',
            LineState::Now => 'n',
            LineState::Ahead => 'a',
        };
        taken(session, None).states.iter().map(sign).collect()
    }

    #[test]
    fn lines_are_done_running_or_ahead() {
        let script =
            "servers 3\n# a comment\nwait leader\nat 3s crash s1\nrun 2s\nset x 1\nrun 5s\n";
        let mut session = Session::open(script).expect("a script");
        assert_eq!(states(&session), "ddaaaaa");
        session.run_until(10_000);
        assert_eq!(states(&session), "ddnaaaa");
        session.run_until(1_000_000);
        assert_eq!(states(&session), "dddanaa");
        session.run_until(2_900_000);
        assert_eq!(states(&session), "dddaddn");
        session.run_until(3_000_000);
        assert_eq!(states(&session), "ddddddn");
        session.exec("crash s2").expect("an act");
        session.seek(2_950_000).expect("it is near");
        assert_eq!(states(&session), "dddaddnaa");
        session.seek(9_000_000).expect("it is near");
        assert_eq!(states(&session), "ddddddddd");
        let found = taken(&session, None);
        assert!(
            found.text.lines[8].is_recorded() && found.text.lines[8].text.ends_with("crash s2")
        );
        assert!(!found.text.lines[7].is_recorded());
    }

    #[test]
    fn the_text_is_shared_until_the_script_changes() {
        let mut session = Session::open("servers 3\n").expect("a script");
        let first = taken(&session, None);
        session.run_until(1_000_000);
        let later = taken(&session, Some(&first));
        assert!(Rc::ptr_eq(&first.text, &later.text));
        session.exec("crash s1").expect("an act");
        let acted = taken(&session, Some(&later));
        assert_eq!(acted.text.undo.as_deref(), Some("at 1s crash s1"));
        assert!(session.undo());
        let undone = taken(&session, Some(&acted));
        assert_eq!((undone.text.lines.len(), undone.text.undo.clone()), (1, None));
        assert_eq!(undone.text.redo.as_deref(), Some("at 1s crash s1"));
        session.exec("crash s1").expect("an act");
        session.exec("crash s2").expect("an act");
        session.edit_line(4, None).expect("it stands alone");
        assert_eq!(session.undo_title().as_deref(), Some("the change to the script"));
        session.edit("servers 3\nwait leader\n").expect("a script");
        let edited = taken(&session, Some(&undone));
        assert_eq!(edited.text.undo.as_deref(), Some("the change to the script"));
    }

    #[test]
    fn a_manual_line_has_its_number_in_the_text() {
        let script = "servers 3\n\n# the end\n\n";
        let mut session = Session::open(script).expect("a script");
        session.run_until(1_000_000);
        session.exec("when time >= 2s do stop").expect("a trigger");
        assert!(session.text().lines().nth(5).expect("six lines").ends_with("do stop"));
        session.run_until(3_000_000);
        assert_eq!((session.stopped_by(), session.world().now_us()), (Some(6), 2_000_000));
        assert_eq!(taken(&session, None).stopped, Some(6));
        // A run of that text stops there too.
        let mut again = Session::open(&session.text()).expect("a script");
        again.run_until(3_000_000);
        assert_eq!(again.stopped_by(), Some(6));
        again.run_until(3_000_000);
        assert_eq!(again.stopped_by(), None);
    }

    #[test]
    fn the_window_of_a_long_script_is_around_the_current_line() {
        let lines = (1..=1000).map(|second| format!("at {second}s set x {second}\n"));
        let text = "servers 1\nby-hand\n".to_owned() + &lines.collect::<String>();
        let mut session = Session::open(&text).expect("a script");
        assert_eq!(taken(&session, None).unlisted(), (0, 802));
        session.seek(500_500_000).expect("a second has few events");
        let found = taken(&session, None);
        let listed: Vec<u32> = found.listed().map(|(number, ..)| number).collect();
        assert!(listed.len() == LISTED && listed.contains(&502), "{listed:?}");
        let (before, after) = found.unlisted();
        assert_eq!(before + LISTED + after, 1002);
        session.seek(1_000_000_000).expect("a second has few events");
        assert_eq!(taken(&session, None).unlisted(), (802, 0));
    }
}
