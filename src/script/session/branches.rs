//! Branches: the versions that a person left by acting in their past.

use std::sync::Arc;

use crate::diagram::Diagram;
use crate::script::run::{Position, Run};
use crate::sim::{Micros, Recorder};

use super::Session;
use super::differences::{Difference, differences};
use super::seek::run_to;
use super::timeline::Timeline;
use super::version::{Branch, Version};

/// The most branches; the oldest goes first.
const BRANCHES_MAX: usize = 50;
/// How many of the newest branches keep their diagrams, which may take 10 MB each.
const DIAGRAMS_MAX: usize = 6;

impl Session {
    /// The other branches, oldest first.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    pub fn branch_name(&self) -> &str {
        &self.name
    }

    /// Renames a branch; without a number, this one.
    pub fn rename_branch(&mut self, number: Option<usize>, name: &str) {
        let branch = number.and_then(|number| self.branches.get_mut(number));
        let known = branch.map(|branch| &mut branch.name);
        if let Some(known) = known.or(number.is_none().then_some(&mut self.name)) {
            *known = name.to_owned();
        }
    }

    /// How many branches were started so far.
    pub fn branched(&self) -> u32 {
        self.branched
    }

    /// The moment from which that branch differs from this one; `None` if it never does.
    pub fn parted_us(&self, number: usize) -> Option<Micros> {
        self.parted_between_us(None, Some(number))
    }

    /// The moment from which two branches differ; `None` if they never do. A branch without a
    /// number is this one.
    pub fn parted_between_us(&self, a: Option<usize>, b: Option<usize>) -> Option<Micros> {
        let version = |number: Option<usize>| match number {
            Some(number) => Some(self.branches.get(number)?.version.clone()),
            None => Some(self.version()),
        };
        let (a, b) = (version(a)?, version(b)?);
        if !Arc::ptr_eq(&a.base, &b.base) {
            return Some(0);
        }
        let (here, there) = (&a.actions, &b.actions);
        let alike = here.iter().zip(there.iter()).take_while(|(a, b)| Arc::ptr_eq(a, b) || a == b);
        let at = alike.count();
        let next = [here.get(at), there.get(at)];
        next.into_iter().flatten().map(|action| action.time_us).min()
    }

    /// Keeps the version that was left at that position, and its diagram.
    pub(super) fn branch_off(&mut self, version: Version, left: Position, diagram: Diagram) {
        self.branched += 1;
        let name = format!("branch {}", self.branched);
        let name = std::mem::replace(&mut self.name, name);
        let (end_us, forked_us) = (self.end_us, Some(left.time_us));
        let diagram = Some(diagram);
        self.keep_branch(Branch { name, version, left, end_us, forked_us, diagram });
    }

    pub(super) fn keep_branch(&mut self, branch: Branch) {
        if self.branches.len() == BRANCHES_MAX {
            self.branches.remove(0);
        }
        self.branches.push(branch);
        let older = self.branches.len().saturating_sub(DIAGRAMS_MAX);
        self.branches[..older].iter_mut().for_each(|branch| branch.diagram = None);
    }

    /// Returns to a branch, at the moment at which it was left; this one is kept.
    ///
    /// # Errors
    /// If there is no such branch.
    pub fn return_to(&mut self, number: usize) -> Result<(), String> {
        if number >= self.branches.len() {
            return Err(no_branch(number));
        }
        let branch = self.branches.remove(number);
        let this = Branch {
            name: std::mem::replace(&mut self.name, branch.name),
            version: self.version(),
            left: self.run().position(),
            end_us: self.end_us(),
            forked_us: branch.forked_us,
            diagram: Some(self.timeline.diagram.clone()),
        };
        self.keep_branch(this);
        self.undo.clear();
        self.redo.clear();
        self.adopt(branch.version);
        if let Some(diagram) = branch.diagram {
            self.timeline.diagram = diagram;
        }
        self.timeline.go_to(branch.left);
        self.explain_violations();
        self.end_us = branch.end_us;
        Ok(())
    }

    /// How this branch and another one differ at this moment.
    ///
    /// # Errors
    /// If there is no such branch, or it would take too long to find out.
    pub fn compare(&self, number: usize) -> Result<Vec<Difference>, String> {
        let Some(branch) = self.branches.get(number) else { return Err(no_branch(number)) };
        let now_us = self.world().now_us();
        let Version { base, actions } = &branch.version;
        let scout = match Arc::ptr_eq(base, &self.base) {
            true => self.timeline.scout_with(actions, now_us),
            false => None,
        };
        let mut other = scout.unwrap_or_else(|| {
            let mut run = Run::new(base.script(), &mut Recorder::off());
            run.set_actions(Arc::clone(actions));
            run
        });
        run_to(&mut other, now_us)?;
        Ok(differences(self.world(), other.world()))
    }

    /// Runs another version from now on. It stands somewhere before the first difference.
    pub(super) fn adopt(&mut self, version: Version) {
        let Version { base, actions } = version;
        self.revision += 1;
        if !Arc::ptr_eq(&base, &self.base) {
            self.timeline = Timeline::new(base.script());
            self.base = base;
        }
        self.timeline.change_actions(actions);
        self.explain_violations();
    }
}

fn no_branch(number: usize) -> String {
    format!("there is no branch {}", number + 1)
}
