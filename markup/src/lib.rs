//! `html!` in yew's notation, for a page that is to be a small download.
//!
//! Yew's own macro turns each element into code that builds it, which is most of what a page with
//! many elements consists of. This one turns what is fixed (tags, attributes, texts) into a single
//! text, and only what is computed into code: it fills the holes of that text, in their order.
//! `crate::ui::markup` of the page reads the text and makes yew's elements of it.
//!
//! It knows what the page uses: elements, fragments, `{ expression }`, `{ for iterator }`, `if`
//! and `if let` with `else`, attributes with a text or an `{expression}`, and the short `{name}`.

mod parse;
mod signs;
mod write;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a piece of the page.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    let nodes = parse_macro_input!(input as parse::Nodes);
    write::nodes(&nodes).into()
}
