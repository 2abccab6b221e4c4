//! What the page and its worker post to each other, as texts: a line of words, then lines of text.

use std::fmt;

use crate::raft::Rule;
use crate::sim::Micros;

/// Search schedules without that rule, from that seed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    pub rule: Rule,
    pub first_seed: u64,
}

/// How far the worker has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchReport {
    /// The worker has started, and waits for a request.
    Ready,
    Searching {
        schedules: u64,
        events: u64,
    },
    Shrinking {
        seed: u64,
        /// The number of scripts tried.
        runs: u32,
        /// The number of actions left, and that of the whole schedule.
        acts: (usize, usize),
        /// When the smallest script so far does its harm.
        time_us: Micros,
        script: String,
    },
    Found {
        seed: u64,
        schedules: u64,
        runs: u32,
        acts: (usize, usize),
        time_us: Micros,
        /// What goes wrong, in a sentence without a full stop.
        harm: String,
        script: String,
    },
    /// No schedule up to that seed does harm.
    NotFound {
        last_seed: u64,
    },
    /// The schedule of that seed does harm, but no script replays it.
    NotReplayed {
        seed: u64,
    },
}

impl fmt::Display for SearchRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "search {} {}", self.rule, self.first_seed)
    }
}

impl SearchRequest {
    /// The inverse of `to_string`.
    pub fn parse(text: &str) -> Option<SearchRequest> {
        let mut words = text.strip_prefix("search ")?.split(' ');
        let name = words.next()?;
        let rule = Rule::ALL.into_iter().find(|rule| rule.name() == name)?;
        Some(SearchRequest { rule, first_seed: words.next()?.parse().ok()? })
    }
}

impl fmt::Display for SearchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SearchReport::Ready => f.write_str("ready"),
            SearchReport::Searching { schedules, events } => {
                write!(f, "searching {schedules} {events}")
            }
            SearchReport::Shrinking { seed, runs, acts: (left, of), time_us, script } => {
                write!(f, "shrinking {seed} {runs} {left} {of} {time_us}\n{script}")
            }
            SearchReport::Found { seed, schedules, runs, acts, time_us, harm, script } => {
                let (left, of) = acts;
                writeln!(f, "found {seed} {schedules} {runs} {left} {of} {time_us}")?;
                write!(f, "{}\n{script}", harm.replace('\n', " "))
            }
            SearchReport::NotFound { last_seed } => write!(f, "not-found {last_seed}"),
            SearchReport::NotReplayed { seed } => write!(f, "not-replayed {seed}"),
        }
    }
}

impl SearchReport {
    /// The inverse of `to_string`.
    pub fn parse(text: &str) -> Option<SearchReport> {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (kind, numbers) = line.split_once(' ').unwrap_or((line, ""));
        let numbers = numbers.split(' ').filter(|word| !word.is_empty());
        let numbers: Vec<u64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
        Some(match (kind, &*numbers) {
            ("ready", []) => SearchReport::Ready,
            ("searching", &[schedules, events]) => SearchReport::Searching { schedules, events },
            ("shrinking", &[seed, runs, left, of, time_us]) => SearchReport::Shrinking {
                seed,
                runs: runs as u32,
                acts: (left as usize, of as usize),
                time_us,
                script: rest.to_owned(),
            },
            ("found", &[seed, schedules, runs, left, of, time_us]) => {
                let (harm, script) = rest.split_once('\n')?;
                SearchReport::Found {
                    seed,
                    schedules,
                    runs: runs as u32,
                    acts: (left as usize, of as usize),
                    time_us,
                    harm: harm.to_owned(),
                    script: script.to_owned(),
                }
            }
            ("not-found", &[last_seed]) => SearchReport::NotFound { last_seed },
            ("not-replayed", &[seed]) => SearchReport::NotReplayed { seed },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_posted_is_read_back() {
        for rule in Rule::ALL {
            let request = SearchRequest { rule, first_seed: 185 };
            assert_eq!(SearchRequest::parse(&request.to_string()), Some(request));
        }
        let script = "# Found.\nrule majority off\nexpect violated log-matching\n".to_owned();
        let reports = [
            SearchReport::Ready,
            SearchReport::Searching { schedules: 7, events: 9_000 },
            SearchReport::Shrinking {
                seed: 7,
                runs: 12,
                acts: (3, 40),
                time_us: 2_000_001,
                script: script.clone(),
            },
            SearchReport::Found {
                seed: 7,
                schedules: 7,
                runs: 120,
                acts: (2, 40),
                time_us: 2_000_000,
                harm: "S1 and S2 have both been elected in term 1".to_owned(),
                script,
            },
            SearchReport::NotFound { last_seed: 10_000 },
            SearchReport::NotReplayed { seed: 7 },
        ];
        for report in reports {
            assert_eq!(SearchReport::parse(&report.to_string()), Some(report));
        }
        for wrong in ["", "ready 1", "searching 1", "found 1 2 3 4 5 6", "searching x 1"] {
            assert_eq!(SearchReport::parse(wrong), None, "{wrong}");
        }
        assert_eq!(SearchRequest::parse("search nothing 1"), None);
    }
}
