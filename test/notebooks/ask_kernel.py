"""Asks a kernel: ask_kernel.py FOLDER CODE CODE... prints what it answers as one line of JSON.

The kernel runs in FOLDER. All codes but the last are executed, and their outputs and errors kept; the
last is completed where it has a ¦.
"""

import json
import sys

from jupyter_client.manager import start_new_kernel

folder, *codes, beginning = sys.argv[1:]
outputs = []


def keep(message):
    content = message["content"]
    if message["msg_type"] == "stream":
        outputs.append({"name": content["name"], "text": content["text"]})


manager, client = start_new_kernel(kernel_name="tslab", cwd=folder)
try:
    statuses = [
        client.execute_interactive(code, timeout=120, output_hook=keep)["content"]["status"]
        for code in codes
    ]
    cursor = beginning.index("¦")
    reply = client.complete(beginning.replace("¦", ""), cursor, reply=True, timeout=120)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps({"statuses": statuses, "outputs": outputs, "matches": reply["content"]["matches"]}))
