"""Lists, shares and comparisons in the phrasing of agencies' reports, true and untrue.

The figures are those of the bureau in `tests.audit.published_makers`: 12 requests received (10 from
natural persons, 2 from businesses), 2 carried in, 13 answered (granted 5, partial 2, refused 1,
unable 4, other 1), 1 carried out; reconsideration 3, lawsuits 2; documents 4, 1, 20.
"""

import pytest

from tests.audit.test_narrative_published import said

TRUE_OR_OF_SOMETHING_ELSE = [
    "2024年，发布信息47条，其中网站30条、微信17条。",
    "发布信息47条，其中网站47条、微信30条。",
    "网站发布信息47条，同步推送微信47条、微博47条。",
    "公开信息625条，主动公开619条、依申请公开6件。",
    "主动公开政府信息625条，依申请公开政府信息7件，不予公开1件。",
    "微信公众账号（1个）发布信息149条；微博账号（1个）发布信息149条；短视频账号发布46条。",
    "网站共发布信息18439条，其中：概况类69条、政务动态类8043条、目录类10327条。",
    "在主动公开的信息中，机构概况1条，占8%；其他公文5条，占41%；决算预算2条，占17%。",
    "累计公开政府信息44条。从公开渠道来看，政府网站2条，占比4.5%，现场公开42条，占比95.5%。",
    "发布双公示信息132条，其中行政许可100条、行政处罚32条。",
    "截至2024年12月31日，累计发布政府信息1025条，其中2024年发布47条。",
    "本年度收到申请12件，其中上年结转2件。",
    "收到政府信息公开申请12件，同比增长20%。",
    "收到政府信息公开申请12件，较上年增加2件，同比增长20%。",
    "共收到政府信息公开申请12件，比上年同期（10件）增加2件。",
    "共收到申请12件，较2023年（10件）上升20%，较2022年（8件）上升50%。",
    "近三年分别收到政府信息公开申请8件、10件、12件。",
    "收到政府信息公开申请12件，其中一季度3件、二季度4件、三季度2件、四季度3件。",
    "收到申请12件，从方式看，网络申请8件、信函申请3件、当面申请1件。",
    "共受理政府信息公开申请12件，其中8件为网上申请，4件为信函申请。",
    "从申请人看，自然人10件，占83.3%；法人或其他组织2件，占16.7%。",
    ("收到政府信息公开申请12件，答复13件（含上年度转结申请2件，另有1件申请转结下年度继续办理）。"),
    "收到政府信息公开申请12件，其中1件因申请人逾期不补正不再处理。",
    "收到政府信息公开申请12件，11件已按时完成答复，剩余1件结转下年度继续办理。",
    "对2023年以来的12件依申请公开件开展自查，发现问题2个。",
    "12345热线受理工单120件，办结120件；政府信息公开申请12件，办结13件。",
    "公开行政规范性文件4件（含新制定3件，修改1件）。",
    "举办开放日2场，收集意见建议12条，采纳10条。",
    "本年度平均办理时长8个工作日，比上年缩短2个工作日。",
]
"""Agencies write these; none is untrue of the bureau's tables."""

UNTRUE = [
    ("2024年，发布信息47条，其中网站30条、微信10条。", "text.sum", "warning"),
    ("2024年，发布信息47条，其中网站30条、微信27条。", "text.sum", "warning"),
    ("公开信息45条，其中机构类5条，政策类4条，财政类6条，动态类32条。", "text.sum", "warning"),
    ("共受理政府信息公开申请12件，其中8件为网上申请，5件为信函申请。", "text.sum", "error"),
    ("收到申请12件，从方式看，网络8件、信函2件、当面1件。", "text.sum", "error"),
    ("全年新收政府信息公开申请10件，同比增长20%。", "text.requests", "error"),
    ("共收到政府信息公开申请11件，与去年相比增加1件。", "text.requests", "error"),
    ("全年新收政府信息公开申请12件；其中自然人申请8件，占66.7%。", "text.requests", "error"),
    ("共办理政府信息公开申请14件（含上年结转3件），办结13件。", "text.requests", "error"),
    (
        "收到政府信息公开申请12件，答复13件（另有3件申请转结下年度继续办理）。",
        "text.requests",
        "error",
    ),
    ("收到政府信息公开申请12件，其中2件因申请人逾期不补正不再处理。", "text.results", "error"),
    (
        "答复政府信息公开申请13件，其中主动公开范围5件、同意公开2件、不予公开1件。",
        "text.results",
        "warning",
    ),
    ("答复政府信息公开申请13件，予以公开及部分公开的8件，占61.5%。", "text.results", "error"),
    ("2024年，未收到依申请公开事项.", "text.requests", "error"),
    ("未收到自然人、公司、企业或社会团体要求公开政府信息的申请。", "text.requests", "error"),
    ("因信息公开引起的行政复议31件，行政诉讼2件。", "text.proceedings", "error"),
    ("制定规范性文件5件，废止规范性文件1件，现行有效20件。", "text.documents", "error"),
]


@pytest.mark.parametrize("sentence", TRUE_OR_OF_SOMETHING_ELSE)
def test_a_true_list_and_one_of_something_else_are_no_finding(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(("sentence", "rule", "severity"), UNTRUE)
def test_an_untrue_list_is_the_finding_it_deserves(sentence: str, rule: str, severity: str) -> None:
    assert said(sentence) == [(rule, severity)]
