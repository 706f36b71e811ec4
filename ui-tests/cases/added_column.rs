//! A column that was added is a field that a new row must have.

tablature::migrations!("tales");

fn main() {
    let _ = Tale {
        id: 1,
        name: "Rapunzel".to_owned(),
        mood: TaleMood::Grim,
        moral: None,
    };
}
