//! Notices added and removed migrations.

fn main() {
    tablature_build::watch("../migrations");
    tablature_build::watch("../migrations-postgres");
}
