"""A format answers to its name, its extensions, and to the programs that read it."""

from __future__ import annotations

import pytest

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


def test_what_is_no_format_is_told_with_all_that_there_are():
    with pytest.raises(Her2Error, match=r"No format 'tiff'\. There are yaml, json"):
        find_format("tiff")
