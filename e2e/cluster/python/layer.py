"""Writes a tar archive that runs this machine's Python anywhere: interpreter, standard library, packages and an application,
with the shared libraries that they need. So an image with Python needs no registry.

    python3 layer.py --packages DIR --app DIR --out layer.tar

The packages lie in /opt/python/packages and the application in /app; everything else keeps its path. Prints the interpreter's path.
"""

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tarfile

SKIPPED = {"test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "site-packages", "dist-packages", "_frontend_code", "node"}
LIBRARIES_AT_ONCE = 50


def files_below(root, skipped):
    for directory, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in skipped and not name.startswith("config-3"))
        for name in sorted(files):
            yield os.path.join(directory, name)


def shared_libraries(files):
    """The paths that the dynamic loader finds for all of ``files``, its own included."""
    found = set()
    for at in range(0, len(files), LIBRARIES_AT_ONCE):
        told = subprocess.run(["ldd", *files[at:at + LIBRARIES_AT_ONCE]], capture_output=True, text=True, check=False)
        found.update(re.findall(r"(?:=> |^\s+)(/\S+) \(0x", told.stdout, re.MULTILINE))
    return found


def is_elf(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


class Layer:
    """Adds each path once, readable by everybody and owned by root."""

    def __init__(self, tar):
        self.tar = tar
        self.paths = set()

    def add(self, source, path):
        path = os.path.normpath(path).lstrip("/")
        if path in self.paths:
            return
        self.directory(os.path.dirname(path))
        self.paths.add(path)
        info = self.tar.gettarinfo(os.path.realpath(source), path)
        info.type, info.linkname = tarfile.REGTYPE, ""
        info.size = os.path.getsize(source)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o755 if os.access(source, os.X_OK) else 0o644
        with open(source, "rb") as file:
            self.tar.addfile(info, file)

    def directory(self, path, mode=0o755):
        if path and path not in self.paths:
            self.directory(os.path.dirname(path))
            self.paths.add(path)
            info = tarfile.TarInfo(path)
            info.type, info.mode = tarfile.DIRTYPE, mode
            self.tar.addfile(info)


def write(packages, app, out):
    python = os.path.realpath(sys.executable)
    own = [python, *files_below(sysconfig.get_path("stdlib"), SKIPPED)]
    brought = list(files_below(packages, SKIPPED))
    native = [path for path in own + brought if (path == python or ".so" in path) and is_elf(path)]
    with tarfile.open(out, "w") as tar:
        layer = Layer(tar)
        layer.directory("tmp", 0o1777)
        for path in [*own, *sorted(shared_libraries(native))]:
            layer.add(path, path)
        for path in brought:
            layer.add(path, "opt/python/packages/" + os.path.relpath(path, packages))
        for path in files_below(app, {"__pycache__"}):
            layer.add(path, "app/" + os.path.relpath(path, app))
    print(python)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    for name in ("packages", "app", "out"):
        arguments.add_argument("--" + name, required=True)
    write(**vars(arguments.parse_args()))
