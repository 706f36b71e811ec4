//! Migrations directories on a real disk.

#![expect(
    clippy::unwrap_used,
    reason = "what fails while a test prepares its files fails the test"
)]

use std::fs;
use std::path::Path;
use tablature_schema::diagnostic::Code;
use tablature_schema::directory::Directory;
use tempfile::TempDir;

fn directory(files: &[(&str, &str)]) -> TempDir {
    let root = TempDir::new().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn mistakes(root: &Path) -> Vec<(Code, String)> {
    Directory::read(root, "migrations")
        .diagnostics
        .into_iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.message))
        .collect()
}

#[test]
fn files_are_read_and_named_relative_to_the_crate() {
    let root = directory(&[
        ("migrations/0002_b.up.sql", "SELECT 2;"),
        ("migrations/0001_a.up.sql", "\u{feff}SELECT 1;\r\n"),
        ("migrations/0001_a.down.sql", "SELECT 0;"),
        ("migrations/README.md", ""),
        ("migrations/.sqlx/query-1.json", ""),
    ]);
    for path in ["migrations", "./migrations/"] {
        let directory = Directory::read(root.path(), path);
        assert_eq!(directory.diagnostics, []);
        assert_eq!(directory.path, "migrations");
        assert_eq!(
            directory.files,
            [
                "migrations/0001_a.up.sql",
                "migrations/0001_a.down.sql",
                "migrations/0002_b.up.sql"
            ]
        );
        let first = &directory.sources.file(directory.migrations[0].up).text;
        assert_eq!(first, "\u{feff}SELECT 1;\r\n");
    }
}

#[test]
fn a_missing_directory_is_told_with_the_nearest() {
    let root = directory(&[("migration/0001_a.sql", "")]);
    let directory = Directory::read(root.path(), "migrations");
    assert_eq!(directory.diagnostics.len(), 1);
    let diagnostic = &directory.diagnostics[0];
    assert_eq!(diagnostic.code, Code::UnreadableDirectory);
    assert_eq!(diagnostic.message, "there is no directory `migrations`");
    assert_eq!(
        diagnostic.help.as_deref(),
        Some("a directory `migration` exists there")
    );
}

#[test]
fn an_empty_directory_and_a_file_in_its_place_are_told() {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("migrations")).unwrap();
    assert_eq!(mistakes(root.path())[0].0, Code::NoMigrations);
    let root = directory(&[("migrations", "")]);
    assert_eq!(
        mistakes(root.path()),
        [(
            Code::UnreadableDirectory,
            "`migrations` is no directory".to_owned()
        )]
    );
}

#[cfg(unix)]
mod unix {
    use super::{directory, mistakes};
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;
    use tablature_schema::diagnostic::Code;
    use tablature_schema::directory::Directory;
    use tempfile::TempDir;

    #[test]
    fn symbolic_links_are_followed() {
        let root = directory(&[
            ("real/0001_a.sql", "SELECT 1;"),
            ("shared.sql", "SELECT 2;"),
        ]);
        symlink("real", root.path().join("migrations")).unwrap();
        symlink("../shared.sql", root.path().join("real/0002_b.sql")).unwrap();
        let directory = Directory::read(root.path(), "migrations");
        assert_eq!(directory.diagnostics, []);
        assert_eq!(directory.migrations.len(), 2);
    }

    #[test]
    fn loops_and_dangling_links_are_told() {
        let root = directory(&[("migrations/0001_a.sql", "")]);
        let migrations = root.path().join("migrations");
        symlink("0002_b.sql", migrations.join("0002_b.sql")).unwrap();
        symlink("nowhere", migrations.join("0003_c.sql")).unwrap();
        symlink(".", migrations.join("0004_d")).unwrap();
        symlink("0005_e", migrations.join("0005_e")).unwrap();
        fs::create_dir(migrations.join("0006_f")).unwrap();
        symlink("nowhere", migrations.join("0006_f/up.sql")).unwrap();
        symlink("nowhere", migrations.join(".#0001_a.sql")).unwrap();
        let mistakes = mistakes(root.path());
        let codes: Vec<Code> = mistakes.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes[0], Code::UnreadableFile, "{mistakes:?}");
        assert!(mistakes[0].1.contains("`0002_b.sql`"), "{mistakes:?}");
        assert_eq!(
            mistakes[1].1,
            "cannot read `0003_c.sql`: it is a symbolic link to what is not there"
        );
        assert_eq!(codes[2], Code::MalformedFileName);
        assert!(
            mistakes[2].1.contains("`0004_d/0001_a.sql`"),
            "{mistakes:?}"
        );
        assert_eq!(codes.last(), Some(&Code::UnreadableFile));
    }

    #[test]
    fn a_loop_in_place_of_the_directory_is_told() {
        let root = TempDir::new().unwrap();
        symlink("migrations", root.path().join("migrations")).unwrap();
        assert_eq!(mistakes(root.path())[0].0, Code::UnreadableDirectory);
        let root = TempDir::new().unwrap();
        symlink("nowhere", root.path().join("migrations")).unwrap();
        assert!(mistakes(root.path())[0].1.contains("symbolic link"));
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let root = directory(&[("migrations/0001_a.sql", "")]);
        let pipe = root.path().join("migrations/0002_b.sql");
        assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
        assert_eq!(
            mistakes(root.path()),
            [(
                Code::UnreadableFile,
                "cannot read `0002_b.sql`: it is neither a file nor a directory".to_owned()
            )]
        );
    }

    #[test]
    fn a_name_that_is_not_utf8_is_told() {
        let root = directory(&[("migrations/0001_a.sql", "")]);
        let name = OsStr::from_bytes(b"0002_\xff.sql");
        // Not every file system takes such a name.
        if fs::write(root.path().join("migrations").join(name), "").is_ok() {
            assert_eq!(mistakes(root.path())[0].0, Code::MalformedFileName);
        }
    }

    #[test]
    fn a_file_without_permission_is_told() {
        let root = directory(&[("migrations/0001_a.sql", "")]);
        let file = root.path().join("migrations/0001_a.sql");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
        // The superuser may read everything.
        if fs::read(&file).is_err() {
            assert_eq!(
                mistakes(root.path()),
                [(
                    Code::UnreadableFile,
                    "cannot read `0001_a.sql`: permission denied".to_owned()
                )]
            );
        }
    }
}
