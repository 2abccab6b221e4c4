//! Every line of every trace is what `docs/trace.schema.json` says.

use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::*;

struct Schema {
    schemas: Schemas,
    header: SchemaIndex,
    /// What `check` reads.
    event: SchemaIndex,
    /// What this program writes.
    raftarium_event: SchemaIndex,
}

const NAME: &str = "http://localhost/trace.schema.json";

impl Schema {
    fn read() -> Schema {
        let text = fs::read_to_string(root("docs/trace.schema.json")).expect("the schema");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(NAME, serde_json::from_str(&text).expect("JSON")).expect("a schema");
        let mut compile = |name: &str| {
            let place = format!("{NAME}#/$defs/{name}");
            compiler.compile(&place, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"))
        };
        let (header, event) = (compile("header"), compile("event"));
        let raftarium_event = compile("raftarium_event");
        Schema { schemas, header, event, raftarium_event }
    }

    fn check(&self, line: &str, schema: SchemaIndex) -> Result<(), String> {
        let value: Value = serde_json::from_str(line).expect("JSON");
        self.schemas.validate(&value, schema).map_err(|error| format!("{error:#}\n{line}"))
    }

    /// Checks every line, and returns how many there are.
    fn check_trace(&self, name: &str, trace: &str) -> usize {
        let mut lines = trace.lines();
        let header = lines.next().expect("a first line");
        let wrong = |error: String| -> () { panic!("{name}: {error}") };
        self.check(header, self.header).unwrap_or_else(wrong);
        let mut count = 0;
        for line in lines {
            self.check(line, self.raftarium_event).unwrap_or_else(wrong);
            count += 1;
        }
        count
    }
}

#[test]
fn every_line_of_every_trace_is_valid() {
    let schema = Schema::read();
    let mut lines = 0;
    for (name, script) in scripts_of_all_kinds() {
        lines += schema.check_trace(&name, &run(&script, None).trace());
    }
    for seed in 1..=4 {
        lines += schema.check_trace("chaos", &run(&chaos(""), Some(seed)).trace());
    }
    assert!(lines > 20_000, "only {lines} lines");
}

#[test]
fn the_command_line_writes_valid_traces_of_several_runs() {
    let folder = crate::command_line::Folder::new("trace-schema");
    folder.write("a.raft", "servers 3\nwait leader\nset x 1\nrun 100ms\n");
    folder.write("b.raft", "servers 1\nwait leader\ncrash s1\n");
    let output = folder.run(&["run", "a.raft", "b.raft", "--trace", "t.jsonl"]);
    assert_eq!(output.status.code(), Some(0));
    let trace = fs::read_to_string(folder.0.join("t.jsonl")).expect("a trace");
    Schema::read().check_trace("t.jsonl", &trace);
    assert!(trace.contains(r#"{"file":"b.raft","id":1,"#), "{trace}");
    assert_eq!(check(&trace), Ok(None));
}

/// The schema and the program that reads must reject the same lines.
#[test]
fn schema_and_reader_agree() {
    let schema = Schema::read();
    let message = |fields: Value| {
        let mut line = json!({"kind": "message", "outcome": "delivered", "message": fields});
        line["message"]["from"] = json!("s1");
        line["message"]["to"] = json!("s2");
        line
    };
    let entry = json!({"index": 1, "term": 1, "command": "x"});
    let valid = [
        json!({}),
        json!({"id": 1, "cause": null}),
        json!({"id": 2, "cause": 1, "kind": "start"}),
        json!({"kind": "action", "action": "crash s1"}),
        json!({"kind": "load", "client": "c1"}),
        json!({"kind": "timer", "server": "a", "timer": "election"}),
        json!({"changes": [{"server": "a", "role": "leader", "term": 1, "vote": null}]}),
        json!({"changes": [{"server": "a", "appended": [entry]}]}),
        json!({"invoked": [{"client": "c1", "serial": 1, "op": {"kind": "get", "key": "x"}}]}),
        message(json!({"kind": "vote", "granted": true})),
        message(json!({"kind": "timeout-now"})),
        message(json!({"kind": "append-reply", "round": 1, "matched": 3})),
        message(json!({"kind": "reply", "serial": 1, "redirect": null})),
        message(json!({"kind": "reply", "serial": 1, "answer": "value", "value": "1"})),
    ];
    for line in valid {
        let trace = format!("{}\n{line}\n", r#"{"trace":"raft","version":1}"#);
        assert_eq!(check(&trace), Ok(None), "{line}");
        assert_eq!(schema.check(&line.to_string(), schema.event), Ok(()), "{line}");
    }
    let invalid = [
        json!([]),
        json!({"changes": [["a"]]}),
        json!({"ids": 1}),
        json!({"id": "1"}),
        json!({"time": -1}),
        json!({"cause": 1}),
        json!({"kind": "begin"}),
        json!({"action": "crash s1"}),
        json!({"kind": "action"}),
        json!({"kind": "start", "client": "c1"}),
        json!({"kind": "message", "outcome": "delivered"}),
        json!({"changes": [{"role": "leader"}]}),
        json!({"changes": [{"server": "a", "role": "king"}]}),
        json!({"changes": [{"server": "a", "comit": 1}]}),
        json!({"changes": [{"server": "a", "appended": [{"index": 1, "term": 1}]}]}),
        json!({"changes": [{"server": "a", "appended": [{"index": 1, "term": 1, "command": 3}]}]}),
        json!({"invoked": [{"client": "c10", "serial": 1, "op": {"kind": "get", "key": "x"}}]}),
        json!({"invoked": [{"client": "c1", "serial": 1, "op": {"kind": "push", "key": "x"}}]}),
        message(json!({"kind": "votes", "granted": true})),
        message(json!({"kind": "vote"})),
        message(json!({"kind": "timeout-now", "granted": true})),
        message(json!({"kind": "append-reply", "round": 1})),
        message(json!({"kind": "reply", "serial": 1, "answer": "ok", "value": "1"})),
        message(json!({"kind": "reply", "serial": 1, "answer": "value"})),
    ];
    for line in invalid {
        let trace = format!("{}\n{line}\n", r#"{"trace":"raft","version":1}"#);
        assert!(check(&trace).is_err_and(|problem| problem.line == 2), "{line}");
        assert!(schema.check(&line.to_string(), schema.event).is_err(), "{line}");
    }
}

/// The manual names every field of the schema, and its examples are valid.
#[test]
fn the_manual_describes_the_schema() {
    let manual = fs::read_to_string(root("docs/trace.md")).expect("the manual");
    let text = fs::read_to_string(root("docs/trace.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let mut fields = 0;
    for (definition, content) in schema["$defs"].as_object().expect("definitions") {
        let Some(properties) = content["properties"].as_object() else { continue };
        for name in properties.keys() {
            fields += 1;
            let quoted = [format!("`{name}`"), format!("\"{name}\"")];
            assert!(quoted.iter().any(|name| manual.contains(name)), "{definition}.{name}");
        }
        let kinds = content["properties"]["kind"]["enum"].as_array();
        for kind in kinds.into_iter().flatten().filter_map(Value::as_str) {
            assert!(manual.contains(&format!("| `{kind}` |")), "{definition}: {kind}");
        }
        let values = properties.values().filter_map(|property| property["enum"].as_array());
        for value in values.flatten().filter_map(Value::as_str) {
            assert!(manual.contains(&format!("`{value}`")), "{definition}: {value}");
        }
    }
    assert!(fields > 80, "only {fields} fields");

    let schema = Schema::read();
    let (mut examples, mut trace) = (0, String::new());
    for block in manual.split("```json\n").skip(1) {
        for line in block.split("```").next().unwrap_or_default().lines() {
            let kind = if line.contains("\"trace\"") { schema.header } else { schema.event };
            schema.check(line, kind).unwrap_or_else(|error| panic!("{error}"));
            examples += 1;
            if line.contains("node-") || line.contains("\"trace\"") {
                trace += &format!("{line}\n");
            }
        }
    }
    assert_eq!(examples, 6);
    assert_eq!(check(&trace), Ok(None));
}
