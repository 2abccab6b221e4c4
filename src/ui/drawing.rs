//! Drawings that never change, as markup: a tree of yew's that is built by code is several times as
//! much to download.

use yew::prelude::*;

/// A drawing from markup of this program's own, never from what a person typed.
pub fn drawing(markup: &'static str) -> Html {
    Html::from_html_unchecked(AttrValue::Static(markup))
}

/// A cross that closes something.
pub const CROSS: &str = r#"<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2L10 10M10 2L2 10"/></svg>"#;
/// The same, a little larger.
pub const LARGE_CROSS: &str = r#"<svg viewBox="0 0 12 12" width="14" height="14" aria-hidden="true"><path d="M2 2L10 10M10 2L2 10"/></svg>"#;
