//! The panels, each with a tab.

/// The panels that share one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Inspect,
    Events,
    /// Only where the rules have no zone of their own.
    Rules,
    Servers,
    Clients,
    Stores,
    Script,
    Branches,
    Console,
}

impl Tab {
    /// From left to right.
    pub const ALL: [Tab; 9] = [
        Tab::Inspect,
        Tab::Events,
        Tab::Rules,
        Tab::Servers,
        Tab::Clients,
        Tab::Stores,
        Tab::Script,
        Tab::Branches,
        Tab::Console,
    ];

    /// The one to the right; after the last one, the first.
    pub fn next(self) -> Tab {
        let index = Tab::ALL.iter().position(|tab| *tab == self).unwrap_or(0);
        Tab::ALL[(index + 1) % Tab::ALL.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_last_panel_comes_the_first() {
        assert_eq!(Tab::Console.next(), Tab::Inspect);
        assert_eq!(Tab::Inspect.next(), Tab::Events);
    }
}
