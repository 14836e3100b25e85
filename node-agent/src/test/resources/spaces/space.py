"""A ZeroGPU Space as anybody would write it."""
import os
import time

import gradio as gr
import spaces


@spaces.GPU
def pid():
    return str(os.getpid())


@spaces.GPU(duration=60)
def dear():
    return "paid"


@spaces.GPU
def count(to, progress=gr.Progress()):
    for i in progress.tqdm(range(int(to)), desc="counting"):
        gr.Info(f"at {i}")
        yield str(i)


@spaces.GPU(size="xlarge", duration=50)
def hold(until):
    while not os.path.exists(until):
        time.sleep(0.05)
    return "held"


with gr.Blocks() as demo:
    number = gr.Number()
    text = gr.Textbox()
    answer = gr.Textbox()
    gr.Button("pid").click(pid, None, answer, api_name="pid")
    gr.Button("dear").click(dear, None, answer, api_name="dear")
    gr.Button("count").click(count, number, answer, api_name="count")
    gr.Button("hold").click(hold, text, answer, api_name="hold")

demo.launch()
