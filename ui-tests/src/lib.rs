//! Tests of what rustc shows.
