/// A row of the table `tales`.
///
/// Created in `migrations/0001_create_tales.sql:1`; last changed in `migrations/0003_change.sql:3`: column `mood` dropped.
pub struct Tale {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create_tales.sql:2`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create_tales.sql:3`.
    pub title: ::std::string::String,
    /// `told DATETIME`
    ///
    /// Declared in `migrations/0001_create_tales.sql:5`.
    pub told: ::core::option::Option<self::Day>,
    /// `slug TEXT`
    ///
    /// Added in `migrations/0002_fill_slugs.sql:2`.
    pub slug: ::core::option::Option<::std::string::String>,
}
/// A new row of the table `tales`.
///
/// The engine gives it its `id`.
pub struct NewTale {
    /// `title TEXT NOT NULL`
    pub title: ::std::string::String,
    /// `told DATETIME`
    pub told: ::core::option::Option<self::Day>,
    /// `slug TEXT`
    pub slug: ::core::option::Option<::std::string::String>,
}
/// The rows of the schema that the step of migration 2 finds.
pub mod at_2 {
    /// A row of the table `tales`.
    ///
    /// Created in `migrations/0001_create_tales.sql:1`; last changed in `migrations/0002_fill_slugs.sql:2`: column `slug` added.
    pub struct Tale {
        /// `id INTEGER PRIMARY KEY`
        ///
        /// Declared in `migrations/0001_create_tales.sql:2`.
        pub id: ::core::primitive::i64,
        /// `title TEXT NOT NULL`
        ///
        /// Declared in `migrations/0001_create_tales.sql:3`.
        pub title: ::std::string::String,
        /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
        ///
        /// Declared in `migrations/0001_create_tales.sql:4`.
        pub mood: TaleMood,
        /// `told DATETIME`
        ///
        /// Declared in `migrations/0001_create_tales.sql:5`.
        pub told: ::core::option::Option<super::Day>,
        /// `slug TEXT`
        ///
        /// Added in `migrations/0002_fill_slugs.sql:2`.
        pub slug: ::core::option::Option<::std::string::String>,
    }
    /// A new row of the table `tales`.
    ///
    /// The engine gives it its `id`.
    pub struct NewTale {
        /// `title TEXT NOT NULL`
        pub title: ::std::string::String,
        /// `mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))`
        pub mood: TaleMood,
        /// `told DATETIME`
        pub told: ::core::option::Option<super::Day>,
        /// `slug TEXT`
        pub slug: ::core::option::Option<::std::string::String>,
    }
    /// The values of `tales.mood`, as its CHECK constraint in `migrations/0001_create_tales.sql:4` lists them.
    pub enum TaleMood {
        /// `'merry'`
        Merry,
        /// `'grim'`
        Grim,
    }
    /// A row of the table `drafts`.
    ///
    /// Created in `migrations/0001_create_tales.sql:7`.
    pub struct Sketch {
        /// `text TEXT NOT NULL`
        ///
        /// Declared in `migrations/0001_create_tales.sql:7`.
        pub text: super::super::text::Text,
        /// `weight REAL`
        ///
        /// Declared in `migrations/0001_create_tales.sql:7`.
        pub weight: ::core::option::Option<::core::primitive::f64>,
    }
    /// A row of the view `merry`.
    ///
    /// `CREATE VIEW merry AS SELECT id, slug FROM tales WHERE mood = 'merry'`
    ///
    /// Created in `migrations/0002_fill_slugs.sql:3`.
    pub struct Merry {
        /// Shows `tales.id`.
        ///
        /// `id INTEGER PRIMARY KEY`
        pub id: ::core::primitive::i64,
        /// Shows `tales.slug`.
        ///
        /// `slug TEXT`
        pub slug: ::core::option::Option<::std::string::String>,
    }
}
