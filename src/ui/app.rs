//! The root component: owns the page's state, starts the player, and provides the context.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::announcements::Announcements;
use super::context::PageContext;
use super::page_layout::PageLayout;
use super::platform::clock::{Alarm, now_ms};
use super::platform::{dom, panic, service_worker, storage, worker};
use super::player::{Listeners, Player, crash_report};
use super::state::{Action, ModelScope, Theme, UiState};
use super::view::ClusterModel;
use super::{api, counterexample, first_cluster, hover, shortcuts, text};

/// Mounts the page; in a worker, searches for it.
pub fn start() {
    match worker::is_worker() {
        true => counterexample::serve(),
        false => mount(),
    }
}

/// Renders the page into the element of index.html.
fn mount() {
    panic::install_screen(crash_report::session, crash_report::start_over);
    let session = first_cluster::before_first_election(first_cluster::SCRIPT);
    // A test opens this script.
    let player = Player::new(session.unwrap_or_else(|errors| panic!("{errors}")));
    api::install(&player);
    let root = dom::find("#app").expect("index.html has an element for the page");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { player }).render();
}

#[derive(PartialEq, Properties)]
pub struct AppProps {
    pub player: Rc<Player>,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let player = &props.player;
    let ui = use_reducer_eq(stored_state);
    let cluster = use_state_eq(|| player.model());
    let announced = use_state_eq(AttrValue::default);
    let page = {
        let dispatcher = ui.dispatcher();
        let dispatch = Callback::from(move |action| dispatcher.dispatch(action));
        PageContext::new(player.clone(), dispatch)
    };
    {
        let (page, cluster, announced) = (page.clone(), cluster.setter(), announced.setter());
        use_effect_with((), move |()| {
            begin(&page, cluster, announced);
            let offer = page.callback(|page, ()| {
                page.dispatch(Action::OfferReload(text::NEW_VERSION.to_owned()));
            });
            let listeners = service_worker::register(move || offer.emit(()));
            move || drop(listeners)
        });
    }
    use_scope(player, ui.scope());
    use_stored_theme(ui.theme);
    use_stored_shortcuts(ui.shortcuts);
    shortcuts::use_shortcuts(&page, &ui);
    hover::use_marks(&page, &ui, &cluster.violations);
    html! {
        <ContextProvider<PageContext> context={page}>
            <PageLayout ui={(*ui).clone()} cluster={(*cluster).clone()} />
            <p class="spoken" role="status" aria-live="polite">{ &*announced }</p>
        </ContextProvider<PageContext>>
    }
}

/// Starts the player, and listens to it.
fn begin(
    page: &PageContext,
    cluster: UseStateSetter<Rc<ClusterModel>>,
    announced: UseStateSetter<AttrValue>,
) {
    let announcements = Rc::new(RefCell::new(Announcements::default()));
    let due = {
        let announcements = announcements.clone();
        Alarm::new(move || {
            if let Some(text) = announcements.borrow_mut().take(now_ms()) {
                announced.set(text.into());
            }
        })
    };
    page.player.begin(Listeners {
        model: Callback::from(move |new| cluster.set(new)),
        action: page.callback(PageContext::dispatch),
        announce: Callback::from(move |text| {
            announcements.borrow_mut().push(text);
            if let Some(ms) = announcements.borrow().due_in_ms(now_ms()) {
                due.set_in(ms);
            }
        }),
        event: Callback::from(|(event, time_us)| api::dispatch(event, time_us)),
    });
}

/// The player makes the model for what the person looks at.
#[hook]
fn use_scope(player: &Rc<Player>, scope: ModelScope) {
    let player = player.clone();
    use_effect_with(scope, move |scope| player.set_scope(*scope));
}

#[hook]
fn use_stored_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        dom::set_root_attribute("data-theme", theme.name());
        storage::write(storage::THEME, theme.name());
    });
}

#[hook]
fn use_stored_shortcuts(on: bool) {
    use_effect_with(on, |on| storage::write(storage::SHORTCUTS, if *on { "on" } else { "off" }));
}

fn stored_state() -> UiState {
    let theme = storage::read(storage::THEME).map_or(Theme::System, |name| Theme::named(&name));
    let shortcuts = storage::read(storage::SHORTCUTS).is_none_or(|stored| stored != "off");
    UiState { theme, shortcuts, ..UiState::default() }
}
