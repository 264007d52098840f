"""The large encoder: all-MiniLM-L6-v2 (22 million weights), trained further on the sentences of `lenses/examples`.

    python3 lenses/encoder/teacher.py target/encoder
"""

import pathlib
import random
import sys

import torch
from all_minilm_l6_v2 import extract_model
from transformers import AutoModel, AutoTokenizer

import sentences

ROUNDS = 2
BATCH = 64
#: The steps of the descent: of the encoder, and of the layer that stands on it.
RATE, RATE_OF_LAYER = 1.5e-4, 1e-3
#: Where training starts: a class is seldom stated.
RARE = -4.0
#: So many pieces of a sentence are looked at.
LONGEST = 48
#: One batch of so many has sentences one behind the other, which state what both do: real sentences are long, and state several needs.
PAIRED = 7


class Teacher(torch.nn.Module):
    """The mean of what the encoder makes of the pieces of a sentence → how likely each class is."""

    def __init__(self, directory: pathlib.Path, classes: int):
        super().__init__()
        base = extract_model(str(directory / "base"))
        self.tokenizer = AutoTokenizer.from_pretrained(base)
        self.encoder = AutoModel.from_pretrained(base)
        self.dropout = torch.nn.Dropout(0.1)
        self.layer = torch.nn.Linear(self.encoder.config.hidden_size, classes)
        torch.nn.init.constant_(self.layer.bias, RARE)

    def forward(self, texts: list[str]) -> torch.Tensor:
        pieces = self.tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(**pieces).last_hidden_state
            mask = pieces["attention_mask"].unsqueeze(-1).to(states.dtype)
            return self.layer(self.dropout((states * mask).sum(1) / mask.sum(1))).float()

    @torch.no_grad()
    def tell(self, texts: list[str]) -> torch.Tensor:
        """The logits of many sentences."""
        self.eval()
        told = torch.empty(len(texts), self.layer.out_features, dtype=torch.float16)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for batch in (order[at : at + 256] for at in range(0, len(order), 256)):
            told[batch] = self([texts[at] for at in batch]).half()
        return told


def target(classes: list[list[int]], count: int) -> torch.Tensor:
    """For each sentence and class, 1 where it states that."""
    states = torch.zeros(len(classes), count)
    for row, stated in zip(states, classes):
        row[stated] = 1
    return states


def loss(logits: torch.Tensor, states: torch.Tensor) -> torch.Tensor:
    """Each class is a question of its own: a sentence may state several needs."""
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, states, reduction="sum") / len(states)


def main(directory: pathlib.Path) -> None:
    torch.manual_seed(1)
    dice = random.Random(1)
    known = list(sentences.load().items())
    count = 1 + 2 * len(sentences.signals())
    teacher = Teacher(directory, count)
    parts = [
        {"params": teacher.encoder.parameters(), "lr": RATE},
        {"params": teacher.layer.parameters(), "lr": RATE_OF_LAYER},
    ]
    descent = torch.optim.AdamW(parts, weight_decay=0.01)
    steps = ROUNDS * len(known) // BATCH
    slope = torch.optim.lr_scheduler.LambdaLR(descent, lambda step: min(1, step / 100) * max(0.02, 1 - step / steps))
    for turn in range(ROUNDS):
        teacher.train()
        for done, batch in enumerate(sentences.batches([len(text) for text, _ in known], BATCH, dice)):
            one = [known[at] for at in batch]
            if done % PAIRED == 0:
                one = [sentences.paired(first, second) for first, second in zip(one, dice.sample(one, len(one)))]
            wrong = loss(teacher([text for text, _ in one]), target([states for _, states in one], count))
            descent.zero_grad()
            wrong.backward()
            descent.step()
            slope.step()
            if done % 100 == 0:
                print(f"round {turn}, batch {done}: {wrong.item():.3f}", flush=True)
    torch.save(teacher.state_dict(), directory / "teacher.pt")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
