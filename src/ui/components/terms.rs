//! Text whose glossary terms explain themselves: a dotted underline, and a sentence on hover, on
//! focus and on a tap. Escape hides the sentence, and the pointer may move onto it.

use std::cell::Cell;

use yew::prelude::*;

use crate::ui::components::code_text::Backticks;
use crate::ui::glossary::{GlossaryTerm, TextPiece, marked_after, terms};
use crate::ui::platform::dom;
use crate::ui::platform::listen::on_key;
use crate::ui::platform::popover;

#[derive(PartialEq, Properties)]
pub struct TermTextProps {
    /// A paragraph or a list item: the first occurrence of each term is marked.
    pub text: AttrValue,
    /// The text before it in the same paragraph.
    #[prop_or_default]
    pub before: AttrValue,
}

/// Words in backticks are code. Not for texts inside buttons: a term is a button itself.
#[component]
pub fn TermText(props: &TermTextProps) -> Html {
    let mut backticks = Backticks::of(&props.text);
    let piece = |piece: TextPiece<'_>| match piece {
        TextPiece::Plain(text) => backticks.pieces(text),
        TextPiece::Term(words, number) => backticks.piece(html! {
            <ExplainedTerm key={number} words={words.to_owned()} {number} />
        }),
    };
    html! { <>{ for marked_after(&props.before, &props.text).into_iter().map(piece) }</> }
}

#[derive(PartialEq, Properties)]
pub struct ExplainedTermProps {
    pub words: AttrValue,
    /// The number of the term.
    pub number: usize,
}

/// What keeps the sentence open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Attention {
    hovered: bool,
    focused: bool,
    /// Escape was pressed since.
    dismissed: bool,
}

impl Attention {
    fn is_open(self) -> bool {
        (self.hovered || self.focused) && !self.dismissed
    }
}

#[component]
pub fn ExplainedTerm(props: &ExplainedTermProps) -> Html {
    let attention = use_state_eq(Attention::default);
    let (root, tip) = (use_node_ref(), use_node_ref());
    let id = use_state_eq(next_id);
    let is_open = attention.is_open();
    {
        let (root, tip, attention) = (root.clone(), tip.clone(), attention.clone());
        use_effect_with(is_open, move |is_open| {
            if let (Some(root), Some(tip)) = (root.cast(), tip.cast()) {
                popover::show(&tip, is_open.then_some(&root));
            }
            let escape = is_open.then(|| {
                on_key("keydown", move |event| {
                    if event.key() == "Escape" {
                        // A dialog around it stays open.
                        event.prevent_default();
                        attention.set(Attention { dismissed: true, ..*attention });
                    }
                })
            });
            move || drop(escape)
        });
    }
    let change = |change: fn(Attention) -> Attention| {
        let attention = attention.clone();
        move || attention.set(change(*attention))
    };
    let enter = change(|was| Attention { hovered: true, dismissed: false, ..was });
    let leave = change(|was| Attention { hovered: false, ..was });
    let focus = change(|was| Attention { focused: true, dismissed: false, ..was });
    let blur = change(|was| Attention { focused: false, ..was });
    let tap = focus.clone();
    let within = root.clone();
    let onpointerover = Callback::from(move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            enter();
        }
    });
    let onpointerout = Callback::from(move |event: PointerEvent| {
        if within.cast().is_none_or(|root| dom::leaves(&root, &event)) {
            leave();
        }
    });
    let Some(term) = terms().get(props.number) else { return html! { { &props.words } } };
    html! {
        <span class="term" ref={root} {onpointerover} {onpointerout}>
            <button
                type="button"
                aria-describedby={(*id).clone()}
                onfocus={Callback::from(move |_: FocusEvent| focus())}
                onblur={Callback::from(move |_: FocusEvent| blur())}
                onclick={Callback::from(move |_: MouseEvent| tap())}
            >
                { &props.words }
            </button>
            <span class="term-tip" role="tooltip" popover="manual" id={(*id).clone()} ref={tip}>
                { explanation(term) }
            </span>
        </span>
    }
}

fn explanation(term: &GlossaryTerm) -> Html {
    html! {
        <>
            { term.meaning }
            if !term.source.is_empty() {
                <small>{ format!(" ({})", term.source) }</small>
            }
        </>
    }
}

/// A term may stand on the page more than once.
fn next_id() -> String {
    thread_local! {
        static COUNT: Cell<u32> = const { Cell::new(0) };
    }
    let count = COUNT.get();
    COUNT.set(count + 1);
    format!("term-{count}")
}
