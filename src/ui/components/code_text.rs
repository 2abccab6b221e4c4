//! Text with words of the language in backticks, as the command line prints them.

use yew::prelude::*;

/// The words in backticks as code. A backtick without its partner stays as it is.
pub fn code_text(text: &str) -> Html {
    let mut backticks = Backticks::of(text);
    backticks.pieces(text)
}

/// Whether a text that is drawn piece by piece stands between backticks.
pub(super) struct Backticks {
    are_paired: bool,
    is_inside: bool,
}

impl Backticks {
    pub fn of(text: &str) -> Backticks {
        let are_paired = text.matches('`').count().is_multiple_of(2);
        Backticks { are_paired, is_inside: false }
    }

    /// The next piece of the text.
    pub fn pieces(&mut self, text: &str) -> Html {
        if !self.are_paired {
            return html! { { text } };
        }
        let mut pieces = Vec::new();
        for (number, piece) in text.split('`').enumerate() {
            self.is_inside ^= number > 0;
            if !piece.is_empty() {
                pieces.push(self.piece(html! { { piece } }));
            }
        }
        html! { <>{ for pieces }</> }
    }

    /// A piece without backticks, as code between them.
    pub fn piece(&self, piece: Html) -> Html {
        if self.is_inside {
            html! { <code>{ piece }</code> }
        } else {
            piece
        }
    }
}
