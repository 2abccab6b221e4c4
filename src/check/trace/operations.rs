//! The clients' operations of a trace, and their history.

use std::collections::HashMap;

use crate::check::linearizability::{History, Verdict};
use crate::raft::{ClientCommand, ClientId, Op};
use crate::sim::Operation;

use super::line::{TraceAnswer, TraceInvocation, TraceLine};

#[derive(Clone, Debug, Default)]
pub(super) struct TracedOperations {
    history: History,
    /// The operations without a response, by client and serial number.
    open: HashMap<(ClientId, u64), Operation>,
    /// By client, the highest serial number so far.
    newest: HashMap<ClientId, u64>,
    /// Counts invocations and responses.
    order: u64,
}

impl TracedOperations {
    /// Takes the operations of the line of that number. Returns the evidence if no order explains
    /// them all.
    pub fn take(&mut self, line: &TraceLine, number: u64) -> Result<Option<String>, String> {
        for invocation in &line.invoked {
            self.invoke(invocation, (line.time, number))?;
        }
        let mut found = None;
        for answer in &line.answered {
            found = found.or(self.respond(answer, (line.time, number))?);
        }
        Ok(found)
    }

    pub fn any(&self) -> bool {
        self.order > 0
    }

    pub fn verdict(&self) -> Verdict {
        self.history.verdict()
    }

    fn invoke(
        &mut self,
        invocation: &TraceInvocation,
        (time, number): (u64, u64),
    ) -> Result<(), String> {
        let (client, serial) = (client(&invocation.client)?, invocation.serial);
        let newest = self.newest.entry(client).or_default();
        if serial <= *newest {
            return Err(format!("{client} has already invoked operation {newest}, not {serial}"));
        }
        *newest = serial;
        self.order += 1;
        let op = Op::from(&invocation.op);
        let command = ClientCommand { client, serial, answered_below: 0, op };
        let operation = Operation::new(command, time, self.order);
        self.history.invoke(&operation, number);
        self.open.insert((client, serial), operation);
        Ok(())
    }

    fn respond(
        &mut self,
        answer: &TraceAnswer,
        (time, number): (u64, u64),
    ) -> Result<Option<String>, String> {
        let (client, serial) = (client(&answer.client)?, answer.serial);
        let Some(mut operation) = self.open.remove(&(client, serial)) else {
            return Err(format!("{client} has no open operation {serial}"));
        };
        let Some(answered) = answer.answer.with(answer.value.clone()) else {
            return Err("`value` belongs to the answer `value`, and only to that".to_owned());
        };
        self.order += 1;
        operation.answered = Some((time, answered));
        operation.answer_order = self.order;
        Ok(self.history.respond(&operation, number).map(|found| found.text))
    }
}

fn client(name: &str) -> Result<ClientId, String> {
    let number = name.strip_prefix('c').and_then(|number| number.parse().ok());
    number
        .and_then(ClientId::new)
        .filter(|client| client.to_string() == name)
        .ok_or_else(|| format!("`{name}` is no client: they are named c1 to c9"))
}
