"""Boolean logic of a pathway, in wings that each import only those named before.

`network` is what a network is: rules, scenarios, meaning. `lanes` runs many cells at once, `runs` is how a network
runs, `ends` where it ends, and `questions` what is asked of these. It works on a `Pathway` that was already read;
nothing here opens a file or prints.
"""
