"""Records what Spark Streaming does, on the real engine.

    python3 reference/spark/record.py OUT  # needs a JDK 17, Maven and the network

Writes one JSON object a line to OUT. Every case is played in two versions of Spark: those of the Python API by
python_api.py, the others by the JVM programs beside it. The clock is Spark's own, moved by hand.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from cases import all_cases

HERE = pathlib.Path(__file__).parent
VERSION = "3.5.7"
LATER = "4.0.1"
# The integration with Kafka has versions of its own; it is played in VERSION only.
KAFKA_VERSION = "3.5.1"

MAVEN = {
    VERSION: [],
    LATER: [f"-Dspark.version={LATER}", "-Dscala.version=2.13", "-Djackson.version=2.18.2", "-DwithoutKafka"],
}


def python_of(version):
    """The interpreter of an environment that has this PySpark."""
    environment = HERE / f".venv-{version}"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"pyspark=={version}"], check=True)
    return python


def play(cases, command):
    """What the command recorded for each case, by its name."""
    with tempfile.TemporaryDirectory() as directory:
        given, out = pathlib.Path(directory, "cases"), pathlib.Path(directory, "out")
        given.write_text("".join(json.dumps(case) + "\n" for case in cases))
        subprocess.run(command(given, out), check=True)
        recorded = [json.loads(line) for line in out.read_text().splitlines()]
    return {record.pop("case"): record for record in recorded}


def play_all(cases, version):
    of_python = [case for case in cases if case["config"].get("api") == "python"]
    of_jvm = [case for case in cases if case not in of_python]
    python = python_of(version)
    maven = ["mvn", "-q", "-f", HERE / "pom.xml", *MAVEN[version], "compile", "exec:exec"]
    return {
        **play(of_python, lambda given, out: [python, HERE / "python_api.py", given, out]),
        **play(of_jvm, lambda given, out: [*maven, f"-Dcases={given}", f"-Dout={out}"]),
    }


def main(out):
    cases = all_cases()
    of_kafka = [case for case in cases if case["component"] == "spark/direct-kafka"]
    recorded = play_all(cases, VERSION)
    later = play_all([case for case in cases if case not in of_kafka], LATER)
    with open(out, "w") as lines:
        for case in cases:
            name = case["case"]
            if case in of_kafka:
                versions = {"version": KAFKA_VERSION}
            else:
                assert recorded[name] == later[name], f"{name}: {recorded[name]} but {LATER} {later[name]}"
                versions = {"version": VERSION, "alike": [LATER]}
            header = {"case": name, "engine": "Spark Streaming", **versions, "clock": "manual"}
            lines.write(json.dumps({**header, **case, **recorded[name]}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
