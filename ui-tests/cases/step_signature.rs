//! The function of a step takes the connection and returns an error of any type.

tablature::migrations!("steps");

mod steps {
    use tablature::rusqlite::{Connection, Result};

    pub fn fill_slugs(connection: &mut Connection) -> Result<()> {
        connection.execute_batch("UPDATE tales SET slug = lower(title)")
    }
}

fn main() {}
