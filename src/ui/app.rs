//! The page as a whole: its state, its layout, and what goes on beside the components.

use std::rc::Rc;

use yew::prelude::*;

use super::announce::Announcer;
use super::controls::Controls;
use super::desk::Desk;
use super::dialogs::Dialogs;
use super::header::Header;
use super::keys;
use super::model::Picture;
use super::opening;
use super::panels::{Logs, Panels, ServerTable, Violation};
use super::platform::clock::{Alarm, now_ms};
use super::platform::{api, dom, panic, storage};
use super::player::{Listeners, Player};
use super::stage::Stage;
use super::store::{Action, Theme, Ui};

/// Mounts the page.
pub fn mount() {
    panic::show_a_screen();
    // The script is the page's own and is tested to parse.
    let runner = opening::prepared(opening::SCRIPT).unwrap_or_else(|errors| panic!("{errors}"));
    let player = Player::new(runner);
    api::install(&player);
    let root = dom::find("#app").expect("index.html has a place for the page");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { player }).render();
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

/// Properties of [`App`].
#[derive(Clone, Properties)]
struct AppProps {
    player: Rc<Player>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.player, &other.player)
    }
}

#[component]
fn App(props: &AppProps) -> Html {
    let state = use_reducer_eq(|| State(remembered()));
    let picture = use_state_eq(|| props.player.picture());
    let spoken = use_announcements(&props.player, &state, &picture);
    let desk = {
        let dispatcher = state.dispatcher();
        let dispatch = Callback::from(move |action| dispatcher.dispatch(action));
        Desk { player: props.player.clone(), dispatch }
    };
    use_focus(&props.player, &state.0);
    use_choices(&state.0);
    keys::use_shortcuts(&desk, &state.0);
    let ui = &state.0;
    html! {
        <ContextProvider<Desk> context={desk}>
            <Header theme={ui.theme} violated={!picture.violations.is_empty()} />
            <Violation violations={picture.violations.clone()} generation={picture.generation} />
            <main>
                <div class="bench">
                    <Stage picture={(*picture).clone()} selection={ui.focus.selection} menu={ui.menu} hint={ui.hint} />
                    <Controls
                        playing={picture.playing}
                        speed={picture.speed}
                        healthy={picture.links.iter().all(|link| link.state == super::model::LinkState::Up)}
                        notice={ui.notice.clone().map(AttrValue::from)}
                    />
                    <ServerTable servers={picture.servers.clone()} />
                </div>
                <div class="side">
                    <Logs logs={picture.logs.clone()} />
                    <Panels tab={ui.tab} focus={ui.focus} picture={(*picture).clone()} />
                </div>
            </main>
            <Dialogs dialog={ui.dialog} picture={(*picture).clone()} shortcuts={ui.shortcuts} theme={ui.theme} />
            <p class="spoken" role="status" aria-live="polite">{ spoken }</p>
        </ContextProvider<Desk>>
    }
}

/// Lets the player tell this component; returns what a screen reader is to say now.
#[hook]
fn use_announcements(
    player: &Rc<Player>,
    state: &UseReducerHandle<State>,
    picture: &UseStateHandle<Rc<Picture>>,
) -> AttrValue {
    let spoken = use_state_eq(AttrValue::default);
    let announcer = use_mut_ref(Announcer::default);
    let alarm = use_mut_ref(|| None::<Rc<Alarm>>);
    {
        let (player, spoken) = (player.clone(), spoken.clone());
        let (dispatcher, picture) = (state.dispatcher(), picture.clone());
        use_effect_with((), move |()| {
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
            player.play();
            api::notify("ready", player.with_world(|world| world.now_us()));
        });
    }
    (*spoken).clone()
}

/// The player draws what the person looks at.
#[hook]
fn use_focus(player: &Rc<Player>, ui: &Ui) {
    let player = player.clone();
    use_effect_with(ui.focus, move |focus| player.look(*focus));
}

/// Keeps the few choices that outlive the page, and puts them in force.
#[hook]
fn use_choices(ui: &Ui) {
    use_effect_with(ui.theme, |theme| {
        dom::set_root_attribute("data-theme", theme.name());
        storage::write(storage::THEME, theme.name());
    });
    use_effect_with(ui.shortcuts, |on| {
        storage::write(storage::SHORTCUTS, if *on { "on" } else { "off" });
    });
}

fn remembered() -> Ui {
    let theme = storage::read(storage::THEME).map_or(Theme::System, |name| Theme::named(&name));
    let shortcuts = storage::read(storage::SHORTCUTS).is_none_or(|kept| kept != "off");
    Ui { theme, shortcuts, ..Ui::default() }
}
