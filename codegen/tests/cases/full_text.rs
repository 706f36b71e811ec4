/// A row of the table `tale_search`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct TaleSearch {
    /// The column `title`.
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub title: ::core::option::Option<::std::string::String>,
    /// The column `tale_id`.
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub tale_id: ::core::option::Option<::tablature::rusqlite::types::Value>,
}
/// A row of the table `old_search`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct OldSearch {
    /// The column `title`.
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub title: ::core::option::Option<::std::string::String>,
    /// The column `tale_id`.
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub tale_id: ::core::option::Option<::tablature::rusqlite::types::Value>,
}
/// A row of the view `found`.
///
/// `CREATE VIEW found AS SELECT title, tale_id, snippet(tale_search, 0, '[', ']', '…', 9) AS shown FROM tale_search WHERE tale_search MATCH 'x'`
///
/// Created in `migrations/0001_create.sql:3`.
pub struct Found {
    /// Shows `tale_search.title`.
    ///
    /// The column `title`.
    pub title: ::core::option::Option<::std::string::String>,
    /// Shows `tale_search.tale_id`.
    ///
    /// The column `tale_id`.
    pub tale_id: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// The view computes `shown`.
    pub shown: ::core::option::Option<::std::string::String>,
}
/// A row of the table `documents`.
///
/// Created in `migrations/0001_create.sql:5`.
pub struct Document {
    /// `body TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub body: ::std::string::String,
    /// `kind TEXT DEFAULT 'note'`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub kind: ::core::option::Option<::std::string::String>,
}
/// A new row of the table `documents`.
pub struct NewDocument {
    /// `body TEXT NOT NULL`
    pub body: ::std::string::String,
    /// `kind TEXT DEFAULT 'note'`
    ///
    /// `None` is the default, `'note'`, and never NULL: a [`Document`] can hold that.
    pub kind: ::core::option::Option<::std::string::String>,
}
/// A row of the view `parts`.
///
/// `CREATE VIEW parts AS SELECT t.key, t.value, t.type, t.atom, t.id, t.parent, t.fullkey, t.path FROM documents, json_tree(body) AS t`
///
/// Created in `migrations/0001_create.sql:6`.
pub struct Part {
    /// The view computes `key`.
    pub key: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// The view computes `value`.
    pub value: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// The view computes `type`.
    pub r#type: ::std::string::String,
    /// The view computes `atom`.
    pub atom: ::core::option::Option<::tablature::rusqlite::types::Value>,
    /// The view computes `id`.
    pub id: ::core::primitive::i64,
    /// The view computes `parent`.
    pub parent: ::core::option::Option<::core::primitive::i64>,
    /// The view computes `fullkey`.
    pub fullkey: ::std::string::String,
    /// The view computes `path`.
    pub path: ::std::string::String,
}
