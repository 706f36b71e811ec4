//! Statements made from the grammar: the bytes choose among its rules.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = tablature_tests::fuzzing::statements(bytes);
});
