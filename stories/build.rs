//! Notices added and removed migrations.

fn main() {
    tablature_build::watch("../migrations");
}
