//! Where in a lens file the cursor stands: in which table, at a key or in the value of one. Read line by line, since what is being typed
//! is seldom whole TOML.

/// A place in a lens file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The table of the header above, in parts: `["cues", "joins"]`; none before the first.
    pub table: Vec<String>,
    /// The key whose value the cursor is in; none where a key is being typed.
    pub key: Option<String>,
    /// What is typed of the name so far, and where it begins.
    pub typed: String,
    pub start: usize,
    /// Whether a quotation mark stands before it.
    pub quoted: bool,
}

const QUOTES: [char; 2] = ['"', '\''];

/// The place of a byte offset.
pub(super) fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let table = before
        .get(..line_start)
        .unwrap_or_default()
        .lines()
        .rev()
        .find_map(header);
    let line = before.get(line_start..).unwrap_or_default();
    let begins = line
        .rfind(|c: char| c.is_whitespace() || "\"'=,[]{}".contains(c))
        .map_or(0, |at| at + 1);
    let typed = line.get(begins..).unwrap_or_default();
    let ahead = line.get(..begins).unwrap_or_default();
    Place {
        table: table.unwrap_or_default(),
        key: key(before.get(..line_start).unwrap_or_default(), ahead),
        typed: typed.to_owned(),
        start: line_start + begins,
        quoted: ahead.ends_with(QUOTES),
    }
}

/// The parts of a table's header.
fn header(line: &str) -> Option<Vec<String>> {
    let name = line.trim().strip_prefix('[')?.trim_start_matches('[');
    let name = name.split(']').next()?;
    (!name.contains(['=', ','])).then(|| name.split('.').map(bare).collect())
}

fn bare(name: &str) -> String {
    name.trim().trim_matches(QUOTES).to_owned()
}

/// The key whose value begins before the cursor: the last on this line, else one above whose list is still open.
fn key(above: &str, line: &str) -> Option<String> {
    let of_line = |line: &str| {
        let (names, value) = line.rsplit_once('=')?;
        // Behind a comma in an inline table a new key begins.
        let is_over = value.contains(',') && !value.contains('[');
        let name = names.rsplit(['{', ',']).next()?;
        (!is_over && !value.contains('}')).then(|| bare(name))
    };
    if line.contains('=') {
        return of_line(line);
    }
    let opened = above
        .lines()
        .rev()
        .take_while(|line| header(line).is_none() || line.contains('='));
    for line in opened {
        let (opens, closes) = (line.matches('[').count(), line.matches(']').count());
        if line.contains('=') {
            return if opens > closes {
                of_line(line.trim_end().trim_end_matches('['))
            } else {
                None
            };
        }
        if closes > opens {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::place;

    /// The table, the key and what is typed at `|`.
    fn at(marked: &str) -> (String, Option<String>, String) {
        let at = marked.find('|').expect("a mark");
        let place = place(&marked.replacen('|', "", 1), at);
        (place.table.join("."), place.key, place.typed)
    }

    fn expect(marked: &str, table: &str, key: Option<&str>, typed: &str) {
        let expected = (table.to_owned(), key.map(str::to_owned), typed.to_owned());
        assert_eq!(at(marked), expected, "{marked}");
    }

    #[test]
    fn a_place_has_a_table_a_key_and_what_is_typed() {
        expect("ru|", "", None, "ru");
        expect("[rules]\n\"choice/jo|\" = \"off\"", "rules", None, "choice/jo");
        expect("[rules]\n\"choice/*\" = \"o|", "rules", Some("choice/*"), "o");
        expect("[engines]\nhold = [\"a\", \"mon|\"]", "engines", Some("hold"), "mon");
        expect(
            "[engines]\nhold = [\n  \"a\",\n  \"mon|",
            "engines",
            Some("hold"),
            "mon",
        );
        expect("[engines]\nhold = [\"a\"]\nfor|", "engines", None, "for");
        expect("[[overrides]]\nrules = { \"gap/|", "overrides", Some("rules"), "gap/");
        expect("[[contradicts]]\nsignal = \"jo|\"", "contradicts", Some("signal"), "jo");
        expect("[cues.joins]\nwe|", "cues.joins", None, "we");
    }
}
