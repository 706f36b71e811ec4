//! What rustc itself must show: the tests are in `tests/`, the cases in `cases/`.
