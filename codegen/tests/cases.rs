//! SQL in, Rust out: each `cases/<name>.sql` generates the structs and enums of `cases/<name>.rs`.
//!
//! A line `-- file: <name>` begins another file of the directory. Attributes that every item has are left out of what is
//! compared, but for the derives in the case `derives`; the case `everything` compares all items as they are. `BLESS=1 cargo test -p tablature-codegen` writes the
//! outcomes anew.

use std::fs;
use std::path::Path;
use syn::{File, Item};
use tablature_schema::directory::Directory;
use tablature_schema::render::{self, Style};
use tablature_schema::{Checked, Options, check};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[test]
fn cases() -> Result<()> {
    cases_in("tests/cases")
}

#[test]
#[cfg(feature = "postgres")]
fn cases_of_postgres() -> Result<()> {
    cases_in("tests/cases/postgres")
}

fn cases_in(directory: &str) -> Result<()> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let bless = std::env::var_os("BLESS").is_some();
    let mut names = Vec::new();
    for file in fs::read_dir(&directory)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            names.push(path);
        }
    }
    names.sort();
    assert!(!names.is_empty(), "no cases in {}", directory.display());
    let mut failures = Vec::new();
    for path in names {
        let sql = fs::read_to_string(&path)?;
        let whole = path.file_stem().is_some_and(|name| name == "everything");
        let derives = path.file_stem().is_some_and(|name| name == "derives");
        let found = generated(&sql, whole, derives)?;
        let outcome = path.with_extension("rs");
        if bless {
            fs::write(&outcome, &found)?;
        } else if fs::read_to_string(&outcome).unwrap_or_default() != found {
            failures.push(format!("{}: generated\n{found}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

#[test]
fn the_same_input_gives_the_same_tokens() {
    let sql = include_str!("cases/everything.sql");
    let tokens = || tablature_codegen::generate(&checked(sql)).to_string();
    assert_eq!(tokens(), tokens());
}

fn checked(sql: &str) -> Checked {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in sql.lines() {
        match line.strip_prefix("-- file: ") {
            Some(name) => files.push((name.to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("0001_create.sql".to_owned(), String::new()));
                }
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    check(
        Directory::from_files("migrations", files),
        &Options::default(),
    )
}

/// The formatted items, or the diagnostics of a case that is rejected.
fn generated(sql: &str, whole: bool, derives: bool) -> Result<String> {
    let mut checked = checked(sql);
    let more = tablature_codegen::diagnostics(&checked);
    checked.diagnostics.extend(more);
    let frames = render::report(&checked.sources, &checked.diagnostics, Style::Plain);
    let comments: String = frames
        .lines()
        .map(|line| format!("// {line}").trim_end().to_owned() + "\n")
        .collect();
    let mut file: File = syn::parse2(tablature_codegen::generate(&checked))?;
    if !whole {
        keep_types(&mut file.items, derives);
    }
    let formatted = prettyplease::unparse(&file);
    Ok(format!("{comments}{}", with_line_comments(&formatted)))
}

/// Leaves out all items but structs, enums and the modules that hold some, and all attributes that each of them has.
fn keep_types(items: &mut Vec<Item>, derives: bool) {
    items.retain_mut(|item| {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            Item::Mod(item) => {
                let (_, content) = item.content.get_or_insert_default();
                keep_types(content, derives);
                &mut item.attrs
            }
            _ => return false,
        };
        attributes.retain(|attribute| {
            let name = attribute.path();
            name.is_ident("doc") || derives && name.is_ident("derive")
        });
        true
    });
}

/// Documentation of several lines as people write it: each line after `///`.
fn with_line_comments(formatted: &str) -> String {
    let mut text = String::new();
    let mut indentation = None;
    for line in formatted.lines() {
        let comment = match (indentation, line.split_once("/**")) {
            (None, Some((before, first))) => {
                indentation = Some(before.len());
                first
            }
            (Some(_), _) => line,
            (None, None) => {
                text.push_str(line);
                text.push('\n');
                continue;
            }
        };
        let spaces = " ".repeat(indentation.unwrap_or(0));
        let (comment, ends) = match comment.strip_suffix("*/") {
            Some(comment) => (comment, true),
            None => (comment, false),
        };
        text.push_str(&format!("{spaces}///{comment}\n"));
        if ends {
            indentation = None;
        }
    }
    text
}
