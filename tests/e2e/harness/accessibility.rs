//! Finds elements as a screen reader names them: by role and accessible name.

use headless_chrome::Tab;
use headless_chrome::protocol::cdp::{DOM, types::Method};
use serde::Serialize;
use serde_json::Value;

/// `Accessibility.queryAXTree`, with an untyped answer: the generated types refuse properties that
/// are newer than they are.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct QueryTree<'a> {
    backend_node_id: u32,
    role: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessible_name: Option<&'a str>,
}

impl Method for QueryTree<'_> {
    const NAME: &'static str = "Accessibility.queryAXTree";
    type ReturnObject = Value;
}

/// The nodes with this role and name that are not hidden.
pub fn find(tab: &Tab, role: &str, name: &str) -> Vec<u32> {
    nodes(tab, role, Some(name))
        .iter()
        .filter_map(|node| node["backendDOMNodeId"].as_u64())
        .filter_map(|id| u32::try_from(id).ok())
        .collect()
}

/// The names of all elements with this role.
pub fn names(tab: &Tab, role: &str) -> Vec<String> {
    nodes(tab, role, None)
        .iter()
        .filter_map(|node| node["name"]["value"].as_str())
        .map(str::to_owned)
        .collect()
}

fn nodes(tab: &Tab, role: &str, name: Option<&str>) -> Vec<Value> {
    let document = DOM::GetDocument { depth: Some(0), pierce: None };
    let document = tab.call_method(document).expect("the page's document");
    let answer = tab.call_method(QueryTree {
        backend_node_id: document.root.backend_node_id,
        role,
        accessible_name: name,
    });
    let answer = answer.expect("the page's accessibility tree");
    let nodes = answer["nodes"].as_array().cloned().unwrap_or_default();
    nodes.into_iter().filter(|node| node["ignored"] != Value::Bool(true)).collect()
}
