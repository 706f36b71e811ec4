//! Any bytes as a directory of migrations.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = tablature_tests::fuzzing::migrations(bytes);
});
