//! Which fields belong to which kind of event and of message.

use super::line::{MessageOutcome, TraceKind, TraceLine};
use super::message::TraceMessage;

impl TraceLine {
    /// Whether each field belongs to the kind of the event, and the ones that belong to it are
    /// there.
    ///
    /// # Errors
    /// The error names the field.
    pub fn check_fields(&self) -> Result<(), String> {
        let present = [
            ("action", self.action.is_some()),
            ("message", self.message.is_some()),
            ("outcome", self.outcome.is_some()),
            ("server", self.server.is_some()),
            ("timer", self.timer.is_some()),
            ("client", self.client.is_some()),
        ];
        let Some(kind) = self.kind else {
            return match present.iter().find(|(_, is_present)| *is_present) {
                Some((name, _)) => Err(format!("`{name}` needs a `kind`")),
                None => Ok(()),
            };
        };
        let needed: &[&str] = match kind {
            TraceKind::Start => &[],
            TraceKind::Action => &["action"],
            TraceKind::Message => &["message", "outcome"],
            TraceKind::Timer => &["server", "timer"],
            TraceKind::WriteStable | TraceKind::PauseOver | TraceKind::LeaseOver => &["server"],
            TraceKind::ClientTimeout | TraceKind::ClientRetry | TraceKind::Load => &["client"],
        };
        compare(&present, needed, "this kind of event")?;
        if self.loss.is_some() != (self.outcome == Some(MessageOutcome::Lost)) {
            return Err("`loss` belongs to the outcome `lost`, and only to that".to_owned());
        }
        if self.serial.is_some() && self.client.is_none() {
            return Err("`serial` needs a `client`".to_owned());
        }
        self.message.as_deref().map_or(Ok(()), TraceMessage::check_fields)
    }
}

impl TraceMessage {
    fn check_fields(&self) -> Result<(), String> {
        let present = [
            ("proposed", self.proposed.is_some()),
            ("last", self.last.is_some()),
            ("transfer", self.transfer.is_some()),
            ("granted", self.granted.is_some()),
            ("prev", self.prev.is_some()),
            ("entries", self.entries.is_some()),
            ("commit", self.commit.is_some()),
            ("round", self.round.is_some()),
            ("snapshot", self.snapshot.is_some()),
            ("offset", self.offset.is_some()),
            ("done", self.done.is_some()),
            ("received", self.received.is_some()),
            ("voters", self.voters.is_some()),
            ("client", self.client.is_some()),
            ("serial", self.serial.is_some()),
            ("op", self.op.is_some()),
            ("reads", self.reads.is_some()),
        ];
        let needed: &[&str] = match &*self.kind {
            "pre-vote" => &["proposed", "last"],
            "pre-vote-reply" => &["proposed", "granted"],
            "request-vote" => &["last", "transfer"],
            "vote" => &["granted"],
            "append" => &["prev", "entries", "commit", "round"],
            "append-reply" => &["round"],
            "install-snapshot" => &["last", "voters", "offset", "done", "round"],
            "snapshot-reply" => &["snapshot", "offset", "received", "round"],
            "timeout-now" => &[],
            "request" => &["client", "serial", "op", "reads"],
            "reply" => &["serial"],
            other => return Err(format!("there is no message of kind `{other}`")),
        };
        compare(&present, needed, &format!("{} messages", self.kind))?;
        self.check_verdict()
    }

    /// The fields of which one excludes the other.
    fn check_verdict(&self) -> Result<(), String> {
        let kind = &*self.kind;
        let verdicts = (self.matched.is_some(), self.rejected.is_some());
        if (kind == "append-reply") != (verdicts.0 != verdicts.1) || verdicts == (true, true) {
            return Err("an append-reply message has either `matched` or `rejected`".to_owned());
        }
        let counts_items = kind == "install-snapshot"
            || self.received == Some(super::message::TraceReceived::Items);
        if self.items.is_some() != counts_items {
            return Err("`items` belongs to pieces of snapshots".to_owned());
        }
        let answers = (self.answer.is_some(), self.redirect.is_some());
        if (kind == "reply") != (answers.0 != answers.1) || answers == (true, true) {
            return Err("a reply message has either `answer` or `redirect`".to_owned());
        }
        match self.answer {
            Some(answer) if answer.with(self.value.clone()).is_none() => {
                Err("`value` belongs to the answer `value`, and only to that".to_owned())
            }
            None if self.value.is_some() => Err("`value` needs an `answer`".to_owned()),
            _ => Ok(()),
        }
    }
}

fn compare(present: &[(&str, bool)], needed: &[&str], of: &str) -> Result<(), String> {
    for (name, is_present) in present {
        match (needed.contains(name), is_present) {
            (true, false) => return Err(format!("{of} needs `{name}`")),
            (false, true) => return Err(format!("`{name}` does not belong to {of}")),
            _ => {}
        }
    }
    Ok(())
}
