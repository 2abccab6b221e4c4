//! What a person has typed into the form of the lab.

use std::fmt::Write;

use crate::lab::experiment::{
    Against, Design, Experiment, PUBLISHED_RANGES, PublishedRange, Quantity, SplitVoteCase,
    timeout_range,
};
use crate::script::parse;
use crate::sim::{MILLION, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExperimentKind {
    Elections,
    WideArea,
    SplitVotes,
    Availability,
    Custom,
}

impl ExperimentKind {
    pub const ALL: [ExperimentKind; 5] = [
        ExperimentKind::Elections,
        ExperimentKind::WideArea,
        ExperimentKind::SplitVotes,
        ExperimentKind::Availability,
        ExperimentKind::Custom,
    ];

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ExperimentKind::Elections => "elections",
            ExperimentKind::WideArea => "wide-area",
            ExperimentKind::SplitVotes => "split-votes",
            ExperimentKind::Availability => "availability",
            ExperimentKind::Custom => "run",
        }
    }

    pub fn named(name: &str) -> Option<ExperimentKind> {
        ExperimentKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The fields of the form, as they were typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentForm {
    pub kind: ExperimentKind,
    /// Empty: the usual number.
    pub trials: String,
    pub seed: String,
    /// A range of election timeouts in each line.
    pub ranges: String,
    pub servers: String,
    pub down: String,
    pub latency: String,
    pub against: Against,
    pub script: String,
    /// The settings of a series in each line.
    pub variants: String,
    pub quantity: Quantity,
}

impl Default for ExperimentForm {
    fn default() -> ExperimentForm {
        let ranges = PUBLISHED_RANGES.iter().map(PublishedRange::timeout);
        let ranges: Vec<String> = ranges.map(|range| range.to_string()).collect();
        ExperimentForm {
            kind: ExperimentKind::Elections,
            trials: String::new(),
            seed: "1".to_owned(),
            ranges: ranges.join("\n"),
            servers: "5".to_owned(),
            down: "0, 1, 2".to_owned(),
            latency: "0.05, 0.1, 0.2".to_owned(),
            against: Against::Loss,
            script: "servers 5\nwait leader\nrun 300ms\ncrash leader\nwait leader\n".to_owned(),
            variants: "loss 0%\nloss 20%\nloss 20%; pre-vote on\n".to_owned(),
            quantity: Quantity::LastWait,
        }
    }
}

impl ExperimentForm {
    /// The experiment that the fields describe.
    ///
    /// # Errors
    /// What is wrong with the form, and what would be right.
    pub fn experiment(&self) -> Result<Experiment, String> {
        let design = self.design()?;
        let trials = match self.trials.trim() {
            "" => design.usual_trials(),
            typed => typed
                .parse()
                .ok()
                .filter(|trials| (1..=1_000_000).contains(trials))
                .ok_or("Trials: expected a number from 1 to 1000000")?,
        };
        let seed = self.seed.trim().parse().map_err(|_| "Seed: expected a whole number")?;
        Ok(Experiment { design, trials, seed })
    }

    /// The number of trials of a series if none is typed.
    pub fn usual_trials(&self) -> u32 {
        self.design().map_or(0, |design| design.usual_trials())
    }

    fn design(&self) -> Result<Design, String> {
        Ok(match self.kind {
            ExperimentKind::Elections => {
                let ranges: Result<Vec<Span>, String> = lines(&self.ranges).map(range).collect();
                let ranges = ranges?;
                if ranges.is_empty() {
                    return Err("Ranges: expected a line such as `150ms..155ms`".to_owned());
                }
                Design::Elections(ranges)
            }
            ExperimentKind::WideArea => Design::WideArea,
            ExperimentKind::SplitVotes => self.split_votes()?,
            ExperimentKind::Availability => Design::Availability(self.against),
            ExperimentKind::Custom => {
                let script = parse(&self.script).map_err(|errors| {
                    let error = errors.first().map(ToString::to_string).unwrap_or_default();
                    format!("Script, line {error}")
                })?;
                let variants = lines(&self.variants).map(str::to_owned).collect();
                let quantities = vec![self.quantity];
                Design::Custom { script: Box::new(script), variants, quantities }
            }
        })
    }

    fn split_votes(&self) -> Result<Design, String> {
        let servers = numbers::<usize>("Servers", &self.servers, "5, 7")?;
        let down = numbers::<usize>("Servers down", &self.down, "0, 1")?;
        let latencies = numbers::<f64>("Latency", &self.latency, "0.1, 0.2")?;
        let mut cases = Vec::new();
        for &servers in &servers {
            // A list may hold more than the smaller clusters can spare.
            for &down in down.iter().filter(|down| **down == 0 || 2 * **down < servers) {
                for latency in &latencies {
                    if !(0.0..1.0).contains(latency) {
                        return Err(format!("Latency: expected 0 to below 1, found {latency}"));
                    }
                    let ppm = (latency * f64::from(MILLION)).round() as u32;
                    cases.push(SplitVoteCase::new(servers, down, ppm)?);
                }
            }
        }
        if cases.is_empty() {
            return Err("Servers down: expected fewer than half of the servers".to_owned());
        }
        Ok(Design::SplitVotes(cases))
    }

    /// The form as a text, which [`ExperimentForm::parse`] reads.
    pub fn to_text(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.kind.name(),
            self.trials,
            self.seed,
            self.servers,
            self.down,
            self.latency,
            self.against.name(),
            self.quantity.name()
        );
        for part in [&self.ranges, &self.variants, &self.script] {
            let _ = write!(text, "{}\n{part}", part.len());
        }
        text
    }

    pub fn parse(text: &str) -> Option<ExperimentForm> {
        let mut rest = text;
        let mut line = || {
            let (line, after) = rest.split_once('\n')?;
            rest = after;
            Some(line.to_owned())
        };
        let mut fields = Vec::new();
        for _ in 0..8 {
            fields.push(line()?);
        }
        let mut parts = Vec::new();
        for _ in 0..3 {
            let (length, after) = rest.split_once('\n')?;
            let length = length.parse().ok()?;
            parts.push(after.get(..length)?.to_owned());
            rest = after.get(length..)?;
        }
        let [kind, trials, seed, servers, down, latency, against, quantity] =
            <[String; 8]>::try_from(fields).ok()?;
        let [ranges, variants, script] = <[String; 3]>::try_from(parts).ok()?;
        Some(ExperimentForm {
            kind: ExperimentKind::named(&kind)?,
            trials,
            seed,
            ranges,
            servers,
            down,
            latency,
            against: Against::named(&against)?,
            script,
            variants,
            quantity: Quantity::named(&quantity)?,
        })
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn range(line: &str) -> Result<Span, String> {
    timeout_range(line).map_err(|error| format!("Ranges: {error}"))
}

fn numbers<T: std::str::FromStr>(field: &str, text: &str, example: &str) -> Result<Vec<T>, String> {
    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
    let numbers: Option<Vec<T>> = words.map(|word| word.parse().ok()).collect();
    numbers
        .filter(|numbers| !numbers.is_empty())
        .ok_or_else(|| format!("{field}: expected numbers such as `{example}`, found `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_back_from_its_text() {
        let form = ExperimentForm {
            kind: ExperimentKind::Custom,
            script: "title \"ä\"\nrun 1s\n".to_owned(),
            variants: String::new(),
            quantity: Quantity::Messages,
            trials: "7".to_owned(),
            ..ExperimentForm::default()
        };
        assert_eq!(ExperimentForm::parse(&form.to_text()), Some(form));
        let usual = ExperimentForm::default();
        assert_eq!(ExperimentForm::parse(&usual.to_text()), Some(usual));
        assert_eq!(ExperimentForm::parse("elections\n1\n"), None);
    }

    #[test]
    fn each_experiment_begins_with_a_form_that_fits() {
        for kind in ExperimentKind::ALL {
            let form = ExperimentForm { kind, ..ExperimentForm::default() };
            let experiment = form.experiment().expect("it fits");
            assert_eq!(experiment.trials, form.usual_trials());
            assert!(experiment.series().is_ok(), "{kind:?}");
        }
    }

    #[test]
    fn a_wrong_field_is_named_with_an_example() {
        let wrong = |change: fn(&mut ExperimentForm), text: &str| {
            let mut form = ExperimentForm::default();
            change(&mut form);
            let error = form.experiment().expect_err("it is wrong");
            assert!(error.contains(text), "{error}");
        };
        wrong(|form| form.ranges = "150".to_owned(), "Ranges: `150` lacks a unit");
        wrong(|form| form.ranges = "\n".to_owned(), "Ranges: expected");
        wrong(|form| form.trials = "0".to_owned(), "Trials: expected a number");
        wrong(|form| form.seed = "x".to_owned(), "Seed: expected");
        wrong(
            |form| {
                form.kind = ExperimentKind::SplitVotes;
                form.latency = "2".to_owned();
            },
            "Latency: expected 0 to below 1",
        );
        wrong(
            |form| {
                form.kind = ExperimentKind::Custom;
                form.script = "crsh s1".to_owned();
            },
            "Script, line 1:1: expected",
        );
    }
}
