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
/// A row of the table `fairy_tales`.
///
/// Created in `migrations/0001_create.sql:1`; column `usage_count` added in `migrations/0002_change.sql:1`; column `teller` added in `migrations/0002_change.sql:2`; column `moral` dropped in `migrations/0003_change.sql:1`; renamed from `tales` in `migrations/0003_change.sql:2`.
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
