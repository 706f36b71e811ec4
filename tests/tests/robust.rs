//! No bytes make the check panic, hang or run out of stack.
//!
//! A bounded run of the fuzzer's entry points: seeded mutants of the cases, of the sample application's migrations
//! and of locks.
//! `TABLATURE_FUZZ` is how many inputs to try, `TABLATURE_SEED` which.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tablature_tests::fuzzing::{
    SEPARATOR, configuration, lock, locks, migrations, mutate, statements,
};

#[test]
fn mutated_inputs_are_checked_without_a_panic_or_a_hang() {
    let number = |name: &str, default: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let (count, seed) = (number("TABLATURE_FUZZ", 400), number("TABLATURE_SEED", 1));
    let (inputs, locks) = (seeds(), locks());
    let mut random = fastrand::Rng::with_seed(seed);
    let mut slowest = Duration::ZERO;
    for turn in 0..count {
        let input = &inputs[random.usize(0..inputs.len())];
        let donor = &inputs[random.usize(0..inputs.len())];
        let released = &locks[random.usize(0..locks.len())];
        let (input, donor) = match turn % 8 {
            2 => (released, &locks[random.usize(0..locks.len())]),
            _ => (input, donor),
        };
        let mutant = mutate(input, donor, &mut random);
        let start = Instant::now();
        let outcome = std::panic::catch_unwind(|| match turn % 8 {
            0 => configuration(&mutant),
            1 => statements(&mutant),
            2 => lock(&mutant),
            _ => migrations(&mutant),
        });
        let took = start.elapsed();
        slowest = slowest.max(took);
        assert!(
            outcome.is_ok() && took < Duration::from_secs(10),
            "turn {turn} of seed {seed} took {took:?}:\n{}",
            String::from_utf8_lossy(&mutant)
        );
    }
    println!(
        "{count} mutants of {} inputs, seed {seed}, slowest {slowest:?}",
        inputs.len()
    );
}

/// The cases and the sample application's migrations, each as one input.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("cases"), &mut paths);
    let mut inputs: Vec<Vec<u8>> = paths.iter().map(|path| input([path.as_path()])).collect();
    let mut sample = Vec::new();
    collect(&root.join("../migrations"), &mut sample);
    sample.retain(|path| path.to_string_lossy().ends_with(".up.sql"));
    inputs.push(input(sample.iter().map(PathBuf::as_path)));
    inputs
}

fn input<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for path in paths {
        bytes.extend_from_slice(SEPARATOR);
        bytes.extend(std::fs::read(path).expect("a case can be read"));
    }
    bytes
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("a directory of cases can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            paths.push(path);
        }
    }
    paths.sort();
}
