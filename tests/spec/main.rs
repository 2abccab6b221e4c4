//! The native tests, a module a topic.

mod chaos;
