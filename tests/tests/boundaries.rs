//! Where statements end: the splitter agrees with the rule of `sqlite3_complete`, and the engine takes each piece for
//! exactly one statement.

use rusqlite::{Connection, Error};
use tablature_schema::sqlite::split::split;
use tablature_schema::text::FileId;
use tablature_tests::engine::statements;
use tablature_tests::{corpus, grammar};

#[test]
fn a_file_is_split_where_the_engine_splits_it() {
    let mut texts: Vec<(String, String)> = [
        "",
        ";",
        "\u{feff}SELECT 1;",
        "SELECT 1",
        "SELECT ';'; SELECT \";\"; SELECT [;], `;` /* ; */ -- ;\n;",
        "CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 2",
        "CREATE TEMPORARY TRIGGER t AFTER INSERT ON u BEGIN SELECT 1;; END ;SELECT 2",
        "EXPLAIN CREATE TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END; SELECT 2",
        "EXPLAIN QUERY PLAN CREATE TEMP TRIGGER t AFTER INSERT ON u BEGIN SELECT 1; END; SELECT 2",
        "CREATE TABLE \"trigger\" (a); SELECT 2; END",
        "CREATE TEMP TEMP TRIGGER a; b; END; c",
        "SELECT 'never closed; SELECT 2",
        "SELECT /* never closed; SELECT 2",
    ]
    .into_iter()
    .map(|text| (text.to_owned(), text.to_owned()))
    .collect();
    if let Some(directory) = corpus::directory() {
        for history in corpus::histories(&directory).unwrap() {
            texts.extend(history.migrations);
        }
    }
    if let Some(directory) = grammar::directory() {
        // A malformed trigger may end earlier than the engine would end it, so that what follows is checked too.
        let list = grammar::list(&directory.join("sqlite_valid.sql")).unwrap();
        texts.push(("the set-up".to_owned(), list.setup));
        let statements = list.blocks.into_iter().map(|block| block.statement);
        texts.extend(statements.map(|statement| (statement.clone(), statement)));
    }
    for (name, text) in &texts {
        let expected: Vec<&str> = statements(text).into_iter().map(|it| &text[it]).collect();
        let found: Vec<&str> = split(FileId(0), text)
            .statements
            .iter()
            .map(|it| &text[it.span.start as usize..it.span.end as usize])
            .collect();
        assert_eq!(found, expected, "{name}");
    }
    println!("{} texts were split", texts.len());
}

#[test]
fn the_engine_takes_each_piece_for_one_statement() {
    let Some(directory) = corpus::directory() else {
        println!("TABLATURE_CORPUS is not set: no public history was split");
        return;
    };
    let engine = Connection::open_in_memory().unwrap();
    for history in corpus::histories(&directory).unwrap() {
        for (path, text) in &history.migrations {
            for piece in statements(text) {
                // Most name objects that are not there; the grammar alone is asked.
                match engine.prepare(&text[piece.clone()]).map(|_| ()) {
                    Ok(()) => {}
                    Err(Error::MultipleStatement) => panic!("{path}: {}", &text[piece]),
                    Err(error) => {
                        let message = error.to_string();
                        let partial = message.starts_with("incomplete input");
                        assert!(!partial, "{path}: {}", &text[piece]);
                    }
                }
            }
        }
    }
}
