#!/usr/bin/env python3
"""An upper bound of the GPU that any scheduler can have allocated when 100 % of the capacity has arrived.

usage: packing-bound.py NODES.csv ARRIVALS.csv [LOG.jsonl]      (needs numpy and scipy)

A linear program over (kind of task, kind of node), solved by column generation. Its rules hold for every
legal allocation, with any moves, with all knowledge, and with leave to refuse anything:

* no more tasks of a kind than have arrived;
* for each kind of node: memory, processor, and processor once more through dual feasible functions (k = 1..20);
* at most one task with more than half of a node's cards on a node;
* shares stand on cards by patterns, a pattern being shares that fit on one card together; patterns and
  whole cards are no more than the cards of that kind of node.

With a log of placements it also prints the bound for schedulers that refuse nothing before the first
refusal of a GPU task in the log: all that arrived until then must be among what is allocated.
"""
import collections
import csv
import json
import math
import sys

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import linprog

MISSING = 20_000.0  # Cost of a task that must be placed and is not; only makes the first rounds feasible.


def dual_feasible(x, k):
    y = (k + 1) * x
    return x if abs(y - round(y)) < 1e-12 else math.floor(y) / k


def is_share(kind):
    return kind[2] == 1 and kind[3] < 1000


def best_pattern(prices):
    """The most valuable shares on one card, and their value; sizes are multiples of ten."""
    value, last = [0.0] * 101, [0] * 101
    for width in range(1, 101):
        value[width] = value[width - 1]
        for size, price in prices:
            rest = width - math.ceil(size / 10)
            if rest >= 0 and value[rest] + price > value[width] + 1e-12:
                value[width], last[width] = value[rest] + price, size
    pattern, width = [], 100
    while width > 0:
        pattern += [last[width]] if last[width] else []
        width -= math.ceil(last[width] / 10) if last[width] else 1
    return tuple(sorted(pattern)), value[100]


class Program:
    def __init__(self, nodes, tasks, forced):
        self.nodes, self.groups = nodes, sorted(nodes)
        self.counts, must = collections.Counter(tasks), collections.Counter(forced)
        self.kinds = sorted(self.counts)
        self.sizes = sorted({k[3] for k in self.kinds if is_share(k)})
        self.rows, self.limits, self.cost, self.patterns = [], [], [], set()
        self.entries = ([], [], [])
        self.variables = [(i, j) for i, k in enumerate(self.kinds) for j, g in enumerate(self.groups) if self.fits(k, g)]
        self.cost = [-float(self.kinds[i][2] * self.kinds[i][3]) for i, _ in self.variables]
        for i, kind in enumerate(self.kinds):
            mine = [v for v, (a, _) in enumerate(self.variables) if a == i]
            self.row([(v, 1.0) for v in mine], self.counts[kind])
            if must[kind]:
                at = self.row([(v, -1.0) for v in mine], -must[kind])
                self.column(MISSING, [(at, -1.0)])
        self.cards, self.shares = {}, {}
        for j, group in enumerate(self.groups):
            self.group(j, group)
        for j in range(len(self.groups)):
            for size in self.sizes:
                self.pattern(j, (size,) * (1000 // size))

    @staticmethod
    def fits(kind, group):
        cpu, memory, count, _, models = kind
        return cpu <= group[0] and memory <= group[1] and count <= group[2] and (
            not count or not models or group[3] in models.split("|"))

    def row(self, entries, limit):
        at = len(self.limits)
        self.limits.append(limit)
        for v, x in entries:
            self.put(at, v, x)
        return at

    def put(self, row, column, x):
        for part, value in zip(self.entries, (row, column, x)):
            part.append(value)

    def column(self, cost, entries):
        at = len(self.cost)
        self.cost.append(cost)
        for row, x in entries:
            self.put(row, at, x)

    def group(self, j, group):
        count = self.nodes[group]
        here = [(v, self.kinds[i]) for v, (i, b) in enumerate(self.variables) if b == j]
        self.row([(v, k[1] / group[1]) for v, k in here], count)
        self.row([(v, k[0] / group[0]) for v, k in here], count)
        for n in range(1, 21):
            self.row([(v, dual_feasible(k[0] / group[0], n)) for v, k in here], count)
        self.row([(v, 1.0) for v, k in here if k[2] > max(1, group[2] // 2)], count)
        self.cards[j] = self.row([(v, float(k[2])) for v, k in here if k[2] and not is_share(k)], count * group[2])
        for size in self.sizes:
            self.shares[j, size] = self.row([(v, 1.0) for v, k in here if is_share(k) and k[3] == size], 0)

    def pattern(self, j, pattern):
        if (j, pattern) in self.patterns:
            return False
        self.patterns.add((j, pattern))
        held = collections.Counter(pattern).items()
        self.column(0.0, [(self.cards[j], 1.0)] + [(self.shares[j, s], -float(n)) for s, n in held])
        return True

    def solve(self):
        """Thousandths of GPUs; adds patterns until none would help."""
        while True:
            values, rows, columns = self.entries[2], self.entries[0], self.entries[1]
            matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(self.limits), len(self.cost)))
            solved = linprog(np.array(self.cost), A_ub=matrix, b_ub=self.limits, bounds=(0, None), method="highs")
            if solved.status != 0:
                raise SystemExit("The linear program has no solution: " + solved.message)
            price = -solved.ineqlin.marginals
            more = False
            for j in range(len(self.groups)):
                prices = [(s, price[self.shares[j, s]]) for s in self.sizes if price[self.shares[j, s]] > 1e-9]
                pattern, value = best_pattern(prices)
                if value > price[self.cards[j]] + 1e-6:
                    more |= self.pattern(j, pattern)
            if not more:
                return -solved.fun


def main(nodes_file, arrivals_file, log=None):
    nodes = collections.Counter(
        (int(r["cpu_milli"]), int(r["memory_mib"]), int(r["gpu"]), r["model"]) for r in csv.DictReader(open(nodes_file)))
    capacity = sum(g[2] * n for g, n in nodes.items()) * 1000
    tasks, arrived = [], 0
    for r in csv.DictReader(open(arrivals_file)):
        gpus = int(r["num_gpu"])
        task = (int(r["cpu_milli"]), int(r["memory_mib"]), gpus, int(r["gpu_milli"]) if gpus else 0, r["gpu_spec"])
        if arrived + task[2] * task[3] > capacity:
            break
        arrived += task[2] * task[3]
        tasks.append(task)
    print("any scheduler: %.2f %%" % (100 * Program(nodes, tasks, []).solve() / capacity))
    if log:
        placed = [json.loads(line)["node"] != "" for line in open(log)]
        first = next((i for i, t in enumerate(tasks) if t[2] and not placed[i]), len(tasks))
        until = sum(t[2] * t[3] for t in tasks[:first])
        bound = Program(nodes, tasks, tasks[:first]).solve()
        print("who refuses nothing before %.2f %% arrived: %.2f %%" % (100 * until / capacity, 100 * bound / capacity))


if __name__ == "__main__":
    main(*sys.argv[1:])
