//! The latency and the loss of one link, as rows of settings.

use crate::raft::ServerId;
use crate::ui::text;

use super::links::{LinkModel, LinkOwn};
use super::settings::{SettingControl, SettingRow};

/// For both directions at once, then for each.
pub fn link_rows(link: &LinkModel) -> Vec<SettingRow> {
    let LinkModel { a, b, forward, backward, .. } = *link;
    let differs = DirectionsDiffer {
        latency: forward.latency != backward.latency,
        loss: forward.loss_ppm != backward.loss_ppm,
    };
    let both = (format!("link {a} <-> {b}"), text::BOTH_WAYS.to_owned());
    let way = |from: ServerId, to: ServerId| (format!("link {from} -> {to}"), text::way(from, to));
    let same = DirectionsDiffer::default();
    let ways = [(both, forward, differs), (way(a, b), forward, same), (way(b, a), backward, same)];
    ways.into_iter().flat_map(|(way, own, differs)| rows(link, way, own, differs)).collect()
}

#[derive(Clone, Copy, Default)]
struct DirectionsDiffer {
    latency: bool,
    loss: bool,
}

fn rows(
    link: &LinkModel,
    (line, way): (String, String),
    own: LinkOwn,
    differs: DirectionsDiffer,
) -> [SettingRow; 2] {
    let row =
        |name: &str, word: &str, own: Option<String>, differs: bool, means, cluster, example| {
            let (value, means) = match own {
                _ if differs => (String::new(), text::DIRECTIONS_DIFFER.to_owned()),
                Some(own) => (own, means),
                None => ("default".to_owned(), text::as_the_cluster(cluster)),
            };
            SettingRow {
                name: format!("{name}, {way}"),
                before: format!("{line} {word}"),
                after: String::new(),
                means,
                control: SettingControl::Text { value, example },
            }
        };
    let cluster_latency = text::latency_range(link.latency);
    let cluster_loss = text::percent(link.loss_ppm);
    let latency = own.latency.map(|span| span.to_string());
    let loss = own.loss_ppm.map(|ppm| text::percent(ppm).replace(' ', ""));
    [
        row(
            text::LINK_LATENCY,
            "latency",
            latency,
            differs.latency,
            text::OWN_LATENCY_MEANS.to_owned(),
            &cluster_latency,
            "40ms..60ms",
        ),
        row(
            text::LINK_LOSS,
            "loss",
            loss,
            differs.loss,
            text::OWN_LOSS_MEANS.to_owned(),
            &cluster_loss,
            "30%",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Session, Statement, parse_statement};
    use crate::sim::Act;

    /// The rows of the link between S1 and S2 after that script.
    fn rows_after(script: &str) -> Vec<(String, String)> {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        let link = super::super::links::models(session.world())[0];
        let value = |row: SettingRow| match row.control {
            SettingControl::Text { value, .. } => (row.before, value),
            other => panic!("{other:?}"),
        };
        link_rows(&link).into_iter().map(value).collect()
    }

    #[test]
    fn the_rows_show_what_is_the_links_own_as_lines_of_the_language() {
        for (before, value) in rows_after("link s1 <-> s2 latency 40ms..60ms loss 0.5%\n") {
            let own = if before.ends_with("loss") { "0.5%" } else { "40ms..60ms" };
            assert_eq!(value, own, "{before}");
            let parsed = parse_statement(&format!("{before} {value}"), 5, 1);
            assert!(matches!(parsed, Ok(Some(Statement::Act(Act::Link { .. })))), "{parsed:?}");
        }
        assert!(rows_after("run 0ms\n").iter().all(|(_, value)| value == "default"));
    }

    #[test]
    fn directions_that_differ_show_no_common_value() {
        let rows = rows_after("link s2 -> s1 loss 30%\n");
        let values: Vec<&str> = rows.iter().map(|(_, value)| &**value).collect();
        assert_eq!(values, ["default", "", "default", "default", "default", "30%"]);
    }
}
