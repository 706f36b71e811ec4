//! FTS3 and FTS4: full-text search, older. Arguments are read as `fts3.c` does.

use super::{Answer, Call, Made, Refusal, Shadow, quoted};
use crate::sqlite::ast::{ModuleArgument, QualifiedName};
use crate::sqlite::catalog::{Relation, Table, View};
use crate::text::{Ident, IdentQuote, TokenIndex};
use tablature_lexer::dequote;

/// The tokenizers that the engine is built with.
pub(super) const TOKENIZERS: [&str; 3] = ["simple", "porter", "unicode61"];

#[derive(Debug, Default)]
struct Options {
    without_sizes: bool,
    content: Option<String>,
    language: Option<String>,
    compress: bool,
    uncompress: bool,
    unindexed: Vec<String>,
    tokenizer: bool,
}

pub(super) fn construct(call: Call<'_>, is_fts4: bool) -> Answer {
    let mut options = Options::default();
    let mut columns = Vec::new();
    for argument in call.arguments {
        if is_tokenizer(&argument.text) && !options.tokenizer {
            options.tokenizer = true;
            tokenizer(call, argument)?;
        } else if let Some((key, value)) = argument.text.split_once('=').filter(|_| is_fts4) {
            option(argument, key, &dequote(value), &mut options)?;
        } else {
            columns.push(first_word(&argument.text));
        }
    }
    if let Some(content) = &options.content {
        options.compress = false;
        options.uncompress = false;
        if columns.is_empty() {
            columns = content_columns(call, content)?;
            let language = options.language.as_deref();
            let of_language = |name: &String| {
                language.is_some_and(|language| language.eq_ignore_ascii_case(name))
            };
            if let Some(position) = columns.iter().position(of_language) {
                columns.remove(position);
            }
        }
    }
    if columns.is_empty() {
        columns.push("content".to_owned());
    }
    for name in &options.unindexed {
        if !columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name))
        {
            return Err(Refusal::new(format!("no column `{name}`")));
        }
    }
    if options.compress != options.uncompress {
        let message = "`compress` and `uncompress` are given together or not at all";
        return Err(Refusal::new(message));
    }
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    let language = options.language.as_deref().unwrap_or("__langid");
    Ok(Made {
        declaration: format!(
            "CREATE TABLE x({}, {} HIDDEN, docid HIDDEN, {} HIDDEN)",
            names.join(", "),
            quoted(call.name),
            quoted(language)
        ),
        shadows: shadows(&columns, &options, is_fts4),
        unindexed: options.unindexed,
    })
}

fn is_tokenizer(text: &str) -> bool {
    let is_id = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    let bytes = text.as_bytes();
    let word = bytes.get(..8);
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"tokenize"))
        && bytes.get(8).is_some_and(|byte| !is_id(byte))
}

fn tokenizer(call: Call<'_>, argument: &ModuleArgument) -> Result<(), Refusal> {
    let text = argument.text.get(9..).unwrap_or_default().trim();
    let name = first_word(text);
    let is_known = TOKENIZERS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(&name));
    if !is_known && !call.rules.is_registered(&name) {
        return Err(Refusal::at(argument, format!("no tokenizer `{name}`")));
    }
    if !name.eq_ignore_ascii_case("unicode61") {
        return Ok(());
    }
    for word in text.split_whitespace().skip(1).map(dequote) {
        let key = word.split_once('=').map(|(key, _)| key.to_owned());
        let is_known = match key.as_deref() {
            Some("remove_diacritics") => {
                matches!(word.as_str().rsplit_once('='), Some((_, "0" | "1" | "2")))
            }
            Some("tokenchars" | "separators") => true,
            Some(_) | None => false,
        };
        if !is_known {
            let message = format!("tokenizer `unicode61` does not take `{word}`");
            return Err(Refusal::at(argument, message));
        }
    }
    Ok(())
}

fn option(
    argument: &ModuleArgument,
    key: &str,
    value: &str,
    options: &mut Options,
) -> Result<(), Refusal> {
    let refuse = |message: String| Err(Refusal::at(argument, message));
    match key.to_ascii_lowercase().as_str() {
        "matchinfo" if !value.eq_ignore_ascii_case("fts3") => {
            refuse("`matchinfo` can only be `fts3`".to_owned())
        }
        "matchinfo" => {
            options.without_sizes = true;
            Ok(())
        }
        "prefix" => prefix(argument, value),
        "compress" => {
            options.compress = true;
            Ok(())
        }
        "uncompress" => {
            options.uncompress = true;
            Ok(())
        }
        "order"
            if ["asc", "desc"]
                .iter()
                .any(|way| way.eq_ignore_ascii_case(value)) =>
        {
            Ok(())
        }
        "order" => refuse("`order` is `asc` or `desc`".to_owned()),
        "content" => {
            options.content = Some(value.to_owned());
            Ok(())
        }
        "languageid" => {
            options.language = Some(value.to_owned());
            Ok(())
        }
        "notindexed" => {
            options.unindexed.push(value.to_owned());
            Ok(())
        }
        _ => refuse(format!("no option `{key}`")),
    }
}

fn prefix(argument: &ModuleArgument, value: &str) -> Result<(), Refusal> {
    if value.is_empty() {
        return Ok(());
    }
    let is_length = |part: &str| part.starts_with(|char: char| char.is_ascii_digit());
    if value.split(',').all(is_length) {
        Ok(())
    } else {
        Err(Refusal::at(argument, "`prefix` is a list of lengths"))
    }
}

/// The first word of a column's argument; its type is ignored.
fn first_word(text: &str) -> String {
    let is_id = |char: char| char.is_ascii_alphanumeric() || char == '_' || !char.is_ascii();
    let is_start = |char: char| is_id(char) || matches!(char, '\'' | '"' | '`' | '[');
    let text = text.get(text.find(is_start).unwrap_or(text.len())..);
    let text = text.unwrap_or_default();
    match text.chars().next() {
        Some(char) if is_id(char) => {
            let end = text.find(|char| !is_id(char)).unwrap_or(text.len());
            text.get(..end).unwrap_or_default().to_owned()
        }
        Some(_) => dequote(text),
        None => String::new(),
    }
}

/// The columns of the table that keeps the content.
fn content_columns(call: Call<'_>, content: &str) -> Result<Vec<String>, Refusal> {
    let ident = |name: &str| Ident {
        name: name.into(),
        quote: IdentQuote::None,
        span: call.span,
        token: TokenIndex(0),
    };
    let name = QualifiedName {
        database: Some(ident(call.database)),
        name: ident(content),
    };
    let visible = |table: &Table| {
        let columns = table.columns.iter().filter(|column| !column.hidden);
        columns.map(|column| column.name.to_string()).collect()
    };
    let shown = |view: &View| {
        let columns = view.columns.iter().flatten();
        columns.map(|column| column.name.to_string()).collect()
    };
    match call.catalog.relation(&name).map(|found| found.object) {
        Some(Relation::Table(table)) => Ok(visible(table)),
        Some(Relation::View(view)) => Ok(shown(view)),
        None => Err(Refusal::new(format!(
            "no table `{content}` for its content"
        ))),
    }
}

fn shadows(columns: &[String], options: &Options, is_fts4: bool) -> Vec<Shadow> {
    let shadow = |suffix, rest: &str| Shadow {
        suffix,
        rest: rest.to_owned(),
    };
    let mut shadows = Vec::new();
    if options.content.is_none() {
        let mut content = "(docid INTEGER PRIMARY KEY".to_owned();
        for (position, name) in columns.iter().enumerate() {
            content.push_str(&format!(", 'c{position}{}'", name.replace('\'', "''")));
        }
        if options.language.is_some() {
            content.push_str(", langid");
        }
        content.push(')');
        shadows.push(shadow("content", &content));
    }
    shadows.push(shadow(
        "segments",
        "(blockid INTEGER PRIMARY KEY, block BLOB)",
    ));
    shadows.push(shadow(
        "segdir",
        "(level INTEGER,idx INTEGER,start_block INTEGER,leaves_end_block INTEGER,\
         end_block INTEGER,root BLOB,PRIMARY KEY(level, idx))",
    ));
    if is_fts4 && !options.without_sizes {
        let sizes = "(docid INTEGER PRIMARY KEY, size BLOB)";
        shadows.push(shadow("docsize", sizes));
    }
    if is_fts4 {
        shadows.push(shadow("stat", "(id INTEGER PRIMARY KEY, value BLOB)"));
    }
    shadows
}
