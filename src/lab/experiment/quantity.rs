//! What an experiment of one's own may measure in each run of its script.

/// A quantity of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// How long the script's last `wait` takes. No value if it waits in vain.
    LastWait,
    /// How long the run takes.
    RunTime,
    /// From the moment a leader appends an entry until it commits it; a value per entry.
    CommitLatency,
    /// From the moment a client sends a command until it has the answer; a value per command.
    AnswerLatency,
    /// The share of the commands that have an answer within a second. Commands of the last second
    /// do not count.
    Availability,
    /// The share of the time without a live leader.
    Leaderless,
    /// The highest term of any server at the end.
    Terms,
    /// How many messages are sent.
    Messages,
    /// How many safety properties are violated.
    Violations,
}

impl Quantity {
    pub const ALL: [Quantity; 9] = [
        Quantity::LastWait,
        Quantity::RunTime,
        Quantity::CommitLatency,
        Quantity::AnswerLatency,
        Quantity::Availability,
        Quantity::Leaderless,
        Quantity::Terms,
        Quantity::Messages,
        Quantity::Violations,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Quantity::LastWait => "last-wait",
            Quantity::RunTime => "run-time",
            Quantity::CommitLatency => "commit-latency",
            Quantity::AnswerLatency => "answer-latency",
            Quantity::Availability => "availability",
            Quantity::Leaderless => "leaderless",
            Quantity::Terms => "terms",
            Quantity::Messages => "messages",
            Quantity::Violations => "violations",
        }
    }

    /// What it is, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Quantity::LastWait => "how long the last wait of the script takes, in ms",
            Quantity::RunTime => "the simulated time of the run, in ms",
            Quantity::CommitLatency => "from a leader's append of an entry to its commit, in ms",
            Quantity::AnswerLatency => "from a client's command to its answer, in ms",
            Quantity::Availability => "the share of commands answered within one second",
            Quantity::Leaderless => "the share of time without a live leader",
            Quantity::Terms => "the highest term",
            Quantity::Messages => "the number of messages sent",
            Quantity::Violations => "the number of safety properties violated",
        }
    }

    pub fn named(name: &str) -> Option<Quantity> {
        Quantity::ALL.into_iter().find(|quantity| quantity.name() == name)
    }

    /// The unit of its values; empty for a number without one.
    pub fn unit(self) -> &'static str {
        match self {
            Quantity::LastWait
            | Quantity::RunTime
            | Quantity::CommitLatency
            | Quantity::AnswerLatency => "ms",
            _ => "",
        }
    }
}
