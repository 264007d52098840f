"""The sentences of `lenses/examples`, each with the classes of what it states."""

import pathlib
import random
import tomllib

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
#: Of a sentence that states nothing. Behind it two for each signal: that requires it, that says it is not required.
NOTHING = 0


def signals() -> list[str]:
    """The ids of the signals, in the order of their classes."""
    return sorted(path.stem for path in EXAMPLES.glob("*.toml") if path.stem != "no-signal")


def load() -> dict[str, list[int]]:
    """Each sentence with its classes, in the order of the files."""
    number = {signal: at for at, signal in enumerate(signals())}

    def state(signal: str, denied: bool) -> int:
        return 1 + 2 * number[signal] + denied

    sentences: dict[str, set[int]] = {}
    for path in sorted(EXAMPLES.glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in (file, file.get("far", {})):
            for says in ("required", "not-required", "nothing"):
                for line in table.get(says, []):
                    text, _, also = line.partition(" | also:")
                    states = sentences.setdefault(text.strip(), set())
                    if says != "nothing":
                        states.add(state(path.stem, says == "not-required"))
                    for named in filter(None, map(str.strip, also.split(","))):
                        states.add(state(named.removeprefix("not "), named.startswith("not ")))
    return {text: sorted(states) or [NOTHING] for text, states in sentences.items()}


def paired(first: tuple[str, list[int]], second: tuple[str, list[int]]) -> tuple[str, list[int]]:
    """Two sentences as one, which states what both do."""
    states = {*first[1], *second[1]} - {NOTHING}
    return f"{first[0]} {second[0]}", sorted(states) or [NOTHING]


def shaken(texts: list[str], count: int, dice: random.Random) -> list[str]:
    """Sentences nobody wrote: with words left out, with words of others, and one behind the other. Nobody says what they state; they show
    the small encoder how the large one behaves beside the sentences it knows."""
    made = []
    for _ in range(count):
        words, other = dice.choice(texts).split(), dice.choice(texts).split()
        way = dice.random()
        if way < 0.35:
            words = [word for word in words if dice.random() > 0.12] or words
        elif way < 0.6:
            words = (words[: dice.randint(len(words) // 3, len(words))] + other[dice.randint(0, len(other) // 2) :])[:34]
        elif way < 0.8:
            for _ in range(max(1, len(words) // 8)):
                words[dice.randrange(len(words))] = dice.choice(other)
        else:
            words = (words + other)[:40]
        made.append(" ".join(words))
    return made


def batches(lengths: list[int], size: int, dice: random.Random) -> list[list[int]]:
    """All numbers of sentences, in batches of about one length, in a random order."""
    order = [at for at, length in enumerate(lengths) if length]
    dice.shuffle(order)
    block = size * 40
    blocks = [sorted(order[at : at + block], key=lambda one: lengths[one]) for at in range(0, len(order), block)]
    cut = [block[at : at + size] for block in blocks for at in range(0, len(block), size)]
    dice.shuffle(cut)
    return cut

