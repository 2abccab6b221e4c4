//! Figures beside their budgets, as a table.

use std::fmt::Write;

/// A figure, measured on the built page and, with `--against`, on another one.
pub struct Figure {
    pub name: String,
    pub values: Vec<f64>,
    pub budget: Budget,
    pub unit: &'static str,
}

#[derive(Clone, Copy)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// As a multiple of the other page's figure; printed only without another page.
    TimesAtMost(f64),
    /// Printed only.
    None,
}

impl Figure {
    /// Only the built page must stay within the budget.
    fn is_within(&self) -> bool {
        match self.budget {
            Budget::AtMost(most) => self.values[0] <= most,
            Budget::AtLeast(least) => self.values[0] >= least,
            Budget::TimesAtMost(times) => match self.values[..] {
                [value, other, ..] => value <= times * other,
                _ => true,
            },
            Budget::None => true,
        }
    }
}

/// Prints the figures, how busy the machine is, and fails if one is over its budget.
pub fn report(figures: &[Figure]) {
    println!("\n{}{}", table(figures), load());
    assert!(figures.iter().all(Figure::is_within), "over budget");
}

/// How many programs wanted to run in the last minute, where the system says so. Absolute times
/// and frames count only if that is below the number of cores.
fn load() -> String {
    let average = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    match average.split_once(' ') {
        Some((minute, _)) => format!("load of the machine: {minute}, cores: {cores}\n"),
        None => String::new(),
    }
}

fn table(figures: &[Figure]) -> String {
    let mut table = format!("{:<40} {:>10} {:>10} {:>6}", "", "measured", "against", "ratio");
    table += &format!(" {:>14}\n", "budget");
    for figure in figures {
        let Figure { name, values, unit, .. } = figure;
        let budget = match figure.budget {
            Budget::AtMost(most) => format!("at most {most}"),
            Budget::AtLeast(least) => format!("at least {least}"),
            Budget::TimesAtMost(times) => format!("{times} times"),
            Budget::None => String::new(),
        };
        let (against, ratio) = match values[..] {
            [value, other, ..] => (format!("{other:.3}"), format!("{:.2}", value / other)),
            _ => (String::new(), String::new()),
        };
        let mark = if figure.is_within() { "" } else { "  OVER" };
        let value = values[0];
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "{name:<40} {value:>10.3} {against:>10} {ratio:>6} {budget:>14} {unit}{mark}"
        );
    }
    table
}

#[test]
fn a_figure_over_its_budget_is_marked() {
    let figure =
        |value, budget| Figure { name: "x".into(), values: vec![value], budget, unit: "s" };
    let figures = [figure(0.5, Budget::AtMost(0.5)), figure(594.0, Budget::AtLeast(595.0))];
    assert!(figures[0].is_within() && !figures[1].is_within());
    assert_eq!(table(&figures).matches("OVER").count(), 1);
}
