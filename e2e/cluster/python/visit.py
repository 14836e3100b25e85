"""Calls a function of a Space with gradio_client, as any visitor would, and prints the outcome as one line of JSON.

    python3 visit.py URL FUNCTION [ARGUMENT ...]

The visitor's access token, if any, is in HF_TOKEN.
"""

import json
import os
import socket
import sys
import time

from gradio_client import Client

resolve = socket.getaddrinfo


def as_browsers_do(host, *rest, **options):
    """Names below .localhost are this machine (RFC 6761); the C library does not know that everywhere."""
    name = host.decode() if isinstance(host, bytes) else host
    return resolve("127.0.0.1" if name and name.endswith(".localhost") else host, *rest, **options)


def visit(url, function, arguments):
    token = os.environ.get("HF_TOKEN")
    headers = {"Authorization": "Bearer " + token} if token else None
    client = Client(url, headers=headers, verbose=False)
    begin = time.monotonic()
    try:
        outcome = {"answer": client.predict(*arguments, api_name="/" + function)}
    except Exception as problem:  # whatever the Space says is what we came for
        outcome = {"error": str(problem)}
    return outcome | {"seconds": round(time.monotonic() - begin, 3)}


if __name__ == "__main__":
    socket.getaddrinfo = as_browsers_do
    print(json.dumps(visit(sys.argv[1], sys.argv[2], [json.loads(argument) for argument in sys.argv[3:]])))
