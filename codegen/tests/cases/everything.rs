/// The migrations in `migrations`, and the schema that the last one leaves behind.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
pub static MIGRATIONS: ::tablature::Migrations = ::tablature::Migrations {
    list: {
        #[allow(unused_imports)]
        use ::core::option::Option::{None, Some};
        use ::std::borrow::Cow::Borrowed as B;
        #[allow(unused_imports)]
        use ::tablature::migration::{Compatibility, Down, Migration, Statement, Step};
        #[allow(unused_imports)]
        use ::tablature::schema::Place;
        B(
            &[
                Migration {
                    version: 1,
                    name: B("create_stories"),
                    file: B("migrations/0001_create_stories.up.sql"),
                    sql: B(
                        ::core::include_str!(
                            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
                            "migrations/0001_create_stories.up.sql")
                        ),
                    ),
                    statements: B(
                        &[
                            Statement {
                                start: 0,
                                end: 288,
                                line: 1,
                                column: 1,
                            },
                        ],
                    ),
                    checksum: *b"DF\xED\xC9\xE7Q\xB2\xA5\xD5\xD7[\xF6qHT\xFF \x9B\xF7\xA0\x1D\xD3\xBDr\x9D\xF8 \xBF\xC53\x89\t",
                    chain: *b"\x95>\x01\x8FA\x9C\x03T\xE3\xD5\x0E\xAB\xA8^\x17\xAD\x92\x84\x93\xDAz\xF1\x19f\xA3\x1FaN\x0F^\xD9i",
                    transaction: true,
                    step: None,
                    compatibility: Compatibility::Additive,
                    down: Some(Down {
                        file: B("migrations/0001_create_stories.down.sql"),
                        sql: B(
                            ::core::include_str!(
                                ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
                                "migrations/0001_create_stories.down.sql")
                            ),
                        ),
                        statements: B(
                            &[
                                Statement {
                                    start: 0,
                                    end: 18,
                                    line: 1,
                                    column: 1,
                                },
                            ],
                        ),
                        transaction: true,
                        reversal: ::tablature::migration::Reversal::Restores {
                            losses: B(
                                &[
                                    ::tablature::migration::Loss {
                                        table: B("stories"),
                                        columns: B(&[]),
                                        written: ::tablature::migration::Written::Since,
                                        cause: ::tablature::migration::Cause::Dropped,
                                        place: Place {
                                            file: B("migrations/0001_create_stories.down.sql"),
                                            line: 1,
                                        },
                                    },
                                ],
                            ),
                        },
                    }),
                },
                Migration {
                    version: 2,
                    name: B("create_reactions"),
                    file: B("migrations/0002_create_reactions.up.sql"),
                    sql: B(
                        ::core::include_str!(
                            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
                            "migrations/0002_create_reactions.up.sql")
                        ),
                    ),
                    statements: B(
                        &[
                            Statement {
                                start: 18,
                                end: 226,
                                line: 2,
                                column: 1,
                            },
                            Statement {
                                start: 228,
                                end: 301,
                                line: 7,
                                column: 1,
                            },
                            Statement {
                                start: 303,
                                end: 419,
                                line: 8,
                                column: 1,
                            },
                            Statement {
                                start: 421,
                                end: 488,
                                line: 11,
                                column: 1,
                            },
                            Statement {
                                start: 490,
                                end: 556,
                                line: 12,
                                column: 1,
                            },
                        ],
                    ),
                    checksum: *b"\x9E\x1E\x86\x9D\xB1\0\xAD~\x1Fr\x8E\xEC~\x08\xC6E\x0B\x07M\x9B\xE9\x97\xF4R\xB0\xE9\xE6\xCD\xBAUJ\xA3",
                    chain: *b"2\xFAY>\xD5\xA8gr\xF4\xF9\xF9\xDBy\xBA\xF6\0|\x80\xF6\xBC\x03\xA6\xF5\t\x0Bm\xF1\xC9m\xC8\xD9j",
                    transaction: false,
                    step: None,
                    compatibility: Compatibility::Breaking {
                        reason: B(
                            "the trigger `tell` does more than older programs ask for",
                        ),
                        place: Place {
                            file: B("migrations/0002_create_reactions.up.sql"),
                            line: 8,
                        },
                    },
                    down: None,
                },
            ],
        )
    },
    expected: ::tablature::migration::Expected::Sqlite(
        ::tablature::migration::Embedded::Text(
            "3;9:Reactions-ttf2;5:story7:INTEGERt-1;--+39:migrations/0002_create_reactions.up.sql3;6:reader4:TEXTt-2;--+0:4;0;1;1;5:story7:stories1;2:id9:NO ACTION7:CASCADEt0;0;+0:2;6:search+36:fts5 ( title , content = 'stories' )fff1;5:title0:f-0;--+0:12;0;0;0;0;+0:12;7:stories-fft5;2:id7:INTEGERf-1;--+37:migrations/0001_create_stories.up.sql2;5:title4:TEXTt-0;-+6:nocase+0:3;6:status4:TEXTt+7:'draft'0;--+0:4;6:length7:INTEGERf-0;--+0:5;5:words7:INTEGERf-0;+t10:length / 5-+0:6;1;1;5:title0;2;10:length > 030:status in ( 'draft' , 'told' )0;+0:1;1;19:reactions_by_reader9:reactions75:create index reactions_by_reader on reactions ( reader ) where reader != ''+39:migrations/0002_create_reactions.up.sql7;1;4:told67:create view told as select title from stories where status = 'told'+0:11;1;4:tell9:reactions115:create trigger tell after insert on reactions begin update stories set status = 'told' where id = new . story ; end+0:8;",
        ),
    ),
    snapshot: ::core::option::Option::None,
    steps: ::std::borrow::Cow::Borrowed(&[]),
    source: if ::core::cfg!(debug_assertions) {
        ::core::option::Option::Some(::tablature::migration::SourceDirectory {
            path: ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", "migrations"),
            files: &[
                "0001_create_stories.up.sql",
                "0001_create_stories.down.sql",
                "0002_create_reactions.up.sql",
            ],
        })
    } else {
        ::core::option::Option::None
    },
};
/// A row of the table `stories`.
///
/// Created in `migrations/0001_create_stories.up.sql:1`.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
pub struct Story {
    /// `id INTEGER PRIMARY KEY AUTOINCREMENT`
    ///
    /// Declared in `migrations/0001_create_stories.up.sql:2`.
    pub id: ::core::primitive::i64,
    /// `title TEXT NOT NULL COLLATE NOCASE UNIQUE`
    ///
    /// Declared in `migrations/0001_create_stories.up.sql:3`.
    pub title: ::std::string::String,
    /// `status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'told'))`
    ///
    /// Declared in `migrations/0001_create_stories.up.sql:4`.
    pub status: StoryStatus,
    /// `length INTEGER CHECK (length > 0)`
    ///
    /// Declared in `migrations/0001_create_stories.up.sql:5`.
    pub length: ::core::option::Option<::core::primitive::i64>,
    /// `words INTEGER GENERATED ALWAYS AS (length / 5) STORED`
    ///
    /// Declared in `migrations/0001_create_stories.up.sql:6`.
    pub words: ::core::option::Option<::core::primitive::i64>,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl Story {
    /// The name of the column `id`.
    pub const ID: &'static ::core::primitive::str = "id";
    /// The name of the column `title`.
    pub const TITLE: &'static ::core::primitive::str = "title";
    /// The name of the column `status`.
    pub const STATUS: &'static ::core::primitive::str = "status";
    /// The name of the column `length`.
    pub const LENGTH: &'static ::core::primitive::str = "length";
    /// The name of the column `words`.
    pub const WORDS: &'static ::core::primitive::str = "words";
    /// Inserts the row, with every value as it is.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    pub fn insert(
        &self,
        connection: &::tablature::rusqlite::Connection,
    ) -> ::tablature::rusqlite::Result<()> {
        ::tablature::Insert::insert_with(
            self,
            &mut connection.prepare(<Self as ::tablature::Insert>::INSERT)?,
        )
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Row for Story {
    const TABLE: &'static ::core::primitive::str = "stories";
    const COLUMNS: &'static [&'static ::core::primitive::str] = &[
        "id",
        "title",
        "status",
        "length",
        "words",
    ];
    type Positions = [::core::primitive::usize; 5];
    fn positions(
        statement: &::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<Self::Positions> {
        ::tablature::row::positions(statement, Self::COLUMNS)
    }
    fn from_row_at(
        row: &::tablature::rusqlite::Row<'_>,
        positions: &Self::Positions,
    ) -> ::tablature::rusqlite::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: row.get(positions[0])?,
            title: row.get(positions[1])?,
            status: row.get(positions[2])?,
            length: row.get(positions[3])?,
            words: row.get(positions[4])?,
        })
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Insert for Story {
    const INSERT: &'static ::core::primitive::str = "INSERT INTO \"stories\" (\"id\", \"title\", \"status\", \"length\") VALUES (?1, ?2, ?3, ?4)";
    fn insert_with(
        &self,
        statement: &mut ::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<()> {
        statement
            .execute(
                ::tablature::rusqlite::params![
                    self.id, self.title, self.status, self.length
                ],
            )?;
        ::core::result::Result::Ok(())
    }
}
/// A new row of the table `stories`.
///
/// The engine gives it its `id`, `words`.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
pub struct NewStory {
    /// `title TEXT NOT NULL COLLATE NOCASE UNIQUE`
    pub title: ::std::string::String,
    /// `status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'told'))`
    ///
    /// `None` is the default, `'draft'`.
    pub status: ::core::option::Option<StoryStatus>,
    /// `length INTEGER CHECK (length > 0)`
    pub length: ::core::option::Option<::core::primitive::i64>,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl NewStory {
    /// Inserts the row under a new `id`, which the engine chooses, and returns it.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    pub fn insert(
        &self,
        connection: &::tablature::rusqlite::Connection,
    ) -> ::tablature::rusqlite::Result<::core::primitive::i64> {
        connection
            .prepare(<Self as ::tablature::Insert>::INSERT)?
            .insert(::tablature::rusqlite::params![self.title, self.status, self.length])
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Insert for NewStory {
    const INSERT: &'static ::core::primitive::str = "INSERT INTO \"stories\" (\"title\", \"status\", \"length\") VALUES (?1, ifnull(?2, 'draft'), ?3)";
    fn insert_with(
        &self,
        statement: &mut ::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<()> {
        statement
            .execute(
                ::tablature::rusqlite::params![self.title, self.status, self.length],
            )?;
        ::core::result::Result::Ok(())
    }
}
/// The values of `stories.status`, as its CHECK constraint in `migrations/0001_create_stories.up.sql:4` lists them.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(
    ::core::fmt::Debug,
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash
)]
pub enum StoryStatus {
    /// `'draft'`
    Draft,
    /// `'told'`
    Told,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl StoryStatus {
    /// Every value, in the order of the constraint.
    pub const ALL: &'static [Self] = &[Self::Draft, Self::Told];
    /// The text that the column holds.
    #[must_use]
    pub const fn as_str(self) -> &'static ::core::primitive::str {
        match self {
            Self::Draft => "draft",
            Self::Told => "told",
        }
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::core::convert::TryFrom<&::core::primitive::str> for StoryStatus {
    type Error = ::tablature::UnknownValue;
    fn try_from(
        text: &::core::primitive::str,
    ) -> ::core::result::Result<Self, ::tablature::UnknownValue> {
        match text {
            "draft" => ::core::result::Result::Ok(Self::Draft),
            "told" => ::core::result::Result::Ok(Self::Told),
            _ => {
                ::core::result::Result::Err(::tablature::UnknownValue {
                    type_name: "StoryStatus",
                    value: ::std::borrow::ToOwned::to_owned(text),
                })
            }
        }
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::core::str::FromStr for StoryStatus {
    type Err = ::tablature::UnknownValue;
    fn from_str(
        text: &::core::primitive::str,
    ) -> ::core::result::Result<Self, ::tablature::UnknownValue> {
        <Self as ::core::convert::TryFrom<&::core::primitive::str>>::try_from(text)
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::core::fmt::Display for StoryStatus {
    fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        formatter.pad(self.as_str())
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::rusqlite::types::ToSql for StoryStatus {
    fn to_sql(
        &self,
    ) -> ::tablature::rusqlite::Result<::tablature::rusqlite::types::ToSqlOutput<'_>> {
        ::core::result::Result::Ok(::core::convert::From::from(self.as_str()))
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::rusqlite::types::FromSql for StoryStatus {
    fn column_result(
        value: ::tablature::rusqlite::types::ValueRef<'_>,
    ) -> ::tablature::rusqlite::types::FromSqlResult<Self> {
        <Self as ::core::convert::TryFrom<
            &::core::primitive::str,
        >>::try_from(value.as_str()?)
            .map_err(::tablature::rusqlite::types::FromSqlError::other)
    }
}
/// A row of the table `Reactions`.
///
/// Created in `migrations/0002_create_reactions.up.sql:2`.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
pub struct Reaction {
    /// `story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED`
    ///
    /// Declared in `migrations/0002_create_reactions.up.sql:3`.
    pub story: ::core::primitive::i64,
    /// `reader TEXT NOT NULL`
    ///
    /// Declared in `migrations/0002_create_reactions.up.sql:4`.
    pub reader: ::std::string::String,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl Reaction {
    /// The name of the column `story`.
    pub const STORY: &'static ::core::primitive::str = "story";
    /// The name of the column `reader`.
    pub const READER: &'static ::core::primitive::str = "reader";
    /// Inserts the row, with every value as it is.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    pub fn insert(
        &self,
        connection: &::tablature::rusqlite::Connection,
    ) -> ::tablature::rusqlite::Result<()> {
        ::tablature::Insert::insert_with(
            self,
            &mut connection.prepare(<Self as ::tablature::Insert>::INSERT)?,
        )
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Row for Reaction {
    const TABLE: &'static ::core::primitive::str = "Reactions";
    const COLUMNS: &'static [&'static ::core::primitive::str] = &["story", "reader"];
    type Positions = [::core::primitive::usize; 2];
    fn positions(
        statement: &::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<Self::Positions> {
        ::tablature::row::positions(statement, Self::COLUMNS)
    }
    fn from_row_at(
        row: &::tablature::rusqlite::Row<'_>,
        positions: &Self::Positions,
    ) -> ::tablature::rusqlite::Result<Self> {
        ::core::result::Result::Ok(Self {
            story: row.get(positions[0])?,
            reader: row.get(positions[1])?,
        })
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Insert for Reaction {
    const INSERT: &'static ::core::primitive::str = "INSERT INTO \"Reactions\" (\"story\", \"reader\") VALUES (?1, ?2)";
    fn insert_with(
        &self,
        statement: &mut ::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<()> {
        statement.execute(::tablature::rusqlite::params![self.story, self.reader])?;
        ::core::result::Result::Ok(())
    }
}
/// A row of the view `told`.
///
/// `CREATE VIEW told AS SELECT title FROM stories WHERE status = 'told'`
///
/// Created in `migrations/0002_create_reactions.up.sql:11`.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
pub struct Told {
    /// Shows `stories.title`.
    ///
    /// `title TEXT NOT NULL COLLATE NOCASE UNIQUE`
    pub title: ::std::string::String,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl Told {
    /// The name of the column `title`.
    pub const TITLE: &'static ::core::primitive::str = "title";
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Row for Told {
    const TABLE: &'static ::core::primitive::str = "told";
    const COLUMNS: &'static [&'static ::core::primitive::str] = &["title"];
    type Positions = [::core::primitive::usize; 1];
    fn positions(
        statement: &::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<Self::Positions> {
        ::tablature::row::positions(statement, Self::COLUMNS)
    }
    fn from_row_at(
        row: &::tablature::rusqlite::Row<'_>,
        positions: &Self::Positions,
    ) -> ::tablature::rusqlite::Result<Self> {
        ::core::result::Result::Ok(Self {
            title: row.get(positions[0])?,
        })
    }
}
/// A row of the table `search`.
///
/// Created in `migrations/0002_create_reactions.up.sql:12`.
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
pub struct Search {
    /// The column `title`.
    ///
    /// Declared in `migrations/0002_create_reactions.up.sql:12`.
    pub title: ::core::option::Option<::std::string::String>,
}
#[allow(
    dead_code,
    missing_copy_implementations,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]
impl Search {
    /// The name of the column `title`.
    pub const TITLE: &'static ::core::primitive::str = "title";
    /// Inserts the row, with every value as it is.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    pub fn insert(
        &self,
        connection: &::tablature::rusqlite::Connection,
    ) -> ::tablature::rusqlite::Result<()> {
        ::tablature::Insert::insert_with(
            self,
            &mut connection.prepare(<Self as ::tablature::Insert>::INSERT)?,
        )
    }
    /// Inserts the row under a rowid, such as that of the row which it indexes.
    ///
    /// # Errors
    ///
    /// What the engine refuses: a key that is taken, a constraint that the row breaks.
    pub fn insert_with_rowid(
        &self,
        connection: &::tablature::rusqlite::Connection,
        rowid: ::core::primitive::i64,
    ) -> ::tablature::rusqlite::Result<()> {
        connection
            .prepare("INSERT INTO \"search\" (rowid, \"title\") VALUES (?1, ?2)")?
            .execute(::tablature::rusqlite::params![rowid, self.title])?;
        ::core::result::Result::Ok(())
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Row for Search {
    const TABLE: &'static ::core::primitive::str = "search";
    const COLUMNS: &'static [&'static ::core::primitive::str] = &["title"];
    type Positions = [::core::primitive::usize; 1];
    fn positions(
        statement: &::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<Self::Positions> {
        ::tablature::row::positions(statement, Self::COLUMNS)
    }
    fn from_row_at(
        row: &::tablature::rusqlite::Row<'_>,
        positions: &Self::Positions,
    ) -> ::tablature::rusqlite::Result<Self> {
        ::core::result::Result::Ok(Self {
            title: row.get(positions[0])?,
        })
    }
}
#[allow(unused_qualifications, clippy::all, clippy::nursery, clippy::pedantic)]
impl ::tablature::Insert for Search {
    const INSERT: &'static ::core::primitive::str = "INSERT INTO \"search\" (\"title\") VALUES (?1)";
    fn insert_with(
        &self,
        statement: &mut ::tablature::rusqlite::Statement<'_>,
    ) -> ::tablature::rusqlite::Result<()> {
        statement.execute(::tablature::rusqlite::params![self.title])?;
        ::core::result::Result::Ok(())
    }
}
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
    "migrations/0001_create_stories.up.sql")
);
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
    "migrations/0001_create_stories.down.sql")
);
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/",
    "migrations/0002_create_reactions.up.sql")
);
