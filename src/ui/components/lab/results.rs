//! What an experiment measured: a sentence, a plot, a table and downloads.

use std::rc::Rc;

use yew::prelude::*;

use crate::lab::experiment::{
    Design, ExperimentResults, PlotSize, PublishedRange, ResultTable, TableCell, plot_svg, plots,
    published,
};
use crate::ui::components::element_size::use_window_size;
use crate::ui::experiments::ExperimentKind;
use crate::ui::platform::{files, pictures};
use crate::ui::text;

use super::chart::{PlotChart, PlotLegend};

/// A window of a smaller width has a narrow plot, in CSS pixels.
const NARROW: i32 = 600;

#[derive(PartialEq, Properties)]
pub struct LabResultsProps {
    pub kind: ExperimentKind,
    pub results: Rc<ExperimentResults>,
}

#[component]
pub fn LabResults(LabResultsProps { kind, results }: &LabResultsProps) -> Html {
    let finding = text::lab_finding(results);
    let size = match use_window_size() {
        (1..NARROW, _) => PlotSize::Narrow,
        _ => PlotSize::Wide,
    };
    let key = match results.experiment.design {
        Design::Elections(_) => text::LAB_KEY_PUBLISHED,
        Design::WideArea => text::LAB_KEY_PUBLISHED_MEANS,
        Design::SplitVotes(_) => text::LAB_KEY_CLOSED_FORM,
        _ => "",
    };
    let failed = results.series.iter().filter(|series| series.failed > 0);
    html! {
        <section class="lab-results" aria-label={text::LAB_RESULTS}>
            <h3>{ text::experiment_kind(*kind) }</h3>
            <p class="lab-finding">{ &finding }</p>
            { for failed.map(|series| html! {
                <p class="error" key={series.name.clone()}>{ text::trials_failed(series) }</p>
            }) }
            { for plots(results, size).into_iter().map(|plot| html! {
                <figure key={plot.y_label.clone()}>
                    <PlotChart plot={plot.clone()} finding={finding.clone()} />
                    <figcaption>
                        <PlotLegend {plot} />
                    </figcaption>
                </figure>
            }) }
            if !key.is_empty() {
                <p class="quiet">{ key }</p>
            }
            <Downloads kind={*kind} results={results.clone()} />
            { table(results) }
            <RepeatCommand command={results.experiment.command()} />
        </section>
    }
}

/// The table scrolls within its own box, which the keyboard reaches.
fn table(results: &ExperimentResults) -> Html {
    let table = ResultTable::new(results);
    let cell = |(place, cell): (usize, &TableCell)| match place {
        0 => html! { <th scope="row">{ cell.to_string() }</th> },
        _ => html! { <td>{ rounded(cell) }</td> },
    };
    let rows = table.rows.iter().zip(published_rows(results));
    html! {
        <div class="lab-table" tabindex="0" role="region" aria-label={text::LAB_TABLE}>
            <table aria-label={text::LAB_TABLE}>
                <thead>
                    <tr>
                        { for table.columns.iter().map(|column| html! {
                            <th scope="col">{ *column }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for rows.map(|(row, published)| html! {
                        <>
                            <tr>{ for row.iter().enumerate().map(cell) }</tr>
                            { published }
                        </>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// A row with the published values below each of ours, if there are any.
fn published_rows(results: &ExperimentResults) -> Vec<Html> {
    let Design::Elections(timeouts) = &results.experiment.design else {
        return vec![Html::default(); results.series.len() * 4];
    };
    let row = |range: &PublishedRange| {
        let values = range.curve.quantiles.into_iter().chain([range.curve.mean]);
        html! {
            <tr class="published">
                <th scope="row">{ text::LAB_PUBLISHED }</th>
                <td>{ range.trials }</td>
                { for values.map(|value| html! { <td>{ value.to_string() }</td> }) }
            </tr>
        }
    };
    timeouts.iter().map(|timeout| published(*timeout).map_or_else(Html::default, row)).collect()
}

/// Three digits or so: the file has more.
fn rounded(cell: &TableCell) -> String {
    match cell {
        TableCell::Number(number) if number.abs() >= 100.0 => format!("{number:.0}"),
        TableCell::Number(number) if number.abs() >= 1.0 => format!("{number:.1}"),
        TableCell::Number(number) => TableCell::Number((number * 1e4).round() / 1e4).to_string(),
        other => other.to_string(),
    }
}

#[component]
fn Downloads(LabResultsProps { kind, results }: &LabResultsProps) -> Html {
    let message = use_state_eq(|| "");
    let file = text::lab_file(*kind);
    let title = text::experiment_kind(*kind);
    let csv = {
        let (results, file) = (results.clone(), file.clone());
        Callback::from(move |_: MouseEvent| {
            files::save(&format!("{file}.csv"), &ResultTable::new(&results).csv());
        })
    };
    let svg = {
        let (results, file) = (results.clone(), file.clone());
        Callback::from(move |_: MouseEvent| {
            files::save(&format!("{file}.svg"), &plot_svg(&results, title));
        })
    };
    let png = {
        let (results, message) = (results.clone(), message.setter());
        Callback::from(move |_: MouseEvent| {
            let message = message.clone();
            let picture = plot_svg(&results, title);
            pictures::save_png(&format!("{file}.png"), &picture, move |saved| {
                message.set(if saved { "" } else { text::LAB_PNG_FAILED });
            });
        })
    };
    html! {
        <div class="lab-row" role="group" aria-label={text::LAB_DOWNLOADS}>
            <button type="button" onclick={csv}>{ "CSV" }</button>
            <button type="button" onclick={svg}>{ "SVG" }</button>
            <button type="button" onclick={png}>{ "PNG" }</button>
            <p role="status">{ *message }</p>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RepeatCommandProps {
    command: String,
}

/// The command that prints the same figures.
#[component]
fn RepeatCommand(RepeatCommandProps { command }: &RepeatCommandProps) -> Html {
    let message = use_state_eq(|| "");
    let copy = {
        let (command, message) = (command.clone(), message.setter());
        Callback::from(move |_: MouseEvent| {
            let message = message.clone();
            files::copy(&command, move |copied| {
                message.set(if copied { text::LAB_COPIED } else { text::LAB_COPY_FAILED });
            });
        })
    };
    html! {
        <div class="lab-command">
            <p>{ text::LAB_REPEAT }</p>
            <pre tabindex="0" role="region" aria-label={text::LAB_COMMAND}>{ command }</pre>
            <div class="lab-row">
                <button type="button" onclick={copy}>{ text::LAB_COPY }</button>
                <p role="status">{ *message }</p>
            </div>
        </div>
    }
}
