/// A row of the table `counted`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Counted {
    /// `id INTEGER PRIMARY KEY AUTOINCREMENT`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `counted`.
///
/// The engine gives it its `id`.
pub struct NewCounted {}
/// A row of the table `search`.
///
/// Created in `migrations/0001_create.sql:3`.
pub struct Search {
    /// The column `title`.
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub title: ::core::option::Option<::std::string::String>,
    /// The column `body`.
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub body: ::core::option::Option<::tablature::rusqlite::types::Value>,
}
/// A row of the table `boxes`.
///
/// Created in `migrations/0001_create.sql:4`.
pub struct BoxRow {
    /// The column `id`.
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub id: ::core::primitive::i64,
    /// The column `x0`.
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub x0: ::core::primitive::f32,
    /// The column `x1`.
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub x1: ::core::primitive::f32,
    /// The column `label`.
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub label: ::core::option::Option<::tablature::rusqlite::types::Value>,
}
