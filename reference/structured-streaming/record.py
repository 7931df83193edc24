"""Records what Structured Streaming does, on the real engine.

    python3 reference/structured-streaming/record.py OUT  # needs a JDK 17, Maven and the network

Writes one JSON object a line to OUT. Every case of cases/ is played by the Java program beside this, in two versions of
Spark. Micro-batches run one after another with no clock, or by a clock that is moved by hand.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
VERSION = "3.5.7"
LATER = "4.0.1"


def play(cases, version):
    """What this version did with each case, by its name."""
    with tempfile.TemporaryDirectory() as directory:
        given, out = pathlib.Path(directory, "cases"), pathlib.Path(directory, "out")
        given.write_text(json.dumps(cases))
        maven = ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "compile", "exec:exec"]
        subprocess.run([*maven, f"-Dspark.version={version}", f"-Dcases={given}", f"-Dout={out}"], check=True)
        recorded = [json.loads(line) for line in out.read_text().splitlines()]
    return {record.pop("case"): record for record in recorded}


def main(out):
    cases = [case for file in sorted(HERE.glob("cases/*.json")) for case in json.loads(file.read_text())]
    recorded, later = play(cases, VERSION), play(cases, LATER)
    with open(out, "w") as lines:

        def write(name, version, **fields):
            header = {"case": name, "engine": "Structured Streaming", "version": version, "clock": "manual"}
            lines.write(json.dumps({**header, **fields}) + "\n")

        for case in cases:
            name, since = case.pop("case"), case.pop("since", None)
            changed = recorded[name] != later[name]
            assert changed == (since is not None), f"{name}: {VERSION} {recorded[name]}, {LATER} {later[name]}"
            if not changed:
                write(name, VERSION, alike=[LATER], **case, **recorded[name])
            else:
                write(name, VERSION, **case, **recorded[name])
                write(f"{name}-{LATER[0]}", LATER, since=since, **case, **later[name])


if __name__ == "__main__":
    main(sys.argv[1])
