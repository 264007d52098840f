//! A phrase of a table: as it is written or, in the tables that the program carries, the number by which it is ready.

use std::borrow::Cow;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use super::ready;

/// A phrase of a table; it is read as it is written.
#[derive(Debug, Clone)]
pub enum Phrase {
    /// The number of one that was compiled when the program was built.
    Ready(u32),
    Written(Box<str>),
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Phrase::Ready(number) => ready::written(*number).unwrap_or_default(),
            Phrase::Written(text) => text,
        }
    }
}

/// A phrase as it is written, with the number by which it is ready, where it is.
pub trait Said {
    fn text(&self) -> &str;
    fn number(&self) -> Option<u32>;
}

impl Said for Phrase {
    fn text(&self) -> &str {
        self
    }

    fn number(&self) -> Option<u32> {
        match self {
            Phrase::Ready(number) => Some(*number),
            Phrase::Written(text) => ready::number(text),
        }
    }
}

impl Said for String {
    fn text(&self) -> &str {
        self
    }

    fn number(&self) -> Option<u32> {
        ready::number(self)
    }
}

impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self)
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Phrase {
        Phrase::Written(text.into())
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Phrase, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Phrase;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Phrase, E> {
                Ok(text.into())
            }

            // Of the tables that the program carries; the numbers of TOML are signed.
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Phrase, E> {
                let known = u32::try_from(number)
                    .ok()
                    .filter(|number| ready::written(*number).is_some());
                known.map(Phrase::Ready).ok_or_else(|| E::custom("no such phrase"))
            }
        }

        deserializer.deserialize_any(Read)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl schemars::JsonSchema for Phrase {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}
