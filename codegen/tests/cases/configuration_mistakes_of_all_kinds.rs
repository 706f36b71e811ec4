// error[T0009]: unknown key `deriv`
//  --> migrations/tablature.toml:1:1
//   |
// 1 | deriv = ["Eq"]
//   | ^^^^^ no such key
//   |
//   = help: write `derive`
//
// error[T0009]: unknown lint `destructiv`
//  --> migrations/tablature.toml:3:1
//   |
// 3 | destructiv = "deny"
//   | ^^^^^^^^^^ no such lint
//   |
//   = help: write `destructive`
//
// error[T0009]: no column `tales.titel`
//  --> migrations/tablature.toml:5:1
//   |
// 5 | "tales.titel" = "String"
//   | ^^^^^^^^^^^^^ this type is never used
//   |
//   = help: write `tales.title`
//
// error[T0009]: no table or view `tale`
//  --> migrations/tablature.toml:6:9
//   |
// 6 | [tables.tale]
//   |         ^^^^ the migrations leave none of that name behind
//   |
//   = help: write `tales`
/// A row of the table `tales`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Tale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub title: ::std::string::String,
}
/// A new row of the table `tales`.
///
/// The engine gives it its `id`.
pub struct NewTale {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
}
