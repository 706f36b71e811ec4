//! The floor: a loop by hand, in one transaction, with a row of history for each file.

use super::{Connection, Failure, History};
use postgres::{Client, NoTls};

struct Raw {
    client: Client,
    files: Vec<String>,
}

pub(super) fn open(url: &str, history: &History) -> Result<Box<dyn Connection>, Failure> {
    Ok(Box::new(Raw {
        client: Client::connect(url, NoTls)?,
        files: history.files.clone(),
    }))
}

impl Connection for Raw {
    fn migrate(&mut self) -> Result<(), Failure> {
        let newest = self
            .client
            .simple_query("SELECT 1 FROM history ORDER BY version DESC LIMIT 1");
        if newest.is_ok() {
            return Ok(());
        }
        let mut transaction = self.client.transaction()?;
        transaction.batch_execute(
            "CREATE TABLE history (version bigint PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
        )?;
        let insert = transaction.prepare("INSERT INTO history (version, name) VALUES ($1, $2)")?;
        for (version, sql) in (1_i64..).zip(&self.files) {
            transaction.batch_execute(sql)?;
            transaction.execute(&insert, &[&version, &"step"])?;
        }
        Ok(transaction.commit()?)
    }
}
