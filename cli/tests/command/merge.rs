//! What git makes of the lock when branches are merged, and what the command makes of that.

use crate::run::Project;
use std::fs;
use std::process::Command;

const LOCK: &str = "migrations/tablature.lock";

/// A repository with two released migrations on the branch `main`.
struct Repository {
    project: Project,
}

impl Repository {
    fn new() -> Repository {
        let project = Project::new(&[]);
        let repository = Repository { project };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.add(
            "0001_create_users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY);\n",
        );
        repository.add(
            "0002_create_posts",
            "CREATE TABLE posts (id INTEGER PRIMARY KEY);\n",
        );
        repository.release();
        repository
    }

    /// Runs git without the settings of whoever runs the tests; whether it succeeded.
    fn git(&self, arguments: &[&str]) -> bool {
        let output = Command::new("git")
            .current_dir(self.project.path(""))
            .env("GIT_CONFIG_GLOBAL", self.project.path("no settings"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("LC_ALL", "C")
            .args([
                "-c",
                "user.name=Nobody",
                "-c",
                "user.email=nobody@example.org",
            ])
            .args(arguments)
            .output()
            .expect("git is there, as the sources came by it");
        output.status.success()
    }

    fn commit(&self) {
        assert!(self.git(&["add", "--all"]));
        assert!(self.git(&["commit", "--quiet", "--message", "x"]));
    }

    fn branch(&self, name: &str) {
        assert!(self.git(&["switch", "--quiet", "--create", name, "main"]));
    }

    fn add(&self, name: &str, sql: &str) {
        let path = self.project.path(&format!("migrations/{name}.sql"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, sql).unwrap();
    }

    fn release(&self) {
        let run = self.project.run("lock");
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        self.commit();
    }

    /// Merges a branch into the one that is checked out; whether git could.
    fn merge(&self, branch: &str) -> bool {
        self.git(&["merge", "--quiet", "--no-edit", branch])
    }

    /// Whether the lock holds the markers of a conflict.
    fn conflicts(&self) -> bool {
        fs::read_to_string(self.project.path(LOCK))
            .unwrap()
            .contains("<<<<<<<")
    }

    fn names(&self) -> Vec<String> {
        let text = self.project.read(LOCK);
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect()
    }
}

#[test]
fn branches_that_both_released_migrations_conflict_and_lock_repairs_it() {
    for style in ["merge", "diff3", "zdiff3"] {
        let repository = Repository::new();
        repository.git(&["config", "merge.conflictStyle", style]);
        repository.branch("tags");
        repository.add(
            "0003_create_tags",
            "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n",
        );
        repository.release();
        repository.branch("teams");
        repository.add(
            "0004_create_teams",
            "CREATE TABLE teams (id INTEGER PRIMARY KEY);\n",
        );
        repository.release();
        assert!(!repository.merge("tags"));
        assert!(repository.conflicts());

        let run = repository.project.run("check");
        assert_eq!(run.code, Some(1));
        let message = "error[T0011]: a merge left two versions of `tablature.lock`";
        assert!(run.stdout.starts_with(message), "{}", run.stdout);
        assert!(
            run.stdout.contains("run `cargo tablature lock`"),
            "{}",
            run.stdout
        );
        assert_eq!(run.stdout.matches("error[").count(), 1);
        assert_eq!(repository.project.run("lock --check").code, Some(1));
        assert!(repository.conflicts());

        repository.release();
        assert_eq!(
            repository.names(),
            [
                "1 create_users",
                "2 create_posts",
                "3 create_tags",
                "4 create_teams"
            ]
        );
        assert_eq!(repository.project.run("check").code, Some(0));
        // The other branch gets the same file.
        let repaired = repository.project.read(LOCK);
        assert!(repository.git(&["switch", "--quiet", "tags"]));
        assert!(repository.merge("teams"));
        assert_eq!(repository.project.read(LOCK), repaired);
    }
}

#[test]
fn of_two_releases_with_one_number_the_renumbered_one_is_told() {
    let repository = Repository::new();
    repository.branch("tags");
    repository.add(
        "0003_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n",
    );
    repository.release();
    repository.branch("teams");
    let teams = "CREATE TABLE teams (id INTEGER PRIMARY KEY);\n";
    repository.add("0003_create_teams", teams);
    repository.release();
    assert!(!repository.merge("tags"));
    let path = |name: &str| repository.project.path(&format!("migrations/{name}.sql"));
    fs::rename(path("0003_create_teams"), path("0004_create_teams")).unwrap();

    let run = repository.project.run("lock --check --format json");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let renumbered = serde_json::json!([{ "version": 3, "name": "create_teams", "now": 4 }]);
    assert_eq!(report["renumbered"], renumbered);
    let run = repository.project.run("lock");
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(
        run.stderr,
        "warning: the released migration 3 `create_teams` is 4 now: a database that has applied it as 3 refuses the \
         program\n"
    );
    // It is told once, as the line is gone then.
    assert_eq!(repository.project.run("lock").stderr, "");
}

#[test]
fn a_branch_that_released_and_one_that_did_something_else_merge() {
    let repository = Repository::new();
    repository.branch("tags");
    repository.add(
        "0003_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n",
    );
    repository.release();
    repository.branch("comments");
    // A comment in a released migration, a new migration that is not released, a file of another kind.
    let users = "-- the accounts\nCREATE TABLE users (id INTEGER PRIMARY KEY);\n";
    repository.add("0001_create_users", users);
    repository.add(
        "0004_create_teams",
        "CREATE TABLE teams (id INTEGER PRIMARY KEY);\n",
    );
    fs::write(repository.project.path("README.md"), "Tales\n").unwrap();
    repository.commit();
    assert!(repository.merge("tags"));
    assert_eq!(repository.project.run("check").code, Some(0));
    assert_eq!(
        repository.names(),
        ["1 create_users", "2 create_posts", "3 create_tags"]
    );
}

#[test]
fn a_branch_that_changed_what_another_one_released_is_told_after_the_merge() {
    let repository = Repository::new();
    repository.add(
        "0003_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n",
    );
    repository.commit();
    repository.branch("release");
    repository.release();
    repository.branch("change");
    repository.add(
        "0003_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT);\n",
    );
    repository.commit();
    assert!(repository.merge("release"));
    let run = repository.project.run("check");
    assert_eq!(run.code, Some(1));
    let message = "error[T0012]: statement 1 of the released migration 3 `create_tags` was changed";
    assert!(run.stdout.starts_with(message), "{}", run.stdout);
}

#[test]
fn branches_that_took_one_number_are_told_what_to_rename() {
    let repository = Repository::new();
    repository.branch("tags");
    repository.add(
        "0003_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);\n",
    );
    repository.release();
    repository.branch("teams");
    repository.add(
        "0003_create_teams",
        "CREATE TABLE teams (id INTEGER PRIMARY KEY);\n",
    );
    repository.commit();
    // One of them is released.
    assert!(repository.merge("tags"));
    let run = repository.project.run("check");
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout.matches("error[").count(), 1, "{}", run.stdout);
    let help = "`0003_create_tags.sql` is released; rename `0003_create_teams.sql` to `0004_create_teams.sql`";
    assert!(run.stdout.contains(help), "{}", run.stdout);
    let path = |name: &str| repository.project.path(&format!("migrations/{name}"));
    fs::rename(path("0003_create_teams.sql"), path("0004_create_teams.sql")).unwrap();
    assert_eq!(repository.project.run("check").code, Some(0));
    repository.release();
    assert_eq!(repository.names().last().unwrap(), "4 create_teams");
}

#[test]
fn branches_that_both_released_one_number_are_repaired_once_one_gives_way() {
    let repository = Repository::new();
    for name in ["tags", "teams"] {
        repository.branch(name);
        repository.add(
            &format!("0003_create_{name}"),
            &format!("CREATE TABLE {name} (id INTEGER PRIMARY KEY);\n"),
        );
        repository.release();
    }
    assert!(!repository.merge("tags"));
    let run = repository.project.run("lock");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("error[T0003]"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("error[").count(), 1, "{}", run.stdout);
    assert!(repository.conflicts());
    let path = |name: &str| repository.project.path(&format!("migrations/{name}"));
    fs::rename(path("0003_create_teams.sql"), path("0004_create_teams.sql")).unwrap();
    repository.release();
    assert_eq!(repository.names()[2..], ["3 create_tags", "4 create_teams"]);
    assert_eq!(repository.project.run("check").code, Some(0));
}
