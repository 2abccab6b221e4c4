//! What the page may cost, and the table that is printed of it.

/// One figure beside its budget.
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    pub limit: Limit,
    pub unit: &'static str,
}

/// Which side of a number is good.
#[derive(Clone, Copy)]
pub enum Limit {
    /// The figure may be this much.
    AtMost(f64),
    /// The figure must be this much.
    AtLeast(f64),
}

impl Figure {
    /// Whether the figure keeps within its budget.
    pub fn kept(&self) -> bool {
        match self.limit {
            Limit::AtMost(most) => self.value <= most,
            Limit::AtLeast(least) => self.value >= least,
        }
    }
}

/// The figures as a table; those over their budget are marked.
pub fn table(figures: &[Figure]) -> String {
    let mut table = format!("{:<34} {:>10} {:>14}\n", "", "measured", "budget");
    for figure in figures {
        let budget = match figure.limit {
            Limit::AtMost(most) => format!("at most {most}"),
            Limit::AtLeast(least) => format!("at least {least}"),
        };
        let mark = if figure.kept() { "" } else { "  OVER" };
        let Figure { name, value, unit, .. } = figure;
        table += &format!("{name:<34} {value:>10.3} {budget:>14} {unit}{mark}\n");
    }
    table
}

#[test]
fn a_figure_over_its_budget_is_marked() {
    let figure = |value, limit| Figure { name: "x", value, limit, unit: "s" };
    let figures = [figure(0.5, Limit::AtMost(0.5)), figure(594.0, Limit::AtLeast(595.0))];
    assert!(figures[0].kept() && !figures[1].kept());
    assert_eq!(table(&figures).matches("OVER").count(), 1);
}
