//! FTS5: full-text search. Columns and options are read as `fts5_config.c` does.

use super::{Answer, Call, Made, Refusal, Shadow, fts5_tokenizer, quoted, words};
use crate::sqlite::ast::ModuleArgument;

/// What the options say.
#[derive(Debug, Default)]
struct Options {
    content: Content,
    content_rowid: Option<String>,
    tokenizer: bool,
    contentless_delete: bool,
    contentless_unindexed: bool,
    without_sizes: bool,
    locale: bool,
    prefixes: usize,
}

/// Where the content is kept.
#[derive(Debug, Default, PartialEq, Eq)]
enum Content {
    #[default]
    Own,
    Elsewhere(String),
    Nowhere,
}

struct Column {
    name: String,
    unindexed: bool,
}

const MAX_PREFIXES: usize = 31;

pub(super) fn construct(call: Call<'_>) -> Answer {
    if call.name.eq_ignore_ascii_case("rank") {
        return Err(Refusal::new("the name `rank` is reserved by FTS5"));
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut options = Options::default();
    for argument in call.arguments {
        read(call, argument, &mut columns, &mut options)?;
    }
    if options.contentless_delete && options.content != Content::Nowhere {
        return Err(Refusal::new(
            "`contentless_delete = 1` needs a contentless table: `content = ''`",
        ));
    }
    if options.contentless_delete && options.without_sizes {
        return Err(Refusal::new(
            "`contentless_delete = 1` and `columnsize = 0` exclude each other",
        ));
    }
    if options.contentless_unindexed && options.content != Content::Nowhere {
        return Err(Refusal::new(
            "`contentless_unindexed = 1` needs a contentless table: `content = ''`",
        ));
    }
    if columns.is_empty() {
        return Err(Refusal::new("an FTS5 table needs a column"));
    }
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    Ok(Made {
        declaration: format!(
            "CREATE TABLE x({}, {} HIDDEN, rank HIDDEN)",
            names.join(", "),
            quoted(call.name)
        ),
        unindexed: columns
            .iter()
            .filter(|column| column.unindexed)
            .map(|column| column.name.clone())
            .collect(),
        shadows: shadows(&columns, &options),
    })
}

/// What `rebuild` reads, as the statement that the module prepares for it (`FTS5_STMT_SCAN`); none if it reads the table's
/// own content.
pub(super) fn scan(call: Call<'_>) -> Option<Result<String, &'static str>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut options = Options::default();
    for argument in call.arguments {
        read(call, argument, &mut columns, &mut options).ok()?;
    }
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let table = match options.content {
        Content::Own => return None,
        Content::Nowhere => return Some(Err("there is no content to rebuild it from")),
        Content::Elsewhere(table) => quoted(&table),
    };
    let rowid = options.content_rowid.unwrap_or_else(|| "rowid".to_owned());
    let names = columns.iter().map(|column| quoted(&column.name));
    let read = names.fold(format!("T.{}", quoted(&rowid)), |read, name| {
        format!("{read}, T.{name}")
    });
    Some(Ok(format!(
        "SELECT {read} FROM {}.{table} AS T",
        quoted(call.database)
    )))
}

fn read(
    call: Call<'_>,
    argument: &ModuleArgument,
    columns: &mut Vec<Column>,
    options: &mut Options,
) -> Result<(), Refusal> {
    let malformed = || Refusal::at(argument, format!("cannot read `{}`", argument.text));
    let word = words::take(&argument.text).ok_or_else(malformed)?;
    let rest = word.rest.trim_start_matches(' ');
    let (is_option, rest) = match rest.strip_prefix('=') {
        Some(_) if word.quoted => return Err(malformed()),
        Some(rest) => (true, rest.trim_start_matches(' ')),
        None => (false, rest),
    };
    let value = if rest.is_empty() {
        None
    } else {
        let value = words::take(rest).ok_or_else(malformed)?;
        if !value.rest.is_empty() {
            return Err(malformed());
        }
        Some(value.text)
    };
    if is_option {
        let value = value.unwrap_or_default();
        return option(call, argument, &word.text, &value, options);
    }
    if ["rank", "rowid"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(&word.text))
    {
        let message = format!("the column name `{}` is reserved by FTS5", word.text);
        return Err(Refusal::at(argument, message));
    }
    let unindexed = match value {
        None => false,
        Some(value) if value.eq_ignore_ascii_case("unindexed") => true,
        Some(value) => {
            let message = format!("columns take UNINDEXED and no types: `{value}`");
            return Err(Refusal::at(argument, message));
        }
    };
    columns.push(Column {
        name: word.text,
        unindexed,
    });
    Ok(())
}

/// The engine takes the beginning of an option's name for the whole; of several the first one wins.
const OPTIONS: [&str; 10] = [
    "prefix",
    "tokenize",
    "content",
    "contentless_delete",
    "contentless_unindexed",
    "content_rowid",
    "columnsize",
    "locale",
    "detail",
    "tokendata",
];

fn option(
    call: Call<'_>,
    argument: &ModuleArgument,
    word: &str,
    value: &str,
    options: &mut Options,
) -> Result<(), Refusal> {
    let refuse = |message: String| Err(Refusal::at(argument, message));
    let word = word.to_ascii_lowercase();
    let Some(name) = OPTIONS.into_iter().find(|name| name.starts_with(&word)) else {
        return refuse(format!("no option `{word}`"));
    };
    match name {
        "prefix" => prefix(argument, value, options),
        "tokenize" if options.tokenizer => refuse("`tokenize` is given twice".to_owned()),
        "tokenize" => {
            options.tokenizer = true;
            let checked = fts5_tokenizer::check(value, call.rules);
            checked.map_err(|message| Refusal::at(argument, message))
        }
        "content" if options.content != Content::Own => {
            refuse("`content` is given twice".to_owned())
        }
        "content" => {
            options.content = if value.is_empty() {
                Content::Nowhere
            } else {
                Content::Elsewhere(value.to_owned())
            };
            Ok(())
        }
        "content_rowid" if options.content_rowid.is_some() => {
            refuse("`content_rowid` is given twice".to_owned())
        }
        "content_rowid" => {
            options.content_rowid = Some(value.to_owned());
            Ok(())
        }
        "detail" => {
            let kinds = ["none", "full", "columns"].into_iter();
            let value = value.to_ascii_lowercase();
            match kinds.filter(|kind| kind.starts_with(&value)).count() {
                1 => Ok(()),
                _ => refuse("`detail` is one of `full`, `columns` and `none`".to_owned()),
            }
        }
        _ => {
            let is_on = match value {
                "0" => false,
                "1" => true,
                _ => return refuse(format!("`{name}` is 0 or 1")),
            };
            match name {
                "contentless_delete" => options.contentless_delete = is_on,
                "contentless_unindexed" => options.contentless_unindexed = is_on,
                "columnsize" => options.without_sizes = !is_on,
                "locale" => options.locale = is_on,
                _ => {}
            }
            Ok(())
        }
    }
}

fn prefix(argument: &ModuleArgument, value: &str, options: &mut Options) -> Result<(), Refusal> {
    let malformed = || {
        let message = "`prefix` is a list of lengths from 1 to 999, at most 31 of them";
        Refusal::at(argument, message)
    };
    let mut rest = value.trim_start_matches(' ');
    let mut is_first = true;
    while !rest.is_empty() {
        if !is_first && let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start_matches(' ');
        }
        let end = rest
            .find(|char: char| !char.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, after) = rest.split_at_checked(end).ok_or_else(malformed)?;
        let length: u32 = digits.parse().map_err(|_| malformed())?;
        if !(1..1000).contains(&length) || options.prefixes == MAX_PREFIXES {
            return Err(malformed());
        }
        options.prefixes += 1;
        rest = after.trim_start_matches(' ');
        is_first = false;
    }
    Ok(())
}

fn shadows(columns: &[Column], options: &Options) -> Vec<Shadow> {
    let shadow = |suffix, rest: &str| Shadow {
        suffix,
        rest: rest.to_owned(),
    };
    let mut shadows = vec![
        shadow("data", "(id INTEGER PRIMARY KEY, block BLOB)"),
        shadow(
            "idx",
            "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
        ),
    ];
    if let Some(content) = content(columns, options) {
        shadows.push(shadow("content", &content));
    }
    if !options.without_sizes {
        let origin = if options.contentless_delete {
            ", origin INTEGER"
        } else {
            ""
        };
        let sizes = format!("(id INTEGER PRIMARY KEY, sz BLOB{origin})");
        shadows.push(shadow("docsize", &sizes));
    }
    shadows.push(shadow("config", "(k PRIMARY KEY, v) WITHOUT ROWID"));
    shadows
}

fn content(columns: &[Column], options: &Options) -> Option<String> {
    let keeps_unindexed =
        options.contentless_unindexed && columns.iter().any(|column| column.unindexed);
    let keeps = |column: &Column| match options.content {
        Content::Own => true,
        Content::Nowhere => keeps_unindexed && column.unindexed,
        Content::Elsewhere(_) => false,
    };
    if !columns.iter().any(keeps) {
        return None;
    }
    let mut text = "(id INTEGER PRIMARY KEY".to_owned();
    for (position, column) in columns.iter().enumerate() {
        if keeps(column) {
            text.push_str(&format!(", c{position}"));
        }
    }
    for (position, column) in columns.iter().enumerate() {
        if options.locale && !column.unindexed {
            text.push_str(&format!(", l{position}"));
        }
    }
    text.push(')');
    Some(text)
}
