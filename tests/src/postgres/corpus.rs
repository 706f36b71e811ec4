//! Public PostgreSQL histories, from the directory that `TABLATURE_CORPUS` names.

use super::boundaries::statements;
use crate::case::wants_transaction;
use crate::differential::Migration;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A history.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The name of its directory.
    pub name: String,
    /// Roles that it expects on the server.
    pub roles: Vec<String>,
    /// `prelude.sql` if there is one, then the up files in the order in which they are applied, as far as the server has
    /// the extensions that they want.
    pub migrations: Vec<Migration>,
    /// How many up files are left out.
    pub left_out: usize,
}

/// What statements are declared to do whose effect only running them shows: the comment that their authors would write.
const EFFECTS: &str = include_str!("../../gaps/postgres_effects.txt");

/// The statements of a file, with what some are declared to do. A line of the list names the history, the file and which of
/// the file's DO blocks it is about.
fn declared(history: &str, file: &str, mut statements: Vec<String>) -> Vec<String> {
    let lines = EFFECTS.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut fields = line.splitn(4, ' ');
        let (of, path) = (fields.next(), fields.next());
        if (of, path) != (Some(history), Some(file)) {
            continue;
        }
        let number = fields
            .next()
            .and_then(|number| number.parse::<usize>().ok());
        let number = number.expect("the third field is the number of a DO block");
        let effect = fields.next().expect("the fourth field is the effect");
        let mut blocks = statements.iter_mut().filter(|it| is_block(it));
        let block = blocks.nth(number - 1).expect("the file has such a block");
        block.insert_str(0, &format!("-- tablature: effect {effect}\n"));
    }
    statements
}

/// Whether a statement is a DO block.
#[must_use]
pub fn is_block(statement: &str) -> bool {
    let mut lines = statement.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("--"));
    let word = first
        .unwrap_or_default()
        .split([' ', '\t', '$', '\''])
        .next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("do"))
}

/// Reads the histories of a corpus, in the order of their names.
///
/// # Errors
///
/// If a file cannot be read.
pub fn histories(directory: &Path) -> io::Result<Vec<Corpus>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory.join("postgres"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.retain(|path| path.join("order.txt").is_file());
    paths.sort();
    paths.iter().map(|path| history(path)).collect()
}

fn history(path: &Path) -> io::Result<Corpus> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let meta: Value = serde_json::from_str(&fs::read_to_string(path.join("meta.json"))?)?;
    let order = fs::read_to_string(path.join("order.txt"))?;
    let files: Vec<&str> = order.lines().filter(|line| !line.is_empty()).collect();
    let usable = meta["usable_files"].as_u64();
    let usable = usable.and_then(|usable| usize::try_from(usable).ok());
    let usable = usable.unwrap_or(files.len()).min(files.len());
    let prelude = Some("prelude.sql").filter(|prelude| path.join(prelude).is_file());
    // What the application runs on each connection is a part of each file here.
    let setup = meta["session_setup"].as_str().unwrap_or_default();
    let migrations = prelude
        .into_iter()
        .chain(files.iter().take(usable).copied())
        .map(|file| {
            let text = fs::read_to_string(path.join(file))?;
            let own = statements(&text).into_iter().map(|it| text[it].to_owned());
            let own = declared(&name, file, own.collect());
            let setup = statements(setup).into_iter().map(|it| setup[it].to_owned());
            Ok(Migration {
                path: file.to_owned(),
                statements: setup.chain(own).collect(),
                transaction: wants_transaction(&text),
            })
        })
        .collect::<io::Result<_>>()?;
    let roles = meta["roles"].as_array().into_iter().flatten();
    Ok(Corpus {
        name: name.into_owned(),
        roles: roles
            .filter_map(|role| role.as_str().map(str::to_owned))
            .collect(),
        migrations,
        left_out: files.len() - usable,
    })
}
