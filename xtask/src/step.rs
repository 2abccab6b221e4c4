//! The gate's steps: each with its name, duration and outcome.

use anyhow::{Result, bail};
use std::process::Command;
use std::time::Instant;

pub enum Outcome {
    Passed,
    /// With the tests that failed at first.
    PassedAtSecondTry(Vec<String>),
    /// With the reason.
    Skipped(String),
}

/// The finished steps.
#[derive(Default)]
pub struct Steps {
    finished: Vec<(String, f64, Outcome)>,
}

impl Steps {
    /// Takes a step. The first that fails ends the gate with its name.
    pub fn take(&mut self, name: &str, step: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        self.timed(name, || step().map(|outcome| ((), outcome)))
    }

    /// Takes a step whose result the next ones need.
    pub fn make<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        self.timed(name, || step().map(|made| (made, Outcome::Passed)))
    }

    fn timed<T>(&mut self, name: &str, step: impl FnOnce() -> Result<(T, Outcome)>) -> Result<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let result = step();
        let seconds = start.elapsed().as_secs_f64();
        match result {
            Ok((made, outcome)) => {
                match &outcome {
                    Outcome::Passed => println!("== {name}: passed in {seconds:.1} s"),
                    Outcome::PassedAtSecondTry(tests) => println!(
                        "== {name}: PASSED AT THE SECOND TRY in {seconds:.1} s; unsteady: {}",
                        tests.join(", ")
                    ),
                    Outcome::Skipped(why) => println!("== {name}: SKIPPED: {why}"),
                }
                self.finished.push((name.to_owned(), seconds, outcome));
                Ok(made)
            }
            Err(error) => {
                self.print_summary();
                bail!("the gate stopped at \"{name}\" after {seconds:.1} s: {error:#}")
            }
        }
    }

    /// Takes a step that is one command.
    pub fn run(&mut self, name: &str, command: &mut Command) -> Result<()> {
        self.take(name, || {
            let status = command.status()?;
            if !status.success() {
                bail!("the command ended with {status}");
            }
            Ok(Outcome::Passed)
        })
    }

    /// Prints all finished steps, the skipped ones with their reasons.
    pub fn print_summary(&self) {
        println!("\n{:>8}  step", "seconds");
        let mut total = 0.0;
        for (name, seconds, outcome) in &self.finished {
            total += seconds;
            match outcome {
                Outcome::Passed => println!("{seconds:>8.1}  {name}"),
                Outcome::PassedAtSecondTry(tests) => {
                    println!("{seconds:>8.1}  {name}: UNSTEADY: {}", tests.join(", "));
                }
                Outcome::Skipped(why) => println!("{:>8}  {name}: {why}", "SKIPPED"),
            }
        }
        println!("{total:>8.1}  in total");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_named() {
        let mut steps = Steps::default();
        steps.take("first", || Ok(Outcome::Passed)).unwrap();
        let error = steps.take("second", || bail!("no")).unwrap_err();
        assert!(error.to_string().contains("stopped at \"second\""));
    }

    #[test]
    fn a_command_that_fails_is_a_failed_step() {
        let mut steps = Steps::default();
        let mut rustc = Command::new("rustc");
        let error = steps.run("rustc", rustc.arg("--no-such-flag"));
        assert!(error.is_err());
    }
}
