//! The configuration's types and names are those of the fields.

tablature::migrations!("overrides");

fn main() {
    let _ = Member {
        id: 1,
        email: "rapunzel@tower.example".to_owned(),
        joined: 1_700_000_000,
    };
}
