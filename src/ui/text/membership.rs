//! Sets of servers and configurations, so short that they fit a cell.

use crate::raft::{Command, Configuration, ServerId, ServerSet};

use super::server;

/// `S1–S3, S5`: three servers or more in a row are a range.
pub fn server_ranges(set: ServerSet) -> String {
    let ids: Vec<ServerId> = set.iter().collect();
    let runs = ids.chunk_by(|a, b| a.number() + 1 == b.number());
    let run = |run: &[ServerId]| match run {
        [first, _, .., last] => vec![format!("{}–{}", server(*first), server(*last))],
        few => few.iter().copied().map(server).collect(),
    };
    runs.flat_map(run).collect::<Vec<String>>().join(", ")
}

/// `S1–S3`, or in joint consensus how the voters change: `+S4 −S3`.
pub fn configuration(configuration: &Configuration) -> String {
    let Configuration { voters, old_voters, learners } = *configuration;
    let change = |sign: char, servers: ServerSet| {
        let signed = move |id: ServerId| format!("{sign}{}", server(id));
        servers.iter().map(signed).collect::<Vec<String>>()
    };
    if configuration.is_joint() && voters != old_voters {
        let joins = change('+', voters.difference(old_voters));
        let leaves = change('−', old_voters.difference(voters));
        return [joins, leaves].concat().join(" ");
    }
    match learners.len() {
        0 => server_ranges(voters),
        1 => format!("{}, learner {}", server_ranges(voters), server_ranges(learners)),
        _ => format!("{}, learners {}", server_ranges(voters), server_ranges(learners)),
    }
}

/// What an entry carries, so short that it fits a cell or a message.
pub fn command(command: &Command) -> String {
    match command {
        Command::Configuration(new) => configuration(new),
        Command::Noop | Command::Client(_) => command.to_string(),
    }
}

/// What an entry carries, with a configuration in prose.
pub fn command_in_full(command: &Command) -> String {
    match command {
        Command::Configuration(configuration) => format!("configuration {configuration:#}"),
        short => short.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[usize]) -> ServerSet {
        numbers.iter().map(|number| ServerId::from_slot(number - 1)).collect()
    }

    #[test]
    fn three_servers_in_a_row_are_a_range() {
        assert_eq!(server_ranges(set(&[1, 2, 3, 5])), "S1–S3, S5");
        assert_eq!(server_ranges(set(&[1, 2, 4])), "S1, S2, S4");
        assert_eq!(server_ranges(ServerSet::EMPTY), "");
    }

    #[test]
    fn a_joint_configuration_says_what_changes() {
        let simple = Configuration { voters: set(&[1, 2, 3]), ..Configuration::default() };
        let joint =
            Configuration { old_voters: set(&[1, 2, 3]), voters: set(&[1, 2, 4]), ..simple };
        let learning = Configuration { learners: set(&[4]), ..simple };
        assert_eq!(configuration(&simple), "S1–S3");
        assert_eq!(configuration(&joint), "+S4 −S3");
        assert_eq!(configuration(&learning), "S1–S3, learner S4");
    }
}
