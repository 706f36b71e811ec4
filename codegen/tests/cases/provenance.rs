// warning[T1010]: the values of column `moral` are lost
//  --> migrations/0003_change.sql:1:31
//   |
// 1 | ALTER TABLE tales DROP COLUMN moral;
//   |                               ^^^^^ dropped without a copy
//   |
//  ::: migrations/0001_create.sql:4:5
//   |
// 4 |     moral TEXT
//   |     ---------- defined here
//   |
//   = note: to allow it, write `-- tablature: allow(destructive) <reason>` before the statement
//
// warning[T1006]: this copy fails where a row has NULL in column `title`
//  --> migrations/0006_rebuild.sql:8:36
//   |
// 4 |     title TEXT NOT NULL,
//   |     ------------------- and this may not
// ...
// 8 | INSERT INTO rebuilt_new SELECT id, title, mood, NULL FROM rebuilt;
//   |                                    ^^^^^ it may hold NULL
//   |
//   = help: UPDATE such rows first, or copy `coalesce(…)`
//   = note: to allow it, write `-- tablature: allow(fails_on_rows) <reason>` before the statement
/// A row of the table `fairy_tales`.
///
/// Created in `migrations/0001_create.sql:1`; last changed in `migrations/0003_change.sql:2`: renamed from `tales`.
pub struct FairyTale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `name TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`; renamed from `title` in `migrations/0002_change.sql:3`.
    pub name: ::std::string::String,
    /// `usage_count INTEGER NOT NULL DEFAULT 0`
    ///
    /// Added in `migrations/0002_change.sql:1`.
    pub usage_count: ::core::primitive::i64,
    /// `teller TEXT`
    ///
    /// Added in `migrations/0002_change.sql:2`.
    pub teller: ::core::option::Option<::std::string::String>,
}
/// A new row of the table `fairy_tales`.
///
/// The engine gives it its `id`.
pub struct NewFairyTale {
    /// `name TEXT NOT NULL`
    pub name: ::std::string::String,
    /// `usage_count INTEGER NOT NULL DEFAULT 0`
    ///
    /// `None` is the default, `0`.
    pub usage_count: ::core::option::Option<::core::primitive::i64>,
    /// `teller TEXT`
    pub teller: ::core::option::Option<::std::string::String>,
}
/// A row of the table `rebuilt`.
///
/// Created in `migrations/0005_rebuild.sql:1`; last changed in `migrations/0007_rename.sql:1`: column `title` renamed to `heading`.
pub struct Rebuilt {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0005_rebuild.sql:2`; declared again in `migrations/0006_rebuild.sql:3`.
    pub id: ::core::primitive::i64,
    /// `heading TEXT NOT NULL`
    ///
    /// Declared in `migrations/0005_rebuild.sql:3`; declared again in `migrations/0006_rebuild.sql:4`; renamed from `title` in `migrations/0007_rename.sql:1`.
    pub heading: ::std::string::String,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim', 'dull'))`
    ///
    /// Declared in `migrations/0005_rebuild.sql:4`; declared again in `migrations/0006_rebuild.sql:5`.
    pub mood: RebuiltMood,
    /// `added INTEGER`
    ///
    /// Declared in `migrations/0006_rebuild.sql:6`.
    pub added: ::core::option::Option<::core::primitive::i64>,
}
/// A new row of the table `rebuilt`.
///
/// The engine gives it its `id`.
pub struct NewRebuilt {
    /// `heading TEXT NOT NULL`
    pub heading: ::std::string::String,
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim', 'dull'))`
    pub mood: RebuiltMood,
    /// `added INTEGER`
    pub added: ::core::option::Option<::core::primitive::i64>,
}
/// The values of `rebuilt.mood`, as its CHECK constraint in `migrations/0006_rebuild.sql:5` lists them.
pub enum RebuiltMood {
    /// `'merry'`
    Merry,
    /// `'grim'`
    Grim,
    /// `'dull'`
    Dull,
}
/// A row of the view `shown`.
///
/// `CREATE VIEW shown AS SELECT heading, mood FROM rebuilt`
///
/// Created in `migrations/0005_rebuild.sql:6`; last changed in `migrations/0007_rename.sql:1`: rewritten by an ALTER TABLE.
pub struct Shown {
    /// Shows `rebuilt.heading`.
    ///
    /// `heading TEXT NOT NULL`
    pub heading: ::std::string::String,
    /// Shows `rebuilt.mood`.
    ///
    /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim', 'dull'))`
    pub mood: RebuiltMood,
}
