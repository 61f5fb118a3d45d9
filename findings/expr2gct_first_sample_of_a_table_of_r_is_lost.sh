#!/usr/bin/env bash
# expr2gct 1.0.0: of a table that R wrote the first sample is lost, and BT474 stands above the values of SKBR3
#
# Expected: "first row is sample names, first column is gene symbols". R's write.table writes just that: one name for
# each sample and none above the genes. Three lines give a GCT of three columns, or an error.
#
# Seen: the first word of the first row is thrown away, whatever it is. The GCT has two names and says 2 samples, and
# three values in each row: BT474 stands above the value of SKBR3. Nothing is said. Where a gene was not measured in the
# last sample, its row is one cell short, as blanks at its end are cut off.
#
# Where her2 meets it: expression of cell lines goes as GCT to programs that find pathways, and comes from R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet expr2gct==1.0.0
cd "$folder"
printf 'SKBR3\tBT474\tMCF7\nERBB2\t12.1\t11.9\t5.2\nEGFR\t7.5\t6.1\t\n' >of_r.txt
printf 'gene\tSKBR3\tBT474\tMCF7\nERBB2\t12.1\t11.9\t5.2\nEGFR\t7.5\t6.1\t\n' >with_corner.txt
for table in of_r with_corner; do
  venv/bin/expr2gct -e "$table.txt" -g "$folder/$table.gct"
done
venv/bin/python - <<'END'
def gct(name):
    with open(name) as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return lines[1], lines[2][2:], {line[0]: line[2:] for line in lines[3:]}


size, samples, values = gct("of_r.gct")
print("expr2gct 1.0.0:", size, samples, values)
assert gct("with_corner.gct")[1] == ["SKBR3", "BT474", "MCF7"]
assert samples == ["BT474", "MCF7"] and size == ["2", "2"], "the first sample is there now"
assert values["ERBB2"] == ["12.1", "11.9", "5.2"]
assert values["EGFR"] == ["7.5", "6.1"], "blanks are kept now"
END
