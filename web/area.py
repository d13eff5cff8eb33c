"""An area of pages: its routes, its entries in the menu, and whether anybody may come in."""

from dataclasses import dataclass

from fastapi import APIRouter

from web.rendering import MenuItem

__all__ = ["Area", "MenuItem"]


@dataclass(frozen=True, slots=True)
class Area:
    """One module of `web.pages`.

    Attributes:
        public: whether it serves people who are not signed in; its reason belongs in the module.
    """

    router: APIRouter
    menu: tuple[MenuItem, ...] = ()
    public: bool = False
