"""Exact solutions of population games by SciPy's HiGHS; prints what ExactSolvePeer prints.

usage: exact.py K GAMES SECONDS

max v subject to A^T x >= v, sum x = 1, x >= 0, one game after the other, one thread; passes over the first games of the
file until the time is over, the fastest pass counts.
"""

import os
import sys

os.environ["OMP_NUM_THREADS"] = "1"
K, FILE, SECONDS = sys.argv[1:4]

import time

import numpy as np
from scipy.optimize import linprog

k = int(K)
p = np.fromfile(FILE, np.float32).reshape(-1, k, k).astype(np.float64)[:200]
a = (p - p.transpose(0, 2, 1)) / 2
cost = np.r_[np.zeros(k), -1]
bounds = [(0, None)] * k + [(None, None)]
total = np.r_[np.ones(k), 0][None, :]


def solve(game):
    solved = linprog(
        cost,
        A_ub=np.c_[-game.T, np.ones(k)],
        b_ub=np.zeros(k),
        A_eq=total,
        b_eq=[1],
        bounds=bounds,
        method="highs",
    )
    if solved.status != 0:
        sys.exit(f"HiGHS: {solved.message}")
    return solved.x[:k]


end, best, n, largest = time.perf_counter() + float(SECONDS), float("inf"), 0, 0.0
while n < 5 or time.perf_counter() < end:
    begin = time.perf_counter()
    policies = [solve(game) for game in a]
    best, n = min(best, time.perf_counter() - begin), n + 1
    largest = max(2 * float((game @ policy).max()) for game, policy in zip(a, policies))
print("exact", "scipy", "linprog highs", k, len(a), f"{len(a) / best:.6g}", f"{largest:.6g}", sep="\t")
