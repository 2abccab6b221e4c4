//! The items of the menus.

use std::borrow::Cow;
use std::rc::Rc;

use crate::script::Permissions;
use crate::sim::Act;
use crate::ui::state::Dialog;

/// An item of a menu.
#[derive(Clone)]
pub struct MenuItem {
    pub name: String,
    pub choice: MenuChoice,
    /// What is so now.
    pub detail: Option<String>,
    /// Why it cannot be chosen now.
    pub unavailable: Option<Cow<'static, str>>,
}

/// What an item does.
#[derive(Clone)]
pub enum MenuChoice {
    Act(Act),
    /// Asks for a value first.
    Ask(ValueQuestion),
    Open(Dialog),
}

/// A value that an act needs.
#[derive(Clone)]
pub struct ValueQuestion {
    /// The name of the field: "Pause S1 for".
    pub label: String,
    pub unit: &'static str,
    pub min: f64,
    pub max: f64,
    pub step: f64,
    pub value: f64,
    /// The button that answers it.
    pub verb: &'static str,
    pub act: Rc<dyn Fn(f64) -> Act>,
}

/// The same question of the same thing.
impl PartialEq for ValueQuestion {
    fn eq(&self, other: &ValueQuestion) -> bool {
        self.label == other.label
    }
}

impl MenuItem {
    pub fn act(name: impl Into<String>, act: Act) -> MenuItem {
        MenuItem::new(name, MenuChoice::Act(act))
    }

    pub fn ask(name: impl Into<String>, question: ValueQuestion) -> MenuItem {
        MenuItem::new(name, MenuChoice::Ask(question))
    }

    pub fn open(name: impl Into<String>, dialog: Dialog) -> MenuItem {
        MenuItem::new(name, MenuChoice::Open(dialog))
    }

    fn new(name: impl Into<String>, choice: MenuChoice) -> MenuItem {
        MenuItem { name: name.into(), choice, detail: None, unavailable: None }
    }

    /// With what is so now beside it.
    pub fn now(self, detail: String) -> MenuItem {
        MenuItem { detail: Some(detail), ..self }
    }

    /// It applies unless there is a reason why not.
    pub fn unless(self, unavailable: Option<&'static str>) -> MenuItem {
        MenuItem { unavailable: unavailable.map(Cow::Borrowed), ..self }
    }

    /// It applies if the person may do it, too.
    pub fn permitted(self, permissions: &Permissions) -> MenuItem {
        let refusal = match &self.choice {
            MenuChoice::Act(act) => permissions.refusal_of(act),
            MenuChoice::Ask(question) => permissions.refusal_of(&(question.act)(question.value)),
            MenuChoice::Open(Dialog::Link(..)) => permissions.refusal("link"),
            MenuChoice::Open(_) => None,
        };
        match refusal {
            Some(refusal) => MenuItem { unavailable: Some(Cow::Owned(refusal)), ..self },
            None => self,
        }
    }
}
