"""The small encoder as the file that `src/lens/likeness/encoder/mod.rs` reads: little-endian, weights in whole numbers."""

import hashlib
import json
import pathlib
import struct

import numpy as np

KIND = b"adr-lens encoder 1\n"
#: The program tells how well a filter fits in steps of this many products of whole numbers: `SHIFT` there.
FIT = 16
#: So many of the numbers of a sentence are written down for a test.
SHOWN = 16


def array(tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float64)


def whole(weights: np.ndarray, step) -> np.ndarray:
    return np.clip(np.round(weights / step), -127, 127).astype(np.int8)


def floats(*parts: np.ndarray) -> bytes:
    return np.concatenate([np.atleast_1d(part) for part in parts]).astype("<f4").tobytes()


def write(student, names: list[str], path: pathlib.Path) -> None:
    """`names` are the pieces, in the order of their embeddings behind the first two."""
    begin = sorted((name.encode(), 2 + at) for at, name in enumerate(names) if not name.startswith("##"))
    inside = sorted((name[2:].encode(), 2 + at) for at, name in enumerate(names) if name.startswith("##"))
    spelt = [name for name, _ in begin + inside]

    table = array(student.embeddings.weight)[[0, 1] + [at for _, at in begin + inside]]
    table[0] = 0
    # A few numbers are far out; that all others keep their places matters more.
    step = np.quantile(np.abs(table), 0.9999) / 127

    windows, steps, biases = [], [], []
    for filters in student.filters:
        weights = array(filters.weight)
        own = np.abs(weights).max(axis=(1, 2)) / 127
        windows += [whole(weights[:, :, place], own[:, None]).tobytes() for place in range(weights.shape[2])]
        steps.append(FIT * step * own)
        biases.append(array(filters.bias))

    layer = array(student.layer.weight).T
    layer_steps = np.abs(layer).max(axis=0) / 127

    ends = np.cumsum([len(name) for name in spelt]).astype("<u4")
    text = b"".join(spelt)
    body = b"".join(
        [
            struct.pack("<III", table.shape[1], len(biases[0]), layer.shape[1]),
            struct.pack("<II", len(begin), len(spelt)),
            ends.tobytes(),
            struct.pack("<I", len(text)),
            text,
            floats(step),
            whole(table, step).tobytes(),
            *windows,
            floats(*steps),
            floats(*biases),
            whole(layer, layer_steps).tobytes(),
            floats(layer_steps),
            floats(array(student.layer.bias)),
        ]
    )
    path.write_bytes(KIND + hashlib.sha256(body).digest()[:8] + body)


def tell(texts: list[str], rows: list[list[int]], features: list[list[float]], names: list[str], path: pathlib.Path) -> None:
    """Some sentences with their pieces and the first of their numbers, by which the program is held against this."""
    spelt = [[names[number - 2] if number >= 2 else "?" for number in row] for row in rows]
    shown = [[round(feature, 3) for feature in sentence[:SHOWN]] for sentence in features]
    told = [dict(text=text, pieces=cut, features=first) for text, cut, first in zip(texts, spelt, shown)]
    path.write_text("[\n" + ",\n".join(json.dumps(one) for one in told) + "\n]\n", encoding="utf-8")
