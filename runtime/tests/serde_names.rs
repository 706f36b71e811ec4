//! With serde's derive macros a variant of an enum is called what the column holds.
#![cfg(all(feature = "macros", feature = "sqlite"))]

mod database {
    tablature::migrations!("tests/serde_names");
}

use database::{Tale, TaleMood};

#[test]
fn json_has_the_values_of_the_column() -> Result<(), serde_json::Error> {
    for mood in TaleMood::ALL {
        let tale = Tale { id: 7, mood: *mood };
        let json = serde_json::to_value(&tale)?;
        assert_eq!(json, serde_json::json!({"id": 7, "mood": mood.as_str()}));
        assert_eq!(serde_json::from_value::<Tale>(json)?, tale);
    }
    Ok(())
}
