"""Visits a Space once and prints the outcome as JSON: python visitor.py URL HOW FUNCTION [ARGUMENT ...]

HOW is "program" (gradio_client) or "page" (what the page in a browser sends). The gateway's X-IP-Token, if any, is in TOKEN.
"""
import json
import os
import sys
import uuid


def program(url, headers, function, arguments):
    from gradio_client import Client

    job = Client(url, headers=headers, verbose=False).submit(*arguments, api_name="/" + function)
    try:
        return {"value": job.result(), "outputs": job.outputs()}
    except Exception as e:
        return {"title": getattr(e, "title", ""), "error": str(e)}


def page(url, headers, function, arguments):
    import httpx

    with httpx.Client(base_url=url, headers=headers, timeout=90) as http:
        config = http.get("/config").json()
        index = next(d["id"] for d in config["dependencies"] if d["api_name"] == function)
        session = uuid.uuid4().hex
        call = {"data": arguments, "fn_index": index, "session_hash": session}
        api = config["api_prefix"]
        http.post(api + "/queue/join", json=call, headers={"x-gradio-user": "app"}).raise_for_status()
        with http.stream("GET", api + "/queue/data", params={"session_hash": session}) as events:
            return seen(json.loads(line[5:]) for line in events.iter_lines() if line.startswith("data:"))


def seen(events):
    told = {"messages": [], "toasts": []}
    for event in events:
        told["messages"].append(event["msg"])
        if event["msg"] == "log":
            told["toasts"].append(f"{event['title']}: {event['log']}")
        if event["msg"] == "process_completed":
            output = event["output"]
            told |= {"value": output["data"][0]} if event["success"] else output
            return told
    return told


url, how, function, *arguments = sys.argv[1:]
token = os.environ.get("TOKEN")
visit = {"program": program, "page": page}[how]
outcome = visit(url, {"x-ip-token": token} if token else {}, function, [json.loads(a) for a in arguments])
print("@@" + json.dumps(outcome))
