//! The command that repeats an experiment.

use std::fmt::Write;

use super::{Design, Experiment, SplitVoteCase};

impl Experiment {
    /// A command for a shell that prints the same figures. The script of an experiment of one's own
    /// follows as a here-document.
    pub fn command(&self) -> String {
        let mut command = format!("raftarium lab {}", self.design.name());
        let mut script = None;
        match &self.design {
            Design::Elections(timeouts) => {
                if self.design != Design::figure_16() {
                    for timeout in timeouts {
                        let _ = write!(command, " --timeout {timeout}");
                    }
                }
            }
            Design::WideArea => {}
            Design::SplitVotes(cases) => {
                let of = |value: fn(&SplitVoteCase) -> String| {
                    let mut values: Vec<String> = Vec::new();
                    for value in cases.iter().map(value) {
                        if !values.contains(&value) {
                            values.push(value);
                        }
                    }
                    values.join(",")
                };
                let servers = of(|case| case.servers.to_string());
                let down = of(|case| case.down.to_string());
                let latency = of(|case| case.latency().to_string());
                let _ = write!(command, " --servers {servers} --down {down} --latency {latency}");
            }
            Design::Availability(against) => {
                let _ = write!(command, " --against {}", against.name());
            }
            Design::Custom { script: own, variants, quantities } => {
                command.push_str(" -");
                for variant in variants {
                    let _ = write!(command, " --vary {}", quoted(variant));
                }
                for quantity in quantities {
                    let _ = write!(command, " --measure {}", quantity.name());
                }
                script = Some(own.to_string());
            }
        }
        if self.trials != self.design.usual_trials() {
            let _ = write!(command, " --trials {}", self.trials);
        }
        let _ = write!(command, " --seed {}", self.seed);
        if let Some(script) = script {
            let _ = write!(command, " <<'END'\n{}\nEND", script.trim_end());
        }
        command
    }
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::super::{Against, Quantity};
    use super::*;
    use crate::script::parse;
    use crate::sim::{MS, Span};

    fn command(design: Design) -> String {
        let trials = design.usual_trials();
        Experiment { design, trials, seed: 7 }.command()
    }

    #[test]
    fn usual_options_are_left_out() {
        assert_eq!(command(Design::figure_16()), "raftarium lab elections --seed 7");
        assert_eq!(command(Design::WideArea), "raftarium lab wide-area --seed 7");
        let few = Experiment { design: Design::WideArea, trials: 5, seed: 1 };
        assert_eq!(few.command(), "raftarium lab wide-area --trials 5 --seed 1");
    }

    #[test]
    fn ranges_cases_and_settings_are_named() {
        let ranges = vec![Span::new(150 * MS, 155 * MS), Span::new(12 * MS, 24 * MS)];
        assert_eq!(
            command(Design::Elections(ranges)),
            "raftarium lab elections --timeout 150ms..155ms --timeout 12ms..24ms --seed 7"
        );
        let cases = [(5, 0), (5, 1)].map(|(servers, down)| {
            SplitVoteCase::new(servers, down, 50_000).expect("a majority is up")
        });
        assert_eq!(
            command(Design::SplitVotes(cases.to_vec())),
            "raftarium lab split-votes --servers 5 --down 0,1 --latency 0.05 --seed 7"
        );
        assert_eq!(
            command(Design::Availability(Against::Latency)),
            "raftarium lab availability --against latency --seed 7"
        );
    }

    #[test]
    fn a_script_follows_as_a_here_document() {
        let script = parse("servers 3\nwait leader\n").expect("it parses");
        let design = Design::Custom {
            script: Box::new(script),
            variants: vec!["loss 5%; pre-vote on".to_owned(), "name 'x'".to_owned()],
            quantities: vec![Quantity::LastWait],
        };
        assert_eq!(
            command(design),
            "raftarium lab run - --vary 'loss 5%; pre-vote on' --vary 'name '\\''x'\\''' \
             --measure last-wait --seed 7 <<'END'\nservers 3\nwait leader\nEND"
        );
    }
}
