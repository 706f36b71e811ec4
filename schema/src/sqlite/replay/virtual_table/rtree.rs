//! R*Trees: an id, pairs of coordinates, and auxiliary columns behind them.

use super::{Answer, Call, Made, Refusal, Shadow};
use tablature_lexer::tokenize;

const MAX_AUXILIARY: usize = 100;
const MAX_COORDINATES: usize = 10;

pub(super) fn construct(call: Call<'_>, coordinate: &str) -> Answer {
    let too_few = "an R*Tree needs an id and at least one pair of coordinates";
    let [id, rest @ ..] = call.arguments else {
        return Err(Refusal::new(too_few));
    };
    if call.arguments.len() < 3 {
        return Err(Refusal::new(too_few));
    }
    if call.arguments.len() > MAX_AUXILIARY {
        return Err(Refusal::new("an R*Tree takes at most 100 columns"));
    }
    let mut declaration = format!("CREATE TABLE x({} INT", first_token(&id.text));
    let mut coordinates = 0;
    let mut auxiliary = 0;
    for argument in rest {
        if let Some(name) = argument.text.strip_prefix('+') {
            auxiliary += 1;
            declaration.push_str(&format!(",{}", first_token(name)));
        } else if auxiliary > 0 {
            return Err(Refusal::at(
                argument,
                "auxiliary columns stand behind the coordinates",
            ));
        } else {
            coordinates += 1;
            declaration.push_str(&format!(",{} {coordinate}", first_token(&argument.text)));
        }
    }
    declaration.push(')');
    if coordinates < 2 {
        return Err(Refusal::new(too_few));
    }
    if coordinates > MAX_COORDINATES {
        return Err(Refusal::new("an R*Tree has at most five dimensions"));
    }
    if coordinates % 2 != 0 {
        return Err(Refusal::new(
            "coordinates come in pairs, a least and a greatest one",
        ));
    }
    Ok(Made {
        declaration,
        unindexed: Vec::new(),
        shadows: shadows(auxiliary),
    })
}

fn shadows(auxiliary: usize) -> Vec<Shadow> {
    let columns: String = (0..auxiliary).map(|column| format!(",a{column}")).collect();
    let shadow = |suffix, rest: &str| Shadow {
        suffix,
        rest: rest.to_owned(),
    };
    vec![
        shadow(
            "rowid",
            &format!("(rowid INTEGER PRIMARY KEY,nodeno{columns})"),
        ),
        shadow("node", "(nodeno INTEGER PRIMARY KEY,data)"),
        shadow("parent", "(nodeno INTEGER PRIMARY KEY,parentnode)"),
    ]
}

/// The column's name is the first token of its argument; types are ignored.
fn first_token(text: &str) -> &str {
    let end = tokenize(text).first().map_or(0, |token| token.end);
    text.get(..end).unwrap_or_default()
}
