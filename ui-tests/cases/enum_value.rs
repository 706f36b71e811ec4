//! An enum has the values of the CHECK and no other.

tablature::migrations!("tales");

fn main() {
    let _ = TaleMood::Sad;
}
