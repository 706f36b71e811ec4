/// A row of the table `stories`.
///
/// Created in `migrations/0001_create.sql:1`.
pub struct Story {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:2`.
    pub id: ::core::primitive::i64,
    /// `status TEXT NOT NULL CHECK (status IN ('pending', 'in-progress', 'In Progress', '', 'error', '1.5', '15', '+'))`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub status: StoryStatus,
    /// `kind TEXT CHECK (kind IN ('child', 'hero'))`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub kind: ::core::option::Option<StoryKindValue>,
    /// `mood TEXT NOT NULL COLLATE NOCASE CHECK (mood IN ('merry', 'grim'))`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub mood: ::std::string::String,
    /// `rank INTEGER NOT NULL CHECK (rank IN ('1', '2'))`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub rank: ::core::primitive::i64,
    /// `size TEXT NOT NULL CHECK (size IN ('s', 'm')) CHECK (size IN ('m', 'l'))`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub size: StorySize,
    /// `none TEXT NOT NULL CHECK (none IN ('s')) CHECK (none IN ('l'))`
    ///
    /// Declared in `migrations/0001_create.sql:8`.
    pub none: ::std::string::String,
}
/// A new row of the table `stories`.
///
/// The engine gives it its `id`.
pub struct NewStory {
    /// `status TEXT NOT NULL CHECK (status IN ('pending', 'in-progress', 'In Progress', '', 'error', '1.5', '15', '+'))`
    pub status: StoryStatus,
    /// `kind TEXT CHECK (kind IN ('child', 'hero'))`
    pub kind: ::core::option::Option<StoryKindValue>,
    /// `mood TEXT NOT NULL COLLATE NOCASE CHECK (mood IN ('merry', 'grim'))`
    pub mood: ::std::string::String,
    /// `rank INTEGER NOT NULL CHECK (rank IN ('1', '2'))`
    pub rank: ::core::primitive::i64,
    /// `size TEXT NOT NULL CHECK (size IN ('s', 'm')) CHECK (size IN ('m', 'l'))`
    pub size: StorySize,
    /// `none TEXT NOT NULL CHECK (none IN ('s')) CHECK (none IN ('l'))`
    pub none: ::std::string::String,
}
/// The values of `stories.status`, as its CHECK constraint in `migrations/0001_create.sql:3` lists them.
pub enum StoryStatus {
    /// `'pending'`
    Pending,
    /// `'in-progress'`
    InProgress,
    /// `'In Progress'`
    InProgress2,
    /// `''`
    Empty,
    /// `'error'`
    Error,
    /// `'1.5'`
    _1_5,
    /// `'15'`
    _15,
    /// `'+'`
    Variant8,
}
/// The values of `stories.kind`, as its CHECK constraint in `migrations/0001_create.sql:4` lists them.
pub enum StoryKindValue {
    /// `'child'`
    Child,
    /// `'hero'`
    Hero,
}
/// The values of `stories.size`, as its CHECK constraint in `migrations/0001_create.sql:7` lists them.
pub enum StorySize {
    /// `'m'`
    M,
}
/// A row of the table `story_kinds`.
///
/// Created in `migrations/0001_create.sql:11`.
pub struct StoryKind {
    /// `id INTEGER PRIMARY KEY`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub id: ::core::primitive::i64,
}
/// A new row of the table `story_kinds`.
///
/// The engine gives it its `id`.
pub struct NewStoryKind {}
/// A row of the view `pending`.
///
/// `CREATE VIEW pending AS SELECT id, status FROM stories WHERE status = 'pending'`
///
/// Created in `migrations/0001_create.sql:12`.
pub struct Pending {
    /// Shows `stories.id`.
    ///
    /// `id INTEGER PRIMARY KEY`
    pub id: ::core::primitive::i64,
    /// Shows `stories.status`.
    ///
    /// `status TEXT NOT NULL CHECK (status IN ('pending', 'in-progress', 'In Progress', '', 'error', '1.5', '15', '+'))`
    pub status: StoryStatus,
}
/// A row of the table `sides_of_and`.
///
/// Created in `migrations/0001_create.sql:13`.
pub struct SidesOfAnd {
    /// `longer TEXT NOT NULL CHECK (longer IN ('ab', 'cd') AND length(longer) = 2)`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub longer: SidesOfAndLonger,
    /// `outer_side TEXT NOT NULL CHECK (length(outer_side) < 9 AND (outer_side = 'l' OR outer_side = 'r') AND outer_side <> '')`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub outer_side: SidesOfAndOuterSide,
    /// `other TEXT NOT NULL`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub other: SidesOfAndOther,
    /// `any_case TEXT NOT NULL CHECK (any_case COLLATE NOCASE IN ('a', 'b') AND length(any_case) = 1)`
    ///
    /// Declared in `migrations/0001_create.sql:17`.
    pub any_case: ::std::string::String,
    /// `either TEXT NOT NULL CHECK (either IN ('a', 'b') OR length(either) = 1)`
    ///
    /// Declared in `migrations/0001_create.sql:18`.
    pub either: ::std::string::String,
}
/// The values of `sides_of_and.longer`, as its CHECK constraint in `migrations/0001_create.sql:14` lists them.
pub enum SidesOfAndLonger {
    /// `'ab'`
    Ab,
    /// `'cd'`
    Cd,
}
/// The values of `sides_of_and.outer_side`, as its CHECK constraint in `migrations/0001_create.sql:15` lists them.
pub enum SidesOfAndOuterSide {
    /// `'l'`
    L,
    /// `'r'`
    R,
}
/// The values of `sides_of_and.other`, as its CHECK constraint in `migrations/0001_create.sql:19` lists them.
pub enum SidesOfAndOther {
    /// `'x'`
    X,
    /// `'y'`
    Y,
}
