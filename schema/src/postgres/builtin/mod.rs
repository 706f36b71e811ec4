//! What a new database has before the first migration: types, functions, operators, casts, system catalogs, extensions.

pub mod settings;
