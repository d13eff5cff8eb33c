"""What the operating system refuses, in Chinese: its own words are English, or the machine's."""

import errno
from collections.abc import Mapping

_WORDS: Mapping[int, str] = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EIO: "磁盘读写错误",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "不是目录",
    errno.EISDIR: "是目录，不是文件",
    errno.EEXIST: "已有同名文件",
    errno.ENOTEMPTY: "目录不是空的",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "符号链接成环",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
}


def system_words(error: OSError) -> str:
    """Say why; the class of the error where there are no words for it."""
    return _WORDS.get(error.errno or 0, type(error).__name__)
