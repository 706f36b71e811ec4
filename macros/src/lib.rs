//! The `migrations!` macro: finds the directory, has it checked, and emits what is generated from it.

use proc_macro2::{Span, TokenStream};
use std::path::{Path, PathBuf};
use syn::LitStr;
use tablature_codegen::{compile_error, expand};
use tablature_schema::directory::Directory;
use tablature_schema::{Options, check};

/// Checks a directory of SQL migrations and brings it into the program.
///
/// The argument is the path of the directory, relative to the directory of the crate's `Cargo.toml`.
///
/// ```text
/// tablature::migrations!("migrations");
/// ```
///
/// The macro stands where items stand, once in a module. `tablature_build::watch("migrations")` in `build.rs` makes cargo
/// notice an added or removed file. Without it a debug build compares the directory at start-up with what was compiled in
/// and refuses with `Error::StaleBuild` if they differ.
///
/// `tablature.lock`, which `cargo tablature lock` writes, lists the migrations that are released: to edit, remove or renumber
/// one of them, or to add one before them, is a compile error too.
///
/// `tablature.snapshot`, which `cargo tablature snapshot` writes, is what a new database is made from instead of from the
/// migrations up to its version.
///
/// A migration that the engine would refuse is a compile error that shows its line. The structs are then those of all
/// that could be read, and `MIGRATIONS` is empty: the mistake is the only error. What else is worth a word is a warning
/// of the compiler, under the heading `use of deprecated constant` and the lint's name, as stable Rust knows no other
/// way. `-- tablature: allow(…)` before the statement, or `[lints]` in `tablature.toml`, sets its level;
/// `#[allow(deprecated)]` on the module that the macro stands in silences all of them, as an attribute of a macro call itself
/// reaches nothing. The same goes for every other lint of the compiler.
///
/// # What it leaves behind
///
/// | item | for | what it is |
/// |---|---|---|
/// | `MIGRATIONS` | the directory | `tablature::Migrations`: applies the migrations, and knows the schema that they leave |
/// | `User` | each table and view of the main database | a row, with a public field for each column; hidden columns of virtual tables are left out |
/// | `NewUser` | each table with a key that the engine chooses, a generated column or a default | a new row without the key and the generated columns; a column with a DEFAULT is an `Option` whose `None` is the default; NULL in its place is what a `User` can hold |
/// | `at_7` | each migration that names a [step](#steps) | a module with these structs and enums, of the schema that the step of migration 7 finds |
/// | `UserRef<'row>` | each of these where `tablature.toml` says `borrowed = true`, for all or under `[tables.users]` | a row with `&str` for `String`, `&[u8]` for `Vec<u8>` and `ValueRef` for `Value`; without the derive macros of the configuration |
/// | `UserRole` | each column that `CHECK (role IN ('a', …))` limits to some strings | an enum with a variant for each string |
///
/// Structs derive `Debug`, `Clone` and `PartialEq`, the last one unless `[types]` gives a field a type that is not the
/// standard library's; those of new rows derive `Default` if every field is an `Option`. Enums derive `Debug`, `Clone`, `Copy`, `PartialEq`, `Eq` and `Hash`.
/// `derive` in `tablature.toml` adds to them. With `serde::Serialize` or `serde::Deserialize` there, a variant of an enum is
/// called in JSON what it is in the column.
///
/// ## Functions and constants
///
/// | of | what | |
/// |---|---|---|
/// | every row | `Row::from_row(row)`, `Row::query(statement, parameters)` | reads rows; columns are found by name |
/// | every row | `Row::TABLE`, `Row::COLUMNS`, `User::EMAIL` | the names of the table, of its columns, of one column; `TABLE_`, `COLUMNS_` and `INSERT_` for columns of these names |
/// | a row with `borrowed = true` | `BorrowedRow::for_each(statement, parameters, visit)` | shows each row as a `UserRef<'_>`, whose texts and bytes are not copied |
/// | a row of a table, a full-text table or an R*Tree | `row.insert(&connection)` | inserts it with every value as it is |
/// | a row of a full-text table | `row.insert_with_rowid(&connection, rowid)` | the same under a rowid |
/// | a new row | `row.insert(&connection)` | inserts it; returns the key if the engine chose it |
/// | all of these | `Insert::INSERT`, `row.insert_with(&mut statement)` | many rows by one statement |
/// | an enum | `ALL`, `as_str()`, `Display`, `FromStr`, `TryFrom<&str>`, `FromSql`, `ToSql` | from and to the strings; `row::UnknownValue` for any other |
///
/// ## Steps
///
/// `-- tablature: step crate::steps::fill_slugs` before the first statement of a migration names a function of the
/// application, `fn(&Connection) -> Result<(), tablature::step::StepError>`, that runs after its statements in the same
/// transaction. The path is one of Rust, and means what it would where the macro stands. That the function is there and
/// takes what it is given is checked with the rest of the application. The module `at_7` is that of migration 7; in it, the
/// types of the configuration are those of now.
///
/// ## Types of fields
///
/// `Option` is put around each where NULL is possible: the column is not NOT NULL and not the rowid.
///
/// | declared type | Rust |
/// |---|---|
/// | of a STRICT table: `INT`, `INTEGER`; `REAL`; `TEXT`; `BLOB`; `ANY` | `i64`; `f64`; `String`; `Vec<u8>`; `Value` |
/// | `BOOL`, `BOOLEAN` | `bool` |
/// | `INTEGER`, `BIGINT`, `INT8`, `UNSIGNED BIG INT`, … | `i64` |
/// | `REAL`, `DOUBLE PRECISION`, `FLOAT`, `DECIMAL`, `NUMERIC`, … | `f64` |
/// | `TEXT`, `VARCHAR(254)`, `CLOB`, … | `String` |
/// | `BLOB` | `Vec<u8>` |
/// | `DATE`, `DATETIME`, `TIMESTAMP`, `JSON`, `UUID`, every other word, and none | `rusqlite::types::Value` |
/// | a column of FTS3, FTS4 or FTS5; one that is UNINDEXED or `notindexed` | `Option<String>`; `Option<Value>` |
/// | the id and the coordinates of `rtree`; of `rtree_i32` | `i64` and `f32`; `i64` and `i32` |
/// | what a view computes | that of the one storage class which the engine gives it, else `Value` |
///
/// What a struct writes it reads again, and every DEFAULT can be read: a column whose DEFAULT is of another type, such as
/// `INTEGER DEFAULT CURRENT_TIMESTAMP`, is a `Value`. The engine stores a text in a column of a type such as `DATETIME` or
/// `JSON` as a number if it looks like one, which is why these are not `String`. What other programs write outside of
/// STRICT tables may be of any type; reading it into a field of another one is an error of `rusqlite` that names the column.
///
/// `[types]` in `tablature.toml` gives another type to all columns of a declared type (`"DATETIME" = "String"`) or to one
/// column (`"users.email" = "crate::Email"`). It needs `Debug`, `Clone`, and rusqlite's `FromSql` and `ToSql`.
///
/// ## On PostgreSQL
///
/// With `dialect = "postgres"` in `tablature.toml` and the feature `postgres` or `tokio-postgres`, rows are those of either
/// client:
///
/// | of | what | |
/// |---|---|---|
/// | every row | `PostgresRow::from_row(&row)`, `PostgresRow::from_rows(&rows)` | reads rows; columns are found by name |
/// | every row | `PostgresRow::SCHEMA`, `TABLE`, `COLUMNS`, `User::EMAIL` | names |
/// | a row of a table, a new row | `row.insert(&mut client)`, `row.insert_async(&client).await` | inserts it; returns the row as the engine has it then |
///
/// A new row is without identity columns, those of `serial` and generated columns; the struct of the whole row has them, and
/// writes the keys that it has. A column of a view is an `Option` unless the view's query gives NULL on no database: a column
/// that is NOT NULL and not on the side of an outer join that may be missing, `count(*)`, `coalesce(…, 0)`. A comment on a
/// table, column or type becomes its documentation.
///
/// | type | Rust |
/// |---|---|
/// | `boolean` | `bool` |
/// | `smallint`, `integer`, `bigint`; `oid` | `i16`, `i32`, `i64`; `u32` |
/// | `real`, `double precision` | `f32`, `f64` |
/// | `text`, `varchar`, `char(n)`, `name`; `citext`, `ltree` | `String` |
/// | `text` or `varchar` whose CHECK lists its values, as in `status IN ('a', 'b')` | an enum, such as `JobStatus` |
/// | `"char"`; `bytea` | `i8`; `Vec<u8>` |
/// | `timestamptz`, `timestamp`, `date`, `time` | of `chrono`, `time` or `jiff`, by the feature of that name |
/// | `numeric`; `uuid`; `json`, `jsonb` | `rust_decimal::Decimal`; `uuid::Uuid`; `serde_json::Value`, by the features of these names |
/// | `interval` | `postgres_row::Interval` |
/// | `inet`; `hstore` | `IpAddr`; `HashMap<String, Option<String>>` |
/// | an enum, a composite type | an enum, a struct of its name |
/// | a domain | the type that it is over |
/// | an array; of a domain | `Vec<T>`; `Vec<postgres_row::Domain<T>>` |
/// | a range | `postgres_row::Range<T>` |
/// | any other | `postgres_row::Raw`, the bytes that the engine sends |
///
/// `[types]` names a type (`"jsonb" = "crate::Data"`) or a column, with its schema unless that is `public`
/// (`"auth.users.email" = "crate::Email"`); it needs the `FromSql` and `ToSql` of `tokio_postgres`. So does `[tables."auth.users"]`.
/// A struct whose name another schema's table or type has already gets that of its schema before it: `AuthUser`.
///
/// A step is `fn(&mut postgres::Transaction<'_>) -> Result<(), StepError>`, or
/// `async fn(&tokio_postgres::Transaction<'_>) -> Result<(), StepError>` for the other client.
///
/// ## Names
///
/// A struct has the name of its table in camel case, the last word in the singular: `story_categories` gives
/// `StoryCategory`. If that is taken, the plural stays, then a number follows. A name of the prelude, or one that is imported
/// to use what is generated (`Option`, `Row`, `Error`, `Connection`, …), gets `Row` behind it: `options` gives `OptionRow`.
/// `struct = "…"` under `[tables.<name>]` in `tablature.toml` chooses another one. Fields are in snake case, as raw
/// identifiers where they are keywords: `r#type`.
#[proc_macro]
pub fn migrations(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    // A panic would be a mistake of this crate; the editor then still has a message to show.
    let expanded = std::panic::catch_unwind(|| expand_migrations(input));
    let tokens = expanded.unwrap_or_else(|_| {
        let message = "`migrations!` failed; this is a mistake of tablature, please report it";
        compile_error(message, Span::call_site())
    });
    tokens.into()
}

fn expand_migrations(input: proc_macro::TokenStream) -> TokenStream {
    let path = match syn::parse::<LitStr>(input) {
        Ok(path) => path,
        Err(error) => {
            let message = "`migrations!` wants the path of the directory as a string: `migrations!(\"migrations\")`";
            return compile_error(message, error.span());
        }
    };
    let span = path.span();
    let path = path.value();
    if let Some(message) = refusal(&path) {
        return compile_error(&message, span);
    }
    let Some(base) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        let message = "`CARGO_MANIFEST_DIR` is not set, so that the crate's directory is unknown; \
                       build with cargo, or set it";
        return compile_error(message, span);
    };
    let directory = Directory::read(&base, &path);
    expand(check(directory, &Options::default()), span)
}

/// Why a path is none that the generated code can name.
fn refusal(path: &str) -> Option<String> {
    if path.trim().is_empty() {
        return Some("the path of the migrations directory is empty".to_owned());
    }
    // Paths in what is generated are relative to the crate, so that the same sources give the same program anywhere.
    let is_absolute = Path::new(path).is_absolute() || path.starts_with('/');
    is_absolute.then(|| {
        format!("`{path}` is an absolute path; write one that is relative to the crate's directory")
    })
}
