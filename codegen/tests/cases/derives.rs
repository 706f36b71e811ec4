/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:1`.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    serde::Serialize,
    crate::Describe,
    Eq
)]
pub struct User {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `role TEXT NOT NULL CHECK (role IN ('a', 'b'))`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub role: UserRole,
}
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    serde::Serialize,
    crate::Describe,
    Eq
)]
pub struct NewUser {
    /// `role TEXT NOT NULL CHECK (role IN ('a', 'b'))`
    pub role: UserRole,
}
/// The values of `users.role`, as its CHECK constraint in `migrations/0001_create.sql:3` lists them.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash,
    serde::Serialize,
    crate::Describe
)]
pub enum UserRole {
    /// `'a'`
    #[serde(rename = "a")]
    A,
    /// `'b'`
    #[serde(rename = "b")]
    B,
}
/// A row of the table `posts`.
///
/// Created in `migrations/0001_create.sql:5`.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    serde::Serialize
)]
pub struct Post {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `posts`.
///
/// The engine gives it its `id`.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::default::Default,
    serde::Serialize
)]
pub struct NewPost {}
/// A row of the view `ids`.
///
/// `CREATE VIEW ids AS SELECT id FROM posts`
///
/// Created in `migrations/0001_create.sql:6`.
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    serde::Serialize
)]
pub struct Id {
    /// Shows `posts.id`.
    ///
    /// `id INTEGER PRIMARY KEY`
    pub id: ::core::primitive::i64,
}
