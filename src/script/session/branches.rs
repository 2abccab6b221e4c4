//! Branches: what became of a run before somebody acted in its past.

use std::sync::Arc;

use crate::script::runner::Runner;
use crate::sim::{Micros, Recorder};

use super::differ::{Difference, differences};
use super::travel::{Place, run_to};
use super::{Session, Version};

/// The most branches; the oldest goes first.
const BRANCHES_MAX: usize = 50;

/// A run that is kept and can be returned to.
#[derive(Clone, Debug)]
pub struct Branch {
    name: String,
    version: Version,
    left: Place,
    end_us: Micros,
    forked_us: Option<Micros>,
}

impl Branch {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The moment at which it was left, in microseconds.
    pub fn left_us(&self) -> Micros {
        self.left.time_us
    }

    /// The furthest moment that was seen of it, in microseconds.
    pub fn end_us(&self) -> Micros {
        self.end_us
    }

    /// The moment at which another run went another way, in microseconds.
    pub fn forked_us(&self) -> Option<Micros> {
        self.forked_us
    }

    /// How many things are done by hand in it.
    pub fn hands(&self) -> usize {
        self.version.hands.len()
    }
}

impl Session {
    /// The other branches, oldest first.
    pub fn branches(&self) -> &[Branch] {
        &self.others
    }

    /// What this branch is called.
    pub fn branch_name(&self) -> &str {
        &self.name
    }

    /// Calls a branch something else; without a number, this one.
    pub fn rename_branch(&mut self, number: Option<usize>, name: &str) {
        let branch = number.and_then(|number| self.others.get_mut(number));
        let known = branch.map(|branch| &mut branch.name);
        if let Some(known) = known.or(number.is_none().then_some(&mut self.name)) {
            *known = name.to_owned();
        }
    }

    /// How many branches were begun.
    pub fn branched(&self) -> u32 {
        self.branched
    }

    /// From when on that branch is another run than this one; nothing where it is the same one.
    pub fn parted_us(&self, number: usize) -> Option<Micros> {
        let Version { base, hands } = &self.others.get(number)?.version;
        if !Arc::ptr_eq(base, &self.base) {
            return Some(0);
        }
        let (here, there) = (&self.runner.hands, hands);
        let alike = here.iter().zip(there.iter()).take_while(|(a, b)| Arc::ptr_eq(a, b) || a == b);
        let place = alike.count();
        let next = [here.get(place), there.get(place)];
        next.into_iter().flatten().map(|hand| hand.time_us).min()
    }

    /// Keeps what was, since another way was taken at that place.
    pub(super) fn branch_off(&mut self, version: Version, left: Place) {
        self.branched += 1;
        let name = format!("branch {}", self.branched);
        let name = std::mem::replace(&mut self.name, name);
        let (end_us, forked_us) = (self.end_us, Some(left.time_us));
        self.keep_branch(Branch { name, version, left, end_us, forked_us });
    }

    fn keep_branch(&mut self, branch: Branch) {
        if self.others.len() == BRANCHES_MAX {
            self.others.remove(0);
        }
        self.others.push(branch);
    }

    /// Returns to a branch, at the moment at which it was left; this one is kept.
    ///
    /// # Errors
    /// Where there is no such branch.
    pub fn return_to(&mut self, number: usize) -> Result<(), String> {
        if number >= self.others.len() {
            return Err(no_branch(number));
        }
        let branch = self.others.remove(number);
        let this = Branch {
            name: std::mem::replace(&mut self.name, branch.name),
            version: self.version(),
            left: self.place(),
            end_us: self.end_us(),
            forked_us: branch.forked_us,
        };
        self.keep_branch(this);
        self.before.clear();
        self.after.clear();
        self.adopt(branch.version);
        self.go_to_place(branch.left);
        self.end_us = branch.end_us;
        Ok(())
    }

    /// What differs between this branch and another at this moment.
    ///
    /// # Errors
    /// Where there is no such branch, or it would take too long to find out.
    pub fn compare(&self, number: usize) -> Result<Vec<Difference>, String> {
        let Some(branch) = self.others.get(number) else { return Err(no_branch(number)) };
        let now_us = self.world().now_us();
        let Version { base, hands } = &branch.version;
        let copy = match Arc::ptr_eq(base, &self.base) {
            true => self.runner.copy_on_the_way(hands, now_us),
            false => None,
        };
        let mut other = copy.unwrap_or_else(|| {
            let mut runner = Runner::new(base.script(), &mut Recorder::off());
            runner.hands = Arc::clone(hands);
            runner
        });
        run_to(&mut other, now_us, &mut Recorder::off())?;
        Ok(differences(self.world(), other.world()))
    }

    /// Another version is run from now on. It stands somewhere before where it differs.
    pub(super) fn adopt(&mut self, version: Version) {
        let Version { base, hands } = version;
        self.revision += 1;
        if Arc::ptr_eq(&base, &self.base) {
            self.runner.change_hands(hands);
            self.go_back(|_| true);
            self.recorder.diverge();
        } else {
            self.recorder = Recorder::on();
            self.runner = Runner::new(base.script(), &mut self.recorder);
            self.runner.hands = hands;
            self.runner.begin_marks();
            self.base = base;
        }
    }
}

fn no_branch(number: usize) -> String {
    format!("there is no branch {}", number + 1)
}
