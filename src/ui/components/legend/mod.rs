//! The legend: what each shape, outline, line and badge of the stage, the logs and the
//! diagram means.

mod diagram;
mod samples;

use yew::prelude::*;

use crate::raft::Index;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::components::panels::LogTableRow;
use crate::ui::components::stage::message_icon::{LostMark, MessageIcon};
use crate::ui::components::stage::{
    ClientLines, Lines, Pulses, Sides, Supports, ballots, client_picture, server_picture,
};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::scene::{MessageShape, Point};
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::LogRow;

use samples::{SampleStage, Samples, s};

/// All entries, in sections.
#[component]
pub fn Legend() -> Html {
    let samples = use_state_eq(Samples::make);
    html! {
        <>
            <h3>{ "Servers" }</h3>
            <dl class="legend">{ for servers(&samples) }</dl>
            <h3>{ "Elections" }</h3>
            <dl class="legend">{ for elections(&samples) }</dl>
            <h3>{ "Messages" }</h3>
            <dl class="legend">{ for text::LEGEND.map(message) }{ for fates() }</dl>
            <h3>{ "Links and clients" }</h3>
            <dl class="legend">{ for links(&samples) }</dl>
            <h3>{ "Logs" }</h3>
            <dl class="legend">{ for logs(&samples) }</dl>
            <h3>{ "Timeline" }</h3>
            <dl class="legend">
                { for diagram::samples().map(|(sample, name, means)| entry(sample, name, means)) }
            </dl>
        </>
    }
}

/// The legend beside the stage, until it is closed.
#[component]
pub fn LegendPanel() -> Html {
    let close = use_page().callback(|page, _: MouseEvent| {
        page.dispatch(Action::ShowLegend(false));
        dom::soon(|| dom::focus_on(".legend-button"));
    });
    html! {
        <aside class="legend-panel" aria-label={text::LEGEND_TITLE}>
            <div class="dialog-head">
                <h2>{ text::LEGEND_TITLE }</h2>
                <button
                    type="button"
                    class="plain"
                    aria-label={text::HIDE_LEGEND}
                    onclick={close}
                >
                    <Icon shape={Shape::Close} size="1.4rem" />
                </button>
            </div>
            <div class="legend-scroll" tabindex="0" role="region" aria-label="Legend entries">
                <Legend />
            </div>
        </aside>
    }
}

fn entry(sample: Html, name: &str, means: &str) -> Html {
    html! {
        <>
            <dt inert=true aria-hidden="true">{ sample }</dt>
            <dd>
                if !name.is_empty() {
                    <strong>{ name }</strong>
                    { ": " }
                }
                { means }
            </dd>
        </>
    }
}

/// A part of a stage, `width` by `height` pixels around a place.
fn cut_out(at: Point, width: f64, height: f64, content: Html) -> Html {
    let (x, y) = (at.x - width / 2.0, at.y - height / 2.0);
    let view_box = format!("{x:.0} {y:.0} {width:.0} {height:.0}");
    html! { <svg class="scene-sample" viewBox={view_box}>{ content }</svg> }
}

/// In pixels of the stage.
const AROUND_SERVER: f64 = 124.0;

fn servers(samples: &Samples) -> Vec<Html> {
    let picture = |stage: &SampleStage, number: usize| {
        let at = stage.layout.server(s(number));
        let picture = server_picture(stage.server(number), &stage.layout);
        cut_out(at, AROUND_SERVER, AROUND_SERVER, picture)
    };
    let shown = [
        (&samples.roles, 2),
        (&samples.election, 1),
        (&samples.pre_vote, 1),
        (&samples.roles, 1),
        (&samples.outdated, 1),
        (&samples.roles, 5),
        (&samples.roles, 3),
        (&samples.roles, 4),
        (&samples.roles, 6),
        (&samples.faulty, 1),
        (&samples.faulty, 2),
    ];
    let entries = shown.into_iter().zip(text::SERVER_LEGEND);
    entries
        .map(|((stage, number), (name, means))| entry(picture(stage, number), name, means))
        .collect()
}

fn elections(samples: &Samples) -> Vec<Html> {
    let stage = &samples.election;
    let at = stage.layout.server(s(1));
    let around = ballots(stage.server(1), &stage.layout);
    let candidate = html! { <>{ around }{ server_picture(stage.server(1), &stage.layout) }</> };
    let (servers, layout) = (stage.cluster.servers.clone(), stage.layout.clone());
    let middle = at.towards(stage.layout.server(s(2)), 0.5);
    let arrow = html! { <Supports {servers} {layout} /> };
    let (latest, layout) = (stage.cluster.latest.clone(), stage.layout.clone());
    let pulse_at = latest.servers.iter().next().map_or(at, |id| stage.layout.server(id));
    let pulse = html! { <Pulses {latest} {layout} /> };
    vec![
        entry(cut_out(at, 150.0, 150.0, candidate), "Ballots", text::BALLOTS_MEAN),
        entry(cut_out(middle, 120.0, 90.0, arrow), "Arrow", text::SUPPORT_MEANS),
        entry(cut_out(pulse_at, 120.0, 120.0, pulse), "Pulse", text::PULSE_MEANS),
    ]
}

fn message((shape, means): (MessageShape, &'static str)) -> Html {
    let icon = html! {
        <span class={classes!("flight", "still", shape.class())}>
            <MessageIcon {shape} label="x←3" />
        </span>
    };
    entry(icon, "", means)
}

/// What becomes of messages.
fn fates() -> [Html; 2] {
    let held = html! {
        <span class="flight still held vote-yes">
            <MessageIcon shape={MessageShape::VoteGranted} label="" />
        </span>
    };
    let lost = html! { <span class="flight still"><LostMark /></span> };
    [entry(held, "", text::HELD_LEGEND), entry(lost, "", text::LOST_LEGEND)]
}

fn links(samples: &Samples) -> Vec<Html> {
    let line = |stage: &SampleStage, a: usize, b: usize| {
        let (links, layout) = (stage.cluster.links.clone(), stage.layout.clone());
        let middle = layout.server(s(a)).towards(layout.server(s(b)), 0.5);
        cut_out(middle, 110.0, 80.0, html! { <Lines {links} {layout} /> })
    };
    let (sides, layout) = (samples.outdated.cluster.sides.clone(), &samples.outdated.layout);
    let middle = layout.server(s(1)).towards(layout.server(s(2)), 0.5);
    let tints = html! { <Sides {sides} layout={layout.clone()} /> };
    let stage = &samples.logs;
    let (clients, layout) = (stage.cluster.clients.clone(), stage.layout.clone());
    let client_at = clients.first().map(|client| layout.position(client.id.into()));
    let pictures = clients.iter().map(|client| client_picture(client, &layout));
    let pictures: Html = pictures.collect();
    let clients = html! {
        <>
            <ClientLines {clients} {layout} menu={None} />
            { pictures }
        </>
    };
    let client_at = client_at.unwrap_or(middle);
    let drawn = [
        line(&samples.links, 3, 4),
        line(&samples.lossy, 3, 4),
        line(&samples.lossy, 1, 2),
        line(&samples.links, 1, 2),
        line(&samples.links, 1, 3),
        cut_out(center(&samples.outdated), 560.0, 520.0, tints),
        cut_out(client_at, 130.0, 90.0, clients),
        redirect(&samples.redirect),
    ];
    let entries = drawn.into_iter().zip(text::LINK_LEGEND);
    entries.map(|(sample, (name, means))| entry(sample, name, means)).collect()
}

/// The way of a client's command over the server that redirected it.
fn redirect(stage: &SampleStage) -> Html {
    let (clients, layout) = (stage.cluster.clients.clone(), stage.layout.clone());
    let middle = layout.server(s(2)).towards(layout.server(s(1)), 0.5);
    cut_out(middle, 240.0, 160.0, html! { <ClientLines {clients} {layout} menu={None} /> })
}

/// The middle of the ring.
fn center(stage: &SampleStage) -> Point {
    let count = stage.cluster.servers.len() as f64;
    let places = stage.cluster.servers.iter().map(|server| stage.layout.server(server.id));
    let (x, y) = places.fold((0.0, 0.0), |(x, y), place| (x + place.x, y + place.y));
    Point { x: x / count, y: y / count }
}

fn logs(samples: &Samples) -> Vec<Html> {
    let cell = |row: LogRow, first: Index| {
        html! {
            <table class="logs">
                <tbody><LogTableRow {row} {first} has_tab_stop=false /></tbody>
            </table>
        }
    };
    let plain = |row: LogRow| LogRow { next_index: None, match_index: None, ..row };
    let marked =
        |row: LogRow, matched, next| LogRow { match_index: matched, next_index: next, ..row };
    let drawn = [
        cell(plain(samples.logs.row(1, 2)), 2),
        cell(plain(samples.logs.row(1, 3)), 3),
        cell(plain(samples.logs.row(2, 2)), 2),
        cell(plain(samples.truncated()), 3),
        cell(plain(samples.snapshot.row(1, 1)), 1),
        cell(marked(samples.logs.row(2, 2), Some(2), None), 2),
        cell(marked(samples.logs.row(2, 3), None, Some(3)), 3),
    ];
    let entries = drawn.into_iter().zip(text::LOG_LEGEND);
    entries.map(|(sample, (name, means))| entry(sample, name, means)).collect()
}
