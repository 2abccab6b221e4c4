//! The same run with one setting changed, in step with this one: same seed, same actions.

use std::mem::discriminant;
use std::sync::Arc;

use crate::script::lang::ast::{Script, Statement};
use crate::script::lang::parse::{ParseError, parse};
use crate::script::run::Budget;
use crate::sim::Setting;

use super::Session;
use super::timeline::Timeline;
use super::version::{Base, Branch, Version};

/// The run of a branch that was made by [`Session::add_variant`]. It follows this run: what happens
/// here up to some moment, and every recorded action, happens there, too.
#[derive(Debug)]
pub(super) struct VariantRun {
    base: Arc<Base>,
    timeline: Timeline,
}

impl Session {
    /// Adds a branch: this run from its start with that setting, up to the furthest moment that was
    /// reached. Returns its number. Only the newest one follows this run.
    ///
    /// # Errors
    /// If the line is no setting, or the run is the same with it.
    pub fn add_variant(&mut self, line: &str) -> Result<usize, String> {
        let setting = setting(line)?;
        let line = line.trim();
        let text = with_setting(self.base.own_text(), &setting, line);
        let script = parse(&text).map_err(|errors| ParseError::all(&errors))?;
        if script.setup() == self.base.script().setup() {
            return Err(format!("`{line}` is already so in this run"));
        }
        let base = Arc::new(Base::new(&text, &script));
        let timeline = Timeline::new(script);
        let version = Version { base: Arc::clone(&base), actions: Arc::default() };
        let left = timeline.run().position();
        self.keep_branch(Branch {
            name: line.to_owned(),
            version,
            left,
            end_us: 0,
            forked_us: None,
            diagram: None,
        });
        self.variant = Some(VariantRun { base, timeline });
        self.advance_variant();
        Ok(self.branches.len() - 1)
    }

    /// The branch that follows this run.
    pub fn variant(&self) -> Option<usize> {
        let variant = self.variant.as_ref()?;
        self.branches.iter().position(|branch| Arc::ptr_eq(&branch.version.base, &variant.base))
    }

    /// Lets the branch that follows this run catch up with it. An action that cannot be done there
    /// is skipped, as in any replay.
    pub fn advance_variant(&mut self) {
        let (end_us, actions) = (self.end_us(), Arc::clone(self.run().actions()));
        let Some(number) = self.variant() else {
            self.variant = None;
            return;
        };
        let Some(VariantRun { timeline, .. }) = &mut self.variant else { return };
        if **timeline.run().actions() != *actions {
            timeline.change_actions(Arc::clone(&actions));
        }
        let limits = timeline.run().limits(Budget::CALL);
        // A violation and a `stop` do not keep it back. Where it reaches a limit, it ends there.
        while timeline.run().world().now_us() < end_us {
            match timeline.run_until_within(end_us, limits) {
                Some(_) => {}
                None => break,
            }
        }
        let branch = &mut self.branches[number];
        branch.version.actions = actions;
        branch.end_us = timeline.run().world().now_us();
        branch.left = timeline.run().position();
        branch.diagram = Some(timeline.diagram.clone());
    }
}

/// The only statement of the line, if it is a setting.
fn setting(line: &str) -> Result<Setting, String> {
    let script = parse(line).map_err(|errors| ParseError::all(&errors))?;
    let mut statements = script.statements();
    match (statements.next(), statements.next()) {
        (Some((_, Statement::Set(setting))), None) => Ok(setting.clone()),
        _ => Err(format!(
            "expected one setting, such as `pre-vote on` or `rule majority off`, found `{}`",
            line.trim()
        )),
    }
}

/// The text with that line in its head, instead of the lines there that set the same.
fn with_setting(text: &str, setting: &Setting, line: &str) -> String {
    // A session's text always parses.
    let script = parse(text).unwrap_or_default();
    let head = head(&script);
    let replaced = |number: u32| {
        head.iter().any(|(at, known)| {
            *at == number && known.is_some_and(|known| is_same_setting(known, setting))
        })
    };
    let last = head.last().map_or(0, |(number, _)| *number);
    let mut lines: Vec<&str> = Vec::new();
    for (number, known) in (1..).zip(text.lines()) {
        if !replaced(number) {
            lines.push(known);
        }
        if number == last {
            lines.push(line);
        }
    }
    if last == 0 {
        lines.insert(0, line);
    }
    lines.join("\n") + "\n"
}

/// The lines of the head, with the setting of each.
fn head(script: &Script) -> Vec<(u32, Option<&Setting>)> {
    let statements = script.statements().take_while(|(_, statement)| statement.belongs_to_head());
    let lines = statements.map(|(number, statement)| match statement {
        Statement::Set(setting) => (number, Some(setting)),
        _ => (number, None),
    });
    lines.collect()
}

fn is_same_setting(a: &Setting, b: &Setting) -> bool {
    match (a, b) {
        (Setting::Rule { rule: a, .. }, Setting::Rule { rule: b, .. }) => a == b,
        (Setting::DiskOf { server: a, .. }, Setting::DiskOf { server: b, .. }) => a == b,
        _ => discriminant(a) == discriminant(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> Session {
        let mut session = Session::open(text).expect("a script");
        session.finish();
        session
    }

    #[test]
    fn a_setting_replaces_the_same_one_and_stands_in_the_head() {
        let setting = setting("pre-vote on").expect("a setting");
        let text = with_setting("servers 3\npre-vote off\n\nrun 1s\n", &setting, "pre-vote on");
        assert_eq!(text, "servers 3\npre-vote on\n\nrun 1s\n");
        assert_eq!(with_setting("run 1s\n", &setting, "pre-vote on"), "pre-vote on\nrun 1s\n");
    }

    #[test]
    fn only_a_setting_that_changes_something_makes_a_variant() {
        let mut session = session("servers 3\nrun 1s\n");
        assert!(session.add_variant("crash s1").is_err_and(|error| error.contains("one setting")));
        assert!(session.add_variant("pre-vote").is_err());
        assert!(session.add_variant("pre-vote off").is_err_and(|error| error.contains("already")));
        assert!(session.branches().is_empty());
    }

    #[test]
    fn a_variant_is_the_script_with_that_setting() {
        let mut session = session("servers 3\nseed 4\nrun 2s\n");
        let number = session.add_variant("pre-vote on").expect("a variant");
        let there = session.branches()[number].diagram().expect("its diagram").clone();
        let other = super::tests::session("servers 3\nseed 4\npre-vote on\nrun 2s\n");
        assert_eq!(there.first_difference_us(other.diagram()), None);
        assert!(session.diagram().first_difference_us(&there).is_some());
        assert_eq!(session.branches()[number].name(), "pre-vote on");
    }

    #[test]
    fn a_variant_follows_the_run_and_its_actions() {
        let mut session = session("servers 3\nseed 4\nrun 1s\n");
        let number = session.add_variant("rule leader-noop off").expect("a variant");
        session.exec("crash leader").expect("a leader");
        session.run_until(3_000_000);
        session.advance_variant();
        let variant = &session.branches()[number];
        assert_eq!((variant.end_us(), variant.action_count()), (3_000_000, 1));
        // It is a branch like any other.
        session.return_to(number).expect("a branch");
        assert_eq!(session.world().now_us(), 3_000_000);
        assert!(session.text().starts_with("servers 3\nseed 4\nrule leader-noop off\nrun 1s\n"));
    }
}
