//! A column that can be NULL is an `Option`.

tablature::migrations!("tales");

fn moral(tale: Tale) -> String {
    tale.moral
}

fn main() {
    let _ = moral;
}
