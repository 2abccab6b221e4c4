//! The statements of the language, and the terms of the glossary, as actions.

use crate::script::{Group, USAGES, Usage};
use crate::ui::glossary;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

use super::{ActionSection, PageAction, PageCommand};

/// The statements that the console takes: each writes its example there.
pub(super) fn statements() -> impl Iterator<Item = PageAction> {
    let typed = |usage: &&Usage| matches!(usage.group, Group::Act | Group::Setting | Group::Flow);
    USAGES.iter().filter(typed).map(|usage| {
        let command = PageCommand::Write(usage.example);
        PageAction::new(ActionSection::Language, usage.form(), command)
            .meaning(text::sentence(usage.what))
    })
}

/// Each term opens the glossary there.
pub(super) fn terms() -> impl Iterator<Item = PageAction> {
    glossary::terms().iter().enumerate().map(|(number, term)| {
        let command = PageCommand::Change(Action::Open(Dialog::Glossary(Some(number))));
        PageAction::new(ActionSection::Glossary, term.title(), command).meaning(term.meaning)
    })
}
