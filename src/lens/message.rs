//! What the reader of TOML says is wrong → a sentence a user can act on.

use super::nearest::nearest;

/// At most this many known names are listed; more are no help.
const LISTED: usize = 12;

/// Says it in the words of the lens, with the nearest known name.
pub(super) fn plain(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    if let Some((name, known)) = unknown(first, "unknown field ") {
        return format!("unknown key `{name}`{}", offer(name, &known));
    }
    if let Some((name, known)) = unknown(first, "unknown variant ") {
        return format!("`{name}` is not known here{}", offer(name, &known));
    }
    if let Some(field) = first.strip_prefix("missing field ") {
        return format!("the key {field} is missing");
    }
    // The reader's word for a value that is no name of one of several things.
    if first == "wanted string or table" {
        return "a string is expected here".to_owned();
    }
    message.lines().map(str::trim).collect::<Vec<_>>().join(": ")
}

/// "unknown field `a`, expected one of `b`, `c`" → a, and b and c.
fn unknown<'a>(message: &'a str, head: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let mut names = message.strip_prefix(head)?.split('`').skip(1).step_by(2);
    Some((names.next()?, names.collect()))
}

fn offer(name: &str, known: &[&str]) -> String {
    let near = nearest(name, known.iter().copied());
    if near.is_empty() && !known.is_empty() && known.len() <= LISTED {
        return format!("; known are {}", known.join(", "));
    }
    near
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_nearest_key_is_offered() {
        let told = "unknown field `sevrity`, expected one of `id`, `severity`, `title`";
        assert_eq!(plain(told), "unknown key `sevrity`; did you mean `severity`?");
        assert_eq!(
            plain("unknown variant `loud`, expected `error` or `off`"),
            "`loud` is not known here; known are error, off"
        );
        assert_eq!(plain("missing field `id`"), "the key `id` is missing");
    }
}
