//! The state of the page besides the cluster, and its reducer.

mod challenge_draft;
mod embed;
mod exports;
mod focus;
mod partition_draft;
mod search;
mod section;
mod tab;
mod view_options;

use std::rc::Rc;

use yew::Reducible;

use crate::raft::{ClientId, ServerId, Topic};
use crate::sim::{EventId, MessageId};

pub use challenge_draft::{ChallengeDraft, GoalDraft, GoalKind, ToolDraft};
pub use embed::{Embed, EmbedPart, WrongParameter};
pub use exports::{PictureExport, SingleExport, TextExport};
pub use focus::{Focus, NotASelection, Selection};
pub use partition_draft::PartitionDraft;
pub use search::{SearchPhase, SearchState};
pub use section::Section;
pub use tab::Tab;
pub use view_options::{EventFilter, LogWindow, ModelScope, ViewOptions};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UiState {
    pub section: Section,
    pub selection: Option<Selection>,
    /// What the pointer or the keyboard focus is on: every view marks it.
    pub hovered: Option<Selection>,
    pub options: ViewOptions,
    pub menu: Option<Menu>,
    /// The panel in front.
    pub tab: Tab,
    /// Whether the panel in front is open, where there is only room for a sheet.
    pub sheet_open: bool,
    pub dialog: Option<Dialog>,
    /// The groups that were chosen for a partition; `None` for those that there are.
    pub partition: Option<PartitionDraft>,
    pub theme: Theme,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// Whether the legend stands on the page.
    pub legend: bool,
    /// Whether the page is presented: large, one panel at a time.
    pub presenting: bool,
    /// Whether the screen is blank while the page is presented.
    pub blank: bool,
    pub hint: Hint,
    /// A short notice under the stage, such as why something could not be done.
    pub notice: Option<String>,
    pub banner: Option<Banner>,
    /// The newest search for a counterexample.
    pub search: Option<SearchState>,
    /// What a frame around the page shows of it; `None` outside of one.
    pub embed: Option<Embed>,
    /// The name of the branch that the timeline draws below this one.
    pub compared: Option<String>,
}

impl Default for UiState {
    fn default() -> UiState {
        UiState {
            section: Section::Sandbox,
            selection: None,
            hovered: None,
            options: ViewOptions { events_open: true, ..ViewOptions::default() },
            menu: None,
            tab: Tab::Events,
            sheet_open: false,
            dialog: None,
            partition: None,
            theme: Theme::System,
            shortcuts: true,
            legend: false,
            presenting: false,
            blank: false,
            hint: Hint::default(),
            notice: None,
            banner: None,
            search: None,
            embed: None,
            compared: None,
        }
    }
}

/// The thing on the stage whose menu is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    Server(ServerId),
    Message(MessageId),
    Client(ClientId),
    /// The link between two servers, the lower number first.
    Link(ServerId, ServerId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Settings,
    Help,
    Partition,
    /// The latency and loss of the link between two servers, the lower number first.
    Link(ServerId, ServerId),
    Share,
    Export,
    /// The same run with one setting changed.
    Compare,
    /// A challenge that starts at this moment.
    MakeChallenge,
    /// Searches everything that a person can do.
    Palette,
    Keys,
    /// Opened at that term, by its number.
    Glossary(Option<usize>),
    Legend,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// The operating system decides.
    #[default]
    System,
    Light,
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

    /// The inverse of [`Theme::name`]; the system's theme for any other name.
    pub fn named(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }
}

/// The hint on the stage for a first visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hint {
    /// Watch the first election, then crash the leader.
    #[default]
    CrashTheLeader,
    /// Watch the next election, then send a command.
    SendACommand,
    /// Done, or dismissed.
    Gone,
}

/// A message above the cluster. It stays until it is dismissed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Banner {
    pub text: String,
    /// Errors, or a script, verbatim.
    pub detail: Option<String>,
    pub is_error: bool,
    /// Whether it disappears when the person presses Play.
    pub until_play: bool,
    /// Whether it has a button that restores the previous session.
    pub offers_previous: bool,
    /// Whether it has a button that reloads the page.
    pub offers_reload: bool,
}

impl Banner {
    pub fn until_play(text: String) -> Banner {
        Banner { text, until_play: true, ..Banner::default() }
    }

    pub fn error(text: String, detail: Option<String>) -> Banner {
        Banner { text, detail, is_error: true, ..Banner::default() }
    }
}

/// What changes the state of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    OpenMenu(Menu),
    CloseMenu,
    /// Shows that section of the page.
    GoTo(Section),
    /// Selects it, and shows why it is as it is: an event beside the list of events, everything
    /// else in the inspector.
    Select(Selection),
    Deselect,
    /// The pointer or the keyboard focus came to that, or left what it was on.
    Hover(Option<Selection>),
    /// Brings that panel to the front.
    Show(Tab),
    /// Closes the sheet with the panels.
    CloseSheet,
    Open(Dialog),
    CloseDialog,
    /// Chooses the groups of a partition.
    Group(PartitionDraft),
    /// Puts one server into a group; `present` are the groups if none were chosen before.
    Regroup {
        server: ServerId,
        group: u8,
        present: PartitionDraft,
    },
    /// Shows or hides a topic in the list of events.
    ToggleTopic(Topic),
    /// Shows only events of that server, or of all.
    OnlyServer(Option<ServerId>),
    /// Unfolds or folds a row of the list of events, by its oldest event.
    ToggleRound(EventId),
    ScrollLogs(LogWindow),
    SetTheme(Theme),
    SetShortcuts(bool),
    /// Shows the legend on the page, or hides it.
    ShowLegend(bool),
    /// Begins or ends the presentation.
    Present(bool),
    /// Blanks the screen, or shows the page again.
    ToggleBlank,
    /// Brings the next panel to the front.
    ShowNextTab,
    LeaderCrashed,
    CommandSent,
    Partitioned,
    DismissHint,
    Notice(String),
    ClearNotice,
    ShowBanner(Banner),
    DismissBanner,
    /// The server has a newer version of the page, as this text says.
    OfferReload(String),
    /// A search for a counterexample has come so far; `None`: it is cancelled or dismissed.
    SetSearch(Option<SearchState>),
    /// The person pressed Play.
    Played,
    /// The timeline draws that branch below this one, or only this one.
    Compare(Option<String>),
    /// Another session was opened.
    Opened,
}

impl Reducible for UiState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

impl UiState {
    /// The state after the action.
    pub fn after(&self, action: Action) -> UiState {
        let mut ui = self.clone();
        match action {
            Action::OpenMenu(menu) => ui.open_menu(menu),
            Action::CloseMenu => ui.menu = None,
            Action::GoTo(section) => ui.go_to(section),
            Action::Select(selection) => ui.select(selection),
            Action::Deselect => ui.selection = None,
            Action::Hover(hovered) => ui.hovered = hovered,
            Action::Show(tab) => ui.show(tab),
            Action::CloseSheet => ui.sheet_open = false,
            Action::Open(dialog) => {
                ui.partition = None;
                ui.dialog = Some(dialog);
                ui.menu = None;
            }
            Action::CloseDialog => ui.dialog = None,
            Action::Group(draft) => ui.partition = Some(draft),
            Action::Regroup { server, group, present } => {
                let draft = ui.partition.unwrap_or(present);
                ui.partition = Some(draft.with(server, group));
            }
            Action::ToggleTopic(topic) => ui.options.filter = ui.options.filter.toggled(topic),
            Action::OnlyServer(server) => ui.options.filter.server = server,
            Action::ToggleRound(id) => {
                let folded = ui.options.unfolded == Some(id);
                ui.options.unfolded = (!folded).then_some(id);
            }
            Action::ScrollLogs(window) => ui.options.logs = window,
            Action::SetTheme(theme) => ui.theme = theme,
            Action::SetShortcuts(on) => ui.shortcuts = on,
            Action::ShowLegend(on) => ui.legend = on,
            Action::Present(on) => {
                // Escape shows a blank screen again before it ends the presentation.
                ui.presenting = on || ui.blank;
                ui.blank = false;
                ui.dialog = None;
            }
            Action::ToggleBlank => ui.blank = !ui.blank,
            Action::ShowNextTab => ui.show(ui.tab.next()),
            Action::LeaderCrashed => ui.advance_hint(Hint::CrashTheLeader, Hint::SendACommand),
            Action::CommandSent => ui.advance_hint(Hint::SendACommand, Hint::Gone),
            Action::Partitioned => ui.hint = Hint::Gone,
            Action::DismissHint => ui.hint = Hint::Gone,
            Action::Notice(text) => ui.notice = Some(text),
            Action::ClearNotice => ui.notice = None,
            Action::Opened => ui.forget_session(),
            Action::ShowBanner(banner) => ui.banner = Some(banner),
            Action::SetSearch(search) => ui.search = search,
            Action::DismissBanner => ui.banner = None,
            Action::Compare(name) => ui.compared = name,
            Action::OfferReload(text) => ui.offer_reload(text),
            Action::Played => {
                ui.banner = ui.banner.filter(|banner| !banner.until_play);
                ui.notice = None;
            }
        }
        ui.note_open_panels();
        ui
    }

    /// Another session was opened.
    fn forget_session(&mut self) {
        self.section = Section::Sandbox;
        self.options = ViewOptions { filter: self.options.filter, ..ViewOptions::default() };
        self.options.filter.server = None;
        self.selection = None;
        self.hovered = None;
        self.menu = None;
        self.notice = None;
        self.banner = None;
        self.compared = None;
        self.partition = None;
        self.hint = Hint::Gone;
    }

    fn go_to(&mut self, section: Section) {
        self.section = section;
        self.menu = None;
        self.dialog = None;
    }

    fn note_open_panels(&mut self) {
        self.options.script_open = self.tab == Tab::Script;
        self.options.history_open = self.tab == Tab::Clients;
        self.options.events_open = self.tab == Tab::Events;
        // In the tab of the events, the chosen one is explained beside the list.
        let beside = self.tab == Tab::Events && matches!(self.selection, Some(Selection::Event(_)));
        self.options.inspector_open = beside || self.tab == Tab::Inspect;
    }

    /// What the model of the cluster is made for.
    pub fn scope(&self) -> ModelScope {
        ModelScope { selection: self.selection, options: self.options }
    }

    fn select(&mut self, selection: Selection) {
        self.selection = Some(selection);
        let explained_there = self.tab == Tab::Events && matches!(selection, Selection::Event(_));
        self.show(if explained_there { Tab::Events } else { Tab::Inspect });
    }

    fn show(&mut self, tab: Tab) {
        self.tab = tab;
        self.sheet_open = true;
    }

    fn open_menu(&mut self, menu: Menu) {
        self.menu = Some(menu);
        let selection = match menu {
            Menu::Server(server) => Selection::Server(server),
            Menu::Message(id) => Selection::Message(id),
            Menu::Client(client) => Selection::Client(client),
            Menu::Link(..) => {
                self.notice = None;
                return;
            }
        };
        // That time was paused for a message is said as long as its menu is open.
        if !matches!(menu, Menu::Message(_)) {
            self.notice = None;
        }
        self.selection = Some(selection);
        self.tab = Tab::Inspect;
    }

    /// An error stays in sight.
    fn offer_reload(&mut self, text: String) {
        if !self.banner.as_ref().is_some_and(|banner| banner.is_error) {
            self.banner = Some(Banner { text, offers_reload: true, ..Banner::default() });
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
    fn a_servers_menu_selects_the_server() {
        let ui = UiState::default().after(Action::OpenMenu(Menu::Server(s(2))));
        assert_eq!(ui.menu, Some(Menu::Server(s(2))));
        assert_eq!(ui.selection, Some(Selection::Server(s(2))));
        assert_eq!(ui.tab, Tab::Inspect);
        assert_eq!(ui.after(Action::CloseMenu).menu, None);
    }

    #[test]
    fn escape_shows_a_blank_screen_before_it_ends_the_presentation() {
        let ui = UiState::default().after(Action::Present(true)).after(Action::ToggleBlank);
        let shown = ui.after(Action::Present(false));
        assert_eq!((shown.presenting, shown.blank), (true, false));
        assert!(!shown.after(Action::Present(false)).presenting);
    }

    #[test]
    fn a_links_menu_leaves_the_inspector_alone() {
        let ui = UiState::default().after(Action::OpenMenu(Menu::Link(s(1), s(2))));
        assert_eq!((ui.tab, ui.selection), (Tab::Events, None));
    }

    #[test]
    fn the_hint_advances_when_done_and_disappears_when_dismissed() {
        let ui = UiState::default().after(Action::CommandSent);
        assert_eq!(ui.hint, Hint::CrashTheLeader);
        let ui = ui.after(Action::LeaderCrashed);
        assert_eq!(ui.hint, Hint::SendACommand);
        assert_eq!(ui.after(Action::CommandSent).hint, Hint::Gone);
        let dismissed = UiState::default().after(Action::DismissHint).after(Action::LeaderCrashed);
        assert_eq!(dismissed.hint, Hint::Gone);
    }

    #[test]
    fn another_session_keeps_the_filters_and_drops_the_selection() {
        let ui = UiState::default()
            .after(Action::ToggleTopic(Topic::Messages))
            .after(Action::Select(Selection::Event(7)))
            .after(Action::Opened);
        assert_eq!(ui.selection, None);
        assert!(ui.options.filter.shows(Topic::Messages));
    }

    #[test]
    fn the_script_is_written_only_while_its_tab_is_in_front() {
        let ui = UiState::default().after(Action::Show(Tab::Script));
        assert!(ui.options.script_open && ui.after(Action::Opened).options.script_open);
        assert!(!ui.after(Action::Show(Tab::Events)).options.script_open);
    }

    #[test]
    fn play_removes_a_banner_that_lasts_until_then() {
        let after_play = |banner| {
            UiState::default().after(Action::ShowBanner(banner)).after(Action::Played).banner
        };
        assert_eq!(after_play(Banner::until_play("restored".into())), None);
        let error = Banner::error("broken".into(), None);
        assert_eq!(after_play(error.clone()), Some(error));
    }

    #[test]
    fn a_newer_version_does_not_hide_an_error() {
        let error = Banner::error("broken".into(), None);
        let ui = UiState::default().after(Action::ShowBanner(error.clone()));
        assert_eq!(ui.after(Action::OfferReload(String::new())).banner, Some(error));
        let offer = UiState::default()
            .after(Action::OfferReload(String::new()))
            .after(Action::Played)
            .banner;
        assert!(offer.is_some_and(|banner| banner.offers_reload));
    }

    #[test]
    fn a_theme_is_read_back_by_its_name() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::named(theme.name()), theme);
        }
        assert_eq!(Theme::named("purple"), Theme::System);
    }
}
