"""Mirror descent by numpy or torch on the games of a file; prints what MirrorDescentPeer prints.

usage: mirror_descent.py numpy|torch K MIB GAMES ANSWERS THREADS SECONDS

The update is that of MirrorDescentKernel with step 0.5 and tau 0.05. A = step (P - P^T) / 2 is computed once and is not
timed. Each formulation runs 20 updates per timed run, on all games at once and in place where the library can; the
shortest run counts. Before that its 20 updates from the uniform policy are compared with ANSWERS (float64).
"""

import os
import sys

PEER, K, MIB, GAMES, ANSWERS, THREADS, SECONDS = sys.argv[1:8]
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = THREADS  # read when the library loads

import time

STEP, TAU, UPDATES, TOLERANCE = 0.5, 0.05, 20, 2e-5
k, seconds = int(K), float(SECONDS)


def best_nanos(run):
    end, best, n = time.perf_counter() + seconds, float("inf"), 0
    while n < 5 or time.perf_counter() < end:
        begin = time.perf_counter()
        run()
        best, n = min(best, time.perf_counter() - begin), n + 1
    return best * 1e9


def report(name, games, policies, run):
    import numpy as np

    expected = np.exp(np.fromfile(ANSWERS).reshape(games, k))
    error = float(np.abs(policies - expected).max())
    if not error < TOLERANCE:
        sys.exit(f"{PEER} {name}: policies differ from the reference by {error}")
    nanos = best_nanos(run) / (UPDATES * games)
    print("mirror-descent", PEER, name, k, THREADS, MIB, f"{nanos:.6g}", sep="\t", flush=True)


def by_numpy():
    import numpy as np

    p = np.fromfile(GAMES, np.float32).reshape(-1, k, k)
    games = len(p)
    a = np.ascontiguousarray(STEP * (p - p.transpose(0, 2, 1)) / 2)
    pull = np.full((games, k), -STEP * TAU * np.log(k), np.float32)
    kept = np.float32(1 - STEP * TAU)

    def matmul(policy, payoff):
        np.matmul(a, policy[:, :, None], out=payoff[:, :, None])

    def einsum(policy, payoff):
        np.einsum("bij,bj->bi", a, policy, out=payoff)

    def start(multiply):
        logits = np.zeros((games, k), np.float32)
        policy, payoff = np.empty_like(logits), np.empty_like(logits)
        row = np.empty((games, 1), np.float32)

        def run():
            for _ in range(UPDATES):
                np.max(logits, axis=1, keepdims=True, out=row)
                np.subtract(logits, row, out=logits)
                np.exp(logits, out=policy)
                np.sum(policy, axis=1, keepdims=True, out=row)
                np.divide(policy, row, out=policy)
                multiply(policy, payoff)
                np.multiply(logits, kept, out=logits)
                np.add(logits, pull, out=logits)
                np.add(logits, payoff, out=logits)

        return logits, run

    for multiply in (matmul, einsum):
        logits, run = start(multiply)
        run()
        policies = np.exp(logits.astype(np.float64))
        report(multiply.__name__, games, policies / policies.sum(1, keepdims=True), run)


def by_torch():
    import numpy as np
    import torch

    torch.set_num_threads(int(THREADS))
    p = torch.from_numpy(np.fromfile(GAMES, np.float32).reshape(-1, k, k))
    games = len(p)
    a = (STEP * (p - p.transpose(1, 2)) / 2).contiguous()
    columns = a.transpose(1, 2).contiguous()
    games_last = a.permute(1, 2, 0).contiguous()
    pull, kept = float(-STEP * TAU * np.log(k)), 1 - STEP * TAU

    def bmm(logits):
        return kept * logits + pull + torch.bmm(a, torch.softmax(logits, 1).unsqueeze(2)).squeeze(2)

    def multiply_sum(logits):
        return kept * logits + pull + (a * torch.softmax(logits, 1).unsqueeze(1)).sum(2)

    def multiply_sum_columns(logits):
        return kept * logits + pull + (columns * torch.softmax(logits, 1).unsqueeze(2)).sum(1)

    def multiply_sum_games_last(logits):
        return kept * logits + pull + (games_last * torch.softmax(logits, 0).unsqueeze(0)).sum(1)

    def measure(name, update, last=False):
        logits = torch.zeros((k, games) if last else (games, k))

        def run():
            nonlocal logits
            for _ in range(UPDATES):
                logits = update(logits)

        run()
        policies = torch.softmax(logits.double(), 0 if last else 1)
        report(name, games, (policies.t() if last else policies).numpy(), run)

    with torch.inference_mode():
        measure("eager bmm", bmm)
        measure("compile multiply-sum", torch.compile(multiply_sum))
        measure("compile multiply-sum, columns", torch.compile(multiply_sum_columns))
        measure("compile multiply-sum, games last", torch.compile(multiply_sum_games_last), last=True)


{"numpy": by_numpy, "torch": by_torch}[PEER]()
