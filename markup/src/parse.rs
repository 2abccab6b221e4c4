//! Reads yew's notation.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Result};
use syn::{Expr, Ident, LitBool, LitStr, Token, braced, token};

/// What stands beside each other.
pub struct Nodes(pub Vec<Node>);

/// A piece of the page.
pub enum Node {
    /// `<tag ...>...</tag>`
    Element(Element),
    /// `<>...</>`
    Fragment(Vec<Node>),
    /// `{ "text" }`
    Text(LitStr),
    /// `{ expression }`
    Value(TokenStream),
    /// `{ for iterator }`
    Each(TokenStream),
    /// `if condition { ... } else ...`
    Choice(Choice),
}

/// A tag, what is in it, and what it encloses.
pub struct Element {
    pub tag: String,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
}

/// `name="text"`, `name={expression}` or `{name}`.
pub struct Attribute {
    pub name: Ident,
    /// The name as the page has it, which may have dashes.
    pub label: String,
    pub value: Given,
}

/// An attribute's value.
pub enum Given {
    Fixed(String),
    Computed(TokenStream),
}

/// Branches with their conditions, the last one perhaps without.
pub struct Choice {
    pub branches: Vec<(TokenStream, Nodes)>,
    pub otherwise: Option<Nodes>,
}

impl Parse for Nodes {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut nodes = Vec::new();
        while !input.is_empty() {
            nodes.push(input.parse()?);
        }
        Ok(Nodes(nodes))
    }
}

impl Parse for Node {
    fn parse(input: ParseStream) -> Result<Self> {
        if input.peek(Token![if]) {
            return input.parse().map(Node::Choice);
        }
        if input.peek(token::Brace) {
            return in_braces(input);
        }
        input.parse::<Token![<]>()?;
        if input.peek(Token![>]) {
            input.parse::<Token![>]>()?;
            let children = children(input)?;
            input.parse::<Token![>]>()?;
            return Ok(Node::Fragment(children));
        }
        element(input).map(Node::Element)
    }
}

fn in_braces(input: ParseStream) -> Result<Node> {
    let content;
    braced!(content in input);
    if content.peek(Token![for]) {
        content.parse::<Token![for]>()?;
        return Ok(Node::Each(content.parse::<Expr>()?.into_token_stream()));
    }
    if content.peek(LitStr) {
        let ahead = content.fork();
        let text: LitStr = ahead.parse()?;
        if ahead.is_empty() {
            content.parse::<LitStr>()?;
            return Ok(Node::Text(text));
        }
    }
    Ok(Node::Value(content.parse::<Expr>()?.into_token_stream()))
}

/// What follows `<`.
fn element(input: ParseStream) -> Result<Element> {
    let (_, tag) = name(input)?;
    let mut attributes = Vec::new();
    while !input.peek(Token![/]) && !input.peek(Token![>]) {
        attributes.push(input.parse()?);
    }
    if input.peek(Token![/]) {
        input.parse::<Token![/]>()?;
        input.parse::<Token![>]>()?;
        return Ok(Element { tag, attributes, children: Vec::new() });
    }
    input.parse::<Token![>]>()?;
    let children = children(input)?;
    let (ident, closed) = name(input)?;
    if closed != tag {
        return Err(syn::Error::new(ident.span(), format!("this closes <{closed}>, not <{tag}>")));
    }
    input.parse::<Token![>]>()?;
    Ok(Element { tag, attributes, children })
}

/// Everything up to the next `</`, which is taken as well.
fn children(input: ParseStream) -> Result<Vec<Node>> {
    let mut children = Vec::new();
    while !(input.peek(Token![<]) && input.peek2(Token![/])) {
        children.push(input.parse()?);
    }
    input.parse::<Token![<]>()?;
    input.parse::<Token![/]>()?;
    Ok(children)
}

impl Parse for Attribute {
    fn parse(input: ParseStream) -> Result<Self> {
        if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            let name: Ident = content.call(Ident::parse_any)?;
            let label = name.unraw().to_string();
            return Ok(Attribute { value: Given::Computed(name.to_token_stream()), name, label });
        }
        let (name, label) = name(input)?;
        input.parse::<Token![=]>()?;
        if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            let value = content.parse::<Expr>()?.into_token_stream();
            return Ok(Attribute { name, label, value: Given::Computed(value) });
        }
        if input.peek(LitBool) {
            let value = input.parse::<LitBool>()?.to_token_stream();
            return Ok(Attribute { name, label, value: Given::Computed(value) });
        }
        let text: LitStr = input.parse()?;
        Ok(Attribute { name, label, value: Given::Fixed(text.value()) })
    }
}

/// A name that may have dashes; its first word, and all of it.
fn name(input: ParseStream) -> Result<(Ident, String)> {
    let first = input.call(Ident::parse_any)?;
    let mut all = first.to_string();
    while input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        all.push('-');
        all.push_str(&input.call(Ident::parse_any)?.to_string());
    }
    Ok((first, all))
}

impl Parse for Choice {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut choice = Choice { branches: Vec::new(), otherwise: None };
        loop {
            input.parse::<Token![if]>()?;
            let condition = condition(input)?;
            choice.branches.push((condition, block(input)?));
            if !input.peek(Token![else]) {
                return Ok(choice);
            }
            input.parse::<Token![else]>()?;
            if !input.peek(Token![if]) {
                choice.otherwise = Some(block(input)?);
                return Ok(choice);
            }
        }
    }
}

/// Everything up to the block.
fn condition(input: ParseStream) -> Result<TokenStream> {
    let mut condition = TokenStream::new();
    while !input.peek(token::Brace) {
        condition.extend([input.parse::<TokenTree>()?]);
    }
    Ok(condition)
}

fn block(input: ParseStream) -> Result<Nodes> {
    let content;
    braced!(content in input);
    content.parse()
}
