//! Makes yew's elements from the templates that `html!` writes.
//!
//! A template is a text with signs in it (see `markup/src/signs.rs`) and with holes. It is read
//! once; what fills its holes is new with each drawing.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, Listener, VText};

use template::{draw, template};

pub use ::markup::html;

mod template;

/// What fills a hole.
enum Hole {
    Attribute(Option<AttrValue>),
    /// An attribute that is there or not.
    Flag(bool),
    On(Option<Rc<dyn Listener>>),
    Key(Key),
    Reference(NodeRef),
    /// What a field holds.
    Value(AttrValue),
    /// Whether a field is ticked.
    Checked(bool),
    Html(Html),
}

/// What fills the holes of a template, in their order.
pub struct Holes(Vec<Hole>);

impl Holes {
    /// None yet.
    #[inline(never)]
    pub fn new() -> Holes {
        Holes(Vec::new())
    }

    #[inline(never)]
    fn push(&mut self, hole: Hole) {
        self.0.push(hole);
    }

    /// The value of an attribute.
    pub fn attribute(&mut self, value: impl Value) {
        value.fill(self);
    }

    /// Whether the attribute is there.
    #[inline(never)]
    pub fn flag(&mut self, value: bool) {
        self.push(Hole::Flag(value));
    }

    /// What is done when something happens.
    #[inline(never)]
    pub fn on(&mut self, listener: Option<Rc<dyn Listener>>) {
        self.push(Hole::On(listener));
    }

    /// What tells the element from its neighbours.
    pub fn key(&mut self, key: impl Into<Key>) {
        self.push(Hole::Key(key.into()));
    }

    /// By what the element is found again.
    #[inline(never)]
    pub fn node_ref(&mut self, reference: NodeRef) {
        self.push(Hole::Reference(reference));
    }

    /// What the field holds.
    pub fn value(&mut self, value: impl Into<AttrValue>) {
        self.push(Hole::Value(value.into()));
    }

    /// Whether the field is ticked.
    #[inline(never)]
    pub fn checked(&mut self, value: bool) {
        self.push(Hole::Checked(value));
    }

    /// A piece of the page.
    #[inline(never)]
    pub fn html(&mut self, html: Html) {
        self.push(Hole::Html(html));
    }

    /// A piece of the page, or a text.
    pub fn child(&mut self, child: impl Child) {
        child.fill(self);
    }

    /// Pieces of the page.
    #[inline(never)]
    pub fn each(&mut self, pieces: &mut dyn Iterator<Item = Html>) {
        self.html(pieces.collect());
    }

    /// The template with these holes filled.
    #[inline(never)]
    pub fn draw(self, text: &'static str) -> Html {
        draw(template(text), &mut self.0.into_iter())
    }
}

/// What an attribute may be given.
pub trait Value {
    /// Fills the next hole with it.
    fn fill(self, holes: &mut Holes);
}

impl Value for &'static str {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        holes.push(Hole::Attribute(Some(AttrValue::Static(self))));
    }
}

impl Value for String {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        holes.push(Hole::Attribute(Some(self.into())));
    }
}

impl Value for AttrValue {
    fn fill(self, holes: &mut Holes) {
        holes.push(Hole::Attribute(Some(self)));
    }
}

impl<T: Value> Value for Option<T> {
    fn fill(self, holes: &mut Holes) {
        match self {
            Some(value) => value.fill(holes),
            None => holes.push(Hole::Attribute(None)),
        }
    }
}

/// What may stand among an element's children.
pub trait Child {
    /// Fills the next hole with it.
    fn fill(self, holes: &mut Holes);
}

impl Child for Html {
    fn fill(self, holes: &mut Holes) {
        holes.html(self);
    }
}

#[inline(never)]
fn text(text: AttrValue, holes: &mut Holes) {
    holes.html(VText::new(text).into());
}

impl Child for AttrValue {
    fn fill(self, holes: &mut Holes) {
        text(self, holes);
    }
}

impl Child for &'static str {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        text(AttrValue::Static(self), holes);
    }
}

impl Child for String {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        text(self.into(), holes);
    }
}

impl Child for &String {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        text(self.clone().into(), holes);
    }
}

impl Child for u64 {
    #[inline(never)]
    fn fill(self, holes: &mut Holes) {
        text(self.to_string().into(), holes);
    }
}

impl Child for usize {
    fn fill(self, holes: &mut Holes) {
        (self as u64).fill(holes);
    }
}

impl<T: Child> Child for Option<T> {
    fn fill(self, holes: &mut Holes) {
        match self {
            Some(child) => child.fill(holes),
            None => holes.html(Html::default()),
        }
    }
}

/// The classes that are given, some of them perhaps.
macro_rules! classes {
    ($($class:expr),+ $(,)?) => {
        $crate::ui::markup::joined(&[$(::std::convert::Into::<Option<&str>>::into($class)),+])
    };
}
pub(super) use classes;

/// Those of the classes that are there.
#[inline(never)]
pub fn joined(classes: &[Option<&str>]) -> Option<String> {
    let mut all = String::new();
    for class in classes.iter().flatten().filter(|class| !class.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(class);
    }
    Some(all).filter(|all| !all.is_empty())
}
