//! Locks beside directories, before and after what a merge left is joined.

use super::{FILE_NAME, released, text};
use crate::diagnostic::Code;
use crate::directory::Directory;
use crate::{Checked, Options, check};

/// Migrations by the names of their files; their statements are told apart by a letter or two each.
fn directory(files: &[(&str, &str)], lock: Option<&str>) -> Directory {
    let sql = |letters: &str| -> String {
        let words = letters.split_whitespace();
        words.map(|word| format!("SELECT '{word}';\n")).collect()
    };
    let files = files
        .iter()
        .map(|(name, letters)| ((*name).to_owned(), sql(letters)));
    let lock = lock.map(|text| (FILE_NAME.to_owned(), text.to_owned()));
    Directory::from_files("migrations", files.chain(lock))
}

fn checked(files: &[(&str, &str)], lock: &str, is_joined: bool) -> Checked {
    let mut directory = directory(files, Some(lock));
    if let Some(lock) = directory.lock.as_mut().filter(|_| is_joined) {
        lock.join();
    }
    check(directory, &Options::default())
}

fn codes(checked: &Checked) -> Vec<Code> {
    let errors = checked.diagnostics.iter().map(|diagnostic| diagnostic.code);
    errors
        .filter(|code| *code != Code::EmptyMigration)
        .collect()
}

/// The lines of the lock of a directory that is not locked yet.
fn lines(files: &[(&str, &str)]) -> Vec<String> {
    let checked = check(directory(files, None), &Options::default());
    let text = text(released(&checked, None));
    text.lines().skip(2).map(str::to_owned).collect()
}

/// The line of one migration.
fn line(name: &str, letters: &str) -> String {
    lines(&[(name, letters)]).concat()
}

fn conflict(before: &str, ours: &str, base: Option<&str>, theirs: &str) -> String {
    let base = base.map_or_else(String::new, |base| format!("||||||| base\n{base}"));
    format!("{before}\n<<<<<<< HEAD\n{ours}\n{base}=======\n{theirs}\n>>>>>>> branch\n")
}

#[test]
fn a_step_is_written_as_a_word() {
    let text = "-- tablature: step crate::fill\nSELECT 'a';";
    let files = [("1_a.sql", text), ("2_b.sql", "-- tablature: step fill")];
    let directory = Directory::from_files("migrations", files);
    let checked = check(directory, &Options::default());
    let written = super::text(released(&checked, None));
    let of_a = line("1_a.sql", "a");
    assert!(
        written.ends_with(&format!("\n{of_a} step\n2 b step\n")),
        "{written}"
    );
    let files = [files[0], files[1], (FILE_NAME, &written)];
    let directory = Directory::from_files("migrations", files);
    assert!(check(directory, &Options::default()).accepted());
}

#[test]
fn what_is_written_is_read_again_with_any_line_ends() {
    let files = [("1_a.sql", "a b"), ("2_b c.sql", ""), ("30_é.sql", "x")];
    let fresh = check(directory(&files, None), &Options::default());
    let written = text(released(&fresh, None));
    for lock in [
        written.clone(),
        written.replace('\n', "\r\n"),
        format!("\u{feff}{written}"),
        written.trim_end().to_owned(),
    ] {
        let checked = checked(&files, &lock, false);
        assert_eq!(codes(&checked), [], "{lock}");
        assert_eq!(text(released(&checked, None)), written);
    }
}

#[test]
fn a_release_ends_where_it_is_said() {
    let files = [("1_a.sql", "a"), ("2_b.sql", "b"), ("3_c.sql", "c")];
    let lock = lines(&files[..2]).join("\n");
    let checked = checked(&files, &lock, false);
    let versions = |until| -> Vec<i64> {
        let released = released(&checked, until);
        released
            .into_iter()
            .map(|migration| migration.version)
            .collect()
    };
    // What is released already stays so.
    assert_eq!(versions(Some(1)), [1, 2]);
    assert_eq!(versions(Some(2)), [1, 2]);
    assert_eq!(versions(Some(3)), [1, 2, 3]);
    assert_eq!(versions(None), [1, 2, 3]);
}

#[test]
fn both_sides_of_a_merge_are_released() {
    let files = [("1_a.sql", "a"), ("2_b.sql", "b"), ("3_c.sql", "c")];
    let [a, b, c] = lines(&files).try_into().expect("three lines");
    for base in [None, Some("9 gone 0123456789abcdef\n")] {
        let lock = conflict(&a, &c, base, &b);
        assert_eq!(codes(&checked(&files, &lock, false)), [Code::InvalidLock]);
        let joined = checked(&files, &lock, true);
        assert_eq!(codes(&joined), []);
        let text = text(released(&joined, None));
        assert!(text.ends_with(&format!("\n{a}\n{b}\n{c}\n")), "{text}");
    }
}

#[test]
fn of_two_branches_that_took_one_number_one_gives_way() {
    let (a, b, c) = (
        line("1_a.sql", "a"),
        line("2_b.sql", "b"),
        line("2_c.sql", "c"),
    );
    let lock = conflict(&a, &b, None, &c);
    // Both files are there: which one is released is for somebody to say.
    let both = [("1_a.sql", "a"), ("2_b.sql", "b"), ("2_c.sql", "c")];
    assert_eq!(
        codes(&checked(&both, &lock, true)),
        [Code::DuplicateVersion]
    );
    // One was renumbered.
    for files in [
        [("1_a.sql", "a"), ("2_b.sql", "b"), ("3_c.sql", "c")],
        [("1_a.sql", "a"), ("2_c.sql", "c"), ("3_b.sql", "b")],
    ] {
        let joined = checked(&files, &lock, true);
        assert_eq!(codes(&joined), []);
        let text = text(released(&joined, None));
        assert!(
            text.ends_with(&format!("\n{}\n", lines(&files).join("\n"))),
            "{text}"
        );
    }
    // One was lost.
    let one = [("1_a.sql", "a"), ("2_b.sql", "b")];
    assert_eq!(codes(&checked(&one, &lock, true)), [Code::MissingMigration]);
    // One was renumbered to before the other, and one of them was changed.
    let before = [("0_c.sql", "c"), ("1_a.sql", "a"), ("2_b.sql", "b")];
    assert_eq!(
        codes(&checked(&before, &lock, true)),
        [Code::RenumberedMigration]
    );
    let changed = [("1_a.sql", "a"), ("2_b.sql", "b x"), ("3_c.sql", "c")];
    assert_eq!(
        codes(&checked(&changed, &lock, true)),
        [Code::ChangedMigration]
    );
}

#[test]
fn lines_without_markers_that_differ_are_joined_too() {
    let files = [("1_a.sql", "a"), ("2_b.sql", "b")];
    let lock = format!("{}\n{}\n", line("1_a.sql", "a"), line("1_b.sql", "b"));
    assert_eq!(codes(&checked(&files, &lock, false)), [Code::InvalidLock]);
    let joined = checked(&files, &lock, true);
    assert_eq!(codes(&joined), []);
    assert_eq!(released(&joined, None).len(), 2);
}

#[test]
fn a_released_migration_that_was_changed_in_a_merge_is_told() {
    let files = [("1_a.sql", "x"), ("2_b.sql", "b"), ("3_c.sql", "c")];
    let (a, b, c) = (
        line("1_a.sql", "a"),
        line("2_b.sql", "b"),
        line("3_c.sql", "c"),
    );
    let lock = conflict(&a, &b, None, &c);
    let expected = [Code::InvalidLock, Code::ChangedMigration];
    assert_eq!(codes(&checked(&files, &lock, false)), expected);
    assert_eq!(
        codes(&checked(&files, &lock, true)),
        [Code::ChangedMigration]
    );
}

#[test]
fn a_statement_that_is_not_utf8_is_not_a_changed_one() {
    let lock = line("1_a.sql", "é");
    let files = [
        ("1_a.sql", b"SELECT '\xe9';".to_vec()),
        (FILE_NAME, lock.into_bytes()),
    ];
    let checked = check(Directory::from_files("m", files), &Options::default());
    assert_eq!(codes(&checked), [Code::NotUtf8]);
}

#[test]
fn a_lock_that_is_not_utf8_is_told_once() {
    for lock in [
        b"1 a\xff 0123456789abcdef\n2 \xe9".to_vec(),
        b"\xff\xfe1\0".to_vec(),
    ] {
        let files = [("1_a.sql", b"SELECT 1;".to_vec()), (FILE_NAME, lock)];
        let checked = check(Directory::from_files("m", files), &Options::default());
        assert_eq!(codes(&checked), [Code::NotUtf8]);
    }
}

#[test]
fn released_migrations_without_a_directory_are_missing_once() {
    let lock = lines(&[("1_a.sql", "a"), ("2_b.sql", "b")]).join("\n");
    assert_eq!(codes(&checked(&[], &lock, false)), [Code::MissingMigration]);
    assert_eq!(
        codes(&checked(&[], "# nothing yet\n", false)),
        [Code::NoMigrations]
    );
}

#[test]
fn migrations_that_are_alike_are_not_taken_for_each_other() {
    let files = [("1_a.sql", "x"), ("2_b.sql", "x"), ("3_c.sql", "x")];
    let lock = lines(&files).join("\n");
    assert_eq!(codes(&checked(&files, &lock, false)), []);
    let without = [("1_a.sql", "x"), ("3_c.sql", "x")];
    assert_eq!(
        codes(&checked(&without, &lock, false)),
        [Code::MissingMigration]
    );
    let moved = [("1_a.sql", "x"), ("2_b.sql", "x"), ("4_c.sql", "x")];
    assert_eq!(
        codes(&checked(&moved, &lock, false)),
        [Code::RenumberedMigration]
    );
}

#[test]
fn a_lock_in_other_letters_and_one_that_is_a_directory() {
    for (name, code) in [
        ("Tablature.lock", Code::MalformedFileName),
        ("tablature.lock/x", Code::UnreadableFile),
        ("tablature.toml/x", Code::UnreadableFile),
    ] {
        let checked = check(
            Directory::from_files("m", [("1_a.sql", "SELECT 1;"), (name, "")]),
            &Options::default(),
        );
        assert_eq!(codes(&checked), [code], "{name}");
    }
}

#[test]
fn the_lock_is_a_file_to_watch() {
    let directory = directory(&[("1_a.sql", "a")], Some(""));
    assert_eq!(
        directory.files,
        ["migrations/tablature.lock", "migrations/1_a.sql"]
    );
}

#[test]
fn a_history_that_was_renumbered_from_the_first_on_is_one_mistake() {
    let files = |first: usize| -> Vec<(String, String)> {
        let numbers = 0..500;
        numbers
            .map(|number| {
                (
                    format!("{}_x{number}.sql", number + first),
                    format!("y{number}"),
                )
            })
            .collect()
    };
    let (before, after) = (files(1), files(2));
    let lock = lines(&borrowed(&before)).join("\n");
    let checked = checked(&borrowed(&after), &lock, false);
    assert_eq!(codes(&checked), [Code::RenumberedMigration]);
    assert_eq!(checked.diagnostics[0].notes.len(), 499);
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(name, letters)| (name.as_str(), letters.as_str()))
        .collect()
}
