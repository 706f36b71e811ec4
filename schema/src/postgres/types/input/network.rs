//! Addresses: `inet_in`, `cidr_in`, `macaddr_in`.

use super::{InputMistake, invalid_syntax};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt::Write as _;

/// An address and how many of its bits are the network's.
fn address(text: &str, name: &str, abbreviated: bool) -> Result<(IpAddr, u8), InputMistake> {
    let wrong = || invalid_syntax(name, text);
    let (host, bits) = match text.split_once('/') {
        Some((host, bits)) => (host, Some(bits)),
        None => (text, None),
    };
    let bits: Option<u8> = match bits {
        Some(bits)
            if !bits.is_empty() && bits.len() <= 3 && bits.bytes().all(|c| c.is_ascii_digit()) =>
        {
            Some(bits.parse().map_err(|_| wrong())?)
        }
        Some(_) => return Err(wrong()),
        None => None,
    };
    if host.contains(':') {
        let parsed: Ipv6Addr = host.parse().map_err(|_| wrong())?;
        let bits = bits.unwrap_or(128);
        return if bits <= 128 {
            Ok((IpAddr::V6(parsed), bits))
        } else {
            Err(wrong())
        };
    }
    let octets: Vec<Option<u8>> = host
        .split('.')
        .map(|octet| {
            let digits = octet.bytes().all(|c| c.is_ascii_digit()) && !octet.is_empty();
            octet.parse().ok().filter(|_| digits)
        })
        .collect();
    let octets: Vec<u8> = octets
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    let [a, b, c, d] = match *octets.as_slice() {
        [a, b, c, d] => [a, b, c, d],
        [a, b, c] if abbreviated || bits.is_some() => [a, b, c, 0],
        [a, b] if abbreviated || bits.is_some() => [a, b, 0, 0],
        [a] if abbreviated || bits.is_some() => [a, 0, 0, 0],
        _ => return Err(wrong()),
    };
    let bits = match bits {
        Some(bits) if bits > 32 => return Err(wrong()),
        // What is left out of an inet must lie behind the network's bits.
        Some(bits) if usize::from(bits.div_ceil(8)) > octets.len() && !abbreviated => {
            return Err(wrong());
        }
        Some(bits) => bits,
        None if !abbreviated => 32,
        // The classes that networks once had.
        None => {
            let class = match a {
                240.. => 32,
                224.. => 8,
                192.. => 24,
                128.. => 16,
                _ => 8,
            };
            match u8::try_from(octets.len() * 8).unwrap_or(32).max(class) {
                8 if a == 224 => 4,
                bits => bits,
            }
        }
    };
    Ok((IpAddr::V4(Ipv4Addr::new(a, b, c, d)), bits))
}

pub(super) fn inet(text: &str) -> Result<String, InputMistake> {
    let (address, bits) = address(text, "inet", false)?;
    let full = if address.is_ipv4() { 32 } else { 128 };
    Ok(if bits == full {
        print(address)
    } else {
        format!("{}/{bits}", print(address))
    })
}

pub(super) fn cidr(text: &str) -> Result<String, InputMistake> {
    let (address, bits) = address(text, "cidr", true)?;
    let beyond = match address {
        IpAddr::V4(it) => u128::from(u32::from(it).checked_shl(u32::from(bits)).unwrap_or(0)),
        IpAddr::V6(it) => u128::from(it).checked_shl(u32::from(bits)).unwrap_or(0),
    };
    if beyond != 0 {
        return Err(InputMistake::new(format!("invalid cidr value: \"{text}\""))
            .with_detail("Value has bits set to right of mask."));
    }
    Ok(format!("{}/{bits}", print(address)))
}

fn print(address: IpAddr) -> String {
    match address {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => it.to_string(),
    }
}

/// Whether a text is made of what addresses consist of: the engine reads numbers there that are shorter or longer.
pub(super) fn may_be_macaddr(text: &str) -> bool {
    let text = super::number::trim(text);
    let mut digits = text.bytes().filter(u8::is_ascii_hexdigit);
    let only = text
        .bytes()
        .all(|c| c.is_ascii_hexdigit() || matches!(c, b':' | b'-' | b'.' | b' '));
    only && digits.nth(5).is_some()
}

/// `macaddr` in one of its seven forms.
pub(super) fn macaddr(text: &str) -> Option<String> {
    let trimmed = super::number::trim(text);
    let parts = |separator: char| -> Vec<&str> { trimmed.split(separator).collect() };
    let lengths = |parts: &[&str]| parts.iter().map(|it| it.len()).collect::<Vec<_>>();
    let digits = |it: &str| it.bytes().all(|c| c.is_ascii_hexdigit());
    let joined = |separator: char| parts(separator).concat();
    let packed = [(':', 6), ('-', 6)]
        .into_iter()
        .find_map(|(separator, count)| {
            let parts = parts(separator);
            let good = parts.len() == count
                && parts
                    .iter()
                    .all(|it| (1..=2).contains(&it.len()) && digits(it));
            good.then(|| {
                parts
                    .iter()
                    .map(|it| format!("{it:0>2}"))
                    .collect::<String>()
            })
        });
    let packed = packed.or_else(|| {
        let forms: [(char, &[usize]); 5] = [
            (':', &[6, 6]),
            ('-', &[6, 6]),
            ('.', &[4, 4, 4]),
            ('-', &[4, 4, 4]),
            ('\0', &[12]),
        ];
        forms.into_iter().find_map(|(separator, shape)| {
            let parts = parts(separator);
            (lengths(&parts) == shape && parts.iter().all(|it| digits(it)))
                .then(|| joined(separator))
        })
    });
    let packed = packed?;
    let mut printed = String::with_capacity(17);
    for (position, c) in packed.char_indices() {
        if position > 0 && position % 2 == 0 {
            printed.push(':');
        }
        let _ = write!(printed, "{}", c.to_ascii_lowercase());
    }
    Some(printed)
}

/// `macaddr8`: six bytes, or eight, with one kind of separator between any of them; the two in the middle of six are given.
pub(super) fn macaddr8(text: &str) -> Result<String, InputMistake> {
    let wrong = || invalid_syntax("macaddr8", text);
    let trimmed = super::number::trim(text);
    let mut bytes: Vec<String> = Vec::new();
    let mut separator = None;
    let mut rest = trimmed;
    while !rest.is_empty() {
        let digits = rest.get(..2).ok_or_else(wrong)?;
        if !digits.bytes().all(|c| c.is_ascii_hexdigit()) || bytes.len() == 8 {
            return Err(wrong());
        }
        bytes.push(digits.to_ascii_lowercase());
        rest = rest.get(2..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix([':', '-', '.']) {
            let found = rest.chars().next();
            if separator.is_some() && separator != found {
                return Err(wrong());
            }
            separator = found;
            rest = after;
        }
    }
    match bytes.len() {
        6 => {
            bytes.insert(3, "ff".to_owned());
            bytes.insert(4, "fe".to_owned());
        }
        8 => {}
        _ => return Err(wrong()),
    }
    Ok(bytes.join(":"))
}
