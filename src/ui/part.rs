//! The parts that the page is made of.
//!
//! To yew they are all one component, which holds some part: a component of yew's own is several
//! kilobytes more to download, a part is little more than the function that draws it. A part has
//! hooks as a component has, and is drawn anew only where its properties or its own state changed.

use std::any::Any;
use std::rc::Rc;

use yew::functional::{Hook, HookContext};
use yew::prelude::*;
use yew::virtual_dom::Key;

/// The properties of a part, and how it is drawn.
pub trait Part: PartialEq + 'static {
    /// Draws the part; its hooks keep what it remembers.
    fn view(&self, ctx: &mut HookContext) -> Html;
}

/// Says by which hook a part is drawn.
macro_rules! part {
    ($props:ty, $hook:ident) => {
        impl $crate::ui::part::Part for $props {
            fn view(&self, ctx: &mut ::yew::functional::HookContext) -> ::yew::Html {
                ::yew::functional::Hook::run($hook(self), ctx)
            }
        }
    };
}
pub(super) use part;

/// Puts a part into the page. Two parts that may stand in the same place one after the other, and
/// all neighbours, differ in their key.
pub fn put(key: impl Into<Key>, part: impl Part) -> Html {
    put_any(key.into(), Rc::new(part))
}

fn put_any(key: Key, part: Rc<dyn AnyPart>) -> Html {
    html! { <Holder {key} {part} /> }
}

/// A part of whatever kind.
trait AnyPart: Any {
    fn view(&self, ctx: &mut HookContext) -> Html;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<P: Part> AnyPart for P {
    fn view(&self, ctx: &mut HookContext) -> Html {
        Part::view(self, ctx)
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<P>().is_some_and(|other| self == other)
    }
}

#[derive(Clone, Properties)]
struct HolderProps {
    part: Rc<dyn AnyPart>,
}

impl PartialEq for HolderProps {
    fn eq(&self, other: &HolderProps) -> bool {
        let other: &dyn Any = &*other.part;
        self.part.same(other)
    }
}

#[component]
fn Holder(props: &HolderProps) -> Html {
    use_part(&*props.part)
}

fn use_part(part: &dyn AnyPart) -> impl Hook<Output = Html> + '_ {
    Drawing(part)
}

struct Drawing<'a>(&'a dyn AnyPart);

impl Hook for Drawing<'_> {
    type Output = Html;

    fn run(self, ctx: &mut HookContext) -> Html {
        self.0.view(ctx)
    }
}
