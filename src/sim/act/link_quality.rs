//! A latency and a loss that a link has for itself.

use std::fmt;

use crate::sim::time::Span;

use super::setting::percent;

/// A value of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkValue<T> {
    Own(T),
    /// That of the cluster's setting.
    Default,
}

impl<T> LinkValue<T> {
    pub(in crate::sim) fn own(self) -> Option<T> {
        match self {
            LinkValue::Own(value) => Some(value),
            LinkValue::Default => None,
        }
    }
}

/// What changes about a link. A field that is `None` stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct LinkQuality {
    pub latency: Option<LinkValue<Span>>,
    /// In parts per million.
    pub loss_ppm: Option<LinkValue<u32>>,
}

impl LinkQuality {
    /// The cluster's settings again.
    pub const DEFAULT: LinkQuality =
        LinkQuality { latency: Some(LinkValue::Default), loss_ppm: Some(LinkValue::Default) };
}

impl fmt::Display for LinkQuality {
    /// As in the language, with a space before each part.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.latency {
            Some(LinkValue::Own(span)) => write!(f, " latency {span}")?,
            Some(LinkValue::Default) => f.write_str(" latency default")?,
            None => {}
        }
        match self.loss_ppm {
            Some(LinkValue::Own(ppm)) => write!(f, " loss {}", percent(ppm)),
            Some(LinkValue::Default) => f.write_str(" loss default"),
            None => Ok(()),
        }
    }
}
