/// A row of the table `t`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct T {
    /// `"type" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub r#type: ::core::option::Option<::std::string::String>,
    /// `"self" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub self_: ::core::option::Option<::std::string::String>,
    /// `"crate" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub crate_: ::core::option::Option<::std::string::String>,
    /// `"gen" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub r#gen: ::core::option::Option<::std::string::String>,
    /// `createdAt TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub created_at: ::core::option::Option<::std::string::String>,
    /// `created_at TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub created_at_2: ::core::option::Option<::std::string::String>,
    /// `"created at" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub created_at_3: ::core::option::Option<::std::string::String>,
    /// `"table" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub table: ::core::option::Option<::std::string::String>,
    /// `"columns" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:10`.
    pub columns: ::core::option::Option<::std::string::String>,
    /// `"insert" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub insert: ::core::option::Option<::std::string::String>,
    /// `"2fa" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:12`.
    pub _2fa: ::core::option::Option<::std::string::String>,
    /// `"🦀" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub column_12: ::core::option::Option<::std::string::String>,
    /// `"🦞" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub column_13: ::core::option::Option<::std::string::String>,
    /// `"" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub column_14: ::core::option::Option<::std::string::String>,
    /// `"größe" TEXT`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub größe: ::core::option::Option<::std::string::String>,
    /// ``"`quoted`" TEXT``
    ///
    /// Declared in `migrations/0001_create.sql:17`.
    pub quoted: ::core::option::Option<::std::string::String>,
}
