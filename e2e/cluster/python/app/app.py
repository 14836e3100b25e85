"""A ZeroGPU Space as anybody would write it: nothing here knows who runs it."""

import os
import time

import gradio as gr
import spaces

NAME = os.environ.get("SPACE_TITLE", "ZeroGPU demo")


@spaces.GPU(duration=20)
def generate(seconds: float) -> str:
    """Keeps a GPU busy for so long."""
    time.sleep(seconds)
    return f"{NAME}: worker {os.getpid()} had a GPU for {seconds:g} s"


@spaces.GPU(duration=3)
def endless() -> str:
    """Declares three seconds and takes an hour."""
    time.sleep(3600)
    return "never"


with gr.Blocks(title=NAME) as demo:
    gr.Markdown("# " + NAME)
    wanted = gr.Number(2, label="seconds of GPU")
    answer = gr.Textbox(label="answer")
    gr.Button("Generate").click(generate, wanted, answer, api_name="generate", concurrency_limit=8)
    gr.Button("Overrun").click(endless, None, answer, api_name="endless", concurrency_limit=8)

demo.queue().launch(server_name="0.0.0.0", server_port=7860)
