//! The focus in the address: the script, the moment, and what is selected there.
//!
//! The address is written a moment after time stopped or the selection changed, never while time
//! passes, and it replaces the entry in the history: Back leaves the page as before. An address
//! that the page wrote itself does not outrank the stored session when the page is loaded again:
//! that one is newer.

use std::rc::{Rc, Weak};

use crate::script::ShareLink;
use crate::ui::platform::clock::Alarm;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Focus, Selection};

use super::Player;

/// How long nothing may change before the address is written, in real milliseconds.
const SETTLED_MS: f64 = 1_000.0;
/// A longer fragment is not written: browsers cut it off, and nobody copies it.
const LETTERS_MAX: usize = 8_000;
/// The parameter that names what is selected.
const SELECT: &str = "select=";

/// What is selected, by a fragment.
pub fn selection_in(fragment: &str) -> Option<Selection> {
    fragment.split('&').skip(1).find_map(|part| part.strip_prefix(SELECT)?.parse().ok())
}

/// The fragment of a script at that focus, without `#`; `None` if it would be too long.
pub fn fragment_of(text: String, focus: Focus) -> Option<String> {
    let mut fragment = ShareLink { text, time_us: focus.time_us }.fragment().ok()?;
    if let Some(selection) = focus.selection {
        fragment.push_str(&format!("&{SELECT}{selection}"));
    }
    (fragment.len() <= LETTERS_MAX).then_some(fragment)
}

impl Player {
    /// An alarm that writes the address.
    pub(super) fn address_alarm(self: &Rc<Self>) -> Alarm {
        let weak: Weak<Player> = Rc::downgrade(self);
        Alarm::new(move || weak.upgrade().into_iter().for_each(|player| player.write_address()))
    }

    /// Writes the address once nothing has changed for a moment.
    pub(super) fn schedule_address(&self) {
        self.address.get().into_iter().for_each(|alarm| alarm.set_in(SETTLED_MS));
    }

    /// Time passes: the address stays as it is.
    pub(super) fn leave_address(&self) {
        self.address.get().into_iter().for_each(Alarm::clear);
    }

    /// The moment, and what is selected.
    pub fn focus(&self) -> Focus {
        let selection = self.played.borrow().scope.selection;
        Focus { time_us: self.now_us(), selection }
    }

    fn write_address(&self) {
        let text = self.read_session(|session| session.text());
        match fragment_of(text, self.focus()) {
            Some(fragment) => dom::replace_fragment(&fragment),
            None => dom::drop_fragment(),
        }
    }

    /// Selects what the address names.
    pub(super) fn select_from_address(&self) {
        if let Some(selection) = selection_in(&dom::fragment()) {
            self.dispatch(Action::Select(selection));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_the_script_the_moment_and_the_selection() {
        let text = "servers 3\nwait leader\n";
        for selection in [None, Some(Selection::Event(12)), "s2".parse().ok()] {
            let focus = Focus { time_us: 1_234_567, selection };
            let fragment = fragment_of(text.to_owned(), focus).expect("a short script");
            let address = format!("https://example.org/#{fragment}");
            let link = ShareLink::read(&address).expect("a link");
            assert_eq!((link.text.as_str(), link.time_us), (text, focus.time_us));
            assert_eq!(selection_in(&address), selection);
        }
        // A link without a selection, and one that names nothing.
        assert_eq!(selection_in("#1abc"), None);
        assert_eq!(selection_in("#1abc&select=s99&other=s1"), None);
    }

    #[test]
    fn a_long_script_is_not_written_to_the_address() {
        let noise: String = (0..9_000u32).map(|number| format!("# {}\n", number.pow(2))).collect();
        assert_eq!(fragment_of(noise, Focus::default()), None);
    }
}
