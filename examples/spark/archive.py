"""Checks an archive of articles with Spark: each partition is piped through one `claimlint lint --stdin-records`.

    pip install pyspark
    python archive.py ARTICLES.jsonl OUT --claimlint claimlint [--as-of 2026-04-08]

ARTICLES has one JSON object a line: `id`, `text`, and optionally `format` (markdown, html, text) and `date`, by which an
article is judged. OUT gets one line for each, in the same order: `id` and `findings`. A partition that fails is run again
by Spark from its start, and gives the same lines.
"""

import argparse
import json
import shlex

from pyspark.sql import SparkSession


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles")
    ask.add_argument("out")
    ask.add_argument("--claimlint", default="claimlint")
    ask.add_argument("--as-of")
    ask.add_argument("--partitions", type=int, default=8)
    args = ask.parse_args()
    # One thread a process: Spark runs as many processes as it has cores.
    command = [args.claimlint, "lint", "--stdin-records", "--jobs", "1", "--no-config"]
    if args.as_of:
        command += ["--as-of", args.as_of]
    # Findings and faulty records are no failures of the job: exit codes 1 and 2 are.
    command = f"{shlex.join(command)} || test $? -le 2"
    spark = SparkSession.builder.appName("claimlint").getOrCreate()
    lines = spark.sparkContext.textFile(args.articles, args.partitions)
    answers = lines.pipe(f"sh -c {shlex.quote(command)}", checkCode=True)
    answers.saveAsTextFile(args.out)
    counts = answers.map(json.loads).map(lambda answer: (len(answer.get("findings", [])), "error" in answer))
    articles, findings, faulty = counts.map(lambda c: (1, c[0], int(c[1]))).reduce(lambda a, b: tuple(map(sum, zip(a, b))))
    print(f"{articles} articles, {findings} findings, {faulty} that could not be read")
    spark.stop()


if __name__ == "__main__":
    main()
