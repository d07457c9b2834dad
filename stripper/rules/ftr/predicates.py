"""What XPath says in square brackets, as tests of a selector."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stripper.rules.ftr.tokens import PLAIN, Tokens, Untranslatable

DEEPEST = 20
"""Brackets within brackets."""
WHOLE_TEXT = "text() is taken for the text of the whole element"
_COMPARED = frozenset({"//", "<", ">", "<=", ">=", "=", "!="})


def quoted(value: str) -> str:
    """A text as it stands between quotation marks in a selector."""
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\{ord(found[0]):x} ", value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


@dataclass
class Step:
    """One element: how it stands to the one before, its name, what else must hold, as tests of a selector, and the axis that leads to it."""

    combinator: str
    tag: str
    tests: list[str] = field(default_factory=list)
    axis: str = "child"

    def css(self) -> str:
        """The element as a selector has it."""
        return (self.tag if self.tag != "*" else "") + "".join(self.tests) or "*"


class Predicates(Tokens):
    """Reads tests of an element, and the element's place."""

    def place(self) -> tuple[bool, int, int] | None:
        """A predicate that is a place: whether it counts from the end, and step and first place as CSS has them."""
        shapes = [text for _, text in self.tokens[self.at : self.at + 6]]
        if len(shapes) > 1 and shapes[1] == "]" and self.kind() == "number":
            self.at += 1
            return False, 0, int(shapes[0])
        if shapes[:4] == ["last", "(", ")", "]"]:
            self.at += 3
            return True, 0, 1
        if shapes[:4] == ["last", "(", ")", "-"] and len(shapes) == 6 and shapes[5] == "]" and shapes[4].isdigit():
            self.at += 5
            return True, 0, int(shapes[4]) + 1
        if (
            shapes[:3] == ["position", "(", ")"]
            and len(shapes) > 4
            and shapes[4].isdigit()
            and self.tokens[self.at + 5 : self.at + 6] == [("sign", "]")]
        ):
            number, operator = int(shapes[4]), shapes[3]
            steps = {"=": (0, number), "<": (-1, number - 1), "<=": (-1, number), ">": (1, number + 1), ">=": (1, number)}
            if operator in steps:
                self.at += 5
                return False, *steps[operator]
        return None

    def any_of(self) -> str:
        """Tests joined by "or", as one test."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Untranslatable("its brackets stand too deep in brackets")
        found = [self._and()]
        while self.took("or"):
            found.append(self._and())
        self.depth -= 1
        return found[0] if len(found) == 1 else f":is({', '.join(found)})"

    def _and(self) -> str:
        tests = [self._test()]
        while self.took("and"):
            tests.append(self._test())
        return "".join(tests)

    def _test(self) -> str:
        if self.took("("):
            test = self.any_of()
            self.need(")")
            return test
        if self.took("@"):
            return self._compared(attribute_name(self.next()))
        if (self.peek(".") and self.peek("=", 1)) or (self.peek("text") and self.peek("(", 1)):
            return self._said()
        if self.kind() == "name" and self.peek("(", 1):
            return self._function()
        return self._inside()

    def _compared(self, name: str) -> str:
        for operator in ("=", "!="):
            if self.took(operator):
                test = attribute(name, "=", self.string())
                return test if operator == "=" else f"[{name}]:not({test})"
        return f"[{name}]"

    def _said(self) -> str:
        """A text that is compared: .='x' or text()='x'."""
        self._whole_text()
        if self.took("="):
            return _text(":says", self.string())
        raise Untranslatable("a text that isn't compared with another has no translation")

    def _function(self) -> str:
        name = self.next()
        self.need("(")
        if name == "not":
            test = self.any_of()
            self.need(")")
            return f":not({test})"
        if name in ("contains", "starts-with"):
            return self._searched(name)
        raise Untranslatable(f"{name}() has no translation")

    def _searched(self, name: str) -> str:
        """contains(...) or starts-with(...), behind the bracket."""
        operator = "*=" if name == "contains" else "^="
        if self.took("@"):
            name = attribute_name(self.next())
            self.need(",")
            value = self.string()
            self.need(")")
            return attribute(name, operator, value)
        if name == "contains" and self.took("concat"):
            return self._word()
        if self._whole_text():
            self.need(",")
            value = self.string()
            self.need(")")
            return _text(":contains" if name == "contains" else ":begins", value)
        raise Untranslatable(f"{name}() of anything but an attribute or the text has no translation")

    def _whole_text(self) -> bool:
        if self.took("."):
            return True
        if self.peek("text") and self.peek("(", 1):
            self.at += 2
            self.need(")")
            self.inexact.append(WHOLE_TEXT)
            return True
        return False

    def _word(self) -> str:
        """contains(concat(' ', @class, ' '), ' x '), behind "concat"."""
        self.need("(")
        if self.string() != " ":
            raise Untranslatable("concat() of anything but blanks around an attribute has no translation")
        self.need(",")
        spaced = self.took("normalize-space")
        if spaced:
            self.need("(")
        self.need("@")
        name = attribute_name(self.next())
        if spaced:
            self.need(")")
        self.need(",")
        blank = self.string()
        self.need(")")
        self.need(",")
        value = self.string()
        self.need(")")
        if blank != " " or value != f" {value.strip()} " or len(value.split()) != 1:
            raise Untranslatable("concat() of anything but blanks around one word of an attribute has no translation")
        return f".{value.strip()}" if name == "class" and PLAIN.fullmatch(value.strip()) else attribute(name, "~=", value.strip())

    def _inside(self) -> str:
        """A path that begins at the element: what it is itself, or what stands in it."""
        child = True
        if self.took("."):
            child = not self.peek("//")
            if not (self.took("//") or self.took("/")):
                raise Untranslatable("the text of an element can't be compared, only searched")
        axis = "child" if child else "descendant"
        if self.peek("::", 1):
            axis = self.next()
            self.need("::")
        tag = self.tag()
        if axis not in ("child", "descendant", "self") or self.peek("("):
            raise Untranslatable(f"{axis}::{tag} in a predicate has no translation")
        step = Step("", tag)
        while self.took("["):
            if self.place():
                raise Untranslatable("a place within a predicate has no translation")
            step.tests.append(self.any_of())
            self.need("]")
        if self.took("/"):
            if not self.took("@"):
                raise Untranslatable("a path of several steps in a predicate has no translation")
            step.tests.append(self._compared(attribute_name(self.next())))
        if self.kind() == "sign" and self.tokens[self.at][1] in _COMPARED:
            raise Untranslatable("a path that is compared in a predicate has no translation")
        if axis == "self":
            return f":is({step.css()})"
        return f":has({'> ' if axis == 'child' else ''}{step.css()})"


def attribute(name: str, operator: str, value: str) -> str:
    if operator != "=" and not value:
        raise Untranslatable("every attribute contains the empty text")
    return f"#{value}" if (name, operator) == ("id", "=") and PLAIN.fullmatch(value) else f"[{name}{operator}{quoted(value)}]"


def _text(pseudo: str, value: str) -> str:
    if not 0 < len(value) <= 200:
        raise Untranslatable("a text to look for has 1 to 200 characters")
    return f"{pseudo}({quoted(value)})"


def attribute_name(name: str) -> str:
    """The name of an attribute."""
    if not PLAIN.fullmatch(name):
        raise Untranslatable(f"the attribute {name} has no translation")
    return name.lower()
