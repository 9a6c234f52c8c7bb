#!/usr/bin/env python3
"""How claimlint compares in speed with other linters of prose, on the same drafts in one run.

    python3 benches/peers.py [--runs N]

Peers are installed from their registries into target/peers: Vale (needs Go), textlint (npm), typos and rumdl (pip);
those whose installer is missing are left out. They look for other things, so the ratios say what a writer waits, not
who is better. The tables give medians: the time that passes, and the processor time, which other work on the machine
hardly changes; the last column is the highest resident memory.
"""
import argparse, os, pathlib, platform, random, shutil, statistics, subprocess, sys, time, datetime

TOP = pathlib.Path(__file__).resolve().parent.parent
HOME = TOP / "target" / "peers"
VALE = "github.com/vale-cli/vale/v3/cmd/vale@v3.21.0"
TEXTLINT = ["textlint@15.8.0", "textlint-rule-write-good@2.0.0"]
PYTHON = ["typos==1.52.0", "rumdl==0.3.0"]

CLAIMS = [
    "Muse Spark is open source and you can [download](https://example.org) the weights today.",
    "Meta says Muse Spark needs over ten times less training compute than Llama 4 Maverick.",
    "The weights of Llama 4 Scout are free to download under the Llama 4 Community License.",
    "Muse Spark is not available through a public API, though a private preview is open to partners.",
    "It costs $0.20 per million input tokens, which is cheaper than Llama 4 Maverick.",
    "If Meta had published the weights, developers would be running Muse Spark on their laptops by now.",
]
FILLERS = [
    "The committee met on a rainy morning and adjourned before lunch without a decision.",
    "Nobody in the room had read the report, which was very long and ran to several hundred pages.",
    "She poured another cup of *coffee* and looked out at the harbour.",
    "Prices of copper fell again, and the mills along the river cut a shift.",
    "What remains of the old bridge can be seen at low tide, close to the the ferry.",
    "He had written three novels before he turned thirty, all of them out of print.",
    "Trains run every hour, but not on Sundays, when the `line` is closed for repairs.",
    "It was recieved well, as such things go, and was soon forgotten by everybody.",
]


def draft(size, seed):
    """Markdown of about that many bytes: a third of its sentences name a model, one in fifty is misspelt."""
    pick, out, length = random.Random(seed), [], 0
    while length < size:
        kind = pick.random()
        words = [pick.choice(CLAIMS if pick.random() < 0.33 else FILLERS) for _ in range(pick.randint(1, 6))]
        part = f"## Part {len(out)}" if kind < 0.1 else "\n".join(f"- {w}" for w in words) if kind < 0.2 else " ".join(words)
        out.append(part)
        length += len(part) + 2
    return "\n\n".join(out) + "\n"


def drafts():
    folder = HOME / "drafts"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "many").mkdir(parents=True)
    (folder / "line.md").write_text("Muse Spark is open source.\n")
    (folder / "large.md").write_text(draft(100_000, 0))
    for number in range(300):
        (folder / "many" / f"{number:03}.md").write_text(draft(7_000, number + 1))
    return folder


def run(command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **more)


def peers():
    """Name, command and how to install each."""
    HOME.mkdir(parents=True, exist_ok=True)
    vale, python, npm = HOME / "bin" / "vale", HOME / "python", HOME / "npm"

    def go():
        run(["go", "install", VALE], env={**os.environ, "GOBIN": str(vale.parent)})

    def pip():
        run([sys.executable, "-m", "venv", python])
        run([python / "bin" / "pip", "install", "--quiet", *PYTHON])

    def node():
        npm.mkdir(exist_ok=True)
        (npm / "package.json").write_text("{}")
        run(["npm", "install", "--silent", "--prefix", npm, *TEXTLINT])

    (HOME / "vale.ini").write_text("MinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Vale\n")
    textlint = npm / "node_modules" / ".bin" / "textlint"
    own = TOP / "target" / "release" / "claimlint"
    yield "claimlint", [own, "lint", "--format", "json"], own, lambda: run(["cargo", "build", "--release"], cwd=TOP)
    yield "typos", [python / "bin" / "typos", "--format", "json"], python / "bin" / "typos", pip
    yield "rumdl", [python / "bin" / "rumdl", "check", "--no-cache"], python / "bin" / "rumdl", pip
    yield "Vale", [vale, "--config", HOME / "vale.ini", "--output", "JSON"], vale, go
    rules = ["--no-textlintrc", "--rule", "write-good", "--rules-base-directory", npm / "node_modules", "--format", "json"]
    yield "textlint", [textlint, *rules], textlint, node


def measure(command, path, runs):
    """Median seconds that pass, median seconds of processor time, highest kilobytes."""
    times, busy, memory = [], [], 0
    for _ in range(runs):
        start = time.perf_counter()
        child = subprocess.Popen([*map(str, command), str(path)], cwd=path.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - start)
        busy.append(usage.ru_utime + usage.ru_stime)
        memory = max(memory, usage.ru_maxrss)
    return statistics.median(times), statistics.median(busy), memory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    rows = []
    installed = list(peers())
    for name, command, program, install in installed:
        if name == "claimlint" or not program.exists():
            try:
                install()
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{name} is left out: {error}", file=sys.stderr)
                continue
        rows.append((name, command))
    folder = drafts()
    table = {name: [measure(command, folder / part, runs) for part in ("line.md", "large.md", "many")] for name, command in rows}
    base = table["claimlint"]
    size = sum(path.stat().st_size for path in (folder / "many").iterdir()) / 1e6
    print(f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores, medians of {runs} runs")
    for at, what in enumerate(["time that passes", "processor time"]):
        print(f"\n| {what} | one line | | 100 KB | | 300 drafts, {size:.1f} MB | | memory |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name, cells in table.items():
            shown = [f"{cell[at] * 1e3:.0f} ms | {cell[at] / own[at]:.1f}x" for cell, own in zip(cells, base)]
            print(f"| {name} | {' | '.join(shown)} | {max(cell[2] for cell in cells) // 1024} MB |")


if __name__ == "__main__":
    main()
