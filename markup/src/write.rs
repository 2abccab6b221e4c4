//! Writes the text of a template and the code that fills its holes.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};

use crate::parse::{Attribute, Choice, Element, Given, Node, Nodes};
use crate::signs::{CLOSE, GIVEN, HOLE, NAME, OPEN, TEXT, VALUE};

/// Elements that keep a value of their own, which the page sets as a property.
const FIELDS: [&str; 2] = ["input", "textarea"];

/// Attributes that are there or not.
const FLAGS: [&str; 4] = ["disabled", "hidden", "reversed", "selected"];

#[derive(Default)]
struct Template {
    text: String,
    holes: TokenStream,
}

/// The expression that makes the nodes.
pub fn nodes(nodes: &Nodes) -> TokenStream {
    let mut template = Template::default();
    nodes.0.iter().for_each(|node| template.node(node));
    let Template { text, holes } = template;
    let binding = if holes.is_empty() { quote!(let holes) } else { quote!(let mut holes) };
    quote!({
        #binding = crate::ui::markup::Holes::new();
        #holes
        holes.draw(#text)
    })
}

impl Template {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Element(element) => self.element(element),
            Node::Fragment(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Text(text) => self.say(TEXT, &text.value()),
            Node::Value(value) => {
                self.text.push(HOLE);
                self.holes.extend(quote!(holes.child(#value);));
            }
            Node::Each(each) => {
                self.text.push(HOLE);
                self.holes.extend(quote!(holes.each(&mut (#each).into_iter());));
            }
            Node::Choice(choice) => {
                self.text.push(HOLE);
                let value = chosen(choice);
                self.holes.extend(quote!(holes.html(#value);));
            }
        }
    }

    fn element(&mut self, element: &Element) {
        self.say(OPEN, &element.tag);
        for attribute in &element.attributes {
            self.attribute(&element.tag, attribute);
        }
        element.children.iter().for_each(|node| self.node(node));
        self.text.push(CLOSE);
    }

    fn attribute(&mut self, tag: &str, Attribute { name, label, value }: &Attribute) {
        let value = match value {
            Given::Fixed(text) if label == "key" => &text.to_token_stream(),
            Given::Fixed(text) => {
                self.say(NAME, label);
                return self.say(VALUE, text);
            }
            Given::Computed(value) => value,
        };
        let span = name.span();
        let filled = match label.as_str() {
            "key" => quote_spanned!(span=> holes.key(#value);),
            "ref" => quote_spanned!(span=> holes.node_ref(#value);),
            "value" if FIELDS.contains(&tag) => quote_spanned!(span=> holes.value(#value);),
            "checked" if tag == "input" => quote_spanned!(span=> holes.checked(#value);),
            event if event.starts_with("on") => {
                let event = format_ident!("{event}", span = span);
                quote_spanned!(span=> holes.on(::yew::html::#event::Wrapper::__macro_new(#value));)
            }
            label => {
                self.say(NAME, label);
                let fill = if FLAGS.contains(&label) { quote!(flag) } else { quote!(attribute) };
                quote_spanned!(span=> holes.#fill(#value);)
            }
        };
        self.text.push(GIVEN);
        self.holes.extend(filled);
    }

    fn say(&mut self, sign: char, text: &str) {
        self.text.push(sign);
        self.text.push_str(text);
    }
}

fn chosen(choice: &Choice) -> TokenStream {
    let branches = choice.branches.iter().map(|(condition, shown)| {
        let shown = nodes(shown);
        quote!(if #condition { #shown } else)
    });
    let otherwise = match &choice.otherwise {
        Some(shown) => nodes(shown),
        None => quote!({ ::yew::Html::default() }),
    };
    quote!(#(#branches)* #otherwise)
}
