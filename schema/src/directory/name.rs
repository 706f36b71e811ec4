//! What a file's or a directory's name says, without looking at the disk.

use super::convention::{Convention, Direction};

/// What a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name<T> {
    /// Nothing of a migration's.
    Other,
    /// What was looked for.
    Known(T),
    /// Nearly, but not quite, what was looked for.
    NearMiss(NearMiss),
}

/// The name of a migration's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileName {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) convention: Convention,
    pub(super) direction: Direction,
}

/// The name of a migration's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DirectoryName {
    pub(super) version: i64,
    pub(super) name: String,
    /// The digits of the version if dashes stand between them; Diesel orders those as text.
    pub(super) dated: Option<String>,
}

/// A file in a migration's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScriptName {
    /// `up.sql`
    Up,
    /// `migration.sql`
    Migration,
    /// `down.sql`
    Down,
    /// `metadata.toml`, with which Diesel turns a migration's transaction off.
    Metadata,
}

/// Why a name is not a migration's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NearMiss {
    pub(super) reason: Reason,
    /// The version that was probably meant.
    pub(super) version: Option<i64>,
    /// The name that was probably meant.
    pub(super) meant: Option<String>,
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// `x.sql`
    NoNumber,
    /// `7-x.sql`
    NoUnderscore,
    /// `V7_x.sql`
    OneUnderscore,
    /// `v7__x.sql`
    LowerCaseV,
    /// `V7__x.down.sql`
    PrefixAndDirection,
    /// `V1.2__x.sql`
    NotWhole,
    /// `99999999999999999999_x.sql`
    TooLarge,
    /// `7_.sql`
    NoName,
    /// `7_x.SQL`
    LetterCase,
    /// `7_x.sql.bak`
    NotSql,
    /// `U7__x.sql`
    Undo,
    /// `R__x.sql`
    Repeatable,
    /// `B7__x.sql`
    Baseline,
    /// A control character, or bytes that are not UTF-8.
    Unprintable,
    /// A subdirectory that is not named like a migration's.
    OtherDirectory,
    /// `7_x/undo.sql`
    OtherScript,
}

/// What a file's name in the migrations directory says.
pub(super) fn file(name: &str) -> Name<FileName> {
    let sql = has_extension(name);
    let numbered = name.starts_with(is_digit);
    let prefixed = name.strip_prefix('V').is_some_and(starts_with_digit);
    if is_scratch(name) || !(sql || numbered || prefixed) {
        return Name::Other;
    }
    let parsed = if is_unprintable(name) {
        Err(Reason::Unprintable.into())
    } else if !sql {
        Err(Reason::NotSql.into())
    } else {
        stem(name).and_then(|stem| {
            if numbered {
                numbered_file(stem)
            } else if prefixed {
                prefixed_file(stem)
            } else {
                Err(unnumbered_file(stem))
            }
        })
    };
    match parsed {
        Ok(file) => Name::Known(file),
        Err(near) => Name::NearMiss(NearMiss {
            version: near.version.or_else(|| leading_number(name)),
            ..near
        }),
    }
}

/// What a directory's name in the migrations directory says.
pub(super) fn directory(name: &str) -> Name<DirectoryName> {
    // Drizzle keeps snapshots in `meta`.
    if name.starts_with('.') || name == "meta" {
        return Name::Other;
    }
    let parsed = if is_unprintable(name) {
        Err(Reason::Unprintable.into())
    } else if name.starts_with(is_digit) {
        numbered_directory(name)
    } else {
        Err(Reason::OtherDirectory.into())
    };
    match parsed {
        Ok(directory) => Name::Known(directory),
        Err(near) => Name::NearMiss(NearMiss {
            version: leading_number(name),
            ..near
        }),
    }
}

/// What a file's name in a migration's directory says.
pub(super) fn script(name: &str) -> Name<ScriptName> {
    match name {
        "up.sql" => Name::Known(ScriptName::Up),
        "down.sql" => Name::Known(ScriptName::Down),
        "migration.sql" => Name::Known(ScriptName::Migration),
        "metadata.toml" => Name::Known(ScriptName::Metadata),
        _ if is_scratch(name) || !has_extension(name) => Name::Other,
        _ => {
            let lower = name.to_ascii_lowercase();
            let meant = ["up.sql", "down.sql", "migration.sql"].contains(&lower.as_str());
            Name::NearMiss(NearMiss {
                reason: Reason::OtherScript,
                version: None,
                meant: meant.then_some(lower),
            })
        }
    }
}

fn numbered_file(stem: &str) -> Result<FileName, NearMiss> {
    let (rest, convention, direction) = if let Some(rest) = stem.strip_suffix(".up") {
        (rest, Convention::UpDown, Direction::Up)
    } else if let Some(rest) = stem.strip_suffix(".down") {
        (rest, Convention::UpDown, Direction::Down)
    } else {
        (stem, Convention::Plain, Direction::Up)
    };
    if convention == Convention::Plain {
        let lower = stem.to_ascii_lowercase();
        for suffix in [".up", ".down"] {
            if lower.ends_with(suffix) {
                let kept = stem.get(..stem.len() - suffix.len()).unwrap_or(stem);
                return Err(Reason::LetterCase.meant(format!("{kept}{suffix}.sql")));
            }
        }
    }
    let (digits, after) = split_digits(rest);
    let Some(name) = after.strip_prefix('_') else {
        return Err(if after.is_empty() {
            Reason::NoName.into()
        } else {
            NearMiss {
                meant: with_underscore(stem).map(|name| format!("{name}.sql")),
                ..Reason::NoUnderscore.into()
            }
        });
    };
    Ok(FileName {
        version: version(digits)?,
        name: named(name)?,
        convention,
        direction,
    })
}

fn prefixed_file(stem: &str) -> Result<FileName, NearMiss> {
    let (digits, after) = split_digits(stem.get(1..).unwrap_or_default());
    let number = leading_number(digits);
    let near = |reason: Reason| NearMiss {
        version: number,
        ..reason.into()
    };
    let Some(name) = after.strip_prefix("__") else {
        return Err(match after.strip_prefix('_') {
            Some(name) => NearMiss {
                meant: Some(format!("V{digits}__{name}.sql")),
                ..near(Reason::OneUnderscore)
            },
            None if after.is_empty() => near(Reason::NoName),
            None if after.starts_with('.') => near(Reason::NotWhole),
            None => near(Reason::OneUnderscore),
        });
    };
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".up") || lower.ends_with(".down") {
        return Err(near(Reason::PrefixAndDirection));
    }
    Ok(FileName {
        version: version(digits)?,
        name: named(name)?,
        convention: Convention::Prefixed,
        direction: Direction::Up,
    })
}

fn unnumbered_file(stem: &str) -> NearMiss {
    let numbered = |rest: &str| starts_with_digit(rest) && rest.contains("__");
    let mut letters = stem.chars();
    match (letters.next(), letters.as_str()) {
        (Some('v'), rest) if starts_with_digit(rest) => NearMiss {
            version: leading_number(rest),
            ..Reason::LowerCaseV.meant(format!("V{rest}.sql"))
        },
        (Some('U'), rest) if numbered(rest) => Reason::Undo.into(),
        (Some('B'), rest) if numbered(rest) => Reason::Baseline.into(),
        (Some('R'), rest) if rest.starts_with("__") => Reason::Repeatable.into(),
        (Some(_) | None, _) => Reason::NoNumber.into(),
    }
}

fn numbered_directory(name: &str) -> Result<DirectoryName, NearMiss> {
    let (number, rest) = match name.split_once('_') {
        Some((number, rest)) => (number, Some(rest)),
        None => (name, None),
    };
    let groups_of_digits = number
        .split('-')
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !groups_of_digits {
        return Err(NearMiss {
            meant: with_underscore(name),
            ..Reason::NoUnderscore.into()
        });
    }
    let digits = number.replace('-', "");
    Ok(DirectoryName {
        version: version(&digits)?,
        // Diesel takes a directory that is named by its version alone.
        name: rest.map_or_else(|| Ok(name.to_owned()), named)?,
        dated: number.contains('-').then_some(digits),
    })
}

/// Files of editors and of the system, which come and go beside the ones that they belong to.
fn is_scratch(name: &str) -> bool {
    let hidden = name.starts_with('.') && !has_extension(name);
    // Emacs' lock and macOS' attributes.
    let companion = name.starts_with(".#") || name.starts_with("._");
    // Backups of Emacs, Vim and many others, and Emacs' autosave.
    let backup = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    hidden || companion || backup
}

fn is_unprintable(name: &str) -> bool {
    name.chars()
        .any(|character| character.is_control() || character == char::REPLACEMENT_CHARACTER)
}

/// Whether a name ends in `.sql`, in any letter case.
fn has_extension(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".sql")
}

/// The name without `.sql`, which it has in some letter case.
fn stem(name: &str) -> Result<&str, NearMiss> {
    name.strip_suffix(".sql").ok_or_else(|| {
        let kept = name.get(..name.len().saturating_sub(4)).unwrap_or(name);
        Reason::LetterCase.meant(format!("{kept}.sql"))
    })
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(is_digit)
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn leading_number(name: &str) -> Option<i64> {
    let name = name.strip_prefix('V').unwrap_or(name);
    split_digits(name).0.parse().ok()
}

fn version(digits: &str) -> Result<i64, NearMiss> {
    digits.parse().map_err(|_| Reason::TooLarge.into())
}

fn named(name: &str) -> Result<String, NearMiss> {
    if name.trim().is_empty() {
        Err(Reason::NoName.into())
    } else {
        Ok(name.to_owned())
    }
}

/// The name with an underscore after its number: `7_x` for `7-x`, `20240102_x` for `2024-01-02_x`, `7_x` for `7x`.
/// None for `0005b_late`, which stands between two numbers: `0005` is most likely taken.
fn with_underscore(name: &str) -> Option<String> {
    if let Some((number, rest)) = name.split_once('_')
        && number.chars().all(|c| is_digit(c) || c == '-')
    {
        return Some(format!("{}_{rest}", number.replace('-', "")));
    }
    let (digits, after) = split_digits(name);
    let mut letters = after.chars();
    let is_between = letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('_');
    let rest = after.trim_start_matches(['-', ' ', '.']);
    (!is_between).then(|| format!("{digits}_{rest}"))
}

impl From<Reason> for NearMiss {
    fn from(reason: Reason) -> NearMiss {
        NearMiss {
            reason,
            version: None,
            meant: None,
        }
    }
}

impl Reason {
    fn meant(self, name: String) -> NearMiss {
        NearMiss {
            meant: Some(name),
            ..self.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> (i64, String, Convention, Direction) {
        match file(name) {
            Name::Known(file) => (file.version, file.name, file.convention, file.direction),
            other => panic!("{name}: {other:?}"),
        }
    }

    fn near(name: &str) -> (Reason, Option<i64>, Option<String>) {
        match file(name) {
            Name::NearMiss(near) => (near.reason, near.version, near.meant),
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn every_convention_of_files_is_known() {
        use Convention::{Plain, Prefixed, UpDown};
        use Direction::{Down, Up};
        for (name, version, rest, convention, direction) in [
            ("0001_users.sql", 1, "users", Plain, Up),
            ("0_create-events.sql", 0, "create-events", Plain, Up),
            (
                "20210422143411_v0.3.3.sql",
                20_210_422_143_411,
                "v0.3.3",
                Plain,
                Up,
            ),
            ("7_x.up.sql", 7, "x", UpDown, Up),
            ("7_x.down.sql", 7, "x", UpDown, Down),
            ("V12__add_index.sql", 12, "add_index", Prefixed, Up),
            ("0009223372036854775807_x.sql", i64::MAX, "x", Plain, Up),
            ("7_é 🦀.sql", 7, "é 🦀", Plain, Up),
        ] {
            assert_eq!(
                known(name),
                (version, rest.to_owned(), convention, direction)
            );
        }
    }

    #[test]
    fn near_misses_are_told_with_the_name_that_was_meant() {
        for (name, reason, version, meant) in [
            ("x.sql", Reason::NoNumber, None, None),
            ("schema.SQL", Reason::LetterCase, None, Some("schema.sql")),
            ("-1_x.sql", Reason::NoNumber, None, None),
            (".0001_x.sql", Reason::NoNumber, None, None),
            ("7-x.sql", Reason::NoUnderscore, Some(7), Some("7_x.sql")),
            ("0005b_late.up.sql", Reason::NoUnderscore, Some(5), None),
            (
                "7x.up.sql",
                Reason::NoUnderscore,
                Some(7),
                Some("7_x.up.sql"),
            ),
            ("7 x.sql", Reason::NoUnderscore, Some(7), Some("7_x.sql")),
            (
                "2024-01-02_x.sql",
                Reason::NoUnderscore,
                Some(2024),
                Some("20240102_x.sql"),
            ),
            ("7.sql", Reason::NoName, Some(7), None),
            ("7_.sql", Reason::NoName, Some(7), None),
            ("7.up.sql", Reason::NoName, Some(7), None),
            (
                "V6_g.sql",
                Reason::OneUnderscore,
                Some(6),
                Some("V6__g.sql"),
            ),
            ("V6.sql", Reason::NoName, Some(6), None),
            ("V1.2__g.sql", Reason::NotWhole, Some(1), None),
            ("V1__g.down.sql", Reason::PrefixAndDirection, Some(1), None),
            ("v6__g.sql", Reason::LowerCaseV, Some(6), Some("V6__g.sql")),
            ("U6__g.sql", Reason::Undo, None, None),
            ("R__g.sql", Reason::Repeatable, None, None),
            ("B6__g.sql", Reason::Baseline, None, None),
            (".up.sql", Reason::NoNumber, None, None),
            ("7_x.SQL", Reason::LetterCase, Some(7), Some("7_x.sql")),
            (
                "7_x.UP.sql",
                Reason::LetterCase,
                Some(7),
                Some("7_x.up.sql"),
            ),
            ("7_x.sql.bak", Reason::NotSql, Some(7), None),
            ("7_x", Reason::NotSql, Some(7), None),
            ("V7__x.java", Reason::NotSql, Some(7), None),
            ("9223372036854775808_x.sql", Reason::TooLarge, None, None),
            ("7_a\nb.sql", Reason::Unprintable, Some(7), None),
            ("٧_x.sql", Reason::NoNumber, None, None),
        ] {
            assert_eq!(
                near(name),
                (reason, version, meant.map(str::to_owned)),
                "{name}"
            );
        }
    }

    #[test]
    fn other_files_and_those_of_editors_are_let_be() {
        for name in [
            "README.md",
            "LICENSE",
            ".gitkeep",
            ".DS_Store",
            "tablature.toml",
            "tablature.lock",
            "mod.rs",
            "atlas.sum",
            "0001_x.sql~",
            ".0001_x.sql.swp",
            "#0001_x.sql#",
            ".#0001_x.sql",
            "._0001_x.sql",
            "",
            "V",
        ] {
            assert_eq!(file(name), Name::Other, "{name}");
        }
    }

    #[test]
    fn directories_are_named_by_a_number_or_a_date() {
        let known = |name| match directory(name) {
            Name::Known(directory) => (directory.version, directory.name, directory.dated),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(
            known("20221011172612_init"),
            (20_221_011_172_612, "init".to_owned(), None)
        );
        assert_eq!(
            known("2025-01-03-002434_name"),
            (
                20_250_103_002_434,
                "name".to_owned(),
                Some("20250103002434".to_owned())
            )
        );
        assert_eq!(
            known("2022-12-07-110000"),
            (
                20_221_207_110_000,
                "2022-12-07-110000".to_owned(),
                Some("20221207110000".to_owned())
            )
        );
    }

    #[test]
    fn other_directories_are_near_misses() {
        let near = |name| match directory(name) {
            Name::NearMiss(near) => (near.reason, near.meant),
            other => panic!("{name}: {other:?}"),
        };
        let no_underscore = |meant: &str| (Reason::NoUnderscore, Some(meant.to_owned()));
        assert_eq!(near("01-friend_car"), no_underscore("01_friend_car"));
        assert_eq!(near("7-x"), no_underscore("7_x"));
        assert_eq!(near("2024--01_x"), no_underscore("202401_x"));
        assert_eq!(near("7_"), (Reason::NoName, None));
        assert_eq!(near("seeds"), (Reason::OtherDirectory, None));
        assert_eq!(near("99999999999999999999_x"), (Reason::TooLarge, None));
        assert_eq!(directory(".git"), Name::Other);
        assert_eq!(directory("meta"), Name::Other);
    }

    #[test]
    fn scripts_have_fixed_names() {
        assert_eq!(script("up.sql"), Name::Known(ScriptName::Up));
        assert_eq!(script("README.md"), Name::Other);
        for (name, meant) in [
            ("Up.sql", Some("up.sql")),
            ("UP.SQL", Some("up.sql")),
            ("undo.sql", None),
        ] {
            let near = NearMiss {
                reason: Reason::OtherScript,
                version: None,
                meant: meant.map(str::to_owned),
            };
            assert_eq!(script(name), Name::NearMiss(near), "{name}");
        }
    }
}
