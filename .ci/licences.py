"""Refuses a dependency whose licence is not in the lists of deny.toml. Reads `cargo metadata` from stdin."""

import json
import pathlib
import re
import sys
import tomllib

licences = tomllib.loads(pathlib.Path("deny.toml").read_text())["licenses"]
exceptions = {entry["crate"]: entry["allow"] for entry in licences.get("exceptions", [])}


def permitted(expression, allowed):
    """True when some choice of an SPDX expression is made of allowed licences only."""
    expression = expression.replace("/", " OR ")
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)

    def alternatives(at):
        ok, at = conjunction(at)
        while at < len(tokens) and tokens[at] == "OR":
            other, at = conjunction(at + 1)
            ok = ok or other
        return ok, at

    def conjunction(at):
        ok, at = licence(at)
        while at < len(tokens) and tokens[at] == "AND":
            other, at = licence(at + 1)
            ok = ok and other
        return ok, at

    def licence(at):
        if tokens[at] == "(":
            ok, at = alternatives(at + 1)
            return ok, at + 1
        ok = tokens[at] in allowed
        at += 1
        if at < len(tokens) and tokens[at] == "WITH":
            # An exception only adds permissions to the licence it follows.
            at += 2
        return ok, at

    return alternatives(0)[0]


packages = json.load(sys.stdin)["packages"]
refused = [
    package
    for package in packages
    if not permitted(
        package["license"] or "", {*licences["allow"], *exceptions.get(package["name"], [])}
    )
]
for package in refused:
    print(f"{package['name']} {package['version']}: {package['license']}")
print(f"{len(packages)} packages, {len(refused)} refused")
sys.exit(bool(refused))
