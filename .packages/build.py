#!/usr/bin/env python3
"""Packs a built program for pip and npm: build.py PROGRAM TARGET OUT, with TARGET as rustc names it.

OUT gets a wheel that puts the program on the path, an npm package that holds it for one platform, and the npm package
`claimlint` that picks the right one of those. It needs nothing but Python and npm.
"""

import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# What pip and npm call a target. The programs for Linux are static, so they run beside any C library.
TARGETS = {
    "x86_64-unknown-linux-gnu": ("manylinux_2_17_x86_64.musllinux_1_1_x86_64", "linux", "x64"),
    "aarch64-unknown-linux-gnu": ("manylinux_2_17_aarch64.musllinux_1_1_aarch64", "linux", "arm64"),
    "x86_64-apple-darwin": ("macosx_10_12_x86_64", "darwin", "x64"),
    "aarch64-apple-darwin": ("macosx_11_0_arm64", "darwin", "arm64"),
    "x86_64-pc-windows-msvc": ("win_amd64", "win32", "x64"),
}


def main():
    program, target, out = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    tag, system, processor = TARGETS[target]
    out.mkdir(parents=True, exist_ok=True)
    about = cargo()
    print(wheel(program, tag, out, about))
    for name in npm(program, system, processor, out, about):
        print(out / name)


def cargo():
    """Version, description and licence, from the one place that states them."""
    text = (HERE.parent / "Cargo.toml").read_text()
    return {key: re.search(rf'^{key} = "(.*)"$', text, re.M)[1] for key in ("version", "description", "license")}


def wheel(program, tag, out, about):
    version = about["version"]
    info = f"claimlint-{version}.dist-info"
    readme = (HERE.parent / "README.md").read_text()
    files = {
        f"claimlint-{version}.data/scripts/claimlint{program.suffix}": program.read_bytes(),
        f"{info}/METADATA": (
            f"Metadata-Version: 2.4\nName: claimlint\nVersion: {version}\nSummary: {about['description']}\n"
            f"License-Expression: {about['license']}\nRequires-Python: >=3.8\n"
            f"Description-Content-Type: text/markdown\n\n{readme}"
        ).encode(),
        f"{info}/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: claimlint\nRoot-Is-Purelib: false\n"
            + "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
        ).encode(),
    }
    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    path = out / f"claimlint-{version}-py3-none-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # No time of building in it: the same program gives the same wheel.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            archive.writestr(entry, data)
    return path


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def npm(program, system, processor, out, about):
    common = {key: about[key] for key in ("version", "description", "license")}
    platforms = sorted({(system, processor) for _, system, processor in TARGETS.values()})
    one = {"name": f"claimlint-{system}-{processor}", **common, "os": [system], "cpu": [processor], "files": ["claimlint*"]}
    chooser = {
        "name": "claimlint",
        **common,
        "bin": {"claimlint": "claimlint.js"},
        "engines": {"node": ">=18"},
        "files": ["claimlint.js"],
        "optionalDependencies": {f"claimlint-{s}-{p}": about["version"] for s, p in platforms},
    }
    for package, file in [(one, program), (chooser, HERE / "npm" / "claimlint.js")]:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            name = "claimlint" + program.suffix if file is program else file.name
            shutil.copy(file, folder / name)
            (folder / name).chmod(0o755)
            (folder / "README.md").write_text(f"# {package['name']}\n\n{about['description']}.\n")
            (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n")
            command = ["npm", "pack", "--silent", "--pack-destination", str(out.resolve())]
            yield subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
