use crate::run::{Project, Run};
use std::fs;

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY);\n";
const POSTS: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY);\n";
const LOCK: &str = "migrations/tablature.lock";

fn project() -> Project {
    Project::new(&[
        ("migrations/0001_create_users.sql", USERS),
        ("migrations/0002_create_posts.sql", POSTS),
    ])
}

/// The lines of the lock that are not comments.
fn lines(project: &Project) -> Vec<String> {
    let text = project.read(LOCK);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn released_migrations_are_listed_once() {
    let project = project();
    let run = project.run("lock");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "locked 1 `create_users`\nlocked 2 `create_posts`\n\
         wrote `migrations/tablature.lock`: 2 released migrations\n"
    );
    assert_eq!(
        lines(&project),
        [
            "1 create_users 10b957bef733b069",
            "2 create_posts bc15d47c25d6fef1"
        ]
    );
    let first = project.read(LOCK);
    assert!(first.starts_with('#') && first.ends_with('\n'));

    let run = project.run("lock");
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.stdout,
        "`migrations/tablature.lock` is up to date: 2 released migrations\n"
    );
    fs::remove_file(project.path(LOCK)).unwrap();
    project.run("lock");
    assert_eq!(project.read(LOCK), first);
    // Nothing else is left behind.
    assert_eq!(fs::read_dir(project.path("migrations")).unwrap().count(), 3);
    assert_eq!(project.run("check --deny warnings").code, Some(0));
}

#[test]
fn a_release_ends_where_it_is_said() {
    let project = project();
    let run = project.run("lock --until 1");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(lines(&project), ["1 create_users 10b957bef733b069"]);
    let run = project.run("lock --until 3");
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: no migration has version 3; the last is 2\n"
    );
    project.run("lock --until 2");
    // What is released stays so.
    assert_eq!(project.run("lock --until 1").code, Some(0));
    assert_eq!(lines(&project).len(), 2);
}

#[test]
fn a_release_job_sees_which_file_has_another_name() {
    let project = project();
    project.run("lock");
    let path = |name: &str| project.path(&format!("migrations/{name}"));
    fs::rename(path("0002_create_posts.sql"), path("0002_make_posts.sql")).unwrap();
    let run = project.run("lock --check");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stdout,
        "not renamed: 2 `create_posts` to `make_posts`\n\
         error: `migrations/tablature.lock` is not up to date: run `cargo tablature lock` and commit the file\n"
    );
    assert!(
        project
            .run("lock")
            .stdout
            .starts_with("renamed 2 `create_posts` to `make_posts`\n")
    );
}

#[test]
fn a_release_job_sees_what_is_not_locked() {
    let project = project();
    let run = project.run("lock --check");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stdout,
        "not locked: 1 `create_users`\nnot locked: 2 `create_posts`\n\
         error: `migrations/tablature.lock` is not up to date: run `cargo tablature lock` and commit the file\n"
    );
    assert!(!project.path(LOCK).exists());
    let report = json(&project.run("lock --check --format json"));
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(report["file"], LOCK);
    assert_eq!(report["written"], false);
    assert_eq!(report["added"][1]["version"], 2);
    assert_eq!(report["added"][1]["name"], "create_posts");
    assert_eq!(report["diagnostics"], serde_json::json!([]));

    let report = json(&project.run("lock --format json"));
    assert_eq!(report["verdict"], "accepted");
    assert_eq!(report["written"], true);
    // Line ends are git's, and a byte order mark an editor's.
    let text = format!("\u{feff}{}", project.read(LOCK).replace('\n', "\r\n"));
    fs::write(project.path(LOCK), &text).unwrap();
    assert_eq!(project.run("lock --check").code, Some(0));
    project.run("lock");
    assert_eq!(project.read(LOCK), text);
    // A renamed file is written down under its name.
    fs::rename(
        project.path("migrations/0002_create_posts.sql"),
        project.path("migrations/0002_create_articles.sql"),
    )
    .unwrap();
    assert_eq!(project.run("check").code, Some(0));
    assert_eq!(project.run("lock --check").code, Some(1));
    assert_eq!(project.run("lock").code, Some(0));
    assert_eq!(lines(&project)[1], "2 create_articles bc15d47c25d6fef1");
}

#[test]
fn a_release_that_was_changed_is_not_locked_again() {
    let project = project();
    project.run("lock --until 1");
    let before = project.read(LOCK);
    let users = project.path("migrations/0001_create_users.sql");
    fs::write(&users, "CREATE TABLE users (id TEXT);\n").unwrap();
    for command in ["lock", "lock --check", "check"] {
        let run = project.run(command);
        assert_eq!(run.code, Some(1), "{command}");
        let message =
            "error[T0012]: statement 1 of the released migration 1 `create_users` was changed";
        assert!(run.stdout.starts_with(message), "{}", run.stdout);
        assert!(
            run.stdout.contains("remove its line from `tablature.lock`"),
            "{}",
            run.stdout
        );
    }
    let report = json(&project.run("lock --format json"));
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(report["diagnostics"][0]["name"], "changed_migration");
    assert_eq!(report["diagnostics"][0]["labels"][0]["file"], LOCK);
    assert_eq!(project.read(LOCK), before);

    // Taken back by the way that the help tells.
    fs::write(project.path(LOCK), before.lines().next().unwrap()).unwrap();
    assert_eq!(project.run("lock").code, Some(0));
    assert_eq!(lines(&project).len(), 2);
}

#[test]
fn migrations_that_are_rejected_are_not_locked() {
    let project = project();
    fs::write(project.path("migrations/0003_x.sql"), "DROP TABLE tags;").unwrap();
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.starts_with("error[T0201]"), "{}", run.stdout);
    assert!(!project.path(LOCK).exists());
}

#[test]
fn a_lock_without_migrations_and_one_that_cannot_be_read() {
    let project = Project::new(&[(LOCK, "1 create_users 10b957bef733b069\n")]);
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    let message = "error[T0013]: the released migration 1 `create_users` is missing";
    assert!(run.stdout.starts_with(message), "{}", run.stdout);

    let project = self::project();
    fs::create_dir(project.path(LOCK)).unwrap();
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    let message = "error[T0005]: cannot read `tablature.lock`: it is a directory";
    assert!(run.stdout.starts_with(message), "{}", run.stdout);
    fs::remove_dir(project.path(LOCK)).unwrap();

    fs::write(project.path(LOCK), b"1 caf\xe9 10b957bef733b069\n").unwrap();
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout
            .starts_with("error[T0006]: `tablature.lock` is not UTF-8"),
        "{}",
        run.stdout
    );

    fs::write(project.path(LOCK), "no lock\n").unwrap();
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.starts_with("error[T0011]: `no` is no version"),
        "{}",
        run.stdout
    );
    assert_eq!(project.read(LOCK), "no lock\n");
    // The next migration is written all the same.
    assert_eq!(
        project.run("new add_tags").stdout,
        "migrations/0003_add_tags.sql\n"
    );
}

#[test]
#[cfg(unix)]
fn links_stay_links_and_the_rights_of_the_file_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = project();
    fs::write(project.path("released"), "").unwrap();
    let rights = fs::Permissions::from_mode(0o640);
    fs::set_permissions(project.path("released"), rights).unwrap();
    symlink("../released", project.path(LOCK)).unwrap();
    assert_eq!(project.run("lock").code, Some(0));
    assert!(
        fs::symlink_metadata(project.path(LOCK))
            .unwrap()
            .is_symlink()
    );
    assert!(project.read("released").contains("\n2 create_posts "));
    let mode = fs::metadata(project.path("released"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);

    fs::remove_file(project.path("released")).unwrap();
    let run = project.run("lock");
    assert_eq!(run.code, Some(1));
    let message =
        "error[T0005]: cannot read `tablature.lock`: it is a symbolic link to what is not there";
    assert!(run.stdout.starts_with(message), "{}", run.stdout);

    fs::remove_file(project.path(LOCK)).unwrap();
    assert_eq!(project.run("lock").code, Some(0));
    let file = fs::metadata(project.path("migrations/0001_create_users.sql")).unwrap();
    let lock = fs::metadata(project.path(LOCK)).unwrap();
    assert_eq!(lock.permissions().mode(), file.permissions().mode());
}

#[test]
#[cfg(unix)]
fn a_directory_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    let directory = project.path("migrations");
    let rights = |mode| fs::set_permissions(&directory, fs::Permissions::from_mode(mode)).unwrap();
    rights(0o555);
    let is_refused = fs::write(project.path("migrations/probe"), "").is_err();
    let run = project.run("lock");
    rights(0o755);
    if is_refused {
        assert_eq!(run.code, Some(2));
        let message = "error: cannot write migrations/tablature.lock: ";
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
        assert!(!project.path(LOCK).exists());
    } else {
        // The superuser writes everywhere.
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
}
