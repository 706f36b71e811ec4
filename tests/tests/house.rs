//! What ARCHITECTURE.md promises about the crates themselves.

#![allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that are published, and which others of ours each may depend on.
const HOUSE: &[(&str, &[&str])] = &[
    ("tablature-lexer", &[]),
    ("tablature-model", &[]),
    ("tablature-schema", &["tablature-lexer"]),
    (
        "tablature-codegen",
        &["tablature-lexer", "tablature-model", "tablature-schema"],
    ),
    (
        "tablature-macros",
        &["tablature-codegen", "tablature-schema"],
    ),
    (
        "tablature-build",
        &["tablature-codegen", "tablature-schema"],
    ),
    (
        "tablature",
        &["tablature-lexer", "tablature-macros", "tablature-model"],
    ),
    (
        "cargo-tablature",
        &["tablature", "tablature-codegen", "tablature-schema"],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(root())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn dependencies_point_one_way() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let ours: BTreeMap<&str, BTreeSet<&str>> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        // An empty list: the package is not published.
        .filter(|package| package["publish"] != serde_json::json!([]))
        .map(|package| (package["name"].as_str().unwrap(), dependencies(package)))
        .collect();
    let published: BTreeSet<&str> = ours.keys().copied().collect();
    assert_eq!(
        published,
        HOUSE.iter().map(|(name, _)| *name).collect(),
        "which crates there are"
    );
    for (name, allowed) in HOUSE {
        let uses: BTreeSet<&str> = ours[name].intersection(&published).copied().collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        let surplus: Vec<&&str> = uses.difference(&allowed).collect();
        assert!(surplus.is_empty(), "{name} depends on {surplus:?}");
    }
}

/// The names of what a package needs to be built; not what its tests need.
fn dependencies(package: &Value) -> BTreeSet<&str> {
    package["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|dependency| dependency["kind"] != "dev")
        .map(|dependency| dependency["name"].as_str().unwrap())
        .collect()
}

#[test]
fn what_is_built_for_the_macro_needs_no_c_compiler() {
    for package in ["tablature-macros", "tablature-build"] {
        let tree = cargo(&[
            "tree",
            "--package",
            package,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ]);
        let names: BTreeSet<&str> = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        for name in &names {
            let builds_c = ["cc", "cmake", "pkg-config", "bindgen"].contains(name);
            assert!(!builds_c && !name.ends_with("-sys"), "{package}: {name}");
        }
    }
}

#[test]
fn only_the_directory_module_touches_the_disk() {
    for (folder, exempt) in [
        ("lexer/src", None),
        ("schema/src", Some("schema/src/directory")),
        ("codegen/src", None),
    ] {
        for file in rust_files(&root().join(folder)) {
            if exempt.is_some_and(|exempt| file.starts_with(root().join(exempt))) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            for door in [
                "std::fs",
                "std::env",
                "std::net",
                "std::process",
                "fs::",
                "File::open",
            ] {
                assert!(!text.contains(door), "{}: {door}", file.display());
            }
        }
    }
}

#[test]
fn every_package_has_the_lints_of_the_workspace() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        let text = fs::read_to_string(manifest).unwrap();
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest}");
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
