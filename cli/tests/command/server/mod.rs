//! The five stories over `--database-url`: what the verbs say and do on a PostgreSQL server.

mod added_values;
mod addresses;
mod alembic_stamp;
mod generations;
mod migration_109;
mod production_runbook;
#[cfg(unix)]
mod tls;
mod usage_count;

use crate::run::{Project, Run, workspace};
use tablature_test_server::Database;

/// A directory of migrations, and a database on a server.
pub(crate) struct Site {
    pub(crate) project: Project,
    pub(crate) database: Database,
}

impl Site {
    /// Migrations of PostgreSQL, by their names without `migrations/`; none if there is no server.
    fn new(files: &[(&str, &str)]) -> Option<Site> {
        let database = tablature_test_server::shared()?.database();
        let project = Project::new(&[("migrations/tablature.toml", "dialect = \"postgres\"\n")]);
        let site = Site { project, database };
        for (name, text) in files {
            site.write(name, text);
        }
        Some(site)
    }

    /// The sample application's migrations, to be changed.
    fn sample() -> Option<Site> {
        let site = Site::new(&[])?;
        for entry in std::fs::read_dir(workspace().join("migrations-postgres")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let copy = site.project.path(&format!("migrations/{name}"));
            std::fs::copy(entry.path(), copy).unwrap();
        }
        Some(site)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.project.path(&format!("migrations/{name}")), text).unwrap();
    }

    /// Runs a verb over the database.
    fn run(&self, verb: &str) -> Run {
        let url = self.database.url();
        self.project.run(&format!("{verb} --database-url {url}"))
    }

    /// Runs a verb that has to end with an exit code, and returns what it prints and says.
    fn said(&self, verb: &str, code: i32) -> String {
        let run = self.run(verb);
        assert_eq!(run.code, Some(code), "{verb}: {run:?}");
        run.stdout + &run.stderr
    }

    /// What `check` prints, which has to reject the migrations.
    fn rejected(&self) -> String {
        let check = self.project.run("check");
        assert_eq!(check.code, Some(1), "{check:?}");
        check.stdout + &check.stderr
    }

    fn execute(&self, sql: &str) {
        self.database.connect().batch_execute(sql).unwrap();
    }

    /// What a statement is refused with.
    fn refused(&self, sql: &str) -> String {
        let error = self.database.connect().batch_execute(sql).unwrap_err();
        error.as_db_error().unwrap().message().to_owned()
    }

    /// The first value of the first row, a text.
    fn value(&self, sql: &str) -> String {
        let row = self.database.connect().query_one(sql, &[]).unwrap();
        row.get(0)
    }
}
