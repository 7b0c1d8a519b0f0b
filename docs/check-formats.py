#!/usr/bin/python3
"""Open what Kossel writes in the programs it is written for, and compare.

    docs/check-formats.py runs/x exported.xyz ...

Takes files and directories and opens

    *.vti *.vtp *.vtr *.pvd     with VTK, which ParaView is made of
    *.stl *.ply *.glb           with VTK too
    *.xyz *.lammpstrj (*.gz)    with ASE
    *.csv                       with pandas

Of a run directory it compares one file with the other: each snapshot with the row of statistics.csv of its time (atoms
of each species), its positions with the lattice and the box, the index with the snapshots, the counts of the processes
with the events, the fields with the snapshot of the same moment (time, box, and each site's concentration, which must lie within
those of the fields), and the exports named after it with the snapshot of the same moment (atoms, species, positions). Where
any other directory holds expected.json, the numbers read are compared with that. Prints a line a file; exit code 1 if
any file is refused or differs. Needs Debian's python3-vtk9, python3-ase and python3-pandas, and the Python they are for:

    apt-get install python3-vtk9 python3-ase python3-pandas
    /usr/bin/python3 docs/check-formats.py runs/x

Two tests run this script: RunFormatsTest over runs of the built-in scenarios and their exports, ForeignReadersTest (slow)
over every format of every lattice:

    mvn test -pl scenarios -am -Dtest=RunFormatsTest -Dsurefire.failIfNoSpecifiedTests=false
    mvn test -pl engine -am -Dtest=ForeignReadersTest -Dexcluded.test.groups=none \
        -Dsurefire.failIfNoSpecifiedTests=false
"""
import json
import sys
import xml.etree.ElementTree
from collections import Counter
from pathlib import Path

import ase.io
import numpy
import pandas
import vtk
from vtk.util.numpy_support import vtk_to_numpy


class Complaints:
    """VTK reports errors to an observer; it does not raise."""

    def __init__(self, algorithm):
        self.messages = []
        for event in ("ErrorEvent", "WarningEvent"):
            algorithm.AddObserver(event, self.note)

    def note(self, caller, event, message="error"):
        self.messages.append(str(message).strip())

    note.CallDataType = vtk.VTK_STRING


def species(values):
    return {str(s): int(n) for s, n in sorted(Counter(int(v) for v in values).items())}


def local(values):
    """How many sites have a number, their sum, the least and the largest."""
    finite = values.astype(float)[numpy.isfinite(values.astype(float))]
    return [len(finite), float(finite.sum())] + ([float(finite.min()), float(finite.max())] if len(finite) else [])


def read_vtk(file):
    reader = vtk.vtkXMLImageDataReader() if file.suffix == ".vti" else vtk.vtkXMLPolyDataReader()
    complaints = Complaints(reader)
    reader.SetFileName(str(file))
    reader.Update()
    if complaints.messages:
        raise ValueError("; ".join(complaints.messages))
    data = reader.GetOutput()
    fields = data.GetFieldData()
    array = data.GetPointData().GetArray("species")
    values = vtk_to_numpy(array) if array else numpy.array([], dtype=numpy.uint8)
    found = {
        "type": data.GetClassName(),
        "points": data.GetNumberOfPoints(),
        "species": species(v for v in values if v != 0),
        "time_s": fields.GetArray("TimeValue").GetValue(0),
        "events": fields.GetArray("events").GetValue(0),
        "geometry": json.loads(fields.GetAbstractArray("geometry").GetValue(0)),
        "position_sum_nm": round(sum(sum(data.GetPoint(int(i))) for i in numpy.flatnonzero(values)), 2),
        "bounds_nm": [round(b, 5) for b in data.GetBounds()] if data.GetNumberOfPoints() else [],
    }
    for i in range(fields.GetNumberOfArrays()):
        name = fields.GetArrayName(i)
        if name not in ("TimeValue", "events", "geometry", "bare_site", "bare_site_type"):
            found[name] = fields.GetArray(i).GetValue(0)
    filled = data.GetPointData().GetArray("filled_at")
    if filled:
        found["filled_at_sum_s"] = float(vtk_to_numpy(filled)[values != 0].astype(float).sum())
    for i in range(data.GetPointData().GetNumberOfArrays()):
        name = data.GetPointData().GetArrayName(i)
        if name.startswith("local_"):
            found[name] = local(vtk_to_numpy(data.GetPointData().GetArray(i))[values != 0])
    if file.suffix == ".vtp":
        found["vertices"] = data.GetNumberOfVerts()
    return found


def read_fields(file):
    reader = vtk.vtkXMLRectilinearGridReader()
    complaints = Complaints(reader)
    reader.SetFileName(str(file))
    reader.Update()
    if complaints.messages:
        raise ValueError("; ".join(complaints.messages))
    data = reader.GetOutput()
    found = {
        "time_s": data.GetFieldData().GetArray("TimeValue").GetValue(0),
        "events": data.GetFieldData().GetArray("events").GetValue(0),
        "cells": data.GetNumberOfCells(),
        "bounds_nm": list(data.GetBounds()),
        "fields": {},
    }
    for i in range(data.GetCellData().GetNumberOfArrays()):
        numbers = vtk_to_numpy(data.GetCellData().GetArray(i)).astype(float)
        finite = numbers[numpy.isfinite(numbers)]
        found["fields"][data.GetCellData().GetArrayName(i)] = [float(finite.min()), float(finite.max())]
    return found


def read_pvd(file):
    sets = xml.etree.ElementTree.parse(file).getroot().find("Collection").findall("DataSet")
    for entry in sets:
        part = file.parent / entry.get("file")
        if READERS[part.suffix](part)["time_s"] != float(entry.get("timestep")):
            raise ValueError(f"{part}: its time is not that of the index")
    return {"frames": len(sets)}


def surface(source):
    """What is to be said of any closed surface."""
    edges = vtk.vtkFeatureEdges()
    edges.SetInputConnection(source.GetOutputPort())
    edges.BoundaryEdgesOn()
    edges.FeatureEdgesOff()
    edges.ManifoldEdgesOff()
    edges.NonManifoldEdgesOff()
    edges.Update()
    mass = vtk.vtkMassProperties()
    mass.SetInputConnection(source.GetOutputPort())
    mass.Update()
    return {
        "triangles": source.GetOutput().GetNumberOfCells(),
        "open_edges": edges.GetOutput().GetNumberOfCells(),
        "volume_nm3": mass.GetVolume(),
    }


def read_stl(file):
    reader = vtk.vtkSTLReader()
    complaints = Complaints(reader)
    reader.SetFileName(str(file))
    reader.Update()
    if complaints.messages:
        raise ValueError("; ".join(complaints.messages))
    return surface(reader)


def joined(data):
    """The same surface with one vertex where the species' vertices lie together."""
    clean = vtk.vtkCleanPolyData()
    clean.SetInputData(data)
    clean.ToleranceIsAbsoluteOn()
    clean.SetAbsoluteTolerance(1e-4)
    clean.Update()
    return clean


def read_ply(file):
    reader = vtk.vtkPLYReader()
    complaints = Complaints(reader)
    reader.SetFileName(str(file))
    reader.Update()
    if complaints.messages:
        raise ValueError("; ".join(complaints.messages))
    colors = vtk_to_numpy(reader.GetOutput().GetPointData().GetArray("RGB"))
    return surface(joined(reader.GetOutput())) | {"colours": len(numpy.unique(colors, axis=0))}


def read_glb(file):
    reader = vtk.vtkGLTFReader()
    complaints = Complaints(reader)
    reader.SetFileName(str(file))
    reader.Update()
    if complaints.messages:
        raise ValueError("; ".join(complaints.messages))
    parts = vtk.vtkAppendPolyData()
    blocks = reader.GetOutput().NewIterator()
    count = 0
    while not blocks.IsDoneWithTraversal():
        parts.AddInputData(blocks.GetCurrentDataObject())
        blocks.GoToNextItem()
        count += 1
    parts.Update()
    return surface(joined(parts.GetOutput())) | {"materials": count}


def read_ase(file):
    name = file.name.removesuffix(".gz")
    style = "extxyz" if name.endswith(".xyz") or name.endswith(".extxyz") else "lammps-dump-text"
    frames = ase.io.read(file, index=":", format=style)
    last = frames[-1]
    found = {
        "frames": len(frames),
        "atoms": len(last),
        "cell_nm": [round(length / 10, 5) for length in last.cell.lengths()],
        "pbc": [bool(p) for p in last.pbc],
        "position_sum_nm": round(float(last.get_positions().sum()) / 10, 2),
    }
    if style == "extxyz":
        found["species"] = species(last.arrays["kind_number"])
        found["time_s"] = last.info["time_s"]
        found["events"] = int(last.info["events"])
        found["symbols"] = sorted(set(last.get_chemical_symbols()))
        if "filled_at" in last.arrays:
            found["filled_at_sum_s"] = float(last.arrays["filled_at"].sum())
        found |= {name: local(values) for name, values in last.arrays.items() if name.startswith("local_")}
    return found


def read_csv(file):
    table = pandas.read_csv(file)
    found = {"rows": len(table), "columns": list(table.columns)}
    if "species_number" in table:
        found["species"] = species(table["species_number"])
        found["position_sum_nm"] = round(float(table[["x_nm", "y_nm", "z_nm"]].sum().sum()), 2)
        if table["filled_at_s"].notna().any():
            found["filled_at_sum_s"] = float(table["filled_at_s"].sum())
        found |= {name: local(table[name].to_numpy()) for name in table if name.startswith("local_")}
    return found


READERS = {
    ".vti": read_vtk,
    ".vtp": read_vtk,
    ".vtr": read_fields,
    ".pvd": read_pvd,
    ".stl": read_stl,
    ".ply": read_ply,
    ".glb": read_glb,
    ".xyz": read_ase,
    ".extxyz": read_ase,
    ".lammpstrj": read_ase,
    ".csv": read_csv,
}


def reader_of(file):
    return READERS.get(Path(file.name.removesuffix(".gz")).suffix)


def differs(found, wanted):
    if isinstance(wanted, float) and isinstance(found, (int, float)):
        return abs(found - wanted) > 1e-3 * max(1e-9, abs(wanted))
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) != len(wanted) or any(differs(f, w) for f, w in zip(found, wanted))
    return found != wanted


def check(file, expected):
    found = reader_of(file)(file)
    problems = [
        f"{key} is {found.get(key)}, expected {wanted}"
        for key, wanted in expected.items()
        if differs(found.get(key), wanted)
    ]
    if problems:
        raise ValueError("; ".join(problems))
    compared = f", {len(expected)} values as expected" if expected else f": {found}"
    return f"ok  {file}{compared}"


def equal(what, found, wanted):
    if differs(found, wanted):
        raise ValueError(f"{what} is {found}, expected {wanted}")


def check_positions(file, geometry):
    """Every atom on a site of its own, inside the box; for the lattices of cubic cells seen along an edge."""
    reader = vtk.vtkXMLPolyDataReader()
    reader.SetFileName(str(file))
    reader.Update()
    points = vtk_to_numpy(reader.GetOutput().GetPoints().GetData()).astype(float)
    if len(numpy.unique(points.round(4), axis=0)) != len(points):
        raise ValueError("two atoms at one place")
    a = geometry["lattice_constant_nm"]
    box = a * numpy.array([geometry["nx"], geometry["ny"], geometry["nz"]])
    if geometry["orientation"] != "100" or geometry["lattice"] not in ("bcc", "fcc"):
        return
    halves = points / (a / 2)
    if numpy.abs(halves - halves.round()).max() > 1e-3:
        raise ValueError("an atom off the lattice")
    parity = halves.round().astype(int)
    wrong = (parity.sum(axis=1) % 2) if geometry["lattice"] == "fcc" else numpy.ptp(parity % 2, axis=1)
    if wrong.any():
        raise ValueError("an atom between the sites of the lattice")
    if points.min() < -1e-6 or (points >= box).any():
        raise ValueError("an atom outside the box")


class Run:
    """A run directory: its files against each other, then exports against its snapshots."""

    def __init__(self, path):
        self.path = path
        layout = json.loads((path / "manifest.json").read_text())["layout"]
        self.names = [label["name"] for label in layout["species"]]
        self.geometry = layout["geometry"]
        self.processes = layout["processes"]
        self.statistics = pandas.read_csv(path / "statistics.csv", float_precision="round_trip")
        self.snapshots = {}

    def check_statistics(self):
        table = self.statistics
        for column in ("time_s", "events", "reduced_C_per_m2", "oxidised_C_per_m2"):
            if not table[column].is_monotonic_increasing:
                raise ValueError(f"{column} runs backwards")
        sites = table[[f"sites_{name}" for name in self.names]].sum(axis=1)
        equal("the number of sites", sorted(sites.unique().tolist()), [int(sites.iloc[0])])
        net = table["reduced_C_per_m2"] - table["oxidised_C_per_m2"]
        # But for the rounding of large numbers.
        gross = max(1.0, float(table["reduced_C_per_m2"].max()))
        equal("the net charge", float((net - table["charge_C_per_m2"]).abs().max()) / gross, 0.0)
        return f"{len(table)} rows, {len(table.columns)} columns"

    def check_events(self):
        table = pandas.read_csv(self.path / "events.csv")
        counts = table[[f"{name}_count" for name in self.processes]].sum(axis=1)
        equal("the sum of the processes", counts.tolist(), table["events"].tolist())
        equal("the rows", len(table), len(self.statistics))
        return f"{len(table)} rows, {int(counts.iloc[-1])} events"

    def check_snapshot(self, file):
        found = read_vtk(file)
        rows = self.statistics[self.statistics["events"] == found["events"]]
        row = rows[rows["time_s"] == found["time_s"]].iloc[0]
        wanted = {str(s): int(row[f"sites_{n}"]) for s, n in enumerate(self.names) if s > 0 and row[f"sites_{n}"] > 0}
        equal("atoms by species", found["species"], wanted)
        if file.suffix == ".vtp":
            check_positions(file, self.geometry)
        self.snapshots[found["events"]] = found
        return f"{sum(wanted.values())} atoms as in statistics.csv, each on a site"

    def check_fields(self, file):
        found = read_fields(file)
        like = self.snapshots[found["events"]]
        equal("the time", found["time_s"], like["time_s"])
        equal("the lower corner", found["bounds_nm"][::2], [0.0, 0.0, 0.0])
        if like["bounds_nm"] and found["bounds_nm"][5] < like["bounds_nm"][5]:
            raise ValueError("the grid ends below the top of the box")
        for name, (least, largest) in found["fields"].items():
            numbers = like.get(f"local_{name}")
            if numbers and numbers[0] and not 0 <= numbers[2] <= numbers[3] <= largest * (1 + 1e-3):
                raise ValueError(f"{name} is {numbers[2:]} at the surface, {least} to {largest} in the electrolyte")
        return f"{len(found['fields'])} fields in {found['cells']} cells"

    def check_export(self, file):
        found = reader_of(file)(file)
        last = max(self.snapshots)
        like = self.snapshots[found.get("events", last)]
        atoms = found.get("atoms", found.get("rows"))
        if atoms is not None:
            equal("atoms", atoms, sum(like["species"].values()))
            equal("the sum of the positions", found["position_sum_nm"], like["position_sum_nm"])
        for value in ["species", "filled_at_sum_s"] + [name for name in found if name.startswith("local_")]:
            if value in found:
                equal(value, found[value], like[value])
        if "open_edges" in found:
            equal("open edges", found["open_edges"], 0)
            return f"closed surface of {found['volume_nm3']:.3f} nm3"
        if atoms is None:
            equal("atoms by species", found["species"], like["species"])
        return "as the snapshot of that moment"

    def checks(self):
        yield self.path / "statistics.csv", self.check_statistics
        yield self.path / "events.csv", self.check_events
        for file in sorted((self.path / "snapshots").iterdir()):
            if file.suffix in (".vtp", ".vti"):
                yield file, lambda file=file: self.check_snapshot(file)
        index = self.path / "snapshots.pvd"
        yield index, lambda: equal("the index", read_pvd(index)["frames"], len(self.snapshots)) or "lists all snapshots"
        fields = self.path / "fields.pvd"
        if fields.exists():
            for file in sorted((self.path / "fields").glob("*.vtr")):
                yield file, lambda file=file: self.check_fields(file)
            yield fields, lambda: equal("the index", read_pvd(fields)["frames"], len(self.snapshots)) or "lists all fields"


def attempt(file, check):
    """One line for a file; whether it failed."""
    try:
        print(f"ok  {file}: {check()}")
        return False
    except Exception as e:
        print(f"BAD {file}: {type(e).__name__}: {e}")
        return True


def main(paths):
    failures = checked = 0
    run = None
    for path in map(Path, paths):
        if (path / "manifest.json").exists():
            run = Run(path)
            results = [attempt(file, check) for file, check in run.checks()]
            failures += sum(results)
            checked += len(results)
            continue
        if run and path.is_file():
            failures += attempt(path, lambda: run.check_export(path))
            checked += 1
            continue
        files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
        expectations = path / "expected.json"
        expected = json.loads(expectations.read_text()) if path.is_dir() and expectations.exists() else {}
        for missing in set(expected) - {str(f.relative_to(path)) for f in files}:
            print(f"BAD {path / missing}: missing")
            failures += 1
        for file in files:
            if reader_of(file) is None or file.name.startswith("."):
                continue
            checked += 1
            try:
                print(check(file, expected.get(str(file.relative_to(path)) if path.is_dir() else "", {})))
            except Exception as e:
                failures += 1
                print(f"BAD {file}: {type(e).__name__}: {e}")
    print(f"{checked} files, {failures} failures; VTK {vtk.vtkVersion().GetVTKVersion()}, ASE {ase.__version__},"
          f" pandas {pandas.__version__}")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
