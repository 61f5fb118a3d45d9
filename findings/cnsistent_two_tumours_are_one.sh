#!/usr/bin/env bash
# cnsistent 1.1.1: two tumours of a patient are one sample if patient_id stands before sample, a segment ends at the patient's gender, "XX" is no sex
#
# Expected: `load_cns` takes the column "sample" for the sample, "endpos" for the end; where no copies are named, "the first 4 columns are
# used as position, the following 1-2 as CNs", as its description says, so that a SEG file is read. `load_samples` knows XX and XY.
#
# Seen: a column is found by a part of its name, from the left: "patient_id" holds "id", so that it is the sample, and the two tumours of
# a patient, with 12 and with 2 copies of ERBB2, lie at one place of one sample; "gender" holds "end", so that a gender of 2 is where
# each segment ends. XX and XY in capitals, or "female", are put away as "NA". A SEG file is refused: "No CN columns found." Of the
# rest nothing is said.
#
# Where her2 meets it: copies of ERBB2, tumour by tumour, are what `her2 cohort` goes by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cnsistent==1.1.1 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
from cns.utils.files import load_cns, load_samples

PLACE = {"chr": 17, "startpos": 37844001, "endpos": 37885000}


def write(path, *rows):
    with open(path, "w") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in (rows[0], *(row.values() for row in rows)))
    return path


def loaded(*rows):
    try:
        return load_cns(write("copies.tsv", *rows))
    except ValueError as error:
        return str(error)


tumours = [{"sample": name, "patient_id": "P1", **PLACE, "major_cn": copies, "minor_cn": 1} for name, copies in (("T1", 12), ("T2", 2))]
patients = [{"patient_id": "P1", **{key: value for key, value in row.items() if key != "patient_id"}} for row in tumours]
proper, merged = loaded(*tumours), loaded(*patients)
gender = loaded({"sample": "T1", "gender": 2, **PLACE, "major_cn": 12, "minor_cn": 1})
seg = loaded({"ID": "T1", "chrom": 17, "loc.start": 37844001, "loc.end": 37885000, "num.mark": 55, "seg.mean": 2.9})
sexes = load_samples(write("samples.tsv", {"sample_id": "T1", "sex": "XX"}, {"sample_id": "T2", "sex": "xx"}))["sex"].to_dict()
sexes = {name: str(sex) for name, sex in sexes.items()}
print("cnsistent 1.1.1:", merged.to_dict("records"), "end:", gender["end"].tolist(), seg, sexes)
assert proper["sample_id"].tolist() == ["T1", "T2"]
assert merged["sample_id"].tolist() == ["P1", "P1"] and merged["major_cn"].tolist() == [12, 2], "samples are samples now"
assert gender["end"].tolist() == [2] and proper["end"].tolist() == [37885000, 37885000]
assert seg == "No CN columns found."
assert sexes == {"T1": "NA", "T2": "xx"}, "XX is a sex now"
END
