//! What the legend shows comes from short runs, and is drawn by the components of the stage and the
//! logs, so it looks as it does there.

use std::rc::Rc;

use crate::raft::{Index, ServerId};
use crate::script::Session;
use crate::ui::scene::Layout;
use crate::ui::state::ModelScope;
use crate::ui::view::{ClusterModel, LogRow, PaceModel, ServerModel, TruncatedEntry};

/// A leader, a follower, a paused and a crashed server, a learner, and one that is no member.
const ROLES: &str = "servers 6\nlearners s5\njoining s6\nlatency 1ms\nelection-timeout never\n\
    heartbeat never\ntimeout s1\nsettle\npause s3\ncrash s4\n";
/// S1 has a fast clock, and S2 a slow disk.
const FAULTY: &str = "servers 2\nskew s1 1.5\ndisk 60ms on s2\n";
/// S1 has the votes of itself and S2, is denied by S5, and waits for S3 and S4.
const ELECTION: &str = "servers 5\nlatency 1ms\nelection-timeout never\n\
    hold all vote from s3,s4 to s1\ntimeout s1,s5\nsettle\n";
const PRE_VOTE: &str = "servers 3\npre-vote on\nlatency 1ms\nelection-timeout never\n\
    hold all pre-vote\ntimeout s1\nsettle\n";
/// S1 leads term 1 while S2 leads term 2.
const OUTDATED: &str = "servers 3\nlatency 1ms\nelection-timeout never\nheartbeat never\n\
    timeout s1\nsettle\npartition s1 | others\ntimeout s2\nsettle\n";
const LINKS: &str = "servers 4\ncut s1 <-> s2\ncut s1 -> s3\n";
const LOSSY: &str = "servers 4\nloss 10%\nlink s1 <-> s2 latency 200ms\n";
/// S1 knows that entries 1 and 2 are committed, S2 does not; entry 3 is on S1 alone.
const LOGS: &str = "servers 3\nlatency 1ms\nelection-timeout never\nheartbeat never\ntimeout s1\n\
    settle\nset x 1 via s1\nsettle\nisolate s1\nset y 2 via s1\nsettle\n";
/// S2 has just redirected C1 to S1.
const REDIRECT: &str = "servers 3\nlatency 10ms\nelection-timeout never\nheartbeat never\n\
    timeout s1\nsettle\nset x 1 via s2\nrun 25ms\n";
const SNAPSHOT: &str = "servers 3\nlatency 1ms\nelection-timeout never\nheartbeat never\n\
    timeout s1\nsettle\nsnapshot s1\n";

/// The size of the stage that the samples are cut from, in pixels.
const STAGE: (f64, f64) = (560.0, 520.0);

/// A stage at the end of a short run.
#[derive(Clone, PartialEq)]
pub struct SampleStage {
    pub cluster: Rc<ClusterModel>,
    pub layout: Rc<Layout>,
}

impl SampleStage {
    fn after(script: &str) -> SampleStage {
        // A test opens all of them.
        let mut session = Session::open(script).expect("a sample's script");
        let _ = session.finish();
        let pace = PaceModel { playing: false, speed: 1.0, adaptive: false, now: 0.0 };
        let cluster = ClusterModel::of(&session, &ModelScope::default(), pace);
        let layout = Layout::new(STAGE.0, STAGE.1, cluster.servers.len(), cluster.clients.len());
        SampleStage { cluster: Rc::new(cluster), layout: Rc::new(layout) }
    }

    pub fn server(&self, number: usize) -> &ServerModel {
        &self.cluster.servers[number - 1]
    }

    pub fn row(&self, number: usize, index: Index) -> LogRow {
        let logs = &self.cluster.logs;
        let row = &logs.rows[number - 1];
        let cell = row.cells.get((index - logs.first) as usize).cloned().flatten();
        LogRow { cells: vec![cell], ..row.clone() }
    }
}

#[derive(Clone, PartialEq)]
pub struct Samples {
    pub roles: SampleStage,
    pub election: SampleStage,
    pub pre_vote: SampleStage,
    pub outdated: SampleStage,
    pub links: SampleStage,
    pub faulty: SampleStage,
    pub lossy: SampleStage,
    pub redirect: SampleStage,
    pub logs: SampleStage,
    pub snapshot: SampleStage,
}

impl Samples {
    pub fn make() -> Samples {
        Samples {
            roles: SampleStage::after(ROLES),
            election: SampleStage::after(ELECTION),
            pre_vote: SampleStage::after(PRE_VOTE),
            outdated: SampleStage::after(OUTDATED),
            links: SampleStage::after(LINKS),
            faulty: SampleStage::after(FAULTY),
            lossy: SampleStage::after(LOSSY),
            redirect: SampleStage::after(REDIRECT),
            logs: SampleStage::after(LOGS),
            snapshot: SampleStage::after(SNAPSHOT),
        }
    }

    /// An entry that a newer leader's entry has just replaced.
    pub fn truncated(&self) -> LogRow {
        let row = self.logs.row(1, 3);
        let entries = row.cells.into_iter().flatten().map(|cell| TruncatedEntry {
            until_us: 0,
            index: 3,
            term: cell.term,
            command: cell.command,
        });
        LogRow { truncated: entries.collect(), cells: vec![None], ..self.logs.row(2, 3) }
    }
}

pub fn s(number: usize) -> ServerId {
    ServerId::from_slot(number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Role;
    use crate::ui::view::{CommitKnowledge, LinkState, ServerCondition};

    #[test]
    fn each_sample_shows_what_it_is_for() {
        let samples = Samples::make();
        let role = |number| samples.roles.server(number).role;
        let condition = |number| samples.roles.server(number).condition;
        assert_eq!((role(1), role(2), role(5)), (Role::Leader, Role::Follower, Role::Learner));
        assert_eq!(condition(3), ServerCondition::Paused);
        assert_eq!(condition(4), ServerCondition::Crashed);
        assert!(samples.roles.server(6).membership.is_outside());
        assert_eq!(samples.faulty.server(1).clock_milli, Some(1500));
        assert_eq!(samples.faulty.server(2).disk.map(|own| own.to_us), Some(60_000));
        assert_eq!(samples.redirect.cluster.clients[0].redirect, Some((s(2), s(1))));
        let candidate = samples.election.server(1);
        assert_eq!(candidate.role, Role::Candidate);
        assert!(candidate.granted.contains(s(2)) && candidate.rejected.contains(s(5)));
        assert_eq!(samples.pre_vote.server(1).role, Role::PreCandidate);
        assert!(samples.outdated.server(1).outdated && samples.outdated.cluster.sides.len() > 1);
        let states: Vec<LinkState> =
            samples.links.cluster.links.iter().map(|link| link.state).collect();
        assert_eq!(states[..2], [LinkState::Cut, LinkState::CutForward]);
        assert!(samples.lossy.cluster.links[0].is_slow());
        assert!(samples.lossy.cluster.links[0].losses().0 > 0);
        let known = |row: LogRow| row.cells[0].as_ref().map(|cell| cell.knowledge);
        assert_eq!(known(samples.logs.row(1, 1)), Some(CommitKnowledge::Known));
        assert_eq!(known(samples.logs.row(2, 2)), Some(CommitKnowledge::Elsewhere));
        assert_eq!(known(samples.logs.row(1, 3)), Some(CommitKnowledge::Nobody));
        assert_eq!(known(samples.snapshot.row(1, 1)), None);
        assert_eq!(samples.snapshot.row(1, 1).snapshot, 1);
        assert_eq!(samples.truncated().truncated.len(), 1);
    }
}
