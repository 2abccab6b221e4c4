//! A template, read once and drawn as often as needed.

use std::cell::RefCell;
use std::ptr;
use std::rc::Rc;
use std::vec;

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Listener, VList, VTag, VText};

use super::Hole;

// The signs that structure a template's text; `markup/src/signs.rs` says what they mean.
const OPEN: u8 = 1;
const NAME: u8 = 2;
const VALUE: u8 = 3;
const GIVEN: u8 = 4;
const TEXT: u8 = 5;
const HOLE: u8 = 6;

/// A piece of a template.
pub enum Node {
    Text(Html),
    Hole,
    Element(Element),
}

/// An element of a template.
pub struct Element {
    tag: &'static str,
    /// The names of its attributes.
    names: &'static [&'static str],
    /// Everything in its tag.
    given: Vec<Given>,
    children: Vec<Node>,
}

/// What stands in a tag.
enum Given {
    /// An attribute's value that never changes.
    Fixed(&'static str),
    /// A hole. Of an attribute, where it has a name.
    Hole(&'static str),
}

/// The template that is written so. A program has only so many, so each is kept.
pub fn template(text: &'static str) -> &'static [Node] {
    thread_local! {
        static READ: RefCell<Vec<(&'static str, &'static [Node])>> = const { RefCell::new(Vec::new()) };
    }
    READ.with_borrow_mut(|read| {
        if let Some((_, nodes)) = read.iter().find(|known| ptr::eq(known.0, text)) {
            return *nodes;
        }
        let nodes: &[Node] = Reader { rest: text }.nodes().leak();
        read.push((text, nodes));
        nodes
    })
}

struct Reader {
    rest: &'static str,
}

impl Reader {
    /// The next sign with the text that follows it.
    fn next(&mut self) -> Option<(u8, &'static str)> {
        let sign = *self.rest.as_bytes().first()?;
        let rest = &self.rest[1..];
        let end = rest.bytes().position(|byte| byte < 8).unwrap_or(rest.len());
        let (text, rest) = rest.split_at(end);
        self.rest = rest;
        Some((sign, text))
    }

    /// Everything up to the end of the element.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            nodes.push(match self.next() {
                Some((OPEN, tag)) => Node::Element(self.element(tag)),
                Some((TEXT, text)) => Node::Text(VText::new(text).into()),
                Some((HOLE, _)) => Node::Hole,
                _ => return nodes,
            });
        }
    }

    fn element(&mut self, tag: &'static str) -> Element {
        let (mut names, mut given, mut name) = (Vec::new(), Vec::new(), "");
        while let Some(sign @ NAME..=GIVEN) = self.rest.bytes().next() {
            let text = self.next().map_or("", |(_, text)| text);
            match sign {
                NAME => {
                    name = text;
                    names.push(name);
                }
                VALUE => given.push(Given::Fixed(text)),
                _ => given.push(Given::Hole(name)),
            }
            if sign != NAME {
                name = "";
            }
        }
        Element { tag, names: names.leak(), given, children: self.nodes() }
    }
}

/// The nodes, with their holes filled.
pub fn draw(nodes: &[Node], holes: &mut vec::IntoIter<Hole>) -> Html {
    let mut drawn: Vec<Html> = nodes.iter().map(|node| drawn(node, holes)).collect();
    match drawn.len() {
        0 => Html::default(),
        1 => drawn.remove(0),
        _ => VList::from(drawn).into(),
    }
}

fn drawn(node: &Node, holes: &mut vec::IntoIter<Hole>) -> Html {
    match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => element.drawn(holes),
        Node::Hole => match holes.next() {
            Some(Hole::Html(html)) => html,
            _ => Html::default(),
        },
    }
}

impl Element {
    fn drawn(&self, holes: &mut vec::IntoIter<Hole>) -> Html {
        let mut values = Vec::with_capacity(self.names.len());
        let mut listeners: Vec<Option<Rc<dyn Listener>>> = Vec::new();
        let (mut key, mut node_ref) = (None, NodeRef::default());
        let (mut field, mut ticked) = (None, None);
        for given in &self.given {
            let name = match given {
                Given::Fixed(text) => {
                    values.push(Some(AttributeOrProperty::Static(text)));
                    continue;
                }
                Given::Hole(name) => name,
            };
            match holes.next() {
                Some(Hole::Attribute(value)) => {
                    values.push(value.map(AttributeOrProperty::Attribute));
                }
                Some(Hole::Flag(on)) => {
                    values.push(on.then_some(AttributeOrProperty::Static(name)));
                }
                Some(Hole::On(listener)) => listeners.push(listener),
                Some(Hole::Key(given)) => key = Some(given),
                Some(Hole::Reference(given)) => node_ref = given,
                Some(Hole::Value(given)) => field = Some(given),
                Some(Hole::Checked(given)) => ticked = Some(given),
                Some(Hole::Html(_)) | None => {}
            }
        }
        let attributes = Attributes::Dynamic { keys: self.names, values: values.into() };
        let mut tag = VTag::new(self.tag);
        tag.node_ref = node_ref;
        tag.key = key;
        tag.attributes = attributes;
        if !listeners.is_empty() {
            tag.set_listeners(listeners.into());
        }
        if field.is_some() {
            tag.set_value(field);
        }
        if let Some(ticked) = ticked {
            tag.set_checked(ticked);
        }
        if let Some(children) = tag.children_mut() {
            *children = draw(&self.children, holes);
        }
        tag.into()
    }
}
