//! The page as a whole: its state, its layout, and what goes on beside the components.

use std::rc::Rc;

use yew::prelude::*;

use super::announce::Announcer;
use super::components::controls::ControlsProps;
use super::components::dialogs::DialogsProps;
use super::components::header::HeaderProps;
use super::components::panels::{
    LogsProps, PanelsProps, ServerTableProps, TellProps, ViolationProps,
};
use super::components::stage::StageProps;
use super::desk::{self, Desk};
use super::hooks::{Kept, use_effect_on, use_kept};
use super::keys;
use super::markup::html;
use super::opening;
use super::part::{part, put, put_into};
use super::platform::clock::{Alarm, now_ms};
use super::platform::{api, dom, panic, storage};
use super::player::{Listeners, Player};
use super::state::{Action, Hint, Theme, Ui};
use super::timeline::ticks;
use super::view::Picture;

/// Mounts the page.
pub fn mount() {
    panic::show_a_screen();
    // The script is the page's own and is tested to parse.
    let session = opening::prepared(opening::SCRIPT).unwrap_or_else(|errors| panic!("{errors}"));
    let player = Player::new(session);
    api::install(&player);
    let root = dom::find("#app").expect("index.html has a place for the page");
    put_into(root, AppProps { player });
}

/// The page's own state, as yew reduces it.
#[derive(PartialEq)]
struct State(Ui);

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(State(self.0.after(action)))
    }
}

/// Properties of the app.
struct AppProps {
    player: Rc<Player>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.player, &other.player)
    }
}

part!(AppProps, use_app);

#[hook]
fn use_app(props: &AppProps) -> Html {
    let state = use_reducer_eq(|| State(remembered()));
    let picture = use_kept(|| props.player.picture());
    let spoken = use_announcements(&props.player, &state, &picture);
    let desk = {
        let dispatcher = state.dispatcher();
        let dispatch = Callback::from(move |action| dispatcher.dispatch(action));
        Desk { player: props.player.clone(), dispatch }
    };
    desk::set_up(&desk);
    use_focus(&props.player, &state.0);
    use_choices(&state.0);
    keys::use_shortcuts(&desk, &state.0);
    let ui = &state.0;
    // Where a property is violated, that is the one thing to look at.
    let hint = if picture.violations.is_empty() { ui.hint } else { Hint::Gone };
    html! {
        <>
            { put("header", HeaderProps { theme: ui.theme, violated: !picture.violations.is_empty() }) }
            { put("violation", ViolationProps { violations: picture.violations.clone(), generation: picture.generation }) }
            if let Some(tell) = &ui.tell { { put("tell", TellProps { tell: tell.clone() }) } }
            <main>
                <div class="bench">
                    { put("stage", StageProps { picture: (*picture).clone(), selection: ui.focus.selection, menu: ui.menu, hint }) }
                    { put("controls", ControlsProps {
                        playing: picture.playing,
                        speed: picture.speed,
                        healthy: picture.links.iter().all(|link| link.state == super::view::LinkState::Up),
                        ticks: (
                            ticks(picture.branches.others.iter().filter_map(|branch| branch.parted_us)),
                            ticks(picture.violations.iter().map(|violation| violation.time_us)),
                        ),
                        notice: ui.notice.clone().map(AttrValue::from),
                    }) }
                    { put("servers", ServerTableProps { servers: picture.servers.clone() }) }
                </div>
                <div class="side">
                    { put("logs", LogsProps { logs: picture.logs.clone() }) }
                    { put("panels", PanelsProps { tab: ui.tab, focus: ui.focus, picture: (*picture).clone() }) }
                </div>
            </main>
            { put("dialogs", DialogsProps { dialog: ui.dialog, picture: (*picture).clone(), shortcuts: ui.shortcuts, theme: ui.theme }) }
            <p class="spoken" role="status" aria-live="polite">{ spoken }</p>
        </>
    }
}

/// Lets the player tell this component; returns what a screen reader is to say now.
#[hook]
fn use_announcements(
    player: &Rc<Player>,
    state: &UseReducerHandle<State>,
    picture: &Kept<Rc<Picture>>,
) -> AttrValue {
    let spoken = use_kept(AttrValue::default);
    let announcer = use_mut_ref(Announcer::default);
    let alarm = use_mut_ref(|| None::<Rc<Alarm>>);
    {
        let (player, spoken) = (player.clone(), spoken.clone());
        let (dispatcher, picture) = (state.dispatcher(), picture.clone());
        use_effect_on((), move |()| {
            let speak = {
                let announcer = announcer.clone();
                move || {
                    if let Some(text) = announcer.borrow_mut().take(now_ms()) {
                        spoken.set(text.into());
                    }
                }
            };
            let due = Rc::new(Alarm::new(speak));
            *alarm.borrow_mut() = Some(due.clone());
            player.tell(Listeners {
                picture: Callback::from(move |new| picture.set(new)),
                action: Callback::from(move |action| dispatcher.dispatch(action)),
                announce: Callback::from(move |text| {
                    announcer.borrow_mut().say(text);
                    if let Some(ms) = announcer.borrow().due_in_ms(now_ms()) {
                        due.set_in(ms);
                    }
                }),
            });
            player.begin();
            api::notify("ready", player.with_world(|world| world.now_us()));
        });
    }
    (*spoken).clone()
}

/// The player draws what the person looks at.
#[hook]
fn use_focus(player: &Rc<Player>, ui: &Ui) {
    let player = player.clone();
    use_effect_on(ui.focus, move |focus| player.look(*focus));
}

/// Keeps the few choices that outlive the page, and puts them in force.
#[hook]
fn use_choices(ui: &Ui) {
    use_effect_on(ui.theme, |theme| {
        dom::set_root_attribute("data-theme", theme.name());
        storage::write(storage::THEME, theme.name());
    });
    use_effect_on(ui.shortcuts, |on| {
        storage::write(storage::SHORTCUTS, if *on { "on" } else { "off" });
    });
}

fn remembered() -> Ui {
    let theme = storage::read(storage::THEME).map_or(Theme::System, |name| Theme::named(&name));
    let shortcuts = storage::read(storage::SHORTCUTS).is_none_or(|kept| kept != "off");
    Ui { theme, shortcuts, ..Ui::default() }
}
