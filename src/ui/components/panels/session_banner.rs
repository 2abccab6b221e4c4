//! The banner above the cluster: what was opened or restored, an error, or a newer
//! version of the page.

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Banner};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct SessionBannerProps {
    pub banner: Banner,
}

#[component]
pub fn SessionBanner(props: &SessionBannerProps) -> Html {
    let page = use_page();
    let banner = &props.banner;
    let restore = page.callback(|page, _: MouseEvent| page.player.restore_previous());
    // The session is saved when the page is left.
    let reload = Callback::from(|_: MouseEvent| dom::reload());
    let dismiss = page.on_click(Action::DismissBanner);
    html! {
        <section
            class={classes!("banner", banner.is_error.then_some("bad"))}
            role={if banner.is_error { "alert" } else { "status" }}
        >
            <p>{ &banner.text }</p>
            if banner.offers_previous {
                <button type="button" onclick={restore}>{ "Restore the previous session" }</button>
            }
            if banner.offers_reload {
                <button type="button" onclick={reload}>{ text::RELOAD }</button>
            }
            <button type="button" class="plain" aria-label="Dismiss" onclick={dismiss}>
                <Icon shape={Shape::Close} />
            </button>
            if let Some(detail) = &banner.detail {
                <pre tabindex="0">{ detail }</pre>
            }
        </section>
    }
}
