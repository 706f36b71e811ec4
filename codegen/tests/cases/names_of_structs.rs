/// A row of the table `categories`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Category {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:1`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `categories`.
///
/// The engine gives it its `id`.
pub struct NewCategory {}
/// A row of the table `statuses`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Status {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `statuses`.
///
/// The engine gives it its `id`.
pub struct NewStatus {}
/// A row of the table `fairy_tale_usage_stats`.
///
/// Created in `migrations/0001_create.sql:3`.
pub struct FairyTaleUsageStats {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `fairy_tale_usage_stats`.
///
/// The engine gives it its `id`.
pub struct NewFairyTaleUsageStats {}
/// A row of the table `user`.
///
/// Created in `migrations/0001_create.sql:4`.
pub struct User {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `user`.
///
/// The engine gives it its `id`.
pub struct NewUser {}
/// A row of the table `users`.
///
/// Created in `migrations/0001_create.sql:5`.
pub struct Users {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `users`.
///
/// The engine gives it its `id`.
pub struct NewUsers {}
/// A row of the table `User's`.
///
/// Created in `migrations/0001_create.sql:6`.
pub struct UserS {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `User's`.
///
/// The engine gives it its `id`.
pub struct NewUserS {}
/// A row of the table `options`.
///
/// Created in `migrations/0001_create.sql:7`.
pub struct OptionRow {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `options`.
///
/// The engine gives it its `id`.
pub struct NewOptionRow {}
/// A row of the table `strings`.
///
/// Created in `migrations/0001_create.sql:8`.
pub struct StringRow {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `strings`.
///
/// The engine gives it its `id`.
pub struct NewStringRow {}
/// A row of the table `rows`.
///
/// Created in `migrations/0001_create.sql:9`.
pub struct RowRow {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `rows`.
///
/// The engine gives it its `id`.
pub struct NewRowRow {}
/// A row of the table `errors`.
///
/// Created in `migrations/0001_create.sql:10`.
pub struct ErrorRow {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `errors`.
///
/// The engine gives it its `id`.
pub struct NewErrorRow {}
/// A row of the table `self`.
///
/// Created in `migrations/0001_create.sql:11`.
pub struct SelfRow {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `self`.
///
/// The engine gives it its `id`.
pub struct NewSelfRow {}
/// A row of the table `migrations`.
///
/// Created in `migrations/0001_create.sql:12`.
pub struct Migration {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:12`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `migrations`.
///
/// The engine gives it its `id`.
pub struct NewMigration {}
/// A row of the table `2fa codes`.
///
/// Created in `migrations/0001_create.sql:13`.
pub struct _2faCode {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `2fa codes`.
///
/// The engine gives it its `id`.
pub struct New2faCode {}
/// A row of the table `🦀`.
///
/// Created in `migrations/0001_create.sql:14`.
pub struct Table14 {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `🦀`.
///
/// The engine gives it its `id`.
pub struct NewTable14 {}
/// A row of the table `  `.
///
/// Created in `migrations/0001_create.sql:15`.
pub struct Table15 {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `  `.
///
/// The engine gives it its `id`.
pub struct NewTable15 {}
/// A row of the table `Größen`.
///
/// Created in `migrations/0001_create.sql:16`.
pub struct Größen {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `Größen`.
///
/// The engine gives it its `id`.
pub struct NewGrößen {}
