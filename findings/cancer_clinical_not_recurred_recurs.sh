#!/usr/bin/env bash
# cancer-clinical-data-analysis 0.1.1: "0:Not Recurred" of METABRIC is a recurrence, and "0:ALIVE OR DEAD TUMOR FREE" a death
#
# Expected: cBioPortal's studies write a status as "0:..." where there was no event and as "1:..." where there was one; the number tells it.
#
# Seen: an event is what has "1", "dead", "recurr" or "progress" anywhere in its words, whatever number stands in front. So each patient of
# METABRIC whose relapse status is known has relapsed, in TCGA's PanCancer studies each has died of the disease, and "0:Not Progressed", as some
# studies have it, makes the column `pfs_event` 1. Such a survival curve falls to zero. "0:LIVING" and "0:CENSORED" are right. Nothing is said.
#
# Where her2 meets it: `her2 cohort` is made for these studies, METABRIC first, and groups of its tumours are compared by such statuses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pandas==2.3.3 numpy==2.3.5
python3 -m pip --python "$folder/venv" install --quiet --no-deps cancer-clinical-data-analysis==0.1.1
cd "$folder"
venv/bin/python - <<'END'
import importlib.util
import sysconfig
from pathlib import Path

import pandas as pd

# The module alone, without the package's plots and classifiers, which it does not need.
place = Path(sysconfig.get_path("purelib"), "cancer_analysis", "data", "preprocessors.py")
spec = importlib.util.spec_from_file_location("preprocessors", place)
preprocessors = importlib.util.module_from_spec(spec)
spec.loader.exec_module(preprocessors)
RIGHT = ["0:LIVING", "1:DECEASED", "0:CENSORED", "1:PROGRESSION", "1:Recurred", "0:DiseaseFree", "1:DEAD WITH TUMOR"]
WRONG = ["0:Not Recurred", "0:ALIVE OR DEAD TUMOR FREE", "0:Not Progressed"]
cleaner = preprocessors.DataPreprocessor()
events = dict(zip(RIGHT + WRONG, cleaner.status_to_event(pd.Series(RIGHT + WRONG))))
print("cancer-clinical-data-analysis 0.1.1:", events)
assert all(events[status] == int(status[0]) for status in RIGHT)
assert all(events[status] == 1 for status in WRONG), "the number in front tells it now"
END
