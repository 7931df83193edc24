"""The cases: what is given to the real engine, a bench scenario each. Batches are told in order, from the first on."""

import importlib

MODULES = ("windows", "window_refusals", "state", "inputs", "scheduling", "restarts", "programs")


def all_cases():
    """Every case as a dictionary, in one order for ever."""
    cases = [case for module in MODULES for case in importlib.import_module(f"cases.{module}").CASES]
    names = [case["case"] for case in cases]
    assert len(names) == len(set(names)), "two cases of one name"
    return cases


def case(name, topic, component, says, config, script):
    return {
        "case": name,
        "topic": topic,
        "says": says,
        "component": f"spark/{component}",
        "config": config,
        "script": script,
    }
