#!/usr/bin/env bash
# vcfpy 0.14.2: a call whose last fields are left out can be read and not be written
#
# Expected: VCF allows to drop trailing fields of a sample ("0/1" under GT:AD); what the reader took, the writer writes.
#
# Seen: the reader takes it, and gives the call no AD. The writer raises ValueError, "Expected list value for field with
# Number != 1", which is about the header's AD and names neither line nor sample. With "0/1:." it writes.
#
# Where her2 meets it: mutations that become alterations of her2 come from such files; filtering them with vcfpy stops at
# the first sample without reads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet vcfpy==0.14.2
cd "$folder"
venv/bin/python - <<'EOF'
import io

import vcfpy

head = """##fileformat=VCFv4.3
##contig=<ID=chr17>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
"""
columns = "CHROM POS ID REF ALT QUAL FILTER INFO FORMAT TUMOUR NORMAL".split()


def written(normal):
    row = f"chr17 39723967 . T C . PASS . GT:AD 0/1:20,11 {normal}".split()
    reader = vcfpy.Reader.from_stream(io.StringIO(head + "#" + "\t".join(columns) + "\n" + "\t".join(row) + "\n"))
    (record,) = reader
    assert record.call_for_sample["NORMAL"].data["GT"] == "0/0"
    stream = io.StringIO()
    try:
        vcfpy.Writer.from_stream(stream, reader.header).write_record(record)
    except ValueError as error:
        return str(error)
    return stream.getvalue().split("\t")[-1].strip()


whole, short = written("0/0:."), written("0/0")
print("vcfpy 0.14.2: with `0/0:.`:", whole, "| with `0/0`:", short)
assert whole == "0/0:.", "the whole call is written otherwise now"
assert short == "Expected list value for field with Number != 1", "the short call can be written now"
EOF
