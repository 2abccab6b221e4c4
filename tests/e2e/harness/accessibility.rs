//! Finds elements as a screen reader names them: by role and accessible name.

use serde_json::{Value, json};

use super::connection::Connection;

/// The nodes with this role and name that are not hidden.
pub fn find(connection: &Connection, role: &str, name: &str) -> Vec<u64> {
    nodes(connection, role, Some(name))
        .iter()
        .filter_map(|node| node["backendDOMNodeId"].as_u64())
        .collect()
}

/// The names of all elements with this role.
pub fn names(connection: &Connection, role: &str) -> Vec<String> {
    nodes(connection, role, None)
        .iter()
        .filter_map(|node| node["name"]["value"].as_str())
        .map(str::to_owned)
        .collect()
}

fn nodes(connection: &Connection, role: &str, name: Option<&str>) -> Vec<Value> {
    let document = connection.command("DOM.getDocument", json!({ "depth": 0 }));
    let document = document.expect("the page's document");
    let mut query = json!({ "backendNodeId": document["root"]["backendNodeId"], "role": role });
    if let Some(name) = name {
        query["accessibleName"] = name.into();
    }
    let answer = connection.command("Accessibility.queryAXTree", query);
    let answer = answer.expect("the page's accessibility tree");
    let nodes = answer["nodes"].as_array().cloned().unwrap_or_default();
    nodes.into_iter().filter(|node| node["ignored"] != Value::Bool(true)).collect()
}
