"""The small encoder, which the program carries: convolutions over pieces of words. It learns from the large one what sentences state.

    python3 lenses/encoder/student.py target/encoder
"""

import pathlib
import random
import sys

import torch
from torch import nn
from torch.nn import functional

import export
import pieces
import sentences
from teacher import RARE, Teacher, loss, target

#: Numbers of an embedding, filters of each width, numbers of a sentence.
DIMENSIONS, FILTERS, SIZE = 96, 192, 256
WIDTHS = (1, 2, 3)
#: So many sentences that nobody wrote.
SHAKEN = 120_000
ROUNDS = 12
BATCH = 128
RATE = 2e-3
#: Of so many sentences what it says of them is written down, for a test of the program.
TOLD = 20
#: What the labels of the sentences that somebody wrote count, beside what the large encoder says.
LABELS = 0.3


class Student(nn.Module):
    """Pieces of a sentence → how likely each class is. `embeddings` are where those of the pieces start."""

    def __init__(self, embeddings: torch.Tensor, classes: int):
        super().__init__()
        self.embeddings = nn.Embedding.from_pretrained(embeddings, freeze=False, padding_idx=pieces.FILLER)
        # A window may reach over the ends of the sentence.
        self.filters = nn.ModuleList(nn.Conv1d(DIMENSIONS, FILTERS, width, padding=width - 1) for width in WIDTHS)
        self.layer = nn.Linear(len(WIDTHS) * FILTERS + DIMENSIONS, SIZE)
        self.dropout = nn.Dropout(0.2)
        self.classes = nn.Linear(SIZE, classes)
        nn.init.constant_(self.classes.bias, RARE)

    def features(self, rows: torch.Tensor) -> torch.Tensor:
        mask = (rows != pieces.FILLER).float()
        embedded = self.embeddings(rows) * mask.unsqueeze(-1)
        fits = [functional.relu(filters(embedded.transpose(1, 2))).amax(2) for filters in self.filters]
        mean = embedded.sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return functional.relu(self.layer(self.dropout(torch.cat([*fits, mean], 1))))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.classes(self.dropout(self.features(rows)))


def vocabulary(teacher: Teacher) -> dict[str, int]:
    """The number of each piece that the small encoder knows in the vocabulary of the large one."""
    return {piece: at for piece, at in sorted(teacher.tokenizer.get_vocab().items(), key=lambda one: one[1]) if pieces.keeps(piece)}


def start(teacher: Teacher, numbers: list[int]) -> torch.Tensor:
    """The embeddings of the large encoder in as many numbers as the small one has: by their main directions."""
    table = teacher.encoder.embeddings.word_embeddings.weight.detach()
    chosen = table[numbers]
    middle = chosen.mean(0)
    directions = torch.linalg.svd(chosen - middle, full_matrices=False).Vh[:DIMENSIONS]
    unknown = table[teacher.tokenizer.unk_token_id]
    embedded = (torch.cat([middle[None], unknown[None], chosen]) - middle) @ directions.T
    return embedded / embedded.std() * 0.3


def fill(lists: list[list[int]]) -> torch.Tensor:
    """The numbers of pieces in rows of one length. Behind the longest there is room too, so that a filter looks at nothing once in each."""
    rows = torch.full((len(lists), 1 + max(map(len, lists))), pieces.FILLER)
    for row, numbers in zip(rows, lists):
        row[: len(numbers)] = torch.tensor(numbers)
    return rows


def train(student: Student, lists: list[list[int]], told: torch.Tensor, known: list[list[int]], dice: random.Random) -> None:
    """`told` is what the large encoder says of each sentence; the first ones have labels, `known`."""
    descent = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.01)
    steps = ROUNDS * len(lists) // BATCH
    slope = torch.optim.lr_scheduler.LambdaLR(descent, lambda step: min(1, step / 200) * max(0.02, 1 - step / steps))
    for turn in range(ROUNDS):
        student.train()
        sum_of_wrong = 0.0
        batches = sentences.batches([len(one) for one in lists], BATCH, dice)
        for batch in batches:
            rows = fill([lists[at] for at in batch])
            lost = (torch.rand(rows.shape) < 0.05) & (rows != pieces.FILLER)
            logits = student(rows.masked_fill(lost, pieces.UNKNOWN))
            wrong = loss(logits, torch.sigmoid(told[batch].float()))
            labelled = [(row, at) for row, at in enumerate(batch) if at < len(known)]
            if labelled:
                states = target([known[at] for _, at in labelled], logits.shape[1])
                wrong = wrong + LABELS * loss(logits[[row for row, _ in labelled]], states)
            descent.zero_grad()
            wrong.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            descent.step()
            slope.step()
            sum_of_wrong += wrong.item()
        print(f"round {turn}: {sum_of_wrong / len(batches):.3f}", flush=True)


def main(directory: pathlib.Path) -> None:
    torch.manual_seed(1)
    dice = random.Random(1)
    known = sentences.load()
    classes = 1 + 2 * len(sentences.signals())
    teacher = Teacher(directory, classes)
    texts = list(known) + sentences.shaken(list(known), SHAKEN, dice)
    teacher.load_state_dict(torch.load(directory / "teacher.pt"))
    told = teacher.tell(texts)
    numbers = vocabulary(teacher)
    cut = pieces.Pieces({piece: 2 + at for at, piece in enumerate(numbers)})
    student = Student(start(teacher, list(numbers.values())), classes)
    train(student, [cut.of(text) for text in texts], told, list(known.values()), dice)
    torch.save(student.state_dict(), directory / "student.pt")
    student.eval()
    here = pathlib.Path(__file__).parent
    export.write(student, list(numbers), here / "encoder.bin")
    some = list(known)[:: len(known) // TOLD]
    rows = [cut.of(text) for text in some]
    with torch.no_grad():
        features = [student.features(fill([row]))[0].tolist() for row in rows]
    export.tell(some, rows, features, list(numbers), here / "told.json")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
