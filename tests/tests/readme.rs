//! What the README shows is what happens.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tablature_schema::directory::Directory;
use tablature_schema::lints;
use tablature_schema::render::{self, Style};
use tablature_schema::{Options, check, lock};
use tempfile::TempDir;

/// A code block and the line before it.
#[derive(Debug)]
struct Block<'a> {
    label: &'a str,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

fn blocks(readme: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut label = "";
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let text = lines
                .by_ref()
                .take_while(|line| *line != "```")
                .map(|line| format!("{line}\n"))
                .collect();
            blocks.push(Block { label, text });
        } else if !line.is_empty() {
            label = line;
        }
    }
    blocks
}

/// The text of the only block under a label.
fn block<'a>(blocks: &'a [Block<'_>], label: &str) -> &'a str {
    let found: Vec<&Block<'_>> = blocks.iter().filter(|block| block.label == label).collect();
    assert_eq!(found.len(), 1, "blocks under `{label}`");
    &found[0].text
}

/// The blocks whose label is the path of a file.
fn files<'a>(blocks: &'a [Block<'_>]) -> Vec<(&'a str, &'a str)> {
    blocks
        .iter()
        .filter_map(|block| {
            let path = block.label.strip_prefix('`')?.strip_suffix('`')?;
            Some((path, block.text.as_str()))
        })
        .collect()
}

#[test]
fn the_first_example_compiles_and_prints_what_it_says() {
    let readme = readme();
    let blocks = blocks(&readme);
    let application = TempDir::new().unwrap();
    assert_eq!(
        run(&application, &first_example(&blocks)),
        block(&blocks, "`cargo run` prints")
    );
}

#[test]
fn the_step_fills_what_it_says() {
    let readme = readme();
    let blocks = blocks(&readme);
    let application = TempDir::new().unwrap();
    let mut files = first_example(&blocks);
    run(&application, &files);
    for (path, label) in [
        (
            "migrations/0003_fill_slugs.up.sql",
            "`0003_fill_slugs.up.sql`",
        ),
        ("src/steps.rs", "`steps.rs`"),
    ] {
        files.push((path.to_owned(), block(&blocks, label).to_owned()));
    }
    let main = files.iter_mut().find(|(path, _)| path == "src/main.rs");
    let (_, main) = main.unwrap();
    *main = format!(
        "mod steps;\n{}",
        main.replace("usage_count: None, //", "usage_count: None, slug: None, //")
    );
    assert!(run(&application, &files).starts_with("applied 1 migration, now at version 3\n"));
    let database = rusqlite::Connection::open(application.path().join("tales.db")).unwrap();
    let slugs = "SELECT group_concat(coalesce(slug, '?')) FROM tales";
    let slugs: String = database.query_row(slugs, [], |row| row.get(0)).unwrap();
    // The second one was inserted afterwards.
    assert_eq!(slugs, "rapunzel,?");
}

#[test]
fn the_example_on_a_server_compiles_and_prints_what_it_says() {
    example_on_a_server(&[]);
}

#[test]
fn the_example_over_the_asynchronous_client_does_the_same() {
    let readme = readme();
    let blocks = blocks(&readme);
    let dependencies = "The asynchronous client is the feature `tokio-postgres` in the place of `postgres`. These \
                        dependencies do the same with it";
    let manifest = block(&blocks, MANIFEST);
    let lines = manifest
        .lines()
        .map(|line| match line.starts_with("tablature = ") {
            true => block(&blocks, dependencies).to_owned(),
            false => format!("{line}\n"),
        });
    let main = block(&blocks, "and this `src/main.rs`").to_owned();
    example_on_a_server(&[("Cargo.toml", lines.collect()), ("src/main.rs", main)]);
}

const MANIFEST: &str =
    "In `Cargo.toml`, with whichever of `chrono`, `time` and `jiff` the application uses";

/// Runs the example on a server, with some files in the place of its own.
fn example_on_a_server(others: &[(&str, String)]) {
    let Some(server) = tablature_test_server::shared() else {
        return;
    };
    let database = server.database();
    let readme = readme();
    let blocks = blocks(&readme);
    let mut files: Vec<(String, String)> = [
        ("Cargo.toml", MANIFEST),
        (
            "migrations/tablature.toml",
            "In `migrations/tablature.toml`",
        ),
        (
            "migrations/0001_create_tales.up.sql",
            "In `migrations/0001_create_tales.up.sql`",
        ),
        (
            "migrations/0002_add_usage_count.up.sql",
            "In `migrations/0002_add_usage_count.up.sql`",
        ),
        ("src/main.rs", "In `src/main.rs`"),
        ("build.rs", "`build.rs`"),
    ]
    .map(|(path, label)| (path.to_owned(), block(&blocks, label).to_owned()))
    .into();
    for (path, text) in &mut files {
        let other = others.iter().find(|(other, _)| other == path);
        *text = of_this_clone(other.map_or(text, |(_, other)| other));
    }
    let application = TempDir::new().unwrap();
    let prints =
        "With `DATABASE_URL=postgres://localhost/tales` and so on, `cargo run` prints there";
    assert_eq!(
        run_with(&application, &files, &[("DATABASE_URL", &database.url())]),
        block(&blocks, prints)
    );
}

/// A file with the path of this clone.
fn of_this_clone(text: &str) -> String {
    let clone = root().canonicalize().unwrap();
    let clone = clone.to_str().unwrap().replace('\\', "/");
    text.replace("../tablature", &clone)
}

/// The files of the first example, with the paths of this clone.
fn first_example(blocks: &[Block<'_>]) -> Vec<(String, String)> {
    let files = files(blocks).into_iter();
    let files = files
        .filter(|(path, _)| path.contains('/') || *path == "Cargo.toml" || *path == "build.rs");
    files
        .map(|(path, text)| (path.to_owned(), of_this_clone(text)))
        .collect()
}

/// Writes an application, runs it and returns what it prints.
fn run(application: &TempDir, files: &[(String, String)]) -> String {
    run_with(application, files, &[])
}

/// The same, with variables of the environment.
fn run_with(
    application: &TempDir,
    files: &[(String, String)],
    variables: &[(&str, &str)],
) -> String {
    for (path, text) in files {
        let path = application.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    // The versions that this workspace is built with, so that nothing has to be fetched or compiled twice.
    fs::copy(
        root().join("Cargo.lock"),
        application.path().join("Cargo.lock"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(application.path())
        .envs(variables.iter().copied())
        // Beside what is built already: only the example itself is compiled.
        .env(
            "CARGO_TARGET_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/.."),
        )
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_mistake_is_rendered_as_shown() {
    let readme = readme();
    let blocks = blocks(&readme);
    let mistaken = "migrations/0002_add_usage_count.up.sql";
    let migrations = files(&blocks)
        .into_iter()
        .filter_map(|(path, text)| {
            let text = if path == mistaken {
                block(
                    &blocks,
                    "With these statements in `0002_add_usage_count.up.sql`",
                )
            } else {
                text
            };
            Some((path.strip_prefix("migrations/")?, text))
        })
        .collect::<Vec<_>>();
    assert_eq!(migrations.len(), 2);
    let checked = check(
        Directory::from_files("migrations", migrations),
        &Options::default(),
    );
    let frames = render::report(&checked.sources, &checked.diagnostics, Style::Plain);
    assert!(!frames.is_empty());
    // rustc moves our text to the right, below its own first line.
    let shown: String = block(&blocks, "`cargo build` says")
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("       ").unwrap_or(line)))
        .collect();
    assert!(shown.contains(&frames), "{frames}");
}

#[test]
fn the_lock_is_written_and_kept_as_shown() {
    let readme = readme();
    let blocks = blocks(&readme);
    let files = |replace: &str, by: &str| -> Vec<(String, String)> {
        let files = files(&blocks).into_iter();
        let files =
            files.filter_map(|(path, text)| Some((path.strip_prefix("migrations/")?, text)));
        files
            .map(|(name, text)| (name.to_owned(), text.replace(replace, by)))
            .collect()
    };
    let checked = |files: Vec<(String, String)>| {
        check(
            Directory::from_files("migrations", files),
            &Options::default(),
        )
    };
    let released = checked(files("", ""));
    let lock = lock::text(lock::released(&released, None));
    assert_eq!(lock, block(&blocks, "`migrations/tablature.lock` is then"));

    let mut edited = files("NOT NULL DEFAULT 0;", "NOT NULL DEFAULT 1;");
    edited.push((lock::FILE_NAME.to_owned(), lock));
    let edited = checked(edited);
    let frames = render::report(&edited.sources, &edited.diagnostics, Style::Plain);
    let label = "With `DEFAULT 1` in the first statement of `0002_add_usage_count.up.sql` it says";
    assert_eq!(frames, block(&blocks, label));
}

#[test]
fn the_configuration_is_understood() {
    let readme = readme();
    let blocks = blocks(&readme);
    let label = "A migrations directory may hold a `tablature.toml`; every key is optional, and one that nothing matches is an error:";
    let directory = Directory::from_files(
        "migrations",
        [
            ("1_first.sql", "SELECT 1;"),
            ("tablature.toml", block(&blocks, label)),
        ],
    );
    assert!(
        directory.diagnostics.is_empty(),
        "{:?}",
        directory.diagnostics
    );
}

#[test]
fn every_lint_is_in_the_table_with_its_level() {
    let readme = readme();
    for lint in lints::ALL {
        let level = format!("{:?}", lint.default).to_lowercase();
        let row = format!("| `{}` | {level} | ", lint.name());
        assert!(readme.contains(&row), "{row}");
    }
}

#[test]
fn the_crates_of_an_application_are_counted() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none"])
        .args(["--edges", "normal,build"])
        .args(["--package", "tablature", "--package", "tablature-build"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success());
    let tree = String::from_utf8(output.stdout).unwrap();
    // The name and version; a path or a mark may follow.
    let crates: BTreeSet<Vec<&str>> = tree
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split(' ').take(2).collect())
        .collect();
    // And the application itself.
    let row = format!("| crates in a minimal application | {} |", crates.len() + 1);
    assert!(readme().contains(&row), "{row}");
}

#[test]
fn every_file_that_is_linked_is_there() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            if !target.starts_with("https://") {
                assert!(root().join(target).is_file(), "{page}: {target}");
            }
        }
    }
}
