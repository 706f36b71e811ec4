/// A row of the table `plain`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Plain {
    /// `a INTEGER NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub a: ::core::primitive::i64,
    /// `b BIGINT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub b: ::core::primitive::i64,
    /// `c REAL NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub c: ::core::primitive::f64,
    /// `d DOUBLE PRECISION NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub d: ::core::primitive::f64,
    /// `e TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub e: ::std::string::String,
    /// `f VARCHAR(254) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub f: ::std::string::String,
    /// `g BLOB NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub g: ::std::vec::Vec<::core::primitive::u8>,
    /// `h BOOLEAN NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub h: ::core::primitive::bool,
    /// `i DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub i: ::std::string::String,
    /// `j DECIMAL(10, 2) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub j: ::core::primitive::f64,
    /// `k JSON NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:12`.
    pub k: ::std::string::String,
    /// `l UUID NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub l: ::std::string::String,
    /// `m MONEY NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub m: ::tablature::rusqlite::types::Value,
    /// `n NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub n: ::tablature::rusqlite::types::Value,
}
/// A row of the table `strict`.
///
/// Created in `migrations/0001_create.sql:17`.
pub struct Strict {
    /// `a INT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:18`.
    pub a: ::core::primitive::i64,
    /// `b INTEGER NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:19`.
    pub b: ::core::primitive::i64,
    /// `c REAL NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:20`.
    pub c: ::core::primitive::f64,
    /// `d TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:21`.
    pub d: ::std::string::String,
    /// `e BLOB NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:22`.
    pub e: ::std::vec::Vec<::core::primitive::u8>,
    /// `f ANY NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:23`.
    pub f: ::tablature::rusqlite::types::Value,
}
