//! What cargo rebuilds when a migration or the lock is edited, added, renamed or removed, with the build helper and without.
//!
//! Each test makes an application in a temporary directory and has cargo build it in the target directory of this
//! workspace, where SQLite is compiled already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const CREATE_USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY);\n";
const CREATE_POSTS: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY);\n";

/// With the macro.
const MACRO: &str = "tablature::migrations!(\"migrations\");";

/// With the file that the build script writes.
const INCLUDE: &str = "include!(concat!(env!(\"OUT_DIR\"), \"/migrations.rs\"));";

/// Prints the versions and the columns of `users`, and applies the migrations to a new database.
const MAIN: &str = r#"
use tablature::Row;
use tablature::rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let versions: Vec<i64> = MIGRATIONS.list.iter().map(|migration| migration.version).collect();
    println!("{versions:?} {:?}", User::COLUMNS);
    MIGRATIONS.apply(&mut Connection::open_in_memory()?)?;
    Ok(())
}
"#;

#[test]
fn with_the_helper_every_change_is_noticed() -> Result<()> {
    let application = Application::new("watched", MACRO, Some("watch(\"migrations\")"))?;
    changes_are_noticed(&application)
}

#[test]
fn a_generated_file_is_written_anew_at_every_change() -> Result<()> {
    let helper = "generate(\"migrations\").expect(\"cargo runs this\")";
    let application = Application::new("generated", INCLUDE, Some(helper))?;
    changes_are_noticed(&application)
}

fn changes_are_noticed(application: &Application) -> Result<()> {
    application.write("0001_create_users.sql", CREATE_USERS)?;
    assert_eq!(application.run()?, "[1] [\"id\"]");

    let edited = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);\n";
    application.write("0001_create_users.sql", edited)?;
    assert_eq!(application.run()?, "[1] [\"id\", \"email\"]");

    application.write("0002_create_posts.sql", CREATE_POSTS)?;
    assert_eq!(application.run()?, "[1, 2] [\"id\", \"email\"]");

    application.rename("0002_create_posts.sql", "0003_create_posts.sql")?;
    assert_eq!(application.run()?, "[1, 3] [\"id\", \"email\"]");

    application.remove("0003_create_posts.sql")?;
    assert_eq!(application.run()?, "[1] [\"id\", \"email\"]");

    // A lock that comes later, that is edited, and that is gone.
    application.write("tablature.lock", "1 create_users 0123456789abcdef\n")?;
    let message = application.refusal()?;
    let told = "statement 1 of the released migration 1 `create_users` was changed";
    assert!(message.contains(told), "{message}");
    application.write("tablature.lock", "# nothing yet\n")?;
    assert_eq!(application.run()?, "[1] [\"id\", \"email\"]");
    application.remove("tablature.lock")?;
    assert_eq!(application.run()?, "[1] [\"id\", \"email\"]");
    Ok(())
}

#[test]
fn without_the_helper_a_stale_program_refuses_to_start() -> Result<()> {
    let application = Application::new("unwatched", MACRO, None)?;
    application.write("0001_create_users.sql", CREATE_USERS)?;
    assert_eq!(application.run()?, "[1] [\"id\"]");

    // A file that was compiled in is tracked without any help.
    let edited = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);\n";
    application.write("0001_create_users.sql", edited)?;
    assert_eq!(application.run()?, "[1] [\"id\", \"email\"]");

    application.write("0002_create_posts.sql", CREATE_POSTS)?;
    let message = application.refusal()?;
    assert!(message.contains("0002_create_posts.sql"), "{message}");

    application.touch_main()?;
    assert_eq!(application.run()?, "[1, 2] [\"id\", \"email\"]");
    Ok(())
}

#[test]
fn a_misspelt_directory_is_told_by_the_helper() -> Result<()> {
    let application = Application::new("misspelt", MACRO, Some("watch(\"migration\")"))?;
    application.write("0001_create_users.sql", CREATE_USERS)?;
    let message = application.refusal()?;
    let told = "there is no directory `migration`; a directory `migrations` exists there";
    assert!(message.contains(told), "{message}");
    Ok(())
}

/// An application with a directory of migrations.
struct Application {
    directory: TempDir,
    main: String,
}

impl Application {
    /// `helper` is what `build.rs` calls, if there is one.
    fn new(name: &str, items: &str, helper: Option<&str>) -> Result<Application> {
        let directory = tempfile::tempdir()?;
        let root = workspace();
        let path = |package: &str| root.join(package).display().to_string().replace('\\', "/");
        let mut manifest = format!(
            "[package]\nname = \"rebuild-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\ntablature = {{ path = \"{}\" }}\n",
            path("runtime")
        );
        if let Some(helper) = helper {
            manifest.push_str(&format!(
                "\n[build-dependencies]\ntablature-build = {{ path = \"{}\" }}\n",
                path("build")
            ));
            let script = format!("fn main() {{\n    tablature_build::{helper};\n}}\n");
            fs::write(directory.path().join("build.rs"), script)?;
        }
        fs::write(directory.path().join("Cargo.toml"), manifest)?;
        // The versions that are downloaded already.
        fs::copy(root.join("Cargo.lock"), directory.path().join("Cargo.lock"))?;
        fs::create_dir(directory.path().join("migrations"))?;
        fs::create_dir(directory.path().join("src"))?;
        let application = Application {
            directory,
            main: format!("{items}\n{MAIN}"),
        };
        application.touch_main()?;
        Ok(application)
    }

    fn write(&self, file: &str, sql: &str) -> Result<()> {
        Ok(fs::write(self.migration(file), sql)?)
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        Ok(fs::rename(self.migration(from), self.migration(to))?)
    }

    fn remove(&self, file: &str) -> Result<()> {
        Ok(fs::remove_file(self.migration(file))?)
    }

    fn touch_main(&self) -> Result<()> {
        Ok(fs::write(
            self.directory.path().join("src/main.rs"),
            &self.main,
        )?)
    }

    fn migration(&self, file: &str) -> PathBuf {
        self.directory.path().join("migrations").join(file)
    }

    /// Has cargo build what it finds necessary and run the program, and returns its first line.
    fn run(&self) -> Result<String> {
        let output = self.cargo_run()?;
        let error = String::from_utf8(output.stderr)?;
        assert!(output.status.success(), "{error}");
        let printed = String::from_utf8(output.stdout)?;
        Ok(printed.lines().next().unwrap_or_default().to_owned())
    }

    /// The same for a program that fails, and what it says.
    fn refusal(&self) -> Result<String> {
        let output = self.cargo_run()?;
        assert!(!output.status.success());
        Ok(String::from_utf8(output.stderr)?)
    }

    fn cargo_run(&self) -> Result<Output> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .ok_or("the target directory")?;
        Ok(Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline"])
            .current_dir(self.directory.path())
            .env("CARGO_TARGET_DIR", target)
            .output()?)
    }
}

fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
