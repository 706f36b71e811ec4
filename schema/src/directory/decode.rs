//! From the bytes of a file to its text.

/// What decoding gives.
pub(super) enum Decoded {
    /// The text, with its byte order mark if it has one.
    Text(String),
    /// Bytes that are nearly UTF-8: the text with U+FFFD in place of what is not, and the offset of the first such place.
    Nearly { text: String, offset: usize },
    /// UTF-16, as its byte order mark says.
    Utf16,
}

pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Decoded::Utf16;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded::Text(text),
        Err(error) => Decoded::Nearly {
            offset: error.utf8_error().valid_up_to(),
            text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
        },
    }
}
