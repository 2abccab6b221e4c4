//! What the person looks at and has opened: a pure reducer. Nothing of the cluster is kept here.

use crate::raft::{Index, ServerId};

/// What the inspector is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A server.
    Server(ServerId),
    /// An event of the journal, by its id.
    Event(u64),
}

/// Whose menu is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// A server's.
    Server(ServerId),
    /// A link's, the lower number first.
    Link(ServerId, ServerId),
}

/// The panels that share one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Why the selected server or event is as it is.
    Why,
    /// The log of events.
    Events,
    /// The client form and what became of each command.
    Clients,
    /// The state machines' contents.
    Stores,
    /// One line of the language at a time.
    Console,
    /// The script that the session is.
    Script,
    /// What else became of the run.
    Branches,
}

impl Tab {
    /// All of them, from left to right.
    pub const ALL: [Tab; 7] = [
        Tab::Events,
        Tab::Why,
        Tab::Clients,
        Tab::Stores,
        Tab::Console,
        Tab::Script,
        Tab::Branches,
    ];
}

/// A dialog that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Settings.
    Settings,
    /// Help.
    Help,
    /// Which server is in which group.
    Partition,
    /// The link to this script at this moment, and its file.
    Share,
}

/// What an event is about, for the filters of the event log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Topic {
    /// Timers, candidates, votes, leaders, terms.
    Elections,
    /// Entries appended, committed, applied.
    Replication,
    /// Requests and answers.
    Clients,
    /// Crashes, cuts, losses: what a person or a script did.
    Faults,
    /// Messages sent and delivered that decided nothing new.
    Messages,
}

impl Topic {
    /// All of them, in the order of the filters.
    pub const ALL: [Topic; 5] =
        [Topic::Elections, Topic::Replication, Topic::Clients, Topic::Faults, Topic::Messages];
}

/// Which events the log of events shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventFilter {
    topics: u8,
    /// Only events of that server.
    pub server: Option<ServerId>,
}

impl Default for EventFilter {
    /// All but plain messages, which would bury the rest.
    fn default() -> EventFilter {
        EventFilter { topics: 0b11111 & !(1 << Topic::Messages as u8), server: None }
    }
}

impl EventFilter {
    /// Whether events of that topic are shown.
    pub fn shows(self, topic: Topic) -> bool {
        self.topics & (1 << topic as u8) != 0
    }

    /// Shows the topic, or hides it.
    pub fn toggled(self, topic: Topic) -> EventFilter {
        EventFilter { topics: self.topics ^ (1 << topic as u8), ..self }
    }
}

/// The columns of the log table that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogWindow {
    /// The first of them; nothing follows the end of the longest log.
    pub first: Option<Index>,
    /// How many.
    pub count: usize,
}

impl Default for LogWindow {
    fn default() -> LogWindow {
        LogWindow { first: None, count: 14 }
    }
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has them.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Its name in the storage and in the page's `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of that name; the system's where the name is none.
    pub fn named(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
}

/// How far a newcomer has come with the one obvious thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hint {
    /// Watch the first election, then crash the leader.
    #[default]
    CrashTheLeader,
    /// The leader is down: watch the next election, then send a command.
    SendACommand,
    /// Done, or dismissed.
    Gone,
}

/// Where the person looks: what the picture of the cluster is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Focus {
    /// What is selected.
    pub selection: Option<Selection>,
    /// Which events are shown.
    pub filter: EventFilter,
    /// Which part of the logs is shown.
    pub logs: LogWindow,
    /// Whether every key of the state machines is listed.
    pub stores_open: bool,
    /// Whether the script of the session is looked at.
    pub script_open: bool,
}

/// Something that stands above the cluster until it is put aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tell {
    /// What there is to say.
    pub text: String,
    /// What belongs to it, word for word: errors, or a script.
    pub detail: Option<String>,
    /// Whether it is about something that went wrong.
    pub wrong: bool,
    /// Whether it is over when time goes on.
    pub brief: bool,
    /// Whether one can start afresh.
    pub fresh: bool,
    /// Whether one can go back to what was there.
    pub back: bool,
}

impl Tell {
    /// Something that is over when time goes on.
    pub fn brief(text: String) -> Tell {
        Tell { text, brief: true, ..Tell::default() }
    }

    /// Something that went wrong.
    pub fn wrong(text: String, detail: Option<String>) -> Tell {
        Tell { text, detail, wrong: true, ..Tell::default() }
    }
}

/// Everything that the page remembers besides the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ui {
    /// Where the person looks.
    pub focus: Focus,
    /// The open menu.
    pub menu: Option<Menu>,
    /// The panel in front.
    pub tab: Tab,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The colours.
    pub theme: Theme,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// What a newcomer is told.
    pub hint: Hint,
    /// A short notice, such as why something could not be done.
    pub notice: Option<String>,
    /// What stands above the cluster.
    pub tell: Option<Tell>,
}

impl Default for Ui {
    fn default() -> Ui {
        Ui {
            focus: Focus::default(),
            menu: None,
            tab: Tab::Events,
            dialog: None,
            theme: Theme::System,
            shortcuts: true,
            hint: Hint::default(),
            notice: None,
            tell: None,
        }
    }
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A server's or a link's menu opens.
    OpenMenu(Menu),
    /// The menu closes.
    CloseMenu,
    /// The inspector turns to this.
    Select(Selection),
    /// The inspector turns to nothing.
    Deselect,
    /// That panel comes to the front.
    Show(Tab),
    /// A dialog opens.
    Open(Dialog),
    /// The dialog closes.
    CloseDialog,
    /// Shows or hides a topic in the log of events.
    ToggleTopic(Topic),
    /// Only events of that server, or of all.
    OnlyServer(Option<ServerId>),
    /// Another part of the logs comes into view.
    ScrollLogs(LogWindow),
    /// Other colours.
    SetTheme(Theme),
    /// Switches single-key shortcuts.
    SetShortcuts(bool),
    /// A leader was crashed.
    LeaderCrashed,
    /// A command was sent.
    CommandSent,
    /// The newcomer's hint is not wanted.
    DismissHint,
    /// Says something briefly.
    Notice(String),
    /// The notice has been read.
    ClearNotice,
    /// Tells something above the cluster.
    Tell(Tell),
    /// That has been read.
    PutAside,
    /// Time goes on.
    Played,
    /// Another cluster was opened: what was selected is of the old one.
    Opened,
}

impl Ui {
    /// What it becomes.
    pub fn after(&self, action: Action) -> Ui {
        let mut ui = self.clone();
        match action {
            Action::OpenMenu(menu) => ui.open_menu(menu),
            Action::CloseMenu => ui.menu = None,
            Action::Select(selection) => {
                ui.focus.selection = Some(selection);
                ui.tab = Tab::Why;
            }
            Action::Deselect => ui.focus.selection = None,
            Action::Show(tab) => ui.tab = tab,
            Action::Open(dialog) => {
                ui.dialog = Some(dialog);
                ui.menu = None;
            }
            Action::CloseDialog => ui.dialog = None,
            Action::ToggleTopic(topic) => ui.focus.filter = ui.focus.filter.toggled(topic),
            Action::OnlyServer(server) => ui.focus.filter.server = server,
            Action::ScrollLogs(window) => ui.focus.logs = window,
            Action::SetTheme(theme) => ui.theme = theme,
            Action::SetShortcuts(on) => ui.shortcuts = on,
            Action::LeaderCrashed => ui.advance_hint(Hint::CrashTheLeader, Hint::SendACommand),
            Action::CommandSent => ui.advance_hint(Hint::SendACommand, Hint::Gone),
            Action::DismissHint => ui.hint = Hint::Gone,
            Action::Notice(text) => ui.notice = Some(text),
            Action::ClearNotice => ui.notice = None,
            Action::Opened => {
                ui.focus = Focus { filter: ui.focus.filter, ..Focus::default() };
                ui.focus.filter.server = None;
                ui.menu = None;
                ui.notice = None;
                ui.tell = None;
            }
            Action::Tell(tell) => ui.tell = Some(tell),
            Action::PutAside => ui.tell = None,
            Action::Played => ui.tell = ui.tell.filter(|tell| !tell.brief),
        }
        ui.focus.script_open = ui.tab == Tab::Script;
        ui
    }

    fn open_menu(&mut self, menu: Menu) {
        self.menu = Some(menu);
        self.notice = None;
        if let Menu::Server(server) = menu {
            self.focus.selection = Some(Selection::Server(server));
            self.tab = Tab::Why;
        }
    }

    fn advance_hint(&mut self, from: Hint, to: Hint) {
        if self.hint == from {
            self.hint = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(number: usize) -> ServerId {
        ServerId::new(number).expect("a server's number")
    }

    #[test]
    fn a_servers_menu_selects_it_and_turns_the_inspector_to_it() {
        let ui = Ui::default().after(Action::OpenMenu(Menu::Server(s(2))));
        assert_eq!(ui.menu, Some(Menu::Server(s(2))));
        assert_eq!(ui.focus.selection, Some(Selection::Server(s(2))));
        assert_eq!(ui.tab, Tab::Why);
        assert_eq!(ui.after(Action::CloseMenu).menu, None);
    }

    #[test]
    fn a_links_menu_leaves_the_inspector_alone() {
        let ui = Ui::default().after(Action::OpenMenu(Menu::Link(s(1), s(2))));
        assert_eq!((ui.tab, ui.focus.selection), (Tab::Events, None));
    }

    #[test]
    fn plain_messages_are_hidden_until_asked_for() {
        let filter = EventFilter::default();
        assert!(filter.shows(Topic::Elections) && !filter.shows(Topic::Messages));
        assert!(filter.toggled(Topic::Messages).shows(Topic::Messages));
        assert_eq!(filter.toggled(Topic::Faults).toggled(Topic::Faults), filter);
    }

    #[test]
    fn the_hint_goes_on_when_done_and_away_when_dismissed() {
        let ui = Ui::default().after(Action::CommandSent);
        assert_eq!(ui.hint, Hint::CrashTheLeader);
        let ui = ui.after(Action::LeaderCrashed);
        assert_eq!(ui.hint, Hint::SendACommand);
        assert_eq!(ui.after(Action::CommandSent).hint, Hint::Gone);
        let dismissed = Ui::default().after(Action::DismissHint).after(Action::LeaderCrashed);
        assert_eq!(dismissed.hint, Hint::Gone);
    }

    #[test]
    fn another_cluster_keeps_the_filters_and_drops_what_was_selected() {
        let ui = Ui::default()
            .after(Action::ToggleTopic(Topic::Messages))
            .after(Action::Select(Selection::Event(7)))
            .after(Action::Opened);
        assert_eq!(ui.focus.selection, None);
        assert!(ui.focus.filter.shows(Topic::Messages));
    }

    #[test]
    fn the_script_is_made_only_while_its_tab_is_in_front() {
        let ui = Ui::default().after(Action::Show(Tab::Script));
        assert!(ui.focus.script_open && ui.after(Action::Opened).focus.script_open);
        assert!(!ui.after(Action::Show(Tab::Events)).focus.script_open);
    }

    #[test]
    fn what_is_told_briefly_is_over_when_time_goes_on() {
        let told = |tell| Ui::default().after(Action::Tell(tell)).after(Action::Played).tell;
        assert_eq!(told(Tell::brief("restored".into())), None);
        let wrong = Tell::wrong("broken".into(), None);
        assert_eq!(told(wrong.clone()), Some(wrong));
    }

    #[test]
    fn a_theme_is_read_back_by_its_name() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::named(theme.name()), theme);
        }
        assert_eq!(Theme::named("purple"), Theme::System);
    }
}
