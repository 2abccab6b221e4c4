//! The page as a whole: its state, its layout, and what goes on beside the components.

use std::rc::Rc;

use yew::prelude::*;

use super::announce::Announcer;
use super::components::controls::Controls;
use super::components::dialogs::DialogsProps;
use super::components::header::Header;
use super::components::panels::{
    LogsProps, PanelsProps, ServerTableProps, TellProps, ViolationProps,
};
use super::components::stage::Stage;
use super::context::PageContext;
use super::desk;
use super::keys;
use super::opening;
use super::part::put;
use super::platform::clock::{Alarm, now_ms};
use super::platform::{api, dom, panic, storage};
use super::player::{Listeners, Player};
use super::state::{Action, Hint, Theme, Ui};
use super::timeline::ticks;
use super::view::{LinkState, Picture};

/// Mounts the page.
pub fn mount() {
    panic::show_a_screen();
    // The script is the page's own and is tested to parse.
    let session = opening::prepared(opening::SCRIPT).unwrap_or_else(|errors| panic!("{errors}"));
    let player = Player::new(session);
    api::install(&player);
    let root = dom::find("#app").expect("index.html has an element for the page");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { player }).render();
}

impl Reducible for Ui {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

#[derive(PartialEq, Properties)]
pub struct AppProps {
    pub player: Rc<Player>,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let state = use_reducer_eq(remembered);
    let picture = use_state_eq(|| props.player.picture());
    let spoken = use_announcements(&props.player, &state, &picture);
    let page = {
        let dispatcher = state.dispatcher();
        let dispatch = Callback::from(move |action| dispatcher.dispatch(action));
        PageContext::new(props.player.clone(), dispatch)
    };
    desk::set_up(&page);
    use_focus(&props.player, &state);
    use_choices(&state);
    keys::use_shortcuts(&page, &state);
    let ui = &*state;
    // Where a property is violated, that is the one thing to look at.
    let hint = if picture.violations.is_empty() { ui.hint } else { Hint::Gone };
    let healthy = picture.links.iter().all(|link| link.state == LinkState::Up);
    let parted = picture.branches.others.iter().filter_map(|branch| branch.parted_us);
    let violated = picture.violations.iter().map(|violation| violation.time_us);
    html! {
        <ContextProvider<PageContext> context={page}>
            <Header theme={ui.theme} violated={!picture.violations.is_empty()} />
            { put("violation", ViolationProps {
                violations: picture.violations.clone(),
                generation: picture.generation,
            }) }
            if let Some(tell) = &ui.tell {
                { put("tell", TellProps { tell: tell.clone() }) }
            }
            <main>
                <div class="bench">
                    <Stage
                        picture={(*picture).clone()}
                        selection={ui.focus.selection}
                        menu={ui.menu}
                        {hint}
                    />
                    <Controls
                        playing={picture.playing}
                        speed={picture.speed}
                        {healthy}
                        branch_ticks={ticks(parted)}
                        violation_ticks={ticks(violated)}
                        notice={ui.notice.clone().map(AttrValue::from)}
                    />
                    { put("servers", ServerTableProps { servers: picture.servers.clone() }) }
                </div>
                <div class="side">
                    { put("logs", LogsProps { logs: picture.logs.clone() }) }
                    { put("panels", PanelsProps {
                        tab: ui.tab,
                        focus: ui.focus,
                        picture: (*picture).clone(),
                    }) }
                </div>
            </main>
            { put("dialogs", DialogsProps {
                dialog: ui.dialog,
                picture: (*picture).clone(),
                shortcuts: ui.shortcuts,
                theme: ui.theme,
            }) }
            <p class="spoken" role="status" aria-live="polite">{ spoken }</p>
        </ContextProvider<PageContext>>
    }
}

/// Lets the player tell this component; returns what a screen reader is to say now.
#[hook]
fn use_announcements(
    player: &Rc<Player>,
    state: &UseReducerHandle<Ui>,
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
