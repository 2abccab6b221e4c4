//! The root component: owns the page's state, starts the player, and provides the context.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::announcements::Announcements;
use super::context::PageContext;
use super::page_layout::PageLayout;
use super::platform::clock::{Alarm, now_ms};
use super::platform::{dom, panic, pictures, service_worker, storage};
use super::player::{Listeners, Player, crash_report};
use super::state::{Action, Banner, Embed, ModelScope, Theme, UiState, WrongParameter};
use super::view::ClusterModel;
use super::{api, first_cluster, hover, presenting, shortcuts, text};

/// Renders the page into the element of index.html.
pub fn start() {
    if Embed::parse(&dom::query()).is_some() {
        // The person's own session is none of the page's around the frame.
        storage::turn_off();
        dom::set_root_attribute("data-embed", "1");
    }
    panic::install_screen(crash_report::session);
    panic::install_start_over(crash_report::start_over);
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
            let player = page.player.clone();
            let printing = pictures::print(move || player.print_pictures());
            let offer = page.callback(|page, ()| {
                page.dispatch(Action::OfferReload(text::NEW_VERSION.to_owned()));
            });
            let listeners = service_worker::register(move || offer.emit(()));
            move || drop((listeners, printing))
        });
    }
    use_scope(player, ui.scope());
    use_stored_theme(ui.theme);
    use_stored_switch(storage::SHORTCUTS, ui.shortcuts);
    use_stored_switch(storage::LEGEND, ui.legend);
    shortcuts::use_shortcuts(&page, &ui);
    presenting::use_presenting(&page, &ui);
    hover::use_marks(&page, &ui, &cluster);
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
    if let Some((embed, _)) = Embed::parse(&dom::query()) {
        match embed.autoplay {
            Some(true) => page.player.play(),
            Some(false) => page.player.pause(),
            None => {}
        }
    }
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
fn use_stored_switch(name: &'static str, on: bool) {
    use_effect_with(on, move |on| storage::write(name, if *on { "on" } else { "off" }));
}

fn stored_state() -> UiState {
    let theme = storage::read(storage::THEME).map_or(Theme::System, |name| Theme::named(&name));
    let shortcuts = storage::read(storage::SHORTCUTS).is_none_or(|stored| stored != "off");
    let legend = storage::read(storage::LEGEND).is_some_and(|stored| stored == "on");
    let ui = UiState { theme, shortcuts, legend, ..UiState::default() };
    match Embed::parse(&dom::query()) {
        None => ui,
        Some((embed, wrong)) => UiState {
            theme: embed.theme.unwrap_or_default(),
            banner: wrong_parameters(&wrong),
            embed: Some(embed),
            ..ui
        },
    }
}

/// Says which parameters of the address are not understood.
fn wrong_parameters(wrong: &[WrongParameter]) -> Option<Banner> {
    let say = |(name, value, expected): &WrongParameter| text::embed_wrong(name, value, expected);
    let texts: Vec<String> = wrong.iter().map(say).collect();
    (!texts.is_empty()).then(|| Banner::error(texts.join(" "), None))
}
