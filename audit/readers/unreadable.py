"""The one refusal of the readers, and its wordings that more than one reader needs."""


class UnreadableFile(ValueError):  # noqa: N818 -- a state of the file, which is how callers say it
    """A file that is not read.

    The text is Chinese and for the person who gave the file: what is wrong, why, what to do. It
    quotes nothing of the file's content.
    """


def too_large(what: str, limit: str) -> UnreadableFile:
    """Return the refusal of a file with more of something than any report has."""
    return UnreadableFile(
        f"文件过大：{what}超过{limit}，不像一份年度报告，为安全起见未予读取。"
        "请只提交年度报告本身，删去附带的图片或其他材料后重试。"
    )


def broken(kind: str) -> UnreadableFile:
    """Return the refusal of a file that says it is of a kind and cannot be opened as one."""
    return UnreadableFile(
        f"文件已损坏：内容不是完整的{kind}，可能下载或传输中断。"
        "请重新获取原文件，或用办公软件打开后另存一份再试。"
    )


def encrypted() -> UnreadableFile:
    """Return the refusal of a file that opens with a password."""
    return UnreadableFile(
        "文件已加密：打开需要密码，无法读取。请在办公软件中取消密码保护，另存后重试。"
    )


def wrong_kind(found: str, advice: str = "") -> UnreadableFile:
    """Return the refusal of a file of another kind."""
    return UnreadableFile(
        f"文件格式不支持：{found}。"
        + (advice or "请提供 docx、pdf、html、xlsx、md、txt 格式的年度报告或 report.json。")
    )


def without_words() -> UnreadableFile:
    """Return the refusal of a file in which nothing is printed."""
    return UnreadableFile("文件为空：没有可以读取的文字。请检查是否选错文件，或重新导出后再试。")


def scanned() -> UnreadableFile:
    """Return the refusal of pictures of pages."""
    return UnreadableFile(
        "文件只有图片：页面是扫描件或截图，没有文字层，数字无从核对。"
        "请先作文字识别（OCR）并人工校对，或提供由文字处理软件导出的原文件。"
    )
