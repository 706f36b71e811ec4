//! The build script helper of tablature.
