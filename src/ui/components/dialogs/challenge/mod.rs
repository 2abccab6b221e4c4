//! Makes a challenge that starts at the present moment of this run.

mod goals;
mod made;
mod toolbox;

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::components::code_text::code_text;
use crate::ui::components::reason_button::ReasonButton;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::ChallengeDraft;
use crate::ui::text;
use crate::ui::view::ServerModel;

use goals::Goals;
use made::{MadeChallenge, MadeSection};
use toolbox::toolbox;

#[derive(PartialEq, Properties)]
pub struct ChallengeDialogProps {
    pub servers: Rc<Vec<ServerModel>>,
    pub draft: UseStateHandle<ChallengeDraft>,
}

/// Gets a function that changes the draft.
type ChallengeChange = Callback<Rc<dyn Fn(&mut ChallengeDraft)>>;

#[component]
pub fn ChallengeDialog(props: &ChallengeDialogProps) -> Html {
    let page = use_page();
    let draft = props.draft.clone();
    let made = use_state_eq(|| None::<Result<MadeChallenge, String>>);
    let start_us = use_state_eq(|| 0);
    {
        let (page, start_us) = (page.clone(), start_us.setter());
        use_effect_with((), move |()| {
            page.player.pause();
            start_us.set(page.player.with_world(|world| world.now_us()));
        });
    }
    let change: ChallengeChange = {
        let (draft, made) = (draft.clone(), made.setter());
        Callback::from(move |change: Rc<dyn Fn(&mut ChallengeDraft)>| {
            let mut changed = (*draft).clone();
            change(&mut changed);
            draft.set(changed);
            made.set(None);
        })
    };
    let onsubmit = {
        let (draft, made) = (draft.clone(), made.setter());
        page.callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            let result = match draft.goals.is_empty() {
                true => Err(text::ADD_GOAL_FIRST.to_owned()),
                false => page.player.make_challenge(
                    &draft.terms(text::CHALLENGE_TITLE_DEFAULT, text::CHALLENGE_TASK_DEFAULT),
                ),
            };
            made.set(Some(result.map(|(script, link)| MadeChallenge { script, link })));
        })
    };
    let is_empty = *draft == ChallengeDraft::default();
    let clear = change.reform(|()| {
        Rc::new(|draft: &mut ChallengeDraft| *draft = ChallengeDraft::default()) as Rc<_>
    });
    let servers: Vec<ServerId> = props.servers.iter().map(|server| server.id).collect();
    html! {
        <>
            <p>{ text::challenge_starts(*start_us) }</p>
            <form class="make-challenge" {onsubmit}>
                { text_field(text::CHALLENGE_TITLE, &draft.title, &change, |it, text| {
                    it.title = text;
                }) }
                { text_area(&draft.task, &change) }
                <Goals goals={draft.goals.clone()} {servers} change={&change} />
                { toolbox(&draft.tools, &change) }
                { text_field(text::CHALLENGE_HINT, &draft.hint, &change, |it, text| {
                    it.hint = text;
                }) }
                <div class="row">
                    <button type="submit" class="primary">{ text::MAKE_CHALLENGE }</button>
                    <ReasonButton
                        unavailable={is_empty.then_some(text::NOTHING_ENTERED)}
                        onclick={clear}
                    >
                        { text::CLEAR }
                    </ReasonButton>
                </div>
            </form>
            { result(&made) }
        </>
    }
}

fn result(made: &Option<Result<MadeChallenge, String>>) -> Html {
    match made {
        None => Html::default(),
        Some(Ok(made)) => html! { <MadeSection made={made.clone()} /> },
        Some(Err(error)) => {
            html! { <p class="wrong" role="alert">{ code_text(&text::sentence(error)) }</p> }
        }
    }
}

fn text_field(
    name: &'static str,
    value: &str,
    change: &ChallengeChange,
    set: fn(&mut ChallengeDraft, String),
) -> Html {
    let oninput = change.reform(move |event: InputEvent| {
        let text = dom::value_of(&event);
        Rc::new(move |draft: &mut ChallengeDraft| set(draft, text.clone())) as Rc<_>
    });
    html! {
        <label class="wide-field">
            <span>{ name }</span>
            <input type="text" value={value.to_owned()} autocomplete="off" {oninput} />
        </label>
    }
}

fn text_area(value: &str, change: &ChallengeChange) -> Html {
    let oninput = change.reform(move |event: InputEvent| {
        let area = dom::target::<dom::HtmlTextAreaElement>(&event);
        let text = area.map(|area| area.value()).unwrap_or_default();
        Rc::new(move |draft: &mut ChallengeDraft| draft.task.clone_from(&text)) as Rc<_>
    });
    html! {
        <label class="wide-field">
            <span>{ text::CHALLENGE_TASK }</span>
            <textarea
                rows="3"
                placeholder={text::CHALLENGE_TASK_DEFAULT}
                value={value.to_owned()}
                {oninput}
            />
        </label>
    }
}
