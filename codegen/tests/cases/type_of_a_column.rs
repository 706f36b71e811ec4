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
    pub i: ::tablature::rusqlite::types::Value,
    /// `j DECIMAL(10, 2) NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub j: ::core::primitive::f64,
    /// `k JSON NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:12`.
    pub k: ::tablature::rusqlite::types::Value,
    /// `l UUID NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub l: ::tablature::rusqlite::types::Value,
    /// `m MONEY NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub m: ::tablature::rusqlite::types::Value,
    /// `n NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub n: ::tablature::rusqlite::types::Value,
}
/// A new row of the table `plain`.
pub struct NewPlain {
    /// `a INTEGER NOT NULL`
    pub a: ::core::primitive::i64,
    /// `b BIGINT NOT NULL`
    pub b: ::core::primitive::i64,
    /// `c REAL NOT NULL`
    pub c: ::core::primitive::f64,
    /// `d DOUBLE PRECISION NOT NULL`
    pub d: ::core::primitive::f64,
    /// `e TEXT NOT NULL`
    pub e: ::std::string::String,
    /// `f VARCHAR(254) NOT NULL`
    pub f: ::std::string::String,
    /// `g BLOB NOT NULL`
    pub g: ::std::vec::Vec<::core::primitive::u8>,
    /// `h BOOLEAN NOT NULL`
    pub h: ::core::primitive::bool,
    /// `i DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP`
    ///
    /// `None` is the default, `CURRENT_TIMESTAMP`.
    pub i: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `j DECIMAL(10, 2) NOT NULL`
    pub j: ::core::primitive::f64,
    /// `k JSON NOT NULL`
    pub k: ::tablature::rusqlite::types::Value,
    /// `l UUID NOT NULL`
    pub l: ::tablature::rusqlite::types::Value,
    /// `m MONEY NOT NULL`
    pub m: ::tablature::rusqlite::types::Value,
    /// `n NOT NULL`
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
/// A row of the table `defaults`.
///
/// Created in `migrations/0001_create.sql:25`.
pub struct DefaultRow {
    /// `a INTEGER NOT NULL DEFAULT CURRENT_TIMESTAMP`
    ///
    /// Declared in `migrations/0001_create.sql:26`.
    pub a: ::tablature::rusqlite::types::Value,
    /// `b INTEGER NOT NULL DEFAULT (unixepoch())`
    ///
    /// Declared in `migrations/0001_create.sql:27`.
    pub b: ::core::primitive::i64,
    /// `c INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER))`
    ///
    /// Declared in `migrations/0001_create.sql:28`.
    pub c: ::core::primitive::i64,
    /// `d INTEGER NOT NULL DEFAULT '7'`
    ///
    /// Declared in `migrations/0001_create.sql:29`.
    pub d: ::core::primitive::i64,
    /// `e INTEGER NOT NULL DEFAULT 1.5`
    ///
    /// Declared in `migrations/0001_create.sql:30`.
    pub e: ::core::primitive::f64,
    /// `f INTEGER NOT NULL DEFAULT (julianday())`
    ///
    /// Declared in `migrations/0001_create.sql:31`.
    pub f: ::core::primitive::f64,
    /// `g TEXT NOT NULL DEFAULT 0`
    ///
    /// Declared in `migrations/0001_create.sql:32`.
    pub g: ::std::string::String,
    /// `h TEXT NOT NULL DEFAULT (randomblob(16))`
    ///
    /// Declared in `migrations/0001_create.sql:33`.
    pub h: ::tablature::rusqlite::types::Value,
    /// `i TEXT NOT NULL DEFAULT (lower(hex(randomblob(16))))`
    ///
    /// Declared in `migrations/0001_create.sql:34`.
    pub i: ::std::string::String,
    /// `j REAL NOT NULL DEFAULT 'none'`
    ///
    /// Declared in `migrations/0001_create.sql:35`.
    pub j: ::tablature::rusqlite::types::Value,
    /// `k REAL NOT NULL DEFAULT 1`
    ///
    /// Declared in `migrations/0001_create.sql:36`.
    pub k: ::core::primitive::f64,
    /// `l BLOB NOT NULL DEFAULT ''`
    ///
    /// Declared in `migrations/0001_create.sql:37`.
    pub l: ::tablature::rusqlite::types::Value,
    /// `m BLOB NOT NULL DEFAULT x''`
    ///
    /// Declared in `migrations/0001_create.sql:38`.
    pub m: ::std::vec::Vec<::core::primitive::u8>,
    /// `n BOOLEAN NOT NULL DEFAULT FALSE`
    ///
    /// Declared in `migrations/0001_create.sql:39`.
    pub n: ::core::primitive::bool,
    /// `o BOOLEAN NOT NULL DEFAULT 'no'`
    ///
    /// Declared in `migrations/0001_create.sql:40`.
    pub o: ::tablature::rusqlite::types::Value,
    /// `p DECIMAL(4, 2) NOT NULL DEFAULT -0.5`
    ///
    /// Declared in `migrations/0001_create.sql:41`.
    pub p: ::core::primitive::f64,
    /// `q INTEGER NOT NULL DEFAULT 1e3`
    ///
    /// Declared in `migrations/0001_create.sql:42`.
    pub q: ::core::primitive::i64,
}
/// A new row of the table `defaults`.
pub struct NewDefaultRow {
    /// `a INTEGER NOT NULL DEFAULT CURRENT_TIMESTAMP`
    ///
    /// `None` is the default, `CURRENT_TIMESTAMP`.
    pub a: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `b INTEGER NOT NULL DEFAULT (unixepoch())`
    ///
    /// `None` is the default, `unixepoch ( )`.
    pub b: ::core::option::Option<::core::primitive::i64>,
    /// `c INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER))`
    ///
    /// `None` is the default, `CAST ( strftime ( '%s' , 'now' ) AS INTEGER )`.
    pub c: ::core::option::Option<::core::primitive::i64>,
    /// `d INTEGER NOT NULL DEFAULT '7'`
    ///
    /// `None` is the default, `'7'`.
    pub d: ::core::option::Option<::core::primitive::i64>,
    /// `e INTEGER NOT NULL DEFAULT 1.5`
    ///
    /// `None` is the default, `1.5`.
    pub e: ::core::option::Option<::core::primitive::f64>,
    /// `f INTEGER NOT NULL DEFAULT (julianday())`
    ///
    /// `None` is the default, `julianday ( )`.
    pub f: ::core::option::Option<::core::primitive::f64>,
    /// `g TEXT NOT NULL DEFAULT 0`
    ///
    /// `None` is the default, `0`.
    pub g: ::core::option::Option<::std::string::String>,
    /// `h TEXT NOT NULL DEFAULT (randomblob(16))`
    ///
    /// `None` is the default, `randomblob ( 16 )`.
    pub h: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `i TEXT NOT NULL DEFAULT (lower(hex(randomblob(16))))`
    ///
    /// `None` is the default, `lower ( hex ( randomblob ( 16 ) ) )`.
    pub i: ::core::option::Option<::std::string::String>,
    /// `j REAL NOT NULL DEFAULT 'none'`
    ///
    /// `None` is the default, `'none'`.
    pub j: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `k REAL NOT NULL DEFAULT 1`
    ///
    /// `None` is the default, `1`.
    pub k: ::core::option::Option<::core::primitive::f64>,
    /// `l BLOB NOT NULL DEFAULT ''`
    ///
    /// `None` is the default, `''`.
    pub l: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `m BLOB NOT NULL DEFAULT x''`
    ///
    /// `None` is the default, `x''`.
    pub m: ::core::option::Option<::std::vec::Vec<::core::primitive::u8>>,
    /// `n BOOLEAN NOT NULL DEFAULT FALSE`
    ///
    /// `None` is the default, `FALSE`.
    pub n: ::core::option::Option<::core::primitive::bool>,
    /// `o BOOLEAN NOT NULL DEFAULT 'no'`
    ///
    /// `None` is the default, `'no'`.
    pub o: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// `p DECIMAL(4, 2) NOT NULL DEFAULT -0.5`
    ///
    /// `None` is the default, `- 0.5`.
    pub p: ::core::option::Option<::core::primitive::f64>,
    /// `q INTEGER NOT NULL DEFAULT 1e3`
    ///
    /// `None` is the default, `1e3`.
    pub q: ::core::option::Option<::core::primitive::i64>,
}
