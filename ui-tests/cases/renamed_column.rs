//! A column that was renamed or dropped is no field under its old name.

tablature::migrations!("tales");

fn main() {
    let _ = |tale: Tale| tale.title;
    let _ = |tale: Tale| tale.teller;
    let _ = Tale::TITLE;
}
