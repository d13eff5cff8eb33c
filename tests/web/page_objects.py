"""The pages as a person uses them: by labels and words, never by the markup."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Screen:
    """Whatever page is open."""

    page: Page
    url: str

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.url + path)

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def message(self) -> str:
        """What the last change says."""
        return self.page.get_by_role("status").inner_text()

    @property
    def summary(self) -> Locator:
        """The summary of errors."""
        return self.page.get_by_role("alert")

    def press(self, words: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=words, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.page.get_by_label(label, exact=True).fill(text)


class SignInPage(Screen):
    """The sign-in page and the steps after it."""

    def sign_in(self, name: str, password: str) -> None:
        """Fill in name and password."""
        self.open("/sign-in")
        self.fill("用户名", name)
        self.fill("密码", password)
        self.press("登录")

    def change_password(self, old: str, new: str) -> None:
        """Fill in the form of a new password."""
        self.fill("原密码", old)
        self.fill("新密码", new)
        self.fill("再输一次新密码", new)
        self.press("修改密码")

    def give_code(self, code: str, button: str = "继续") -> None:
        """Fill in a code."""
        self.fill("动态口令", code)
        self.press(button)
