//! What a script has set up and stays: triggers, and actions that repeat.

use crate::script::lang::ast::Statement;

use super::Run;

impl Run {
    /// The triggers that wait and the actions that repeat, with the lines that they come from.
    pub fn standing(&self) -> Vec<(u32, Statement)> {
        let triggers = self.triggers.iter().map(|trigger| {
            let (again, condition) = (trigger.again, trigger.condition.clone());
            let action = trigger.task.action.clone();
            (trigger.task.line, Statement::When { again, condition, action })
        });
        let repeats = self.agenda.repeats().map(|(task, period_us, times)| {
            (task.line, Statement::Every { period_us, action: task.action.clone(), times })
        });
        triggers.chain(repeats).collect()
    }
}
