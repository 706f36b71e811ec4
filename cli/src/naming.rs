//! How the files of a directory are named, told from the last of them.

use std::time::{SystemTime, UNIX_EPOCH};

/// How a migration's files are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Naming {
    layout: Layout,
    number: Number,
}

/// Which files a migration has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// `1_name.sql`
    File,
    /// `1_name.up.sql` and `1_name.down.sql`
    UpAndDown,
    /// `V1__name.sql`
    Prefixed,
    /// `1_name/up.sql` and `1_name/down.sql`
    Folder,
    /// `1_name/migration.sql`, with `1_name/down.sql` if others have one
    FolderOfOne { down: bool },
}

/// How its number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    /// 1, 2, 3, with zeros before it up to a width.
    Counter { width: usize },
    /// The digits of a date in UTC, from the year on: 8 to the day, 12 to the minute, 14 to the second.
    Date { digits: usize },
    /// `2026-11-20-090507`, as Diesel names directories; its version is the digits alone.
    DashedDate,
    /// Seconds since 1970.
    UnixTime,
}

/// A file to write: its path in the directory and which way it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// With `/` between its parts.
    pub(crate) path: String,
    /// Whether it is the down file.
    pub(crate) down: bool,
}

impl Default for Naming {
    fn default() -> Naming {
        Naming {
            layout: Layout::UpAndDown,
            number: Number::Counter { width: 4 },
        }
    }
}

impl Naming {
    /// Tells the naming from the path of an up file in its directory, and from whether a down file is beside it; none if
    /// it is not a migration's.
    pub(crate) fn of(path: &str, down: bool) -> Option<Naming> {
        let (layout, stem) = if let Some(folder) = path.strip_suffix("/up.sql") {
            (Layout::Folder, folder)
        } else if let Some(folder) = path.strip_suffix("/migration.sql") {
            (Layout::FolderOfOne { down }, folder)
        } else if let Some(stem) = path.strip_suffix(".up.sql") {
            (Layout::UpAndDown, stem)
        } else {
            let stem = path.strip_suffix(".sql")?;
            match stem.strip_prefix(['V', 'v']) {
                Some(stem) => (Layout::Prefixed, stem),
                None => (Layout::File, stem),
            }
        };
        let number = stem.split_once('_').map_or(stem, |(number, _)| number);
        let number = Number::of(number)?;
        Some(Naming { layout, number })
    }

    /// The first number after `last`, as text; none if there is none.
    pub(crate) fn next(&self, last: Option<i64>, now: SystemTime) -> Option<String> {
        let after = match last {
            Some(last) => last.checked_add(1)?,
            None => 1,
        };
        Some(match self.number {
            Number::Counter { width } => format!("{after:0width$}"),
            Number::Date { digits } => after.max(date(now, digits)).to_string(),
            Number::DashedDate => dashed(after.max(date(now, 14))),
            Number::UnixTime => after.max(unix_time(now)).to_string(),
        })
    }

    /// The files of a migration.
    pub(crate) fn files(&self, number: &str, name: &str) -> Vec<NewFile> {
        let file = |path: String, down| NewFile { path, down };
        let stem = format!("{number}_{name}");
        match self.layout {
            Layout::File => vec![file(format!("{stem}.sql"), false)],
            Layout::UpAndDown => vec![
                file(format!("{stem}.up.sql"), false),
                file(format!("{stem}.down.sql"), true),
            ],
            Layout::Prefixed => vec![file(format!("V{number}__{name}.sql"), false)],
            Layout::Folder => vec![
                file(format!("{stem}/up.sql"), false),
                file(format!("{stem}/down.sql"), true),
            ],
            Layout::FolderOfOne { down } => {
                let mut files = vec![file(format!("{stem}/migration.sql"), false)];
                if down {
                    files.push(file(format!("{stem}/down.sql"), true));
                }
                files
            }
        }
    }
}

impl Number {
    fn of(text: &str) -> Option<Number> {
        let digits = text.replace('-', "");
        if digits != text {
            return Some(Number::DashedDate);
        }
        let value: i64 = digits.parse().ok()?;
        let width = digits.len();
        Some(match width {
            8 | 12 | 14 if is_date(&digits) => Number::Date { digits: width },
            // From 2001 on; a counter that wide starts with zeros.
            10 if value >= 1_000_000_000 => Number::UnixTime,
            _ => Number::Counter { width },
        })
    }
}

/// Whether digits read as a date from 1970 on, and a time if there are enough of them.
fn is_date(digits: &str) -> bool {
    let within = |start: usize, end: usize, least: u32, most: u32| {
        digits.get(start..end).is_none_or(|part| {
            part.parse()
                .is_ok_and(|part| (least..=most).contains(&part))
        })
    };
    within(0, 4, 1970, 2999)
        && within(4, 6, 1, 12)
        && within(6, 8, 1, 31)
        && within(8, 10, 0, 23)
        && within(10, 12, 0, 59)
        && within(12, 14, 0, 59)
}

/// `20261120090507` as `2026-11-20-090507`.
fn dashed(date: i64) -> String {
    let (day, time) = (date / 1_000_000, date % 1_000_000);
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    format!("{year:04}-{month:02}-{day:02}-{time:06}")
}

fn unix_time(now: SystemTime) -> i64 {
    let elapsed = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

/// The first `digits` digits of `YYYYMMDDhhmmss` in UTC.
fn date(now: SystemTime, digits: usize) -> i64 {
    let seconds = unix_time(now);
    let (year, month, day) = civil(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let day = (year * 100 + month) * 100 + day;
    match digits {
        8 => day,
        12 => (day * 100 + hour) * 100 + minute,
        _ => ((day * 100 + hour) * 100 + minute) * 100 + second,
    }
}

/// The year, month and day of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let mut year = 1970;
    let mut left = days;
    while left >= year_length(year) {
        left -= year_length(year);
        year += 1;
    }
    let mut month = 1;
    while left >= month_length(year, month) {
        left -= month_length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

fn year_length(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn next(path: &str, last: i64) -> Vec<String> {
        // 2026-11-20 09:05:07 UTC
        let naming = Naming::of(path, false).unwrap();
        let number = naming.next(Some(last), at(1_795_165_507)).unwrap();
        let files = naming.files(&number, "x");
        files.into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn every_convention_continues_as_it_began() {
        assert_eq!(next("1_a.sql", 9), ["10_x.sql"]);
        assert_eq!(
            next("0019_a.up.sql", 19),
            ["0020_x.up.sql", "0020_x.down.sql"]
        );
        assert_eq!(next("V7__a.sql", 7), ["V8__x.sql"]);
        assert_eq!(next("01_a/up.sql", 1), ["02_x/up.sql", "02_x/down.sql"]);
        assert_eq!(next("3_a/migration.sql", 3), ["4_x/migration.sql"]);
    }

    #[test]
    fn a_time_continues_with_the_time() {
        assert_eq!(
            next("20251105110317_a.sql", 20_251_105_110_317),
            ["20261120090507_x.sql"]
        );
        assert_eq!(next("20251105_a.sql", 20_251_105), ["20261120_x.sql"]);
        assert_eq!(
            next("202511051103_a.sql", 202_511_051_103),
            ["202611200905_x.sql"]
        );
        assert_eq!(
            next("1762340597_a.sql", 1_762_340_597),
            ["1795165507_x.sql"]
        );
    }

    #[test]
    fn a_dashed_date_keeps_its_dashes() {
        assert_eq!(
            next("2024-01-31-000000_a/up.sql", 20_240_131_000_000),
            ["2026-11-20-090507_x/up.sql", "2026-11-20-090507_x/down.sql"]
        );
    }

    #[test]
    fn a_time_that_is_not_past_yet_is_followed_by_the_next_number() {
        assert_eq!(
            next("20991231235959_a.sql", 20_991_231_235_959),
            ["20991231235960_x.sql"]
        );
    }

    #[test]
    fn wide_counters_are_not_times() {
        assert_eq!(next("00000007_a.sql", 7), ["00000008_x.sql"]);
        assert_eq!(next("0000000007_a.sql", 7), ["0000000008_x.sql"]);
        assert_eq!(next("20253105_a.sql", 20_253_105), ["20253106_x.sql"]);
    }

    #[test]
    fn there_is_no_number_after_the_last() {
        assert_eq!(Naming::default().next(Some(i64::MAX), at(0)), None);
        assert_eq!(Naming::default().next(None, at(0)).as_deref(), Some("0001"));
    }

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_777), (2026, 11, 20));
    }
}
