//! One mistake in the definition of a table is one error: the columns that can be read can be used.

tablature::migrations!("syntax_error");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connection = tablature::rusqlite::Connection::open_in_memory()?;
    let user = NewUser {
        visits: 0,
        email: "rapunzel@tower.example".to_owned(),
        role: UserRole::Writer,
    };
    user.insert(&connection)?;
    Ok(())
}
