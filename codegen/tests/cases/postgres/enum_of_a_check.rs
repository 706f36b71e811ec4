/// A row of the table `jobs`.
///
/// Created in `migrations/0001_create.sql:2`.
pub struct Job {
    /// `id bigint NOT NULL GENERATED ALWAYS AS IDENTITY`
    ///
    /// Declared in `migrations/0001_create.sql:3`.
    pub id: ::core::primitive::i64,
    /// `status text NOT NULL DEFAULT 'pending'::text`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    pub status: JobStatus,
    /// `size character varying(10)`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub size: ::core::option::Option<JobSize>,
    /// `kind text`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub kind: ::core::option::Option<JobKind>,
    /// `one text`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub one: ::core::option::Option<JobOne>,
    /// `level integer`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub level: ::core::option::Option<::core::primitive::i32>,
    /// `open text`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub open: ::core::option::Option<::std::string::String>,
    /// `two text`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub two: ::core::option::Option<JobTwo>,
    /// `late text`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub late: ::core::option::Option<::std::string::String>,
    /// `mine text`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub mine: ::core::option::Option<::std::string::String>,
    /// `folded text`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub folded: ::core::option::Option<::std::string::String>,
}
/// A new row of the table `jobs`.
///
/// The engine gives it its `id`.
pub struct NewJob {
    /// `status text NOT NULL DEFAULT 'pending'::text`
    ///
    /// Declared in `migrations/0001_create.sql:4`.
    ///
    /// `None` is the default, not NULL.
    pub status: ::core::option::Option<JobStatus>,
    /// `size character varying(10)`
    ///
    /// Declared in `migrations/0001_create.sql:5`.
    pub size: ::core::option::Option<JobSize>,
    /// `kind text`
    ///
    /// Declared in `migrations/0001_create.sql:6`.
    pub kind: ::core::option::Option<JobKind>,
    /// `one text`
    ///
    /// Declared in `migrations/0001_create.sql:7`.
    pub one: ::core::option::Option<JobOne>,
    /// `level integer`
    ///
    /// Declared in `migrations/0001_create.sql:9`.
    pub level: ::core::option::Option<::core::primitive::i32>,
    /// `open text`
    ///
    /// Declared in `migrations/0001_create.sql:11`.
    pub open: ::core::option::Option<::std::string::String>,
    /// `two text`
    ///
    /// Declared in `migrations/0001_create.sql:13`.
    pub two: ::core::option::Option<JobTwo>,
    /// `late text`
    ///
    /// Declared in `migrations/0001_create.sql:14`.
    pub late: ::core::option::Option<::std::string::String>,
    /// `mine text`
    ///
    /// Declared in `migrations/0001_create.sql:15`.
    pub mine: ::core::option::Option<::std::string::String>,
    /// `folded text`
    ///
    /// Declared in `migrations/0001_create.sql:16`.
    pub folded: ::core::option::Option<::std::string::String>,
}
/// The values of `jobs.status`, as its CHECK constraint `jobs_status_check` lists them in `migrations/0001_create.sql:4`.
pub enum JobStatus {
    /// `'pending'`
    Pending,
    /// `'done'`
    Done,
}
/// The values of `jobs.size`, as its CHECK constraint `jobs_size_check` lists them in `migrations/0001_create.sql:5`.
pub enum JobSize {
    /// `'small'`
    Small,
    /// `'large'`
    Large,
}
/// The values of `jobs.kind`, as its CHECK constraint `jobs_kind_check` lists them in `migrations/0001_create.sql:6`.
pub enum JobKind {
    /// `'a'`
    A,
    /// `'b'`
    B,
}
/// The values of `jobs.one`, as its CHECK constraint `jobs_one_check` lists them in `migrations/0001_create.sql:7`.
pub enum JobOne {
    /// `'only'`
    Only,
}
/// The values of `jobs.two`, as its CHECK constraint `jobs_two_check` lists them in `migrations/0001_create.sql:13`.
pub enum JobTwo {
    /// `'b'`
    B,
    /// `'c'`
    C,
}
/// A row of the table `owned`.
///
/// Created in `migrations/0001_create.sql:20`.
pub struct Owned {
    /// `status text`
    ///
    /// Declared in `migrations/0001_create.sql:20`.
    pub status: ::core::option::Option<crate::Status>,
}
/// A row of the view `open_jobs`.
///
/// `SELECT jobs.id, jobs.status, lower(jobs.status) AS folded FROM jobs WHERE (jobs.status = 'pending'::text)`
///
/// Created in `migrations/0001_create.sql:21`.
pub struct OpenJob {
    /// Shows `jobs.id`.
    ///
    /// `id bigint NOT NULL GENERATED ALWAYS AS IDENTITY`
    pub id: ::core::primitive::i64,
    /// Shows `jobs.status`.
    ///
    /// `status text NOT NULL DEFAULT 'pending'::text`
    pub status: JobStatus,
    /// `folded text`
    pub folded: ::std::string::String,
}
