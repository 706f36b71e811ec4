use crate::config::EngineVersion;
use crate::diagnostic::Code;
use crate::directory::Directory;

fn directory(names: &[&str]) -> Directory {
    Directory::from_files("migrations", names.iter().map(|name| (*name, "SELECT 1;")))
}

fn versions(directory: &Directory) -> Vec<(i64, &str, bool)> {
    directory
        .migrations
        .iter()
        .map(|migration| {
            (
                migration.version,
                migration.name.as_str(),
                migration.down.is_some(),
            )
        })
        .collect()
}

fn mistakes(directory: &Directory) -> Vec<(Code, &str)> {
    directory
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.message.as_str()))
        .collect()
}

fn mistake(names: &[&str]) -> (Code, String) {
    let directory = directory(names);
    let mistakes = mistakes(&directory);
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    (mistakes[0].0, mistakes[0].1.to_owned())
}

#[test]
fn a_name_that_was_meant_is_one_of_the_directorys_form() {
    for (beside, meant) in [
        ("0001_a.sql", "rename it to `3_b.sql`"),
        ("0001_a.up.sql", "rename it to `3_b.up.sql`"),
    ] {
        let directory = directory(&[beside, "3-b.sql"]);
        let help = directory.diagnostics[0].help.as_deref();
        assert_eq!(help, Some(meant));
    }
}

#[test]
fn versions_are_ordered_as_numbers() {
    let directory = directory(&[
        "1_a.sql",
        "10_c.sql",
        "02_b.sql",
        "README.md",
        ".sqlx/query.json",
    ]);
    assert_eq!(mistakes(&directory), []);
    assert_eq!(
        versions(&directory),
        [(1, "a", false), (2, "b", false), (10, "c", false)]
    );
    assert_eq!(
        directory.files,
        [
            "migrations/1_a.sql",
            "migrations/02_b.sql",
            "migrations/10_c.sql"
        ]
    );
}

#[test]
fn down_files_are_found_beside_their_up_files() {
    let files = directory(&["1_a.up.sql", "1_a.down.sql", "2_b.up.sql"]);
    assert_eq!(mistakes(&files), []);
    assert_eq!(versions(&files), [(1, "a", true), (2, "b", false)]);
    let directories = directory(&[
        "2025-01-03-002434_a/up.sql",
        "2025-01-03-002434_a/down.sql",
        "2025-01-03-002434_a/README.md",
        "2025-01-04-002434_b/up.sql",
    ]);
    assert_eq!(mistakes(&directories), []);
    assert_eq!(
        versions(&directories),
        [
            (20_250_103_002_434, "a", true),
            (20_250_104_002_434, "b", false)
        ]
    );
    let prisma = directory(&["1_a/migration.sql", "1_a/down.sql", "migration_lock.toml"]);
    assert_eq!(mistakes(&prisma), []);
    assert_eq!(versions(&prisma), [(1, "a", true)]);
}

#[test]
fn a_duplicate_version_names_both_files() {
    assert_eq!(
        mistake(&["1_a.sql", "01_b.sql", "2_c.sql"]),
        (
            Code::DuplicateVersion,
            "`01_b.sql` and `1_a.sql` have the same version, 1".to_owned()
        )
    );
    let both = directory(&["1_a.sql", "01_b.sql"]);
    assert_eq!((both.migrations.len(), both.gap), (2, None));
}

#[test]
fn a_mixture_of_conventions_is_one_mistake() {
    let (code, message) = mistake(&["1_a.sql", "2_b.sql", "V3__c.sql"]);
    assert_eq!(code, Code::MixedConventions);
    assert!(message.contains("`<number>_<name>.sql` and `V<number>__<name>.sql`"));
    assert_eq!(
        mistake(&["1_a.sql", "1_a.down.sql"]).0,
        Code::MixedConventions
    );
    assert_eq!(
        mistake(&["1_a/up.sql", "1_a/migration.sql"]).0,
        Code::MixedConventions
    );
}

#[test]
fn a_down_file_needs_its_up_file() {
    assert_eq!(
        mistake(&["1_a.up.sql", "2_b.down.sql"]),
        (
            Code::MissingUp,
            "`2_b.down.sql` has no up file beside it".to_owned()
        )
    );
    assert_eq!(
        mistake(&["1_a/up.sql", "2_b/down.sql"]),
        (
            Code::MissingUp,
            "`2_b/down.sql` has no up file beside it".to_owned()
        )
    );
}

#[test]
fn near_misses_and_strange_directories_are_all_told_in_one_run() {
    let directory = directory(&[
        "1_a.sql",
        "7-x.sql",
        "V6_g.sql",
        "x.sql",
        "8_y.SQL",
        "seeds/1_rows.sql",
        "9_z/undo.sql",
        "5_w/README.md",
        "Tablature.toml",
    ]);
    let codes: Vec<Code> = mistakes(&directory).iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::MalformedFileName; 8]);
    assert_eq!(versions(&directory), [(1, "a", false)]);
    assert_eq!(directory.gap, Some(5));
}

#[test]
fn nothing_at_all_is_a_mistake() {
    assert_eq!(mistake(&["README.md"]).0, Code::NoMigrations);
    assert_eq!(mistake(&[]).0, Code::NoMigrations);
}

#[test]
fn dates_whose_order_as_text_is_another_are_told() {
    let (code, message) = mistake(&["2023-10-06-10000_a/up.sql", "2023-01-03-161500_b/up.sql"]);
    assert_eq!(code, Code::MalformedFileName);
    assert!(message.contains("as text"), "{message}");
    let suffixed = directory(&[
        "2024-01-02-030405_a/up.sql",
        "2025-01-02-030405-0000_b/up.sql",
    ]);
    assert_eq!(mistakes(&suffixed), []);
}

#[test]
fn bytes_that_are_not_utf8_are_told_with_their_place() {
    let directory = Directory::from_files(
        "migrations",
        [
            ("1_a.sql", b"-- one\nSELECT '\xe9';".to_vec()),
            ("2_b.sql", b"\xff\xfeS\0E\0".to_vec()),
            ("3_c.sql", b"\xef\xbb\xbfSELECT 1;".to_vec()),
        ],
    );
    assert_eq!(
        mistakes(&directory),
        [
            (
                Code::NotUtf8,
                "`1_a.sql` is not UTF-8: invalid byte at offset 15, line 2, column 9"
            ),
            (
                Code::NotUtf8,
                "`2_b.sql` is not UTF-8: its first bytes say that it is UTF-16"
            ),
        ]
    );
    assert_eq!(versions(&directory), [(1, "a", false), (3, "c", false)]);
    assert_eq!(directory.gap, Some(2));
    let bom = &directory.sources.file(directory.migrations[1].up).text;
    assert!(bom.starts_with('\u{feff}'));
}

#[test]
fn the_configuration_is_read() {
    let directory = Directory::from_files(
        "migrations",
        [
            ("1_a.sql", ""),
            ("tablature.toml", "engine_version = '3.40'\nx = 1"),
        ],
    );
    assert_eq!(
        directory.config.rules.engine_version,
        EngineVersion::new(3, 40, 0)
    );
    assert_eq!(
        mistakes(&directory),
        [(Code::InvalidConfiguration, "unknown key `x`")]
    );
    assert_eq!(
        directory.files,
        ["migrations/tablature.toml", "migrations/1_a.sql"]
    );
}

#[test]
fn diesels_switch_for_transactions_is_told() {
    let directory = Directory::from_files(
        "migrations",
        [
            ("1_a/up.sql", ""),
            ("1_a/metadata.toml", "run_in_transaction = false"),
        ],
    );
    assert_eq!(mistakes(&directory)[0].0, Code::InvalidConfiguration);
}

#[test]
fn a_history_keeps_its_order() {
    let directory = Directory::from_history("m", [(1, "b.sql", "x"), (2, "a.sql", "y")]);
    assert_eq!(
        versions(&directory),
        [(1, "b.sql", false), (2, "a.sql", false)]
    );
    assert_eq!(directory.files, ["m/b.sql", "m/a.sql"]);
}
