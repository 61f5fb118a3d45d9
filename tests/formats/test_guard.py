"""No file, however broken or malicious, does more than get a clear answer with its place."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her2cli.errors import DataError, MissingExtra
from her2cli.formats import find_format, load, read_file
from her2cli.formats.guard import MAX_JSON_DEPTH, MAX_JSON_DIGITS, MAX_XML_DEPTH, check_xml, read_json
from her2cli.formats.sniff import of_text

DEEP = "<a>" * (MAX_XML_DEPTH + 1)


def refusal(file: Path | str) -> str:
    with pytest.raises(DataError) as caught:
        read_file(file)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "is empty"),
        ("<a><b></a>", "f:1:9: is not XML: mismatched tag"),
        (DEEP, "nested more than 400"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        ('<!DOCTYPE a SYSTEM "file:///dev/zero"><a/>', "document type"),
        ("<a>&x;</a>", "undefined entity"),
        ('<?xml version="1.0" encoding="X-EVIL"?><a/>', "encoding 'X-EVIL'"),
        ("<a>&#27;</a>", "invalid character"),
    ],
)
def test_harmful_xml_is_refused_before_a_native_library_sees_it(content: str, what: str):
    with pytest.raises(DataError, match=what):
        check_xml(content, "f", attributes={})


def test_harmless_xml_tells_its_root_and_namespace():
    assert check_xml('<q:a xmlns:q="urn:x"><b/></q:a>', "f", attributes={}) == ("urn:x", "a")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "is empty"),
        ("{", "f:1:2: is not JSON"),
        ('{"a": 1, "a": 2}', "key 'a' twice"),
        (f'{{"a": {"9" * (MAX_JSON_DIGITS + 1)}}}', "401 digits"),
        ('{"a": NaN}', "NaN"),
        ("[" * (MAX_JSON_DEPTH + 1), "nested more than 100"),
        ('{"a": "[[[[\\""}' + "{" * (MAX_JSON_DEPTH + 1), "nested more than 100"),
    ],
)
def test_harmful_json_is_refused(content: str, what: str):
    with pytest.raises(DataError, match=what):
        read_json(content, "f")


@pytest.mark.parametrize("extension", ["bnet", "aeon", "sbml", "bnd", "sif", "csv", "json", "yaml"])
def test_a_file_that_is_no_text_is_refused_with_its_place(extension: str, tmp_path: Path):
    file = tmp_path / f"f.{extension}"
    for data, what in ((b"A\x00B", "U\\+0000"), (b"\xff\xfeA\x00", "UTF-16"), (b"A\n\xe9 B", "0xe9")):
        file.write_bytes(data)
        with pytest.raises(DataError, match=what):
            read_file(file)


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path):
    pipe, link = tmp_path / "p.bnet", tmp_path / "l.bnet"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nowhere.bnet")
    (tmp_path / "d.bnet").mkdir()
    assert "not a regular file" in refusal(pipe)
    assert "link" in refusal(link)
    assert "directory" in refusal(tmp_path / "d.bnet")
    assert "no such file" in refusal(tmp_path / "missing.bnet")


def test_a_large_file_is_refused_with_the_limit_and_how_to_raise_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "f.bnet"
    file.write_text("A, B\n" + "# a comment\n" * 200_000)
    assert "at most 2 MB" in refusal(file)
    monkeypatch.setenv("HER2_MAX_FILE_MB", "10")
    assert list(read_file(file).species) == ["A", "B"]


@pytest.mark.parametrize(
    ("content", "extension", "likely"),
    [
        ('<?xml version="1.0"?><sbml/>', "yaml", "SBML"),
        ("schema: 1\nspecies:\n  A: {}\n", "sbml", "YAML"),
        ("schema: 1\nspecies:\n  A: {}\n", "bnet", "YAML"),
        ('[{"CXVersion": "2.0"}]', "bnet", "CX2"),
    ],
)
def test_a_wrong_extension_is_told_with_what_the_file_looks_like(
    content: str, extension: str, likely: str, tmp_path: Path
):
    file = tmp_path / f"f.{extension}"
    file.write_text(content)
    assert of_text(content).name.upper() == likely
    assert f"looks like {likely}" in refusal(file)


def test_extensions_are_known_in_any_case_and_others_are_answered_with_all_of_them(tmp_path: Path):
    file = tmp_path / "F.BNET"
    file.write_text("A, B\n")
    assert list(load(str(file)).species) == ["A", "B"]
    with pytest.raises(Exception, match=r"\.unknown.*\.yaml.*\.mmd"):
        find_format("", "out.unknown")


def test_a_format_that_is_only_written_is_named_with_what_helps(tmp_path: Path):
    file = tmp_path / "f.mmd"
    file.write_text("flowchart TD\n")
    assert "is Mermaid, which is not read: it is a picture" in refusal(file)


def test_many_problems_are_listed_up_to_a_point_and_counted(tmp_path: Path):
    file = tmp_path / "f.bnet"
    file.write_text("A; B\n" * 100)
    lines = refusal(file).splitlines()
    assert len(lines) <= 20
    assert "more problems" in lines[-1]


ALPHABET = "AB01 \t\n,;:#$&|!()<>=?-+.@\"'{}[]/xyand"


@pytest.mark.parametrize("format", ["bnet", "aeon", "sbml", "maboss", "sif", "csv", "tsv", "json", "yaml"])
@given(content=st.text(ALPHABET, max_size=60) | st.text(max_size=20))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_read_or_refused_with_our_own_error(
    format: str, content: str, tmp_path_factory: pytest.TempPathFactory
):
    file = tmp_path_factory.getbasetemp() / f"any.{'bnd' if format == 'maboss' else format}"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    with suppress(DataError, MissingExtra):
        assert read_file(file).species
