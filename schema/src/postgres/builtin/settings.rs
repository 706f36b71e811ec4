//! The parameters that SET knows: their kinds, limits and when they may be set.
//!
//! `data/settings.sql` asks a server for them.

use std::fmt;

/// A line for each parameter, in the order of the names in lower case.
const TABLE: &str = include_str!("data/settings.tsv");

/// A parameter of the server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Its name as `SHOW ALL` prints it.
    pub name: &'static str,
    /// What values it takes.
    pub kind: SettingKind,
    /// Who may set it, and when.
    pub context: SettingContext,
    /// Whether it takes several values with commas between them.
    pub list: bool,
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SettingKind {
    /// `on`, `off`, and what else means them.
    Bool,
    /// One of some words.
    Word(&'static str),
    /// A whole number.
    Integer(Limits),
    /// A number.
    Real(Limits),
    /// A text, which the parameter may look into.
    Text,
}

/// The least and the greatest value of a numeric parameter, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// `kB`, `8kB`, `ms`, or empty for a plain number.
    pub unit: &'static str,
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub greatest: f64,
}

/// When a parameter may be set (`GucContext`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingContext {
    /// Never: the server reports it.
    Internal,
    /// When the server starts.
    Postmaster,
    /// In the configuration file.
    Reload,
    /// When a connection begins.
    Backend,
    /// By SET.
    Session,
}

/// Why a value is not one of a parameter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidSetting {
    /// It is none of `on` and `off`.
    NotBool,
    /// It is none of the words, which are these.
    NotAWord(&'static str),
    /// It is no number, or has a unit that the parameter does not have; these are the parameter's.
    NotANumber(&'static str),
    /// It is too small or too large.
    OutOfRange {
        /// The least value.
        least: String,
        /// The greatest value.
        greatest: String,
        /// The unit of both.
        unit: &'static str,
    },
}

/// Returns the parameter of a name that a server of a major version has. Letter case does not count.
#[must_use]
pub fn setting(name: &str, version: u32) -> Option<Setting> {
    let name = match name.to_ascii_lowercase().as_str() {
        "sort_mem" => "work_mem".to_owned(),
        "vacuum_mem" => "maintenance_work_mem".to_owned(),
        lower => lower.to_owned(),
    };
    rows()
        .find(|row| row.is_of(version) && row.setting.name.eq_ignore_ascii_case(&name))
        .map(|row| row.setting)
}

/// The names of all parameters of a server of a major version.
pub fn setting_names(version: u32) -> impl Iterator<Item = &'static str> {
    let rows = rows().filter(move |row| row.is_of(version));
    rows.map(|row| row.setting.name)
}

/// The first major version that has a parameter, if one has it that is newer than `version`.
#[must_use]
pub fn setting_since(name: &str, version: u32) -> Option<u32> {
    let mut rows = rows();
    let row = rows.find(|row| row.first > version && row.setting.name.eq_ignore_ascii_case(name));
    row.map(|row| row.first)
}

struct Row {
    setting: Setting,
    first: u32,
    last: u32,
}

impl Row {
    fn is_of(&self, version: u32) -> bool {
        self.first <= version && version <= self.last
    }
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter_map(row)
}

fn row(line: &'static str) -> Option<Row> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let kind = fields.next()?;
    let context = match fields.next()? {
        "internal" => SettingContext::Internal,
        "postmaster" => SettingContext::Postmaster,
        "sighup" => SettingContext::Reload,
        "backend" | "superuser-backend" => SettingContext::Backend,
        _ => SettingContext::Session,
    };
    let unit = fields.next()?;
    let least = fields.next()?.parse().unwrap_or(f64::MIN);
    let greatest = fields.next()?.parse().unwrap_or(f64::MAX);
    let limits = Limits {
        unit,
        least,
        greatest,
    };
    let words = fields.next()?;
    let kind = match kind {
        "bool" => SettingKind::Bool,
        "integer" => SettingKind::Integer(limits),
        "real" => SettingKind::Real(limits),
        "enum" => SettingKind::Word(words),
        _ => SettingKind::Text,
    };
    let list = !fields.next()?.is_empty();
    let first = fields.next()?.parse().unwrap_or(0);
    let last = fields.next()?.parse().unwrap_or(u32::MAX);
    let setting = Setting {
        name,
        kind,
        context,
        list,
    };
    Some(Row {
        setting,
        first,
        last,
    })
}

impl Setting {
    /// Whether each of its values is kept as a name in quotes where one needs them (`GUC_LIST_QUOTE`).
    #[must_use]
    pub fn quotes(&self) -> bool {
        matches!(
            self.name,
            "local_preload_libraries"
                | "search_path"
                | "session_preload_libraries"
                | "shared_preload_libraries"
                | "temp_tablespaces"
                | "unix_socket_directories"
        )
    }

    /// Judges a value as `parse_and_validate_value` does.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn check(&self, value: &str) -> Result<(), InvalidSetting> {
        self.kind.check(value)
    }
}

impl SettingKind {
    /// Judges a value.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn check(self, value: &str) -> Result<(), InvalidSetting> {
        match self {
            SettingKind::Bool if is_bool(value) => Ok(()),
            SettingKind::Bool => Err(InvalidSetting::NotBool),
            SettingKind::Word(words) => {
                match words
                    .split(',')
                    .any(|word| word.eq_ignore_ascii_case(value))
                {
                    true => Ok(()),
                    false => Err(InvalidSetting::NotAWord(words)),
                }
            }
            SettingKind::Integer(limits) => limits.check(value, f64::round_ties_even),
            SettingKind::Real(limits) => limits.check(value, |number| number),
            SettingKind::Text => Ok(()),
        }
    }
}

/// Whether a text means true or false: a beginning of `true`, `false`, `yes` or `no`, or `on`, `off`, `1`, `0`.
fn is_bool(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let begins = |word: &str| !value.is_empty() && word.starts_with(&value);
    ["true", "false", "yes", "no"].into_iter().any(begins)
        || ["on", "off", "of", "1", "0"].contains(&value.as_str())
}

impl Limits {
    fn check(&self, value: &str, round: impl Fn(f64) -> f64) -> Result<(), InvalidSetting> {
        let number = self
            .number(value)
            .ok_or(InvalidSetting::NotANumber(self.units()))?;
        let number = round(number);
        if number < self.least || number > self.greatest {
            return Err(InvalidSetting::OutOfRange {
                least: Number(self.least).to_string(),
                greatest: Number(self.greatest).to_string(),
                unit: self.unit,
            });
        }
        Ok(())
    }

    /// The value in the parameter's unit.
    fn number(&self, value: &str) -> Option<f64> {
        let value = value.trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        let end = number_end(value);
        let (number, unit) = value.split_at_checked(end)?;
        let number = match integer_of_c(number) {
            Some(integer) => integer,
            None => number.parse().ok()?,
        };
        let unit = unit.trim_start();
        if unit.is_empty() {
            return Some(number);
        }
        let scale = |name: &str| UNITS.iter().find(|(unit, _, _)| *unit == name);
        let own = scale(self.unit)?;
        let written = scale(unit)?;
        (own.1 == written.1 && unit != "8kB").then_some(number * written.2 / own.2)
    }

    /// The units in which the value may be written.
    fn units(&self) -> &'static str {
        match UNITS.iter().find(|(unit, _, _)| *unit == self.unit) {
            Some((_, Measure::Memory, _)) => "B, kB, MB, GB, TB",
            Some((_, Measure::Time, _)) => "us, ms, s, min, h, d",
            None => "",
        }
    }
}

/// How long the number is that a value begins with.
fn number_end(value: &str) -> usize {
    let bytes = value.as_bytes();
    let hexadecimal = {
        let unsigned = value.trim_start_matches(['+', '-']);
        unsigned.starts_with("0x") || unsigned.starts_with("0X")
    };
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let before = end.checked_sub(1).and_then(|before| bytes.get(before));
        let goes_on = match byte {
            b'0'..=b'9' => true,
            b'x' | b'X' => hexadecimal && before == Some(&b'0'),
            b'.' => !hexadecimal,
            b'a'..=b'f' | b'A'..=b'F' if hexadecimal => true,
            b'e' | b'E' => bytes
                .get(end + 1)
                .is_some_and(|next| next.is_ascii_digit() || matches!(next, b'+' | b'-')),
            b'+' | b'-' => end == 0 || matches!(before, Some(b'e' | b'E')),
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// An integer as `strtol` reads it: in hexadecimal after `0x`, in octal after `0`.
fn integer_of_c(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let integer = if let Some(hexadecimal) = lower.strip_prefix("0x") {
        u32::from_str_radix(hexadecimal, 16).ok()?
    } else if let Some(octal) = lower.strip_prefix('0').filter(|rest| !rest.is_empty()) {
        u32::from_str_radix(octal, 8).ok()?
    } else {
        return None;
    };
    Some(sign * f64::from(integer))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Memory,
    Time,
}

/// Units by name; the last number is how many bytes or microseconds one is.
const UNITS: [(&str, Measure, f64); 12] = [
    ("B", Measure::Memory, 1.0),
    ("kB", Measure::Memory, 1024.0),
    ("8kB", Measure::Memory, 8192.0),
    ("MB", Measure::Memory, 1_048_576.0),
    ("GB", Measure::Memory, 1_073_741_824.0),
    ("TB", Measure::Memory, 1_099_511_627_776.0),
    ("us", Measure::Time, 1.0),
    ("ms", Measure::Time, 1_000.0),
    ("s", Measure::Time, 1_000_000.0),
    ("min", Measure::Time, 60_000_000.0),
    ("h", Measure::Time, 3_600_000_000.0),
    ("d", Measure::Time, 86_400_000_000.0),
];

/// A limit as the table has it.
struct Number(f64);

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidSetting, SettingContext, TABLE, rows, setting, setting_since};

    fn check(name: &str, value: &str) -> bool {
        let setting = setting(name, 15).expect("there is one");
        setting.check(value).is_ok()
    }

    #[test]
    fn every_line_is_read() {
        assert_eq!(rows().count(), TABLE.lines().count());
    }

    #[test]
    fn values_are_judged_as_the_server_does() {
        for (name, value) in [
            ("work_mem", "64"),
            ("work_mem", "'64kB'".trim_matches('\'')),
            ("work_mem", " 1 GB "),
            ("work_mem", "0x40"),
            ("SORT_MEM", "1e3"),
            ("statement_timeout", "5min"),
            ("statement_timeout", "1.5 h"),
            ("enable_seqscan", "OF"),
            ("enable_seqscan", "tr"),
            ("client_min_messages", "Warning"),
            ("client_min_messages", "debug"),
            ("seed", "-0.5"),
        ] {
            assert!(check(name, value), "{name} = {value}");
        }
        for (name, value) in [
            ("work_mem", "63"),
            ("work_mem", "1 XB"),
            ("work_mem", "1 kb"),
            ("work_mem", ""),
            ("statement_timeout", "5min 3s"),
            ("statement_timeout", "-1"),
            ("enable_seqscan", "o"),
            ("client_min_messages", "loud"),
            ("seed", "2"),
        ] {
            assert!(!check(name, value), "{name} = {value}");
        }
    }

    #[test]
    fn a_parameter_belongs_to_versions() {
        assert_eq!(setting("transaction_timeout", 15), None);
        assert!(setting("transaction_timeout", 17).is_some());
        assert_eq!(setting_since("transaction_timeout", 15), Some(17));
        let internal = setting("server_version", 15).map(|setting| setting.context);
        assert_eq!(internal, Some(SettingContext::Internal));
        let refused = setting("work_mem", 15).map(|setting| setting.check("x"));
        assert_eq!(
            refused,
            Some(Err(InvalidSetting::NotANumber("B, kB, MB, GB, TB")))
        );
    }
}
