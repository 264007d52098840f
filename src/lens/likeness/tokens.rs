//! A sentence → its words and marks, in lower case; what begins with a digit is `0`. `lenses/encoder/pieces.py` does the same.

/// A word or mark of a sentence.
pub(super) struct Token {
    pub text: String,
    /// A word that says something by itself: no mark, and no figure.
    pub word: bool,
}

fn close(word: &mut String, tokens: &mut Vec<Token>) {
    if word.is_empty() {
        return;
    }
    let figure = word.starts_with(|first: char| first.is_ascii_digit());
    let text = std::mem::take(word);
    tokens.push(Token {
        text: if figure { "0".to_owned() } else { text },
        word: !figure,
    });
}

/// The tokens of a sentence, in their order.
pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut letters = sentence.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        let letter = if letter == '’' { '\'' } else { letter };
        let inside = letter == '\'' && !word.is_empty() && letters.peek().is_some_and(|next| next.is_alphabetic())
            || matches!(letter, '.' | ',')
                && word.ends_with(|last: char| last.is_ascii_digit())
                && letters.peek().is_some_and(char::is_ascii_digit);
        if letter.is_alphanumeric() || inside {
            word.push(letter);
            continue;
        }
        close(&mut word, &mut tokens);
        if matches!(letter, '%' | ':' | ';' | ',' | '<' | '>' | '[' | ']') {
            tokens.push(Token {
                text: letter.to_string(),
                word: false,
            });
        }
    }
    close(&mut word, &mut tokens);
    tokens
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_sentence_is_cut_into_words_and_marks() {
        let cut = |sentence: &str| -> Vec<String> { tokens(sentence).into_iter().map(|token| token.text).collect() };
        assert_eq!(
            cut("We don't: 99.9 % of O’Neil's"),
            ["we", "don't", ":", "0", "%", "of", "o'neil's"]
        );
        assert_eq!(
            cut("p99 < 5ms, 1,000 (at least)"),
            ["p99", "<", "0", ",", "0", "at", "least"]
        );
        assert_eq!(cut("'quoted' ... "), ["quoted"]);
    }
}
