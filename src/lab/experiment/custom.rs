//! An experiment of one's own: a script that runs many times, each with another seed, with some
//! settings varied.

use crate::script::{Line, ParseError, Run, Script, Statement, parse};
use crate::sim::{Micros, Recorder, SECOND, Setting};

use super::meter::{Meter, Values};
use super::quantity::Quantity;

/// How many statements and events a trial may take: some scripts have no end.
const STEPS_MAX: u64 = 20_000_000;

/// A script with the quantities to measure.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptTrial {
    script: Script,
    quantities: Vec<Quantity>,
}

impl ScriptTrial {
    /// The script with other settings: `variant` holds lines of the language, with `;` between
    /// them, such as `loss 5%; latency 30ms..40ms`.
    ///
    /// # Errors
    /// If a line is no setting that may stand at the head of a script.
    pub fn new(
        script: &Script,
        variant: &str,
        quantities: &[Quantity],
    ) -> Result<ScriptTrial, String> {
        let mut script = script.clone();
        let lines = variant.split(';').map(str::trim).filter(|line| !line.is_empty());
        for line in lines {
            let statement = setting(line)?;
            replace_fixed(&mut script, &statement);
            let line = Line { number: 0, statement: Some(statement), comment: None };
            script.lines.insert(script.head_len, line);
            script.head_len += 1;
        }
        // The script may name a server that the variant takes away.
        if let Err(errors) = parse(&script.to_string()) {
            let error = errors.first().map(ParseError::message).unwrap_or_default();
            return Err(format!("with `{variant}` the script does not parse: {error}"));
        }
        Ok(ScriptTrial { script, quantities: quantities.to_vec() })
    }

    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// Runs the script with this seed.
    ///
    /// # Errors
    /// Why the script failed, or that it has no end.
    pub(super) fn run(&self, seed: u64) -> Result<Values, String> {
        let mut recorder = Recorder::off();
        let mut run = Run::with_seed(self.script.clone(), Some(seed), &mut recorder);
        run.set_checking(self.quantities.contains(&Quantity::Violations));
        let mut meter = Meter::new(&self.quantities, run.world());
        let mut waits = Waits::new(&self.script);
        let mut steps = 0;
        while !run.finished() {
            waits.begin(&run);
            run.step(&mut recorder);
            waits.end(&run);
            meter.observe(run.world(), &recorder.changes);
            steps += 1;
            if steps == STEPS_MAX {
                let (line, time_s) = (run.line(), run.world().now_us() / SECOND);
                return Err(format!("line {line}: after {time_s} s the script has not ended"));
            }
        }
        let broken = run.cluster().violations().len();
        // A violated property is what some experiments count.
        let failures = run.failures();
        match failures.iter().find(|failure| failure.property.is_none()) {
            Some(failure) => Err(format!("line {}: {}", failure.line, failure.text)),
            None => Ok(meter.finish(run.world(), waits.last_us, broken)),
        }
    }
}

/// How long the last `wait` took.
struct Waits {
    /// The line of the script's last `wait`.
    line: Option<u32>,
    began_us: Option<Micros>,
    last_us: Option<Micros>,
}

impl Waits {
    fn new(script: &Script) -> Waits {
        let waits = |statement: &Statement| matches!(statement, Statement::Wait { .. });
        let line = script.statements().filter(|(_, statement)| waits(statement)).last();
        Waits { line: line.map(|(line, _)| line), began_us: None, last_us: None }
    }

    fn begin(&mut self, run: &Run) {
        if self.began_us.is_none() && self.line == Some(run.line()) {
            self.began_us = Some(run.world().now_us());
        }
    }

    /// The wait ends when the script goes on to the next line, or at the end of the script.
    fn end(&mut self, run: &Run) {
        let Some(began_us) = self.began_us else { return };
        if self.last_us.is_none() && (self.line != Some(run.line()) || run.finished()) {
            self.last_us = Some(run.world().now_us() - began_us);
        }
    }
}

/// Removes the line that this one replaces: `servers`, `clients` and `seed` may stand only once.
fn replace_fixed(script: &mut Script, statement: &Statement) {
    let is_replaced = |known: &Statement| {
        matches!(
            (known, statement),
            (Statement::Set(Setting::Servers(_)), Statement::Set(Setting::Servers(_)))
                | (Statement::Set(Setting::Clients(_)), Statement::Set(Setting::Clients(_)))
                | (Statement::Set(Setting::Seed(_)), Statement::Set(Setting::Seed(_)))
        )
    };
    let lines = script.lines.len();
    script.lines.retain(|line| !line.statement.as_ref().is_some_and(is_replaced));
    script.head_len -= lines - script.lines.len();
}

/// A line that may stand at the head of a script.
fn setting(line: &str) -> Result<Statement, String> {
    let wrong = || format!("`{line}`: expected a setting such as `loss 5%`");
    // Whether the cluster has the server that it names is checked with the whole script.
    let is_size = line.starts_with("servers") || line.starts_with("clients");
    let text = if is_size { line.to_owned() } else { format!("servers 9\n{line}") };
    let script = parse(&text).map_err(|errors| {
        let error = errors.first().map(ParseError::message).unwrap_or_default();
        format!("`{line}`: {error}")
    })?;
    let statement = script.lines.into_iter().next_back().and_then(|line| line.statement);
    statement.filter(|statement| matches!(statement, Statement::Set(_))).ok_or_else(wrong)
}
