//! One mistake in SQL is one error: what the migrations do say can still be used.

tablature::migrations!("skeleton");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = tablature::rusqlite::Connection::open_in_memory()?;
    MIGRATIONS.apply(&mut connection)?;
    let user = User {
        id: 1,
        email: "rapunzel@tower.example".to_owned(),
        role: UserRole::Writer,
    };
    user.insert(&connection)?;
    Ok(())
}
