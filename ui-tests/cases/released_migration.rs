//! An edited migration that `tablature.lock` lists as released.

tablature::migrations!("released_migration");

fn main() {
    let _ = NewUser {
        email: "me@example.org".to_owned(),
    };
}
