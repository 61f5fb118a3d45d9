#!/usr/bin/env bash
# plotly-plate 0.1.0: of a plate of 384 wells what lies outside of 96 is left out in silence, and a plate filled by columns turns around
#
# Expected: a table with a well P24 makes a plate that has it, or an error. With fill_direction="vertical" the second value is that of B1, in
# the picture as in to_dict(). A well that was not measured is empty.
#
# Seen: from_dataframe and from_dict skip wells beyond n_rows and n_columns, 8 by 12 unless said: of A1, C13 and P24 A1 is left. In the
# picture B1 has the second value, in to_dict A2 has it and B1 the 13th; read again by from_dict each well shows another's. Wells without
# a value are coloured as 0, which for viability is the strongest effect.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, stand in the rows and columns of such plates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet plotly-plate==0.1.0 pandas==2.3.3 plotly==6.3.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import pandas
from plotly_plate import Plate

table = pandas.DataFrame({"well": ["A1", "C13", "P24"], "value": [90.0, 50.0, 10.0]})
left = {well: each["value"] for well, each in Plate.from_dataframe(table).to_dict().items() if each["value"] is not None}
whole = Plate.from_dataframe(table, n_rows=16, n_columns=24).to_dict()

filled = Plate(values=list(range(1, 97)), fill_direction="vertical")
drawn = dict(text.split("<br>") for text in filled.plot().data[0].hovertext)
told = {well: each["value"] for well, each in filled.to_dict().items()}
again = Plate.from_dict(filled.to_dict(), n_rows=8, n_columns=12).plot().data[0].hovertext
colours = Plate(values=[90.0, None, 10.0]).plot().data[0].marker.color[:4]

print("plotly-plate 0.1.0:", left, {"B1": (drawn["B1"], told["B1"]), "A2": (drawn["A2"], told["A2"])}, colours, sep="\n  ")
assert whole["P24"]["value"] == 10.0
assert left == {"A1": 90.0}, "wells outside are told now"
assert (drawn["B1"], drawn["A2"]) == ("2", "9")
assert (told["B1"], told["A2"]) == (13, 2), "the picture and the table agree now"
assert "B1<br>13" in again
assert list(colours) == [90.0, 0, 10.0, 0], "a missing well is no 0 now"
END
