"""The texts of sections one, five and six for an agency that wrote none of its own.

They state only what the figures show or the 条例 demands of every agency; none is said in words,
and a sum is broken down only where its parts make up the whole, so that no sentence can be held
against a table.

Source: 国办公开办函〔2021〕30号 (five parts of section one, fees in section six); 条例 Art. 17, 24
and 45; 国办函〔2020〕109号 (information processing fee).
"""

from collections.abc import Iterable, Mapping
from itertools import groupby

from disclosure.outcomes import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW, RESULT_ROWS, TOTAL, Outcome
from disclosure.outcomes import TOTAL_HANDLED as HANDLED
from reporting.figures import Figures
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_LABELS,
    GROUP_WORDS,
    STATE_LABELS,
    group_of,
)
from reporting.narrative import Sections
from reporting.plain_values import plain_decimal
from reporting.tables import ProceedingCounts, Table3, Tables

ORDINALS = "一二三四五"
MANY_REQUESTS = 1000
"""From this many new requests a year the workload itself is named as a matter to improve."""

MANAGEMENT = (
    "对政府信息公开申请的登记、审核、办理、答复、归档实行全过程管理，"
    "每件申请的收到日期、办理期限和答复结果均有记录可查。"
    "严格落实政府信息公开保密审查制度，做到先审查、后公开。"
)
COUNTED_ONE_BY_ONE = "本报告的申请办理数据由依申请公开办理记录逐件汇总形成。"


def standing_texts(figures: Figures, year: int) -> Sections:
    """Return the standing Markdown text of the three written sections."""
    return Sections(
        overall=_overall(figures, year),
        problems=_problems(figures.tables, year),
        other=_other_matters(figures, year),
    )


def _overall(figures: Figures, year: int) -> str:
    tables = figures.tables
    opening = (
        f"{year}年，本机关认真贯彻《中华人民共和国政府信息公开条例》，"
        "坚持以公开为常态、不公开为例外，依法做好主动公开和依申请公开工作，自觉接受社会监督。"
    )
    parts = {
        "（一）主动公开": _documents(tables) + _decisions(tables) + _published(figures),
        "（二）依申请公开": _received(tables) + _handled(tables),
        "（三）政府信息管理": MANAGEMENT,
        "（四）平台建设": _platforms(figures),
        "（五）监督保障": _proceedings(tables) + COUNTED_ONE_BY_ONE,
    }
    return "\n\n".join((opening, *(f"## {head}\n\n{text}" for head, text in parts.items())))


def _documents(tables: Tables) -> str:
    kinds = {
        DOCUMENT_LABELS["regulations"]: tables.table2.regulations,
        DOCUMENT_LABELS["normative_documents"]: tables.table2.normative_documents,
    }
    issued = _listed({label: kind.issued for label, kind in kinds.items()})
    repealed = _listed({label: kind.repealed for label, kind in kinds.items()})
    in_force = _listed({label: kind.in_force for label, kind in kinds.items()})
    if issued or repealed:
        made = f"制发{issued}" if issued else "未制发规章和行政规范性文件"
        moved = f"{made}，{f'废止{repealed}' if repealed else '未废止规章和行政规范性文件'}"
    else:
        moved = "未制发、未废止规章和行政规范性文件"
    standing = f"现行有效{in_force}" if in_force else "无现行有效的规章和行政规范性文件"
    return f"全年{moved}；截至年末，{standing}。"


def _decisions(tables: Tables) -> str:
    made = _listed(
        {f"{label}决定": getattr(tables.table2, kind) for kind, label in DECISION_LABELS.items()}
    )
    income = tables.table2.fees_10k_yuan
    return (
        (f"作出{made}" if made else "未作出行政许可、行政处罚、行政强制决定")
        + "；"
        + (f"行政事业性收费{plain_decimal(income)}万元。" if income else "未收取行政事业性收费。")
    )


def _published(figures: Figures) -> str:
    channels = figures.published_by_channel()
    total = sum(channels.values())
    if not total:
        return "对属于主动公开范围的政府信息，按照规定的内容、期限和渠道予以公开。"
    return f"全年主动公开政府信息{total}条{_of_which(total, channels, '条', '通过{}公开')}。"


def _received(tables: Tables) -> str:
    new, carried_in = (tables.table3.cell(row, TOTAL) for row in (NEW, CARRIED_IN))
    by_type = {
        COLUMN_LABELS[column]: tables.table3.cell(NEW, column)
        for column in COLUMNS
        if column != TOTAL
    }
    carried = f"上年结转{carried_in}件" if carried_in else "无上年结转的申请"
    if not new:
        return f"本年度未收到{'新的' if carried_in else ''}政府信息公开申请，{carried}"
    return (
        f"本年度新收政府信息公开申请{new}件{_of_which(new, by_type, '件', '由{}提出')}；{carried}"
    )


def _handled(tables: Tables) -> str:
    """Go on from what was received, which ends without its full stop."""
    table = tables.table3
    to_handle = table.cell(NEW, TOTAL) + table.cell(CARRIED_IN, TOTAL)
    handled, carried_out = table.cell(HANDLED, TOTAL), table.cell(CARRIED_OUT, TOTAL)
    carried = f"结转下年度继续办理{carried_out}件" if carried_out else "无结转下年度继续办理的申请"
    if handled:
        parts = _of_which(handled, _results(table), "件", "结果为{}")
        return f"。全年办结{handled}件{parts}；{carried}。"
    if to_handle or carried_out:
        return f"。本年度未办结申请，{carried}。"
    return f"，也{carried}。"


def _results(table: Table3) -> dict[str, int]:
    """Name the kinds of result; where all requests had one and the same, by its full name."""
    results = {row: table.cell(row, TOTAL) for row in RESULT_ROWS if table.cell(row, TOTAL)}
    if len(results) == 1:
        ((row, number),) = results.items()
        group = group_of(row)
        label = Outcome(row).label
        return {f"{GROUP_WORDS[group]}（{label}）" if group else label: number}
    return {
        GROUP_WORDS.get(name) or Outcome(name).label: sum(table.cell(row, TOTAL) for row in rows)
        for name, rows in groupby(RESULT_ROWS, lambda row: group_of(row) or row)
    }


def _platforms(figures: Figures) -> str:
    channels = [channel for channel, items in figures.published_by_channel().items() if items]
    opened = f"本年度主要通过{'、'.join(channels)}公开政府信息。" if channels else ""
    return (
        f"{opened}按照统一要求在政府信息公开平台发布政府信息公开指南、政府信息公开制度、"
        "法定主动公开内容和政府信息公开年度报告，方便公众查询和获取。"
    )


def _proceedings(tables: Tables) -> str:
    review = tables.table4.reconsideration
    direct = tables.table4.litigation_direct.total
    after_review = tables.table4.litigation_after_reconsideration.total
    suits = direct + after_review
    if not review.total and not suits:
        return "本年度未发生政府信息公开行政复议、行政诉讼。"
    states = _of_which(review.total, _states(review), "件", "{}")
    reviewed = (
        f"政府信息公开行政复议{review.total}件{states}"
        if review.total
        else "未发生政府信息公开行政复议"
    )
    sued = (
        f"政府信息公开行政诉讼{suits}件"
        + _of_which(suits, {"未经复议直接起诉": direct, "复议后起诉": after_review}, "件", "{}")
        if suits
        else "未发生政府信息公开行政诉讼"
    )
    return f"本年度{reviewed}；{sued}。"


def _states(counts: ProceedingCounts) -> dict[str, int]:
    return {
        label: getattr(counts, state) for state, label in STATE_LABELS.items() if state != TOTAL
    }


def _problems(tables: Tables, year: int) -> str:
    table4 = tables.table4
    corrected = sum(
        group.corrected
        for group in (
            table4.reconsideration,
            table4.litigation_direct,
            table4.litigation_after_reconsideration,
        )
    )
    new = tables.table3.cell(NEW, TOTAL)
    matters = [
        (
            "主动公开的内容与公众的实际需求还有差距，公开的形式还不够丰富",
            "围绕公众关切充实主动公开内容，丰富公开和解读形式",
        )
    ]
    if corrected:
        matters.append(
            (
                f"答复质量有待提高，行政复议、行政诉讼中结果被纠正的有{corrected}件",
                "逐件分析被纠正的案件，严格答复前的法制审核",
            )
        )
    if new >= MANY_REQUESTS:
        matters.append(
            ("申请数量较多，办理力量与工作任务还不相适应", "充实办理力量，提高办理的规范化水平")
        )
    elif not new:
        matters.append(
            ("依申请公开的办理实践较少，经验有待积累", "加强依申请公开业务培训，做好受理办理准备")
        )
    else:
        matters.append(
            ("依申请公开办理的规范化水平有待进一步提高", "加强业务培训，统一答复标准和文书格式")
        )
    problems, steps = zip(*matters, strict=True)
    return (
        f"{year}年，本机关政府信息公开工作仍存在一些不足：{_enumerated(problems)}。\n\n"
        f"下一步，本机关将着力改进：{_enumerated(steps)}。"
    )


def _other_matters(figures: Figures, year: int) -> str:
    fees = figures.fees
    demanded, received = plain_decimal(fees.demanded), plain_decimal(fees.received)
    sent = (
        f"发出收费通知{fees.notices}件，要求缴纳信息处理费{demanded}元"
        if fees.notices
        else "未发出信息处理费收费通知"
    )
    paid = f"实际收取信息处理费{received}元" if fees.received else "未收取信息处理费"
    return (
        "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，"
        f"{year}年本机关{sent}，{paid}。\n\n除上述情况外，本机关无其他需要报告的事项。"
    )


def _listed(parts: Mapping[str, int], unit: str = "件") -> str:
    return "、".join(f"{label}{number}{unit}" for label, number in parts.items() if number)


def _of_which(whole: int, parts: Mapping[str, int], unit: str, alone: str) -> str:
    named = {label: number for label, number in parts.items() if number}
    if sum(named.values()) != whole:
        return ""
    if len(named) == 1:
        return f"，{'均' if whole > 1 else ''}{alone.format(*named)}"
    return f"，其中{_listed(named, unit)}"


def _enumerated(sentences: Iterable[str]) -> str:
    return "；".join(
        f"{ordinal}是{sentence}" for ordinal, sentence in zip(ORDINALS, sentences, strict=False)
    )
