//! Runs every case under `cases/`; see the README beside it.

use libtest_mimic::{Arguments, Trial};
use std::path::{Path, PathBuf};
use std::{fs, io};
use tablature_test_server::shared;
use tablature_tests::case::{Case, is_on_postgres};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut paths = Vec::new();
    find(&root, &mut paths)?;
    paths.sort();
    if paths.iter().any(|path| is_on_postgres(path)) && shared().is_none() {
        paths.retain(|path| !is_on_postgres(path));
    }
    let trials = paths.into_iter().map(|path| trial(&root, path)).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

fn trial(root: &Path, path: PathBuf) -> Trial {
    let name = path.strip_prefix(root).unwrap_or(&path).with_extension("");
    Trial::test(name.to_string_lossy().replace('\\', "/"), move || {
        Ok(Case::read(&path).and_then(|case| case.run())?)
    })
}

fn find(directory: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            paths.push(path);
        }
    }
    Ok(())
}
