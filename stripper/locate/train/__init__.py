"""Training of the locator: `python -m stripper.locate.train CORPUS...`. Development only; needs the extra `train`."""
