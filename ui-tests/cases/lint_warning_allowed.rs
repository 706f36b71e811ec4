//! Warnings are silenced as any other; the error is another one.
#![deny(deprecated)]

#[allow(deprecated)]
mod database {
    tablature::migrations!("lint_warning");
}

fn main() {
    let visits: Option<i64> = None;
    let _ = database::User {
        id: 1,
        name: String::new(),
        visits,
    };
}
