//! Points and what is made of them: `point_in`, `box_in`, `path_in`, `poly_in`, `circle_in` and their kin.

use super::{Input, InputMistake, Outcome, invalid_syntax, number, unsure, value};

/// Why a text is none of these.
enum Refusal {
    Form,
    Number(InputMistake),
}

type Decoded<T> = Result<T, Refusal>;

/// A coordinate as it is printed.
type Point = (String, String);

struct Reader<'a> {
    rest: &'a str,
}

fn refused(refusal: Refusal, name: &str, text: &str) -> InputMistake {
    match refusal {
        Refusal::Form => invalid_syntax(name, text),
        Refusal::Number(mistake) => mistake,
    }
}

impl Reader<'_> {
    fn space(&mut self) {
        let rest = self.rest;
        self.rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    }

    fn take(&mut self, c: char) -> bool {
        self.space();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                self.space();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, c: char) -> Decoded<()> {
        self.take(c).then_some(()).ok_or(Refusal::Form)
    }

    fn end(&mut self) -> Decoded<()> {
        self.space();
        self.rest.is_empty().then_some(()).ok_or(Refusal::Form)
    }

    fn number(&mut self) -> Decoded<String> {
        self.space();
        let end = self.rest.find(|c: char| {
            c.is_ascii_whitespace()
                || matches!(c, ',' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}')
        });
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        number::float(text, false).map_err(|mistake| {
            // What is no number at all is said of the whole.
            match mistake.message.starts_with("invalid") {
                true => Refusal::Form,
                false => Refusal::Number(mistake),
            }
        })
    }

    /// Two numbers, in parentheses or not.
    fn pair(&mut self) -> Decoded<Point> {
        let enclosed = self.take('(');
        let x = self.number()?;
        self.expect(',')?;
        let y = self.number()?;
        if enclosed {
            self.expect(')')?;
        }
        self.space();
        Ok((x, y))
    }

    /// So many points, in brackets if they may be open, in parentheses, or in nothing; says whether in brackets.
    fn points(&mut self, count: usize, may_be_open: bool) -> Decoded<(bool, Vec<Point>)> {
        self.space();
        let open = may_be_open && self.take('[');
        let mut around = usize::from(open);
        if !open && let Some(inner) = self.rest.strip_prefix('(') {
            let of_all = number::trim(inner).starts_with('(') || !inner.contains('(');
            if of_all && count > 1 || number::trim(inner).starts_with('(') {
                self.rest = inner;
                around += 1;
            }
        }
        let mut points = Vec::with_capacity(count.min(64));
        for position in 0..count {
            if position > 0 {
                self.expect(',')?;
            }
            points.push(self.pair()?);
        }
        if around > 0 {
            self.expect(if open { ']' } else { ')' })?;
        }
        Ok((open, points))
    }
}

fn printed(points: &[Point]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("({x},{y})")).collect();
    points.join(",")
}

/// How many points a text seems to have, by its commas; none if these do not come out even.
fn count(text: &str) -> Option<usize> {
    let commas = text.matches(',').count();
    (commas % 2 == 1).then_some(commas.div_ceil(2))
}

/// A literal of one of these types, which `read` makes the printed form of.
fn literal(
    name: &str,
    text: &str,
    read: impl FnOnce(&mut Reader<'_>) -> Decoded<Input>,
) -> Outcome {
    let mut reader = Reader { rest: text };
    let found = read(&mut reader).and_then(|it| reader.end().map(|()| it));
    found.map_err(|it| refused(it, name, text))
}

pub(super) fn point(text: &str) -> Outcome {
    literal("point", text, |it| {
        it.pair().map(|point| value(printed(&[point])))
    })
}

pub(super) fn segment(text: &str) -> Outcome {
    literal("lseg", text, |it| {
        let (_, points) = it.points(2, true)?;
        Ok(value(format!("[{}]", printed(&points))))
    })
}

/// `box`: the upper right corner is printed first.
pub(super) fn rectangle(text: &str) -> Outcome {
    literal("box", text, |it| {
        let (_, points) = it.points(2, false)?;
        let ordered = |one: &String, other: &String| {
            let less =
                |left: &str, right: &str| left.parse::<f64>().ok() < right.parse::<f64>().ok();
            match less(one, other) {
                true => (other.clone(), one.clone()),
                false => (one.clone(), other.clone()),
            }
        };
        let [(x, y), (other_x, other_y)] = points.as_slice() else {
            return Err(Refusal::Form);
        };
        let ((right, left), (top, bottom)) = (ordered(x, other_x), ordered(y, other_y));
        Ok(value(printed(&[(right, top), (left, bottom)])))
    })
}

pub(super) fn path(text: &str) -> Outcome {
    literal("path", text, |it| {
        let (open, points) = it.points(count(text).ok_or(Refusal::Form)?, true)?;
        let points = printed(&points);
        Ok(value(match open {
            true => format!("[{points}]"),
            false => format!("({points})"),
        }))
    })
}

pub(super) fn polygon(text: &str) -> Outcome {
    literal("polygon", text, |it| {
        let (_, points) = it.points(count(text).ok_or(Refusal::Form)?, false)?;
        Ok(value(format!("({})", printed(&points))))
    })
}

pub(super) fn circle(text: &str) -> Outcome {
    literal("circle", text, |it| {
        let angle = it.take('<');
        let inner = it.rest.trim_start().strip_prefix('(').unwrap_or_default();
        let parenthesis = !angle && inner.trim_start().starts_with('(') && it.take('(');
        let centre = it.pair()?;
        it.expect(',')?;
        let radius = it.number()?;
        if radius.starts_with('-') {
            return Err(Refusal::Form);
        }
        if angle {
            it.expect('>')?;
        } else if parenthesis {
            it.expect(')')?;
        }
        Ok(value(format!("<{},{radius}>", printed(&[centre]))))
    })
}

/// `line`: `{A,B,C}`, or two points, of which it is computed.
pub(super) fn line(text: &str) -> Outcome {
    literal("line", text, |it| {
        if !it.take('{') {
            let (_, points) = it.points(2, true)?;
            let [one, other] = points.as_slice() else {
                return Err(Refusal::Form);
            };
            if one == other {
                let message = "invalid line specification: must be two distinct points";
                return Err(Refusal::Number(InputMistake::new(message)));
            }
            return Ok(Input::Unsure(unsure::LINE));
        }
        let a = it.number()?;
        it.expect(',')?;
        let b = it.number()?;
        it.expect(',')?;
        let c = it.number()?;
        it.expect('}')?;
        if a == "0" && b == "0" {
            let message = "invalid line specification: A and B cannot both be zero";
            return Err(Refusal::Number(InputMistake::new(message)));
        }
        Ok(value(format!("{{{a},{b},{c}}}")))
    })
}
