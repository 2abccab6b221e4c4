//! How the page shows the cluster: filters, windows, and which panels are shown.

use crate::raft::{Index, ServerId, Topic};
use crate::sim::EventId;

use super::focus::Selection;

/// What the model of the cluster is made for. Parts that are not shown are not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ModelScope {
    pub selection: Option<Selection>,
    pub options: ViewOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ViewOptions {
    pub filter: EventFilter,
    pub logs: LogWindow,
    /// Whether the tab with the script is in front. The script is written only then.
    pub script_open: bool,
    /// Whether the tab with the clients and their history is in front.
    pub history_open: bool,
    /// Whether the list of events is shown.
    pub events_open: bool,
    /// The row of the list that is unfolded, by its oldest event.
    pub unfolded: Option<EventId>,
    /// Whether the inspector is shown.
    pub inspector_open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventFilter {
    /// A bit for each topic.
    topics: u8,
    /// Shows only events of this server.
    pub server: Option<ServerId>,
}

impl Default for EventFilter {
    /// All but plain messages, which would bury the rest.
    fn default() -> EventFilter {
        EventFilter { topics: 0b111111 & !(1 << Topic::Messages as u8), server: None }
    }
}

impl EventFilter {
    pub fn shows(self, topic: Topic) -> bool {
        self.topics & (1 << topic as u8) != 0
    }

    pub fn toggled(self, topic: Topic) -> EventFilter {
        EventFilter { topics: self.topics ^ (1 << topic as u8), ..self }
    }
}

/// The columns of the log table that are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogWindow {
    /// The first index; `None` follows the end of the longest log.
    pub first: Option<Index>,
    pub count: usize,
    /// How many columns are wholly in view.
    pub whole: Index,
}

impl Default for LogWindow {
    fn default() -> LogWindow {
        LogWindow { first: None, count: 14, whole: 11 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_messages_are_hidden_by_default() {
        let filter = EventFilter::default();
        assert!(filter.shows(Topic::Elections) && !filter.shows(Topic::Messages));
        assert!(filter.toggled(Topic::Messages).shows(Topic::Messages));
        assert_eq!(filter.toggled(Topic::Faults).toggled(Topic::Faults), filter);
    }
}
