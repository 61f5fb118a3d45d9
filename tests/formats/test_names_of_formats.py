"""A format answers to its name, its extensions, and to the programs that read it."""

from __future__ import annotations

import re

import pytest

from her2cli.cli.app import run
from her2cli.errors import Her2Error
from her2cli.formats import ALIASES, FORMATS, find_format


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_a_format_is_found_by_its_name_and_by_each_extension(each):
    assert find_format(each.name.upper()) is each
    for extension in each.extensions:
        assert find_format(extension) is each
        assert find_format(extension.removeprefix(".")) is each
        assert find_format("", f"x{extension}") is each


@pytest.mark.parametrize(
    ("word", "name"),
    [("Cytoscape", "cx2"), ("ndex", "cx2"), ("sbml-qual", "sbml"), ("Graphviz", "dot"), ("BoolNet", "bnet")],
)
def test_a_natural_word_for_a_format_finds_it(word, name):
    assert find_format(word).name == name


def test_no_other_word_hides_a_format_and_each_means_one_that_there_is():
    names = {each.name for each in FORMATS}
    extensions = {extension.removeprefix(".") for each in FORMATS for extension in each.extensions}
    assert set(ALIASES.values()) <= names
    assert not set(ALIASES) & (names | extensions)


def test_the_program_that_reads_a_format_is_another_word_for_one_that_is_said_to_be_for_it():
    said = {word: [each.name for each in FORMATS if word in each.description.lower()] for word in ALIASES}
    told = {word: names for word, names in said.items() if names}
    assert len(told) >= 8
    assert [word for word, names in told.items() if ALIASES[word] not in names] == []


def test_what_is_no_format_is_told_with_all_that_there_are():
    with pytest.raises(Her2Error, match=r"No format 'tiff'\. There are yaml, json"):
        find_format("tiff")


@pytest.mark.parametrize("line", ["export tiff", "export -o x.tiff", "convert her2 x.tiff", "convert her2 - --to tiff"])
def test_an_unknown_format_to_write_is_told_with_those_that_are_written(capsys, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) == 2
    by_name = not line.endswith(".tiff")
    told = set(re.findall(r"\w+", capsys.readouterr().err.partition("There are " if by_name else "use one of ")[2]))
    for each in FORMATS:
        word = each.name if by_name else each.extensions[0][1:]
        assert (word in told) == each.writes, word


@pytest.mark.parametrize("line", ["trace HER2 -p x.tiff", "species -p x.tiff", "convert x.tiff y.bnet"])
def test_a_file_of_an_unknown_extension_is_told_with_those_that_are_read(capsys, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) == 2
    told = set(re.findall(r"\w+", capsys.readouterr().err.partition("use one of ")[2]))
    for each in FORMATS:
        assert (each.extensions[0][1:] in told) == each.reads, each.name
