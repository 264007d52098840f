"""Words and pieces of words, as `src/lens/likeness/tokens.rs` and `src/lens/likeness/encoder/pieces.rs` cut them."""

#: Signs that are words of their own.
SIGNS = "%:;,<>[]"
#: So many pieces of a sentence are looked at.
LONGEST = 64
#: Longer pieces, and longer words, than this are not known, in bytes.
LONGEST_PIECE, LONGEST_WORD = 24, 100
#: Numbers of the pieces that stand for no text: what fills a batch up, and what is not known.
FILLER, UNKNOWN = 0, 1


def words(sentence: str) -> list[str]:
    text = "".join(sign.lower() for sign in sentence).replace("’", "'")
    found, word = [], ""

    def close():
        nonlocal word
        if word:
            found.append("0" if word[0] in "0123456789" else word)
        word = ""

    for sign, following in zip(text, text[1:] + " "):
        in_word = sign == "'" and word and following.isalpha()
        in_number = sign in ".," and word and word[-1] in "0123456789" and following in "0123456789"
        if sign.isalnum() or in_word or in_number:
            word += sign
            continue
        close()
        if sign in SIGNS:
            found.append(sign)
    close()
    return found


def keeps(piece: str) -> bool:
    """Whether a piece of the large encoder is one of the small one: plain words and signs, no numbers."""
    if piece in tuple(SIGNS):
        return True
    text = piece.removeprefix("##")
    return text.isascii() and text.isalnum() and not (text.isdigit() and len(text) > 1)


class Pieces:
    """Cuts words into the longest pieces that are known; those behind the first of a word begin with `##`."""

    def __init__(self, vocabulary: dict[str, int]):
        self.vocabulary = vocabulary
        self.known: dict[str, list[int]] = {}

    def of_word(self, word: str) -> list[int]:
        if word not in self.known:
            # "don't" is "don" and "t", as for the large encoder.
            self.known[word] = [piece for part in word.split("'") for piece in self.cut(part)]
        return self.known[word]

    def cut(self, word: str) -> list[int]:
        if len(word.encode()) > LONGEST_WORD:
            return [UNKNOWN]
        found, at = [], 0
        while at < len(word):
            start = "##" if at else ""
            ends = range(min(len(word), at + LONGEST_PIECE), at, -1)
            end = next((end for end in ends if start + word[at:end] in self.vocabulary), None)
            if end is None:
                return [UNKNOWN]
            found.append(self.vocabulary[start + word[at:end]])
            at = end
        return found

    def of(self, sentence: str) -> list[int]:
        return [piece for word in words(sentence) for piece in self.of_word(word)][:LONGEST]
