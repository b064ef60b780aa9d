"""Reads ``rules/`` into a ``KnowledgeBase``, with file and line of every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from assessor.knowledge.about import About
from assessor.knowledge.base import KnowledgeBase, Mark
from assessor.knowledge.consequences import Exposure, Fine, Notice, Route
from assessor.knowledge.levers import Fixed, Lever, Sham
from assessor.knowledge.models import Deadline, Duty, Factor, Issue, Norm, OpenDoubt, Parameter, Precedent, Question, Source
from assessor.knowledge.tables import RegimeTables, Result
from assessor.problems import Problem, nearest, refused
from assessor.reading import Mapping, line_at, parse_yaml, read_text
from assessor.resources import data_folder

AnyModel = TypeVar("AnyModel", bound=BaseModel)

#: The file of a regime's folder that holds its tables; the others are its issues.
_TABLES = "result"

#: What conditions and formulas speak of by name alone, so that no two of them can be called the same.
_NAMED = ("question", "factor", "element", "quantities", "tests", "decisions", "conclusions")


def load(folder: Path | None = None) -> KnowledgeBase:
    """The knowledge base of a folder laid out as ``rules/``.

    Args:
        folder: the folder; default is the project's own, which is read once.

    Returns:
        The knowledge base. It is read, not yet checked for coherence: see ``assessor.lawtest.check``.

    Raises:
        Problem: a file is missing or malformed, with file and line.
    """
    return _own() if folder is None else _Reader(folder).read()


@cache
def _own() -> KnowledgeBase:
    return _Reader(data_folder("rules")).read()


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marks: dict[tuple[str, str], Mark] = {}
        self.names: dict[str, Mark] = {}
        self.hash = hashlib.sha256()
        self.files: dict[str, Any] = {}
        self.unread: set[str] = set()

    def read(self) -> KnowledgeBase:
        if not self.folder.is_dir():
            raise Problem("missing-file", file=self.folder)
        self._files()
        about = self._file("about.yaml")
        frame = self._model(About, about, "about.yaml", ())
        for name in about:
            self._mark("about", name, "about.yaml", (name,))
        regimes = frame.regimes
        self._named_regimes(regimes)
        tables = {
            name: self._model(RegimeTables, self._file(file), file, ())
            for name in regimes
            if (file := f"{name}/{_TABLES}.yaml") in self.files
        }
        for name in tables:
            self._mark("tables", name, f"{name}/{_TABLES}.yaml")
        first = next(iter(tables))
        duties = self._entries(Duty, "exposure/duties.yaml", "duties", "duty", {"regime": first})
        deadlines = self._entries(Deadline, "exposure/deadlines.yaml", "deadlines", "deadline", {"regime": first})
        issues = {issue.id: issue for name in tables for issue in self._issues(name, tables[name].issues)}
        self._mark("result", "result", "result.yaml")
        self._mark("exposure", "fee", "exposure/fee.yaml")
        self._mark("exposure", "fines", "exposure/fines.yaml")
        base = KnowledgeBase(
            sources=self._folder("sources", Source, "source"),
            norms=self._folder("norms", Norm, "norm"),
            parameters=self._folder("parameters", Parameter, "parameter"),
            questions=self._lists("questions", Question, "question"),
            factors=dict(sorted(self._folder("factors", Factor, "factor").items(), key=lambda item: _factor_key(item[0]))),
            precedents=self._folder("precedents", Precedent, "precedent"),
            regimes=regimes,
            tables=tables,
            issues=issues,
            result=self._model(Result, self._file("result.yaml"), "result.yaml", ()),
            fines=tuple(self._entries(Fine, "exposure/fines.yaml", "fines", "fine").values()),
            duties=duties | {duty.id: duty for issue in issues.values() for duty in issue.duties},
            deadlines=deadlines | {deadline.id: deadline for issue in issues.values() for deadline in issue.deadlines},
            routes=self._lists("routes", Route, "route"),
            notices=self._folder("notices", Notice, "notice"),
            levers=self._lists("levers/levers", Lever, "lever"),
            shams=self._lists("levers/shams", Sham, "sham"),
            fixed=self._lists("levers/fixed", Fixed, "fixed"),
            exposure=self._model(Exposure, self._file("exposure/fee.yaml"), "exposure/fee.yaml", ()),
            shown=frame.shown,
            doubts=self._doubts(),
            governing=dict(about["governing"]),
            code_lists=dict(about["code_lists"]),
            version=frame.version,
            state=frame.state,
            digest=self.hash.hexdigest()[:12],
            marks=self.marks,
        )
        if self.unread:
            raise Problem("unread-law", file=self._shown(min(self.unread)))
        return base

    def _files(self) -> None:
        """Reads every file of the folder.

        Raises:
            Problem: one is malformed, or is YAML under another name than ``.yaml``.
        """
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.suffix.lower() == ".yml" or (path.suffix != ".yaml" and path.suffix.lower() == ".yaml"):
                raise Problem("not-yaml-suffix", file=self._shown(name))
            if path.suffix == ".yaml":
                text = read_text(path)
                self.hash.update(f"{name}\0{text}\0".encode())
                self.files[name] = parse_yaml(text, self._shown(name))
        self.unread = set(self.files)

    def _mark(self, kind: str, identity: str, name: str, at: tuple[Any, ...] = ()) -> None:
        """Notes where an entry stands.

        Raises:
            Problem: there is such an entry already, or a condition or formula could mean another thing by its name.
        """
        data = self.files[name]
        mark = Mark(self._shown(name), line_at(data, at), _part(data, at))
        other = self.marks.get((kind, identity)) or (self.names.get(identity) if kind in _NAMED else None)
        if other is not None:
            raise Problem("defined-twice", file=mark.file, line=mark.line, key=identity, first=f"{other.file}:{other.line}")
        self.marks[kind, identity] = mark
        if kind in _NAMED:
            self.names[identity] = mark

    def _named_regimes(self, regimes: Iterable[str]) -> None:
        """Refuses a folder with tables that is no regime, and a knowledge base without any regime to assess.

        Raises:
            Problem: as said.
        """
        folders = {name.partition("/")[0]: name for name in self.files if name.endswith(f"/{_TABLES}.yaml")}
        for folder, name in folders.items():
            if folder not in regimes:
                raise self._wrong(f"about.yaml names no regime {folder}.{nearest(folder, regimes)['en']}", name, None)
        if not folders:
            raise self._wrong("no regime has tables", "about.yaml", None)

    def _doubts(self) -> dict[str, OpenDoubt]:
        found: dict[str, OpenDoubt] = {}
        for name, _, _ in self._under("doubts"):
            for identity, entry in self._file(name).items():
                found[identity] = self._model(OpenDoubt, entry, name, (identity,))
                self._mark("doubt", identity, name, (identity,))
        return found

    def _shown(self, name: str) -> str:
        return f"{self.folder.name}/{name}"

    def _file(self, name: str) -> Any:
        data = self.files.get(name)
        if not isinstance(data, Mapping):
            raise Problem("missing-file" if name not in self.files else "not-a-mapping", file=self._shown(name))
        self.unread.discard(name)
        return data

    def _under(self, folder: str) -> Iterator[tuple[str, str, Any]]:
        for name, data in self.files.items():
            if name.startswith((f"{folder}/", f"{folder}.")):
                self.unread.discard(name)
                yield name, Path(name).stem, data

    def _folder(self, folder: str, model: type[AnyModel], kind: str) -> dict[str, AnyModel]:
        found: dict[str, AnyModel] = {}
        for name, stem, data in self._under(folder):
            found[stem] = self._entry(model, data, name, (), {"id": stem})
            self._mark(kind, stem, name)
        return found

    def _lists(self, folder: str, model: type[AnyModel], kind: str) -> dict[str, AnyModel]:
        found: dict[str, AnyModel] = {}
        for name, _, data in self._under(folder):
            self._collect(found, model, data, name, (), kind)
        return found

    def _entries(
        self, model: type[AnyModel], name: str, key: str, kind: str, extra: dict[str, str] | None = None
    ) -> dict[str, AnyModel]:
        found: dict[str, AnyModel] = {}
        self._collect(found, model, self._file(name).get(key), name, (key,), kind, extra)
        return found

    def _collect(
        self,
        found: dict[str, AnyModel],
        model: type[AnyModel],
        data: Any,
        name: str,
        at: tuple[Any, ...],
        kind: str,
        extra: dict[str, str] | None = None,
    ) -> None:
        if not isinstance(data, list):
            raise self._wrong(f"{'.'.join(map(str, at)) or 'the file'} should be a list", name, None)
        for position, entry in enumerate(data):
            made = self._entry(model, entry, name, (*at, position), extra or {})
            identity = str(getattr(made, "id"))  # noqa: B009 - every collected model has one
            self._mark(kind, identity, name, (*at, position))
            found[identity] = made

    def _issues(self, regime: str, order: tuple[str, ...]) -> Iterator[Issue]:
        tables = f"{regime}/{_TABLES}.yaml"
        listed = self.files[tables]
        for position, stem in enumerate(order):
            if stem in order[:position]:
                first = f"{self._shown(tables)}:{line_at(listed, ('issues', order.index(stem)))}"
                line = line_at(listed, ("issues", position))
                raise Problem("defined-twice", file=self._shown(tables), line=line, key=stem, first=first)
        known = {Path(name).stem for name in self.files if name.startswith(f"{regime}/")} - {_TABLES}
        if known != set(order):
            odd = ", ".join(sorted(known ^ set(order)))
            why = f"issues names other files than lie in {regime}/: {odd}"
            raise self._wrong(why, tables, line_at(listed, ("issues",)))
        for stem in order:
            name = f"{regime}/{stem}.yaml"
            data = self._file(name)
            filled = dict(data)
            if isinstance(data.get("element"), dict):
                filled["element"] = {"id": stem, **data["element"]}
            if isinstance(data.get("rules"), list):
                filled["rules"] = [
                    {**rule, "id": f"{stem}.{rule['id']}"} if isinstance(rule, dict) and "id" in rule else rule
                    for rule in data["rules"]
                ]
            for kind in ("duties", "deadlines"):
                if isinstance(data.get(kind), list):
                    filled[kind] = [{**entry, "regime": regime} if isinstance(entry, dict) else entry for entry in data[kind]]
            issue = self._entry(Issue, filled, name, (), {"id": stem, "regime": regime}, original=data)
            self._mark("issue", issue.id, name)
            if issue.element:
                self._mark("element", issue.element.id, name, ("element",))
            singular = {"rules": "rule", "duties": "duty", "deadlines": "deadline"}
            for kind in ("rules", "quantities", "tests", "decisions", "conclusions", "duties", "deadlines"):
                for position, entry in enumerate(getattr(issue, kind)):
                    self._mark(singular.get(kind, kind), entry.id, name, (kind, position))
            yield issue

    def _entry(
        self,
        model: type[AnyModel],
        data: Any,
        name: str,
        at: tuple[Any, ...],
        extra: dict[str, str],
        original: Any = None,
    ) -> AnyModel:
        if not isinstance(data, dict):
            raise self._wrong("keys and values (name: value) were expected", name, line_at(self.files[name], at))
        return self._model(model, {**data, **extra}, name, at, original)

    def _model(self, model: type[AnyModel], data: Any, name: str, at: tuple[Any, ...], original: Any = None) -> AnyModel:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or model.__name__
            line = line_at(self.files[name], (*at, *first["loc"]))
            why = {language: f"{where}: {refused(first, language)}" for language in ("sv", "en")}
            raise self._wrong(why, name, line) from None

    def _wrong(self, why: str | dict[str, str], name: str, line: int | None) -> Problem:
        return Problem("knowledge", file=self._shown(name), line=line, why=why)


def _part(data: Any, at: tuple[Any, ...]) -> Any:
    """What stands at a place of a file, by keys and places."""
    for part in at:
        data = data[part]
    return data


def _factor_key(identity: str) -> tuple[int, str]:
    digits = "".join(character for character in identity if character.isdigit())
    return int(digits or 0), identity
