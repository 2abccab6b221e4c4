//! docs/lab.md says what there is.

use raftarium::lab::experiment::{Against, Quantity};

const MANUAL: &str = include_str!("../../../docs/lab.md");

#[test]
fn every_quantity_and_setting_stands_in_the_manual() {
    for quantity in Quantity::ALL {
        let row = format!("| `{}` | {}", quantity.name(), quantity.meaning());
        assert!(MANUAL.contains(&row), "no row `{row}`");
    }
    let against = Against::ALL.map(Against::name).join("|");
    assert!(MANUAL.contains(&format!("--against {against}")));
}
