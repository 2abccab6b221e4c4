//! Yew's hooks for state and effects, for values of every kind by the same code: yew's own come
//! anew for each kind of value and for each effect, and all of them would have to be downloaded.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use yew::functional::{UseStateHandle, UseStateSetter, hook};

/// A value that can be compared with others of its kind.
trait Comparable: Any {
    fn same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

/// A value of whatever kind.
#[derive(Clone)]
struct Anything(Rc<dyn Comparable>);

impl Anything {
    fn value(&self) -> &dyn Any {
        &*self.0
    }
}

impl PartialEq for Anything {
    fn eq(&self, other: &Anything) -> bool {
        self.0.same(other.value())
    }
}

/// What a part remembers.
pub struct Kept<T> {
    handle: UseStateHandle<Anything>,
    kind: PhantomData<T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        Kept { handle: self.handle.clone(), kind: PhantomData }
    }
}

impl<T: 'static> Deref for Kept<T> {
    type Target = T;

    #[inline(never)]
    fn deref(&self) -> &T {
        self.handle.value().downcast_ref().expect("a state keeps its kind")
    }
}

impl<T: PartialEq + 'static> Kept<T> {
    /// Remembers something else, and draws the part anew where it differs.
    #[inline(never)]
    pub fn set(&self, value: T) {
        self.handle.set(Anything(Rc::new(value)));
    }

    /// What sets it later.
    pub fn setter(&self) -> Setter<T> {
        Setter { setter: self.handle.setter(), kind: PhantomData }
    }
}

/// Sets what a part remembers.
pub struct Setter<T> {
    setter: UseStateSetter<Anything>,
    kind: PhantomData<T>,
}

impl<T> Clone for Setter<T> {
    fn clone(&self) -> Setter<T> {
        Setter { setter: self.setter.clone(), kind: PhantomData }
    }
}

impl<T> PartialEq for Setter<T> {
    fn eq(&self, other: &Setter<T>) -> bool {
        self.setter == other.setter
    }
}

impl<T: PartialEq + 'static> Setter<T> {
    /// Remembers something else, and draws the part anew where it differs.
    #[inline(never)]
    pub fn set(&self, value: T) {
        self.setter.set(Anything(Rc::new(value)));
    }
}

/// Remembers a value from one drawing to the next.
#[hook]
pub fn use_kept<T: PartialEq + 'static>(first: impl FnOnce() -> T) -> Kept<T> {
    let mut first = Some(first);
    let handle = use_anything(&mut || {
        // Called once at the most: when the part is drawn for the first time.
        Anything(Rc::new(first.take().expect("a first value is made once")()))
    });
    Kept { handle, kind: PhantomData }
}

#[hook]
fn use_anything(first: &mut dyn FnMut() -> Anything) -> UseStateHandle<Anything> {
    yew::functional::use_state_eq(first)
}

/// How an effect is undone.
type Undo = Box<dyn FnOnce()>;

/// An effect that is given what it depends on.
type Effect = Box<dyn FnOnce(&dyn Any) -> Undo>;

/// What an effect may give back.
pub trait Undone {
    /// How it is undone.
    fn undo(self) -> Undo;
}

impl Undone for () {
    fn undo(self) -> Undo {
        Box::new(|| ())
    }
}

impl<F: FnOnce() + 'static> Undone for F {
    fn undo(self) -> Undo {
        Box::new(self)
    }
}

/// Does something after a drawing where that on which it depends has changed.
#[hook]
pub fn use_effect_on<T, U>(on: T, effect: impl FnOnce(&T) -> U + 'static)
where
    T: PartialEq + 'static,
    U: Undone + 'static,
{
    let effect = move |on: &dyn Any| {
        let on = on.downcast_ref().expect("an effect depends on its own kind");
        effect(on).undo()
    };
    use_any_effect(Anything(Rc::new(on)), Box::new(effect));
}

#[hook]
fn use_any_effect(on: Anything, effect: Effect) {
    yew::functional::use_effect_with(on, move |on: &Anything| effect(on.value()));
}
