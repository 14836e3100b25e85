"""An app that uses @spaces.GPU, driven by lines of JSON: {"id", "fn", "args", "token"} -> {"id", "value" | "error"}."""
import json
import os
import sys
import threading
import time

import spaces
from gradio.context import LocalContext


@spaces.GPU
def pid():
    return os.getpid()


@spaces.GPU(duration=lambda seconds, declared: declared)
def work(seconds, declared):
    time.sleep(seconds)
    return os.getpid()


@spaces.GPU(size="xlarge", duration=10)
def big():
    return os.getpid()


@spaces.GPU
def boom():
    raise ValueError("boom")


@spaces.GPU
def die():
    os._exit(7)


@spaces.GPU(duration=10)
def count(to):
    for i in range(to):
        yield i


def drain(to):
    return list(count(to))


class Headers(dict):
    """gradio's have attributes."""


class Request:
    def __init__(self, token):
        self.headers = Headers({"x-ip-token": token})


def run(call):
    if call.get("token"):
        LocalContext.request.set(Request(call["token"]))
    try:
        say({"id": call["id"], "value": globals()[call["fn"]](*call["args"])})
    except Exception as e:
        say({"id": call["id"], "error": f"{getattr(e, 'title', '')}: {e}"})


lock = threading.Lock()


def say(answer):
    with lock:
        sys.__stdout__.write("@@" + json.dumps(answer) + "\n")
        sys.__stdout__.flush()


spaces.zero.startup()
say({"id": 0, "value": os.getpid()})
# Not sys.stdin: a forked worker closes that, and would wait for ever for the lock that its reader holds.
rest = b""
while chunk := os.read(0, 65536):
    *lines, rest = (rest + chunk).split(b"\n")
    for line in lines:
        threading.Thread(target=run, args=(json.loads(line),), daemon=True).start()
