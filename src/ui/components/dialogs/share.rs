//! The address that shows this script at this moment, and the script as a file.

use std::rc::Rc;

use yew::prelude::*;

use crate::sim::Micros;
use crate::ui::desk::desk;
use crate::ui::hooks::{Setter, use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::{dom, files};
use crate::ui::player::Player;
use crate::ui::state::Action;
use crate::ui::text;

/// The name of a saved script.
const FILE: &str = "raftarium.raft";

/// The dialog.
#[derive(PartialEq)]
pub struct Share;

part!(Share, use_share);

/// What is shared: made once, when the dialog opens, so that it stays as it is under the hand.
type Shared = Option<(Result<String, String>, Micros)>;

#[hook]
fn use_share(_share: &Share) -> Html {
    let player = desk().player;
    let shared = use_kept(|| Shared::None);
    let told = use_kept(String::new);
    let field = use_node_ref();
    {
        let (player, shared) = (player.clone(), shared.setter());
        use_effect_on((), move |()| {
            player.pause();
            let time_us = player.with_world(|world| world.now_us());
            shared.set(Some((player.link(), time_us)));
        });
    }
    let select = {
        let field = field.clone();
        move || {
            if let Some(input) = field.cast::<dom::HtmlInputElement>() {
                input.select();
            }
        }
    };
    let copy = {
        let (shared, told, select) = (shared.clone(), told.setter(), select.clone());
        Callback::from(move |_: MouseEvent| {
            let Some((Ok(link), _)) = &*shared else { return };
            let (told, select) = (told.clone(), select.clone());
            files::copy(link, move |done| {
                told.set(if done { "Copied." } else { text::COPY_BY_HAND }.to_owned());
                if !done {
                    select();
                }
            });
        })
    };
    let link = match &*shared {
        None => Html::default(),
        Some((Ok(link), time_us)) => html! {
            <>
                <div class="row link-row">
                    <input type="text" readonly="" aria-label="Link" ref={field} value={link.clone()} onfocus={Callback::from(move |_: FocusEvent| select())} />
                    <button type="button" class="primary" onclick={copy}>{ "Copy" }</button>
                </div>
                <p class="quiet">{ text::link_shows(*time_us, link.len()) }</p>
                if link.len() > text::LINK_LONG_LEN { <p class="wrong">{ text::LINK_LONG }</p> }
            </>
        },
        Some((Err(error), _)) => {
            html! { <p class="wrong" role="alert">{ text::no_link(error) }</p> }
        }
    };
    html! {
        <>
            <section>
                <h3>{ "A link" }</h3>
                { link }
            </section>
            { file_section(player, told.setter()) }
            <p role="status">{ (*told).clone() }</p>
        </>
    }
}

/// The session as a file, both ways.
fn file_section(player: Rc<Player>, told: Setter<String>) -> Html {
    let save = {
        let (player, told) = (player.clone(), told);
        Callback::from(move |_: MouseEvent| {
            files::save(FILE, &player.script());
            told.set(text::saved(FILE));
        })
    };
    let open = Callback::from(move |event: Event| {
        let file =
            dom::target::<dom::HtmlInputElement>(&event).and_then(|input| files::chosen(&input));
        if let Some(file) = file {
            desk().say(Action::CloseDialog);
            player.open_file(&file);
        }
    });
    html! {
        <section>
            <h3>{ "A file" }</h3>
            <p class="quiet">{ text::FILE_MEANS }</p>
            <div class="row">
                <button type="button" onclick={save}>{ "Save as file" }</button>
                <label class="file">{ "Open a file " }<input type="file" accept=".raft,text/plain" onchange={open} /></label>
            </div>
        </section>
    }
}
