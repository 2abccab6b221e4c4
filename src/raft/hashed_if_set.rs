//! A field that came later and that few runs use.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// A value that adds nothing to a hash while it is the default of its type. So a run that does not
/// use the field keeps the hash that it had before the field existed, and recorded hashes stay
/// comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct HashedIfSet<T>(pub T);

impl<T: Default + PartialEq + Hash> Hash for HashedIfSet<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if self.0 != T::default() {
            self.0.hash(state);
        }
    }
}

impl<T> Deref for HashedIfSet<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for HashedIfSet<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
