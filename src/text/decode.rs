//! Bytes of a file → text of the same length, so that byte offsets in the text are byte offsets in the file.

/// A text read from bytes.
pub struct Decoded {
    pub text: String,
    /// Offset of the first byte that is not UTF-8; each such byte stands as `?` in the text.
    pub replaced_at: Option<usize>,
}

/// Why bytes are not a text that can be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unreadable {
    #[error("binary file (NUL at byte {0})")]
    Binary(usize),
    #[error("UTF-16 text; save it as UTF-8")]
    Utf16,
}

/// Reads bytes as UTF-8. A byte that is not UTF-8 is replaced by one `?`: one stray Latin-1 character must not hide a record.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Unreadable::Utf16);
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(Unreadable::Binary(at));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text,
            replaced_at: None,
        }),
        Err(error) => {
            let first = error.utf8_error().valid_up_to();
            Ok(Decoded {
                text: replace_invalid(error.as_bytes()),
                replaced_at: Some(first),
            })
        }
    }
}

fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_keep_their_place() {
        let Ok(decoded) = decode(b"caf\xe9 uses Redis".to_vec()) else {
            panic!("no text");
        };
        assert_eq!(decoded.text, "caf? uses Redis");
        assert_eq!(decoded.replaced_at, Some(3));
    }

    #[test]
    fn binary_and_utf16_say_so() {
        assert_eq!(decode(b"a\0b".to_vec()).err(), Some(Unreadable::Binary(1)));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0]).err(), Some(Unreadable::Utf16));
    }
}
