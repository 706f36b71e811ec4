//! The same work in different ways.

use std::error::Error;
use tablature::rusqlite::{Connection, Row as SqlRow, params};
use tablature::{BorrowedRow, Insert, Row};

tablature::migrations!("migrations");

/// What is compared: a title, the way by hand, and the names of others.
pub(crate) const COMPARISONS: &[(&str, &str, &[(&str, &str)])] = &[
    (
        "reading",
        "read-by-hand",
        &[("generated", "read"), ("generated, borrowed", "borrow")],
    ),
    (
        "reading without copies",
        "borrow-by-hand",
        &[("generated, borrowed", "borrow")],
    ),
    ("writing", "write-by-hand", &[("generated", "write")]),
];

/// Works on some rows, which are in the database before it begins unless it writes them.
pub(crate) fn run(way: &str, rows: usize) -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open_in_memory()?;
    MIGRATIONS.apply(&mut connection)?;
    let tales: Vec<Tale> = (1..).take(20_000).map(tale).collect();
    if !way.starts_with("write") {
        fill(&connection, &tales)?;
    }
    // Both are prepared whatever the way is, so that the rows are all that differs.
    let limit = rows as i64;
    let transaction = connection.transaction()?;
    let mut select = transaction.prepare("SELECT * FROM tales LIMIT ?1")?;
    let mut insert = transaction.prepare(Tale::INSERT)?;
    let wanted = &tales[..rows];
    let mut sum = 0;
    match way {
        "read-by-hand" => {
            let rows = select.query_map([limit], by_hand)?;
            for tale in rows {
                sum += weight(&tale?);
            }
        }
        "read" => {
            for tale in Tale::query(&mut select, [limit])? {
                sum += weight(&tale?);
            }
        }
        "borrow-by-hand" => {
            let mut rows = select.query([limit])?;
            while let Some(row) = rows.next()? {
                sum += weight_of_ref(&borrowed_by_hand(row)?);
            }
        }
        "borrow" => Tale::for_each(&mut select, [limit], |tale| {
            sum += weight_of_ref(&tale);
            Ok::<(), Box<dyn Error>>(())
        })?,
        "write-by-hand" => {
            for tale in wanted {
                insert.execute(params![
                    tale.id,
                    tale.title,
                    tale.author,
                    tale.moral,
                    tale.language,
                    tale.cover,
                    tale.length,
                    tale.rating,
                    tale.told,
                    tale.shelf
                ])?;
            }
        }
        "write" => {
            for tale in wanted {
                tale.insert_with(&mut insert)?;
            }
        }
        other => return Err(format!("no way `{other}`").into()),
    }
    std::hint::black_box(sum);
    Ok(())
}

fn tale(id: i64) -> Tale {
    Tale {
        id,
        title: format!("The tale of the {id} brothers"),
        author: "Jacob and Wilhelm".to_owned(),
        moral: (id % 3 == 0).then(|| "ask before you enter".to_owned()),
        language: "de".to_owned(),
        cover: (id % 4 == 0).then(|| vec![7; 32]),
        length: id * 11 % 997,
        rating: (id % 5 != 0).then_some(id as f64 / 7.0),
        told: id * 3600,
        shelf: (id % 2 == 0).then_some(id / 100),
    }
}

fn fill(connection: &Connection, tales: &[Tale]) -> Result<(), Box<dyn Error>> {
    let mut insert = connection.prepare(Tale::INSERT)?;
    for tale in tales {
        tale.insert_with(&mut insert)?;
    }
    Ok(())
}

fn by_hand(row: &SqlRow<'_>) -> tablature::rusqlite::Result<Tale> {
    Ok(Tale {
        id: row.get(0)?,
        title: row.get(1)?,
        author: row.get(2)?,
        moral: row.get(3)?,
        language: row.get(4)?,
        cover: row.get(5)?,
        length: row.get(6)?,
        rating: row.get(7)?,
        told: row.get(8)?,
        shelf: row.get(9)?,
    })
}

fn borrowed_by_hand<'row>(row: &'row SqlRow<'_>) -> Result<TaleRef<'row>, Box<dyn Error>> {
    Ok(TaleRef {
        id: row.get(0)?,
        title: row.get_ref(1)?.as_str()?,
        author: row.get_ref(2)?.as_str()?,
        moral: row.get_ref(3)?.as_str_or_null()?,
        language: row.get_ref(4)?.as_str()?,
        cover: row.get_ref(5)?.as_blob_or_null()?,
        length: row.get(6)?,
        rating: row.get(7)?,
        told: row.get(8)?,
        shelf: row.get(9)?,
    })
}

/// Something that needs every field.
fn weight(tale: &Tale) -> usize {
    let texts = [&tale.title, &tale.author, &tale.language];
    let texts: usize = texts.map(String::len).iter().sum();
    let optional =
        tale.moral.as_ref().map_or(0, String::len) + tale.cover.as_ref().map_or(0, Vec::len);
    texts + optional + numbers(tale.id + tale.length + tale.told, tale.rating, tale.shelf)
}

fn weight_of_ref(tale: &TaleRef<'_>) -> usize {
    let texts = [tale.title, tale.author, tale.language];
    let texts: usize = texts.map(str::len).iter().sum();
    let optional = tale.moral.map_or(0, str::len) + tale.cover.map_or(0, <[u8]>::len);
    texts + optional + numbers(tale.id + tale.length + tale.told, tale.rating, tale.shelf)
}

fn numbers(sum: i64, rating: Option<f64>, shelf: Option<i64>) -> usize {
    sum as usize + rating.unwrap_or(0.0) as usize + shelf.unwrap_or(0) as usize
}
