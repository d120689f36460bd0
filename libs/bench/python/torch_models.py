"""The zoo's models in PyTorch, timed at the asking of `botlab bench --against torch`.

    python torch_models.py THREADS [cuda]

They run on the CPU, or with `cuda` on the graphics card where PyTorch finds one. There it reads nothing back
before the last step of a round, as ours does, and multiplies as it does by default (TF32 in cuDNN alone).

Standard input has a JSON object a line, standard output the answer to each, once it is known; between
two questions this process waits, so that it and the one that asks never compute at the same time.

    (at the start)                                         {"torch": VERSION, "models": [NAME, ...],
                                                            "device": the card's name, where it is one}
                                                           or {"missing": why torch cannot be imported}
    {"work": "train" | "infer", "model": NAME,
     "batch": n, "width": n | null, "steps": n}            {"ms": [each step's time]}
    {"work": "logits", "model": NAME, "weights": {...},
     "x": [[115 features], ...]}                           {"logits": [[one a class], ...]}
    {"work": "parameters", "model": NAME, "width": ...}    {"parameters": n, "secondBiases": n}
    {"work": "memory"}                                     {"peakMemoryMB": so far}

Shapes and options are those of libs/models/src/zoo; the rows are synthetic. PyTorch's LSTM and GRU have two
biases, which are only ever added, where Keras's layout has one; its GRU resets after the recurrent
product, where ours does before. Neither changes the time by much.
"""

import json
import sys
import time

from peak_memory import peak_memory_mb

try:
    import torch
    from torch import nn
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)

FEATURES = 115
CLASSES = 11

ON_CARD = "cuda" in sys.argv[2:] and torch.cuda.is_available()
DEVICE = torch.device("cuda" if ON_CARD else "cpu")


def same_pool():
    """Max pooling by 2 with padding 'same': a last element without a neighbour is kept."""
    return nn.MaxPool1d(2, ceil_mode=True)


def sequence(x):
    """[batch, channels, time], as convolutions have it, to [batch, time, channels], or back."""
    return x.transpose(1, 2)


class Dense(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Flatten(),
            *(nn.Linear(FEATURES, 64), nn.ReLU()),
            *(nn.Linear(64, 32), nn.ReLU()),
            nn.Linear(32, CLASSES),
        )


class GRU(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 32, batch_first=True)
        self.logits = nn.Linear(32, CLASSES)

    def forward(self, x):
        return self.logits(self.gru(sequence(x))[0][:, -1])


class CNN1D(nn.Sequential):
    def __init__(self):
        super().__init__(
            *(nn.Conv1d(1, 32, 3, padding="same"), nn.ReLU(), same_pool()),
            *(nn.Conv1d(32, 64, 3, padding="same"), nn.ReLU(), same_pool()),
            nn.Flatten(),
            nn.Linear(64 * 29, CLASSES),
        )


class CNNLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv1d(1, 32, 3, padding="same"), nn.ReLU(), same_pool())
        self.lstm = nn.LSTM(32, 32, batch_first=True)
        self.logits = nn.Linear(32, CLASSES)

    def forward(self, x):
        return self.logits(self.lstm(sequence(self.conv(x)))[0][:, -1])


class Block(nn.Module):
    """The residual block of libs/models/src/block.ts: x + ReLU(concat(BN(conv(x)), BN(LSTM(x))))."""

    def __init__(self, channels, width, halve):
        super().__init__()
        self.pool = same_pool() if halve else nn.Identity()
        self.conv = nn.Conv1d(channels, width, 3, padding="same")
        self.conv_bn = nn.BatchNorm1d(width)
        self.lstm = nn.LSTM(channels, width, batch_first=True)
        self.lstm_bn = nn.BatchNorm1d(width)
        self.shortcut = nn.Identity()
        if halve or channels != 2 * width:
            projection = nn.Conv1d(channels, 2 * width, 1)
            self.shortcut = nn.Sequential(self.pool, projection, nn.BatchNorm1d(2 * width))

    def forward(self, x):
        conv = self.conv_bn(self.pool(self.conv(x)))
        lstm = self.lstm_bn(self.pool(sequence(self.lstm(sequence(x))[0])))
        return self.shortcut(x) + torch.relu(torch.cat([conv, lstm], 1))


class Res1DCNNLSTM(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.blocks = nn.Sequential(
            Block(1, width, halve=False),
            Block(2 * width, width, halve=False),
            Block(2 * width, 2 * width, halve=True),
            Block(4 * width, 4 * width, halve=True),
        )
        self.logits = nn.Linear(8 * width, CLASSES)

    def forward(self, x):
        return self.logits(self.blocks(x).mean(2))


class Encoder(nn.Module):
    """The block of libs/models/src/encoder-block.ts: h = x + attention(norm(x)); h + reduce(GELU(expand(norm(h))))."""

    def __init__(self, width, heads, expansion):
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.LayerNorm(width)
        self.query, self.key, self.value = (nn.Linear(width, width, bias=False) for _ in range(3))
        self.output = nn.Linear(width, width)
        self.feed_forward_norm = nn.LayerNorm(width)
        self.expand = nn.Linear(width, expansion * width)
        self.reduce = nn.Linear(expansion * width, width)

    def attention(self, x):
        by_head = lambda project: project(x).unflatten(2, (self.heads, -1)).transpose(1, 2)
        q, k, v = map(by_head, (self.query, self.key, self.value))
        attended = nn.functional.scaled_dot_product_attention(q, k, v)
        return self.output(attended.transpose(1, 2).flatten(2))

    def forward(self, x):
        h = x + self.attention(self.attention_norm(x))
        hidden = nn.functional.gelu(self.expand(self.feed_forward_norm(h)))
        return h + self.reduce(hidden)


class BERT(nn.Module):
    """libs/models/src/zoo/bert.ts: 23 tokens, a statistic over its five windows each."""

    STATISTICS, WINDOWS = (3, 3, 7, 3, 7), 5

    def __init__(self, width=32, heads=4, blocks=2, expansion=2):
        super().__init__()
        columns, first = [], 0
        for count in self.STATISTICS:
            for statistic in range(count):
                columns += [first + window * count + statistic for window in range(self.WINDOWS)]
            first += self.WINDOWS * count
        self.register_buffer("columns", torch.tensor(columns), persistent=False)
        self.embedding = nn.Linear(self.WINDOWS, width, bias=False)
        self.position = nn.Parameter(0.02 * torch.randn(sum(self.STATISTICS), width))
        self.encoders = nn.Sequential(*(Encoder(width, heads, expansion) for _ in range(blocks)))
        self.norm = nn.LayerNorm(width)
        self.logits = nn.Linear(width, CLASSES)

    def forward(self, x):
        tokens = x[:, 0, self.columns].unflatten(1, (-1, self.WINDOWS))
        x = self.encoders(self.embedding(tokens) + self.position)
        return self.logits(self.norm(x).mean(1))


MODELS = {
    "bert": BERT,
    "dense": Dense,
    "gru": GRU,
    "cnn1d": CNN1D,
    "cnn-lstm": CNNLSTM,
    "res-1dcnn-lstm": Res1DCNNLSTM,
}


def build(name, width):
    torch.manual_seed(1)
    return MODELS[name]() if width is None else MODELS[name](width)


class Task:
    """A model at work on synthetic rows: standard-normal features, random labels."""

    def __init__(self, model, work, batch, width):
        self.model = build(model, width).to(DEVICE)
        self.model.train(work == "train")
        # Fused is the fastest of Adam's three ways where a step is short, and as fast elsewhere.
        self.adam = torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=True)
        self.loss = nn.CrossEntropyLoss()
        self.x = torch.randn(batch, FEATURES).to(DEVICE)
        self.y = torch.randint(CLASSES, (batch,)).to(DEVICE)
        self.order = torch.randperm(batch).to(DEVICE)
        self.step = self.train if work == "train" else self.infer

    def train(self):
        """All of a step: rows gathered, forward, backward, Adam, the loss and the hits, on the CPU read back."""
        x, y = self.x[self.order].unsqueeze(1), self.y[self.order]
        self.adam.zero_grad()
        logits = self.model(x)
        loss = self.loss(logits, y)
        loss.backward()
        self.adam.step()
        correct = (logits.detach().argmax(1) == y).sum()
        return (loss, correct) if ON_CARD else (loss.item(), correct.item())

    @torch.inference_mode()
    def infer(self):
        """Probabilities and the likeliest class of each row; on the CPU there is nothing to read back."""
        probabilities = torch.softmax(self.model(self.x.unsqueeze(1)), 1)
        return probabilities, probabilities.argmax(1)


def milliseconds(step, steps):
    """The time of each step; on a card, which is waited for at the end alone, the mean of all."""
    times = []
    begun = time.perf_counter()
    for _ in range(steps):
        started = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - started))
    if ON_CARD:
        torch.cuda.synchronize()
        return [1000 * (time.perf_counter() - begun) / steps]
    return times


def count_parameters(model):
    """All parameters, and those of them that are a recurrent layer's second bias."""
    sizes = {name: value.numel() for name, value in model.named_parameters()}
    second = sum(size for name, size in sizes.items() if name.rpartition(".")[2] == "bias_hh_l0")
    return {"parameters": sum(sizes.values()), "secondBiases": second}


def logits(name, weights, rows):
    """What a model with these weights makes of rows."""
    model = build(name, None).eval()
    model.load_state_dict({key: torch.tensor(value) for key, value in weights.items()})
    with torch.inference_mode():
        return model(torch.tensor(rows).unsqueeze(1)).tolist()


def main():
    torch.set_num_threads(int(sys.argv[1]))
    device = {"device": torch.cuda.get_device_name()} if ON_CARD else {}
    answer({"torch": torch.__version__, "models": list(MODELS), **device})
    task, doing = None, None
    for line in sys.stdin:
        asked = json.loads(line)
        work = asked["work"]
        if work == "memory":
            answer({"peakMemoryMB": peak_memory_mb()})
        elif work == "logits":
            answer({"logits": logits(asked["model"], asked["weights"], asked["x"])})
        elif work == "parameters":
            answer(count_parameters(build(asked["model"], asked["width"])))
        else:
            wanted = (asked["model"], work, asked["batch"], asked["width"])
            if wanted != doing:
                task = None  # its memory is free before the next one is made
                task, doing = Task(*wanted), wanted
            answer({"ms": milliseconds(task.step, asked["steps"])})


def answer(value):
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
