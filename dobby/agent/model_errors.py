"""Why the model did not answer, in words for the person."""

from __future__ import annotations

from dobby.language.words import Argument, Message, Words


class ModelError(Exception):
    """The model could not be used; ``said`` says why."""

    def __init__(self, id: str, **args: Argument) -> None:
        super().__init__(id)
        self.said = Message(id, args)


def instead(error: ModelError, words: Words) -> str:
    """Why there is no answer of the model, and what can be said all the same."""
    return f"{words.put(error.said)} {words.say('plain-commands')}"


def of_status(status: int) -> ModelError:
    """What an HTTP status of the model's server comes to."""
    match status:
        case 300 | 301 | 302 | 303 | 307 | 308:
            return ModelError("model-elsewhere")
        case 401 | 403:
            return ModelError("model-key")
        case 404:
            return ModelError("model-unknown")
        case 429:
            return ModelError("model-busy")
        case _:
            return ModelError("model-broken")
