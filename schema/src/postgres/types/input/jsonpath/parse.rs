//! The grammar of paths (`jsonpath_gram.y`), and what `flattenJsonPathParseItem` refuses of them.

use super::scan::{Token, tokens, wrong};
use super::{Accessor, Item, Operator};
use crate::postgres::types::InputMistake;
use crate::postgres::types::input::{invalid_syntax, json, number};

/// Deeper than this a path is not looked into.
const DEEPEST: usize = 64;
/// Nor with more operators than this, as each goes one deeper.
const MOST_OPERATORS: usize = 500;

/// Why there is no path.
enum Stop {
    Mistake(InputMistake),
    TooDeep,
}

impl From<InputMistake> for Stop {
    fn from(mistake: InputMistake) -> Stop {
        Stop::Mistake(mistake)
    }
}

type Parsed<T> = Result<T, Stop>;

/// A value or a condition: the grammar keeps them apart.
enum Found {
    Value(Item),
    Condition(Item),
    /// A condition in parentheses, which may be followed by `is unknown` or by an accessor.
    Enclosed(Item),
}

const COMPARISONS: [&str; 7] = ["==", "!=", "<>", "<", "<=", ">", ">="];
const SUMS: [&str; 2] = ["+", "-"];
const PRODUCTS: [&str; 3] = ["*", "/", "%"];

/// A path and whether it is strict; none if it is too deep to be looked into.
pub(super) fn path(text: &str, version: u16) -> Result<Option<(bool, Item)>, InputMistake> {
    let tokens = tokens(text, version)?;
    if tokens.is_empty() {
        return Err(invalid_syntax("jsonpath", text));
    }
    let mut parser = Parser {
        tokens: &tokens,
        version,
        depth: 0,
        operators: 0,
        filters: 0,
        subscripts: 0,
    };
    match parser.whole() {
        Ok(found) => Ok(Some(found)),
        Err(Stop::TooDeep) => Ok(None),
        Err(Stop::Mistake(mistake)) => Err(mistake),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    version: u16,
    depth: usize,
    operators: usize,
    /// How many filters are around: `@` needs one.
    filters: usize,
    /// How many subscripts are around: `last` needs one.
    subscripts: usize,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Parsed<(bool, Item)> {
        let strict = self.take_word("strict");
        if !strict {
            self.take_word("lax");
        }
        let item = match self.disjunction()? {
            Found::Value(item) | Found::Condition(item) | Found::Enclosed(item) => item,
        };
        match self.tokens {
            [] => Ok((strict, item)),
            _ => Err(self.unexpected()),
        }
    }

    fn unexpected(&self) -> Stop {
        Stop::Mistake(wrong(match self.tokens.first() {
            Some(
                Token::Word(text)
                | Token::Text(text)
                | Token::Variable(text)
                | Token::Number(text)
                | Token::Integer(text),
            ) => text,
            Some(Token::Symbol(symbol)) => symbol,
            None => "",
        }))
    }

    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn at(&self, symbol: &str) -> bool {
        matches!(self.tokens.first(), Some(Token::Symbol(it)) if *it == symbol)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.at(symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        match self.take(symbol) {
            true => Ok(()),
            false => Err(self.unexpected()),
        }
    }

    fn take_one_of(&mut self, symbols: &[&'static str]) -> Option<&'static str> {
        symbols.iter().find(|it| self.take(it)).copied()
    }

    fn take_word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Word(it)) if it.eq_ignore_ascii_case(keyword));
        if found {
            self.next();
        }
        found
    }

    /// Goes a level deeper, where there is one.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(Stop::TooDeep);
        }
        self.depth += 1;
        let found = parse(self);
        self.depth -= 1;
        found
    }

    fn binary(&mut self, operator: Operator, left: Item, right: Item) -> Parsed<Item> {
        self.operators += 1;
        match self.operators > MOST_OPERATORS {
            true => Err(Stop::TooDeep),
            false => Ok(Item::Binary(operator, Box::new(left), Box::new(right))),
        }
    }

    fn value(&mut self, found: Found) -> Parsed<Item> {
        match found {
            Found::Value(item) => Ok(item),
            Found::Condition(_) | Found::Enclosed(_) => Err(self.unexpected()),
        }
    }

    fn condition(&mut self, found: Found) -> Parsed<Item> {
        match found {
            Found::Condition(item) | Found::Enclosed(item) => Ok(item),
            Found::Value(_) => Err(self.unexpected()),
        }
    }

    /// Conditions with `||`, or with `&&`, between them.
    fn chain(
        &mut self,
        symbol: &'static str,
        priority: u8,
        part: fn(&mut Self) -> Parsed<Found>,
    ) -> Parsed<Found> {
        let first = part(self)?;
        if !self.at(symbol) {
            return Ok(first);
        }
        let mut left = self.condition(first)?;
        let operator = Operator { symbol, priority };
        while self.take(symbol) {
            let right = part(self)?;
            let right = self.condition(right)?;
            left = self.binary(operator, left, right)?;
        }
        Ok(Found::Condition(left))
    }

    fn disjunction(&mut self) -> Parsed<Found> {
        self.chain("||", 0, |it| it.chain("&&", 1, Self::comparison))
    }

    fn comparison(&mut self) -> Parsed<Found> {
        if self.take("!") {
            // Only what is delimited can be negated.
            if !self.at("(") && !self.at_word("exists") {
                return Err(self.unexpected());
            }
            let negated = match self.take("(") {
                true => {
                    let inner = self.deeper(Self::disjunction)?;
                    let inner = self.condition(inner)?;
                    self.expect(")")?;
                    inner
                }
                false => self.exists()?,
            };
            return Ok(Found::Condition(Item::Not(Box::new(negated))));
        }
        if self.at_word("exists") {
            return self.exists().map(Found::Condition);
        }
        let left = match self.sum()? {
            Found::Enclosed(condition) if self.take_word("is") => {
                return match self.take_word("unknown") {
                    true => Ok(Found::Condition(Item::IsUnknown(Box::new(condition)))),
                    false => Err(self.unexpected()),
                };
            }
            Found::Value(left) => left,
            found @ (Found::Condition(_) | Found::Enclosed(_)) => return Ok(found),
        };
        if let Some(symbol) = self.take_one_of(&COMPARISONS) {
            let symbol = if symbol == "<>" { "!=" } else { symbol };
            let right = self.sum()?;
            let right = self.value(right)?;
            let operator = Operator {
                symbol,
                priority: 2,
            };
            return self.binary(operator, left, right).map(Found::Condition);
        }
        if self.take_word("starts") {
            let start = match (self.take_word("with"), self.next()) {
                (true, Some(Token::Text(text))) => Item::Text(text.clone()),
                (true, Some(Token::Variable(name))) => Item::Variable(name.clone()),
                _ => return Err(self.unexpected()),
            };
            let operator = Operator {
                symbol: "starts with",
                priority: 2,
            };
            return self.binary(operator, left, start).map(Found::Condition);
        }
        if self.take_word("like_regex") {
            return self.like_regex(left).map(Found::Condition);
        }
        Ok(Found::Value(left))
    }

    fn at_word(&self, keyword: &str) -> bool {
        matches!(self.tokens.first(), Some(Token::Word(it)) if it.eq_ignore_ascii_case(keyword))
    }

    fn exists(&mut self) -> Parsed<Item> {
        self.next();
        self.expect("(")?;
        let inner = self.deeper(Self::disjunction)?;
        let inner = self.value(inner)?;
        self.expect(")")?;
        Ok(Item::Exists(Box::new(inner)))
    }

    fn like_regex(&mut self, value: Item) -> Parsed<Item> {
        let Some(Token::Text(pattern)) = self.next() else {
            return Err(self.unexpected());
        };
        let mut given = "";
        if self.take_word("flag") {
            let Some(Token::Text(flags)) = self.next() else {
                return Err(self.unexpected());
            };
            given = flags;
        }
        if let Some(unknown) = given.chars().find(|it| !"ismxq".contains(*it)) {
            let detail =
                format!("Unrecognized flag character \"{unknown}\" in LIKE_REGEX predicate.");
            let mistake = InputMistake::new("invalid input syntax for type jsonpath");
            return Err(mistake.with_detail(detail).into());
        }
        if given.contains('x') && !given.contains('q') {
            let message = "XQuery \"x\" flag (expanded regular expressions) is not implemented";
            return Err(InputMistake::new(message).into());
        }
        Ok(Item::LikeRegex {
            value: Box::new(value),
            pattern: pattern.clone(),
            flags: "ismxq".chars().filter(|it| given.contains(*it)).collect(),
        })
    }

    /// Values with operators of one rank between them.
    fn arithmetic(
        &mut self,
        symbols: &[&'static str],
        priority: u8,
        part: fn(&mut Self) -> Parsed<Found>,
    ) -> Parsed<Found> {
        let first = part(self)?;
        let Found::Value(mut left) = first else {
            return Ok(first);
        };
        while let Some(symbol) = self.take_one_of(symbols) {
            let right = part(self)?;
            let right = self.value(right)?;
            left = self.binary(Operator { symbol, priority }, left, right)?;
        }
        Ok(Found::Value(left))
    }

    fn sum(&mut self) -> Parsed<Found> {
        self.arithmetic(&SUMS, 3, |it| it.arithmetic(&PRODUCTS, 4, Self::signed))
    }

    fn signed(&mut self) -> Parsed<Found> {
        let Some(symbol) = self.take_one_of(&SUMS) else {
            return self.accessed();
        };
        let operand = self.deeper(Self::signed)?;
        let operand = self.value(operand)?;
        // A sign before a number is a part of it (`makeItemUnary`).
        Ok(Found::Value(match (symbol, operand) {
            ("-", Item::Number(number)) => Item::Number(match number.strip_prefix('-') {
                Some(digits) => digits.to_owned(),
                None if number.bytes().all(|it| matches!(it, b'0' | b'.')) => number,
                None => format!("-{number}"),
            }),
            ("-", operand) => Item::Signed('-', Box::new(operand)),
            (_, number @ Item::Number(_)) => number,
            (_, operand) => Item::Signed('+', Box::new(operand)),
        }))
    }

    fn accessed(&mut self) -> Parsed<Found> {
        let head = match self.take("(") {
            true => {
                let inner = self.deeper(Self::disjunction)?;
                self.expect(")")?;
                match inner {
                    Found::Condition(item) | Found::Enclosed(item) => Found::Enclosed(item),
                    Found::Value(item) => Found::Value(item),
                }
            }
            false => Found::Value(self.primary()?),
        };
        let mut accessors = Vec::new();
        while let Some(accessor) = self.accessor()? {
            accessors.push(accessor);
        }
        if accessors.is_empty() {
            return Ok(head);
        }
        let (Found::Value(head) | Found::Condition(head) | Found::Enclosed(head)) = head;
        Ok(Found::Value(match head {
            Item::Path(head, mut before) => {
                before.append(&mut accessors);
                Item::Path(head, before)
            }
            head => Item::Path(Box::new(head), accessors),
        }))
    }

    fn primary(&mut self) -> Parsed<Item> {
        let before = self.tokens;
        let item = match self.next() {
            Some(Token::Text(text)) => Item::Text(text.clone()),
            Some(Token::Variable(name)) => Item::Variable(name.clone()),
            Some(Token::Number(digits) | Token::Integer(digits)) => {
                Item::Number(number::numeric(digits, self.version)?)
            }
            Some(Token::Symbol("$")) => Item::Word("$"),
            Some(Token::Symbol("@")) if self.filters == 0 => {
                return Err(InputMistake::new("@ is not allowed in root expressions").into());
            }
            Some(Token::Symbol("@")) => Item::Word("@"),
            Some(Token::Word(word)) => match word.as_str() {
                "null" => Item::Word("null"),
                "true" => Item::Word("true"),
                "false" => Item::Word("false"),
                word if word.eq_ignore_ascii_case("last") => {
                    if self.subscripts == 0 {
                        let message = "LAST is allowed only in array subscripts";
                        return Err(InputMistake::new(message).into());
                    }
                    Item::Word("last")
                }
                _ => {
                    self.tokens = before;
                    return Err(self.unexpected());
                }
            },
            Some(Token::Symbol(_)) | None => {
                self.tokens = before;
                return Err(self.unexpected());
            }
        };
        Ok(item)
    }

    fn accessor(&mut self) -> Parsed<Option<Accessor>> {
        if self.take("?") {
            self.expect("(")?;
            self.filters += 1;
            let condition = self.deeper(Self::disjunction)?;
            let condition = self.condition(condition)?;
            self.filters -= 1;
            self.expect(")")?;
            return Ok(Some(Accessor::Filter(condition)));
        }
        if self.take("[") {
            return self.elements().map(Some);
        }
        if !self.take(".") {
            return Ok(None);
        }
        if self.take("*") {
            return Ok(Some(Accessor::AnyKey));
        }
        if self.take("**") {
            return self.levels().map(Some);
        }
        match self.next() {
            Some(Token::Text(key)) => Ok(Some(Accessor::Key(key.clone()))),
            Some(Token::Word(word)) => {
                let name = word.to_ascii_lowercase();
                match self.at("(") {
                    true => self.method(name).map(Some),
                    false => Ok(Some(Accessor::Key(word.clone()))),
                }
            }
            _ => Err(self.unexpected()),
        }
    }

    fn elements(&mut self) -> Parsed<Accessor> {
        if self.take("*") {
            self.expect("]")?;
            return Ok(Accessor::AnyElement);
        }
        self.subscripts += 1;
        let mut elements = Vec::new();
        loop {
            let from = self.deeper(Self::sum)?;
            let from = self.value(from)?;
            let until = match self.take_word("to") {
                true => {
                    let until = self.deeper(Self::sum)?;
                    Some(self.value(until)?)
                }
                false => None,
            };
            elements.push((from, until));
            if !self.take(",") {
                break;
            }
        }
        self.subscripts -= 1;
        self.expect("]")?;
        Ok(Accessor::Elements(elements))
    }

    fn levels(&mut self) -> Parsed<Accessor> {
        if !self.take("{") {
            return Ok(Accessor::AnyLevel(Some(0), None));
        }
        let first = self.level()?;
        let last = match self.take_word("to") {
            true => self.level()?,
            false => first,
        };
        self.expect("}")?;
        Ok(Accessor::AnyLevel(first, last))
    }

    fn level(&mut self) -> Parsed<Option<u32>> {
        if self.take_word("last") {
            return Ok(None);
        }
        let Some(Token::Integer(digits)) = self.next() else {
            return Err(self.unexpected());
        };
        let range = 0..=i128::from(i32::MAX);
        let level = number::integer(digits, "integer", range, self.version)?;
        Ok(level.parse().ok())
    }

    /// `()` after the name of a method, or what may stand in the parentheses.
    fn method(&mut self, name: String) -> Parsed<Accessor> {
        const PLAIN: [&str; 7] = [
            "abs", "size", "type", "floor", "double", "ceiling", "keyvalue",
        ];
        const PLAIN_SINCE_17: [&str; 6] =
            ["bigint", "boolean", "date", "integer", "number", "string"];
        const PRECISE_SINCE_17: [&str; 4] = ["time", "time_tz", "timestamp", "timestamp_tz"];
        let later = self.version >= 17;
        let known = |names: &[&str]| names.contains(&name.as_str());
        let takes_nothing = known(&PLAIN) || (later && known(&PLAIN_SINCE_17));
        let takes_precision = later && known(&PRECISE_SINCE_17);
        let takes_scale = later && name == "decimal";
        if !takes_nothing && !takes_precision && !takes_scale && name != "datetime" {
            return Err(self.unexpected());
        }
        self.expect("(")?;
        let mut arguments = String::new();
        match self.tokens.first() {
            Some(Token::Text(template)) if name == "datetime" => {
                self.next();
                json::print_text(template, &mut arguments);
            }
            Some(Token::Integer(_)) if takes_precision => {
                arguments = self.integer_argument()?;
            }
            Some(Token::Integer(_) | Token::Symbol("+" | "-")) if takes_scale => {
                arguments = self.integer_argument()?;
                if self.take(",") {
                    arguments.push(',');
                    arguments.push_str(&self.integer_argument()?);
                }
            }
            _ => {}
        }
        self.expect(")")?;
        Ok(Accessor::Method(name, arguments))
    }

    fn integer_argument(&mut self) -> Parsed<String> {
        let sign = match self.take_one_of(&SUMS) {
            Some("-") => "-",
            _ => "",
        };
        let Some(Token::Integer(digits)) = self.next() else {
            return Err(self.unexpected());
        };
        Ok(format!("{sign}{}", number::numeric(digits, self.version)?))
    }
}
