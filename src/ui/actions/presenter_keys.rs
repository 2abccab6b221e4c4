//! The keys while the page is presented: what a clicker sends, and what presenters expect.

use crate::ui::state::Action;

use super::PageCommand;

/// The command of a key while the page is presented. A clicker works even where single keys are
/// switched off, or while a text field has the focus.
pub fn presenter_key(key: &str, single_keys: bool, typing: bool) -> Option<PageCommand> {
    match key {
        "PageDown" => Some(PageCommand::NextThatMatters),
        "PageUp" => Some(PageCommand::PreviousThatMatters),
        "Escape" => Some(PageCommand::Change(Action::Present(false))),
        _ if typing || !single_keys => None,
        "." | "b" | "B" => Some(PageCommand::Change(Action::ToggleBlank)),
        "v" | "V" => Some(PageCommand::Change(Action::ShowNextTab)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clicker_works_while_a_field_has_the_focus() {
        assert_eq!(presenter_key("PageDown", false, true), Some(PageCommand::NextThatMatters));
        assert_eq!(presenter_key(".", true, true), None);
        assert_eq!(presenter_key("b", false, false), None);
        let blank = Some(PageCommand::Change(Action::ToggleBlank));
        assert_eq!(presenter_key(".", true, false), blank);
        assert_eq!(presenter_key("x", true, false), None);
    }
}
